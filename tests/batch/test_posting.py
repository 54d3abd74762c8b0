"""Mailing a batch: whom the server hears of, what is written down, what the next run does."""

from __future__ import annotations

import email
import email.policy
import json
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from batch.conftest import run_here
from batch.mailed import EVERYONE, JOBS, server, taken
from briefgen.batch import posting
from briefgen.batch.mail_record import Delivery, MailRecord
from briefgen.batch.manifest import JOURNAL_NAME, Manifest
from briefgen.batch.posting import Patience, Posted, PostPlan, PostWatcher
from briefgen.batch.run import Ran
from briefgen.errors import InputError, OutputError, UsageError
from briefgen.mail import sending
from briefgen.mail.account import MailError
from mail_server import SECRET, Server, authority, certified, start, trusting

__all__ = ["authority", "certified", "server", "start", "trusting"]


@pytest.fixture
def jobs(base: Path) -> Path:
    """Two jobs that are to be mailed."""
    Path("jobs.yaml").write_text(JOBS, "utf-8")
    return Path("jobs.yaml")


class Person(PostWatcher):
    """Says yes, or no, and remembers."""

    def __init__(self, answer: bool = True) -> None:
        self.answer = answer
        self.plans: list[PostPlan] = []
        self.told: list[tuple[str, str, str]] = []
        self.not_sent: dict[str, str] = {}
        self.served: list[str] = []

    def may_send(self, plan: PostPlan) -> bool:
        self.plans.append(plan)
        return self.answer

    def posted(self, job: str, deliveries: tuple[Delivery, ...]) -> None:
        self.told += [(job, one.address, one.state) for one in deliveries]

    def not_posted(self, job: str, reason: str) -> None:
        self.not_sent[job] = reason

    def nobody_left(self, job: str) -> None:
        self.served.append(job)


@pytest.fixture
def run(jobs: Path, trusting: ssl.SSLContext) -> Callable[..., tuple[Ran, Person]]:
    """Runs the batch with `--send` and an answer; its pauses are not waited for."""

    def run(
        pauses: Sequence[float] = (), wait: Callable[[float], None] = lambda seconds: None,
        answer: bool = True, **said: Any,
    ) -> tuple[Ran, Person]:  # fmt: skip
        person = Person(answer)
        ran, _ = run_here(
            jobs, send=said.pop("send", True), post_watch=person,
            patience=Patience(trusting, pauses, wait), **said,
        )  # fmt: skip
        return ran, person

    return run


def mail(job: str) -> dict[str, str]:
    """What the manifest says of a job's message: the state for each address."""
    manifest = json.loads(Path("out/manifest.json").read_text("utf-8"))
    records = {each["name"]: each["mail"] for each in manifest["jobs"] + manifest.get("mailed", [])
               if "mail" in each}  # fmt: skip
    return (
        {one["address"]: one["state"] for one in records[job]["recipients"]}
        if job in records
        else {}
    )


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


# --- what goes out ------------------------------------------------------------------------------


def test_each_message_goes_to_its_people_and_is_the_draft(run, server: Server) -> None:
    ran, person = run()

    assert ran.posted == Posted(messages=2, recipients=4)
    assert taken(server) == EVERYONE
    assert server.moods.secure == [True, True]
    assert server.moods.logins == ["PLAIN"]  # one connection for both
    assert person.told == [
        ("energy", "ann@example.org", "accepted"), ("energy", "bob@example.org", "accepted"),
        ("trade", "ann@example.org", "accepted"), ("trade", "cy@example.org", "accepted"),
    ]  # fmt: skip
    data = server.moods.mailbox[0][2].replace(b"\r\n", b"\n")
    draft = Path("out/energy.eml").read_bytes().replace(b"\r\n", b"\n")
    date, identity, rest = data.split(b"\n", 2)
    assert date.startswith(b"Date: ")
    assert identity.startswith(b"Message-ID: <")
    assert rest == draft.replace(b"X-Unsent: 1\n", b"")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert [part.get_filename() for part in message.iter_attachments()] == ["energy.txt"]


def test_nothing_is_sent_unless_both_say_so(run, server: Server, jobs: Path) -> None:
    ran, person = run(send=False)  # the file says so, the command line does not
    assert (ran.posted, person.plans, taken(server)) == (None, [], [])
    jobs.write_text(JOBS.replace(", send: true", ""), "utf-8")
    ran, person = run()  # and the other way round
    assert (ran.posted, person.plans, taken(server)) == (None, [], [])
    assert Path("out/energy.eml").exists()


def test_nothing_is_sent_after_a_no(run, server: Server) -> None:
    ran, person = run(answer=False)
    assert ran.posted == Posted(missing=4, declined=True)
    assert [letter.job for letter in person.plans[0].letters] == ["energy", "trade"]
    assert taken(server) == []
    assert run()[0].posted == Posted(messages=2, recipients=4)


def test_whoever_runs_it_without_an_answer_sends_nothing(jobs: Path, server: Server) -> None:
    ran, _ = run_here(jobs, send=True)
    assert ran.posted is not None
    assert ran.posted.declined
    assert taken(server) == []


def test_a_job_that_failed_is_not_mailed_and_others_are(run, server: Server, jobs: Path) -> None:
    jobs.write_text(JOBS.replace("[energy]", "[empty]"), "utf-8")
    ran, _ = run()
    assert (ran.failed, taken(server)) == (1, EVERYONE[1:])


# --- once ---------------------------------------------------------------------------------------


def test_a_second_run_sends_nothing_and_asks_nobody(run, server: Server) -> None:
    run()
    ran, person = run()
    assert ran.posted == Posted()
    assert (person.plans, person.told, len(taken(server))) == ([], [], 2)


def test_a_run_that_makes_all_files_anew_on_another_day_sends_nothing(
    run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    before = Path("out/energy.eml").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    run(force=True)
    assert Path("out/energy.eml").read_bytes() != before  # another day stands on it
    assert len(taken(server)) == 2


def test_a_new_version_of_the_program_makes_all_files_anew_and_sends_nothing(
    run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.batch import run as run_module

    run()
    monkeypatch.setattr(run_module, "maker_key", lambda: "another")
    ran, _ = run()
    assert [entry.status for entry in ran.entries] == ["written", "written"]
    assert len(taken(server)) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "sent"),
    [
        ("base/facts/energy.yaml", "were opened", "began", 1),
        ("base/sources.yaml", "Oil talks open", "Oil talks begin", 1),
        ("base/facts/trade.yaml", "542", "543", 1),
        ("base/facts/energy.yaml", "- id: oil-talks\n", "# a note\n- id: oil-talks\n", 0),
        ("jobs.yaml", "style: ieee", "style: apa", 2),
        ("jobs.yaml", "outputs: [txt]", "outputs: [txt, md]", 2),
        ("jobs.yaml", "{to: [Ann", "{subject: News, to: [Ann", 1),
        ("jobs.yaml", "Ann <ann@example.org>", "Ms Ann <ann@example.org>", 0),
        ("settings.yaml", "Jo Doe", "J. Doe", 0),
    ],
)
def test_what_says_something_new_is_sent_anew(
    run, server: Server, file: str, old: str, new: str, sent: int
) -> None:
    run()
    change(file, old, new)
    run()
    assert len(taken(server)) == 2 + sent


def test_whoever_is_added_gets_it_and_nobody_twice(run, server: Server) -> None:
    run()
    change("jobs.yaml", "bob@example.org]", "bob@example.org, dan@example.org]")
    run()
    assert taken(server)[2:] == [["dan@example.org"]]


def test_a_job_that_failed_in_between_is_not_mailed_twice(run, server: Server, jobs: Path) -> None:
    run()
    jobs.write_text(JOBS.replace("[energy]", "[enrgy]"), "utf-8")
    run()
    jobs.write_text(JOBS, "utf-8")
    run()
    assert taken(server) == EVERYONE


def test_another_jobs_file_in_between_does_not_make_it_forget(
    run, server: Server, jobs: Path
) -> None:
    run()
    jobs.write_text(JOBS.replace("name: energy", "name: other"), "utf-8")
    run()
    assert mail("energy") == dict.fromkeys(EVERYONE[0], "accepted")
    jobs.write_text(JOBS, "utf-8")
    run()
    assert taken(server) == [*EVERYONE, EVERYONE[0]]  # the third is `other`


def test_removed_files_are_made_again_and_not_mailed(run, server: Server) -> None:
    run()
    Path("out/energy.eml").unlink()
    ran, _ = run()
    assert [entry.status for entry in ran.entries] == ["written", "unchanged"]
    assert taken(server) == EVERYONE


def test_send_true_that_came_later_does_not_make_anything_anew(
    run, server: Server, jobs: Path
) -> None:
    jobs.write_text(JOBS.replace(", send: true", ""), "utf-8")
    run()
    jobs.write_text(JOBS, "utf-8")
    ran, _ = run()
    assert [entry.status for entry in ran.entries] == ["unchanged", "unchanged"]
    assert taken(server) == EVERYONE


def test_the_same_message_has_the_same_id_and_another_one_another(run, server: Server) -> None:
    import shutil

    run()
    shutil.rmtree("out")  # and with it what was written down
    run()
    change("base/facts/energy.yaml", "were opened", "began")
    run()
    ids = [data.split(b"Message-ID: ")[1].split(b"\r\n")[0] for _, _, data in server.moods.mailbox]
    assert ids[0] == ids[2] != ids[1] == ids[3]
    assert ids[4] not in ids[:4]


# --- no, later, and no answer -------------------------------------------------------------------


def test_later_is_tried_again_after_all_others(run, server: Server) -> None:
    server.moods.rcpt["bob@example.org"] = ["451 4.7.1 greylisted", "451 4.7.1 greylisted"]
    server.moods.rcpt["cy@example.org"] = ["450 busy"]
    waits: list[float] = []
    ran, _ = run(pauses=(5, 15, 45), wait=waits.append)
    assert ran.posted == Posted(messages=2, recipients=4)
    assert waits == [5, 15]
    assert taken(server) == [["ann@example.org"], ["ann@example.org"], ["cy@example.org"],
                             ["bob@example.org"]]  # fmt: skip
    first, last = server.moods.mailbox[0][2], server.moods.mailbox[3][2]
    assert first == last  # one message, one id
    assert mail("energy") == {"ann@example.org": "accepted", "bob@example.org": "accepted"}


def test_later_for_ever_is_told_and_the_next_run_tries_again(run, server: Server) -> None:
    server.moods.rcpt["bob@example.org"] = ["451 4.7.1 not now"] * 3
    ran, person = run(pauses=(1, 2))
    assert ran.posted == Posted(messages=2, recipients=3, missing=1)
    assert person.told[-1] == ("energy", "bob@example.org", "later")
    assert mail("energy") == {"ann@example.org": "accepted", "bob@example.org": "later"}
    ran, person = run()
    assert ran.posted == Posted(messages=1, recipients=1)
    assert taken(server)[-1] == ["bob@example.org"]
    first, last = server.moods.mailbox[0][2], server.moods.mailbox[-1][2]
    assert first == last  # with its date and its id


def test_a_final_no_is_told_until_something_is_done_about_it(run, server: Server) -> None:
    server.moods.rcpt["bob@example.org"] = ["550 5.1.1 no such user"]
    ran, person = run()
    assert ran.posted == Posted(messages=2, recipients=3, missing=1)
    assert [entry.status for entry in ran.entries] == ["written", "written"]
    assert ("energy", "bob@example.org", "refused") in person.told
    ran, person = run()
    assert (ran.posted, person.plans) == (Posted(missing=1), [])
    assert person.told == [("energy", "bob@example.org", "refused")]
    change("jobs.yaml", "bob@example.org", "rob@example.org")
    assert run()[0].posted == Posted(messages=1, recipients=1)
    assert taken(server)[2:] == [["rob@example.org"]]


def test_a_refused_one_is_sent_again_when_asked_for(run, server: Server) -> None:
    server.moods.rcpt["bob@example.org"] = ["550 5.1.1 no such user"]
    run()
    ran, person = run(send_again=("energy", "trade"))
    assert ran.posted == Posted(messages=1, recipients=1)
    assert taken(server)[2:] == [["bob@example.org"]]
    assert person.served == ["trade"]


def test_no_answer_is_told_and_not_sent_again(run, server: Server) -> None:
    server.moods.data = ["drop"]
    ran, person = run(pauses=(1, 1, 1))
    assert ran.posted == Posted(messages=1, recipients=2, missing=2)
    assert taken(server) == EVERYONE[1:]  # the next message goes over a new connection
    assert mail("energy") == dict.fromkeys(EVERYONE[0], "unknown")
    for _ in range(2):
        ran, person = run()
        assert (ran.posted, person.plans) == (Posted(missing=2), [])
        assert person.told == [("energy", one, "unknown") for one in EVERYONE[0]]
    assert run(send_again=("energy",))[0].posted == Posted(messages=1, recipients=2)
    assert taken(server) == [EVERYONE[1], EVERYONE[0]]


def test_a_server_that_puts_us_off_gets_time_and_then_peace(
    run, server: Server, jobs: Path
) -> None:
    jobs.write_text(JOBS + JOBS.split("jobs:\n")[1].replace("name: ", "name: more-"), "utf-8")
    server.moods.mail = ["421 4.7.0 too much mail"] * 4
    waits: list[float] = []
    ran, person = run(pauses=(5,), wait=waits.append)
    assert waits == [5]
    assert ran.posted == Posted(missing=8)
    assert server.moods.mail == []  # two tries a round, not four
    assert set(person.not_sent) == {"energy", "trade", "more-energy", "more-trade"}
    assert all("puts us off" in reason for reason in person.not_sent.values())
    assert run()[0].posted == Posted(messages=4, recipients=8)


def test_a_message_that_is_too_large_keeps_no_other_back(
    run, start, server: Server, jobs: Path
) -> None:
    jobs.write_text(JOBS.replace("{name: energy,", "{name: energy, outputs: [txt, docx],"), "utf-8")
    small = start("starttls", login=True, data_size_limit=12_000)
    change("settings.yaml", str(server.account.port), str(small.account.port))
    ran, person = run()
    assert "takes 12,000; attach less" in person.not_sent["energy"]
    assert taken(small) == EVERYONE[1:]
    assert ran.posted == Posted(messages=1, recipients=2, missing=2)


# --- what stops it ------------------------------------------------------------------------------


def test_a_refused_login_stops_it_and_files_stay(
    run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", "wrong-hunter2")
    ran, _ = run(pauses=(1,))
    assert ran.posted is not None
    assert "does not let jo@example.org in: 535" in ran.posted.stopped
    assert "hunter2" not in ran.posted.stopped
    assert ran.posted.missing == 4
    assert Path("out/energy.txt").exists()
    assert mail("energy") == {}


def test_a_certificate_that_nobody_vouches_for_stops_it(jobs: Path, server: Server) -> None:
    ran, _ = run_here(
        jobs, send=True, post_watch=Person(), patience=Patience(ssl.create_default_context(), ())
    )
    assert ran.posted is not None
    assert "cannot be trusted" in ran.posted.stopped
    assert (server.moods.logins, taken(server)) == ([], [])


def test_a_missing_password_is_told_before_anything_is_made(
    run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.mail import account

    monkeypatch.delenv("BRIEFGEN_SMTP_PASSWORD")
    monkeypatch.setattr(account, "_from_keyring", lambda service, user: None)
    with pytest.raises(MailError, match="there is no password"):
        run()
    assert not Path("out").exists()


@pytest.mark.parametrize("key", ["host", "from"])
def test_a_missing_account_is_told_before_anything_is_made(run, server: Server, key: str) -> None:
    change("settings.yaml", f"{key}:", f"{'user' if key == 'host' else 'format'}:")
    with pytest.raises((UsageError, InputError)):
        run()
    assert not Path("out").exists()


def test_a_name_that_is_not_mailed_cannot_be_sent_again(run, server: Server) -> None:
    with pytest.raises(UsageError, match="no job 'enregy' is to be sent; did you mean 'energy'"):
        run(send_again=("enregy",))
    assert not Path("out").exists()


def test_a_draft_that_was_changed_meanwhile_is_not_sent(
    jobs: Path, server: Server, trusting: ssl.SSLContext
) -> None:
    class Meddler(Person):
        def may_send(self, plan: PostPlan) -> bool:
            Path("out/energy.eml").write_bytes(b"Subject: else\r\nX-Unsent: 1\r\n\r\n")
            return True

    person = Meddler()
    run_here(Path("jobs.yaml"), send=True, post_watch=person, patience=Patience(trusting, ()))
    assert "no longer as it was written" in person.not_sent["energy"]
    assert b"else" not in b"".join(data for _, _, data in server.moods.mailbox)


# --- killed -------------------------------------------------------------------------------------


class Killed(BaseException):
    """What no handler of ours may take for an error."""


MOMENTS = ["before it is written down", "before the server gets it", "before the answer is known",
           "before the answer is written down", "after"]  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_nobody_gets_it_twice(
    run, server: Server, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """A run that dies while it mails `energy`; the journal is all that it leaves."""
    with monkeypatch.context() as dying:
        write = Manifest.record_mail

        def record_mail(self: Manifest, name: str, record: MailRecord) -> None:
            states = {one.state for one in record.deliveries}
            if moment == MOMENTS[0] and states == {"unknown"}:
                raise Killed
            if moment == MOMENTS[3] and states == {"accepted"}:
                raise Killed
            write(self, name, record)
            if (moment == MOMENTS[1] and states == {"unknown"}) or (
                moment == MOMENTS[4] and states == {"accepted"}
            ):
                raise Killed

        def handed_over(*arguments: Any) -> Any:
            answer = hand_over(*arguments)
            if moment == MOMENTS[2]:
                raise Killed
            return answer

        hand_over = sending._handed_over
        dying.setattr(Manifest, "record_mail", record_mail)
        dying.setattr(sending, "_handed_over", handed_over)
        dying.setattr(Manifest, "finish", lambda self: None)  # the end is not come to
        with pytest.raises(Killed):
            run()
    has_it = MOMENTS.index(moment) >= 2
    assert taken(server) == (EVERYONE[:1] if has_it else [])

    _, person = run()

    unknown = 1 <= MOMENTS.index(moment) <= 3
    assert not Path("out", JOURNAL_NAME).exists()
    assert mail("energy") == dict.fromkeys(EVERYONE[0], "unknown" if unknown else "accepted")
    assert mail("trade") == dict.fromkeys(EVERYONE[1], "accepted")
    assert taken(server) == (EVERYONE[1:] if moment == MOMENTS[1] else EVERYONE)
    told = [("energy", one, "unknown") for one in EVERYONE[0]]
    assert (person.told[:2] == told) is unknown
    assert run(send_again=("energy",))[0].posted is not None
    assert mail("energy") == dict.fromkeys(EVERYONE[0], "accepted")


def test_what_cannot_be_written_down_is_not_sent(
    run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Manifest, name: str, record: MailRecord) -> None:
        raise OutputError("cannot write out/manifest.json: no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Manifest, "record_mail", full)
        ran, _ = run(pauses=(1,))
    assert ran.posted is not None
    assert "no space left" in ran.posted.stopped
    assert taken(server) == []
    assert run()[0].posted == Posted(messages=2, recipients=4)


def test_what_is_written_down_lasts_before_the_server_gets_it(
    run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    events: list[str] = []
    hand_over, sync = sending._handed_over, os.fsync
    monkeypatch.setattr(
        sending, "_handed_over", lambda *a: (events.append("server"), hand_over(*a))[1]
    )

    def fsync(descriptor: int) -> None:
        journal = Path("out", JOURNAL_NAME)
        same = journal.exists() and os.path.samestat(os.fstat(descriptor), journal.stat())
        if same and b'"unknown"' in journal.read_bytes().splitlines()[-1]:
            events.append("disk")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    run()
    assert events == ["disk", "server"] * 2


def test_no_password_stands_anywhere(run, server: Server) -> None:
    server.moods.rcpt["bob@example.org"] = ["550 no"]
    ran, _ = run()
    said = json.dumps(ran.manifest, ensure_ascii=False) + repr(ran)
    for path in Path().rglob("*"):
        if path.is_file():
            said += path.read_bytes().decode("utf-8", "replace")
    assert SECRET not in said


def test_records_come_back_as_they_went() -> None:
    record = MailRecord("c", (Delivery("a@b.org", "later", "1@b.org", "2026-11-22", "451 no"),
                              Delivery("c@b.org", "accepted", "1@b.org", "2026-11-22")))  # fmt: skip
    assert MailRecord.from_json(json.loads(json.dumps(record.as_json()))) == record
    assert record.updated([Delivery("a@b.org", "accepted", "2", "")]).of("a@b.org") == Delivery(
        "a@b.org", "accepted", "2", ""
    )
    with pytest.raises(ValueError, match="^$"):
        Delivery.from_json(record.deliveries[0].as_json() | {"state": "perhaps"})


def test_the_module_waits_as_single_messages_do() -> None:
    assert posting.Patience().pauses == sending.PAUSES


def test_fields_that_a_later_version_adds_are_nothing_new_while_empty() -> None:
    from dataclasses import dataclass

    from briefgen.batch.digest import _leaves

    @dataclass(frozen=True)
    class Old:
        text: str
        count: int

    @dataclass(frozen=True)
    class New:
        text: str
        more: tuple[str, ...]
        count: int
        flag: bool = False

    def told(value: object) -> list[str]:
        return [*_leaves(value)]

    assert told((Old("a", 2),)) == told((New("a", (), 2),)) == ["a", "2"]
    assert told(New("a", ("b",), 2, True)) == ["a", "b", "2", "True"]
    assert told({"b": {"c": ""}, "a": {"d": "e"}}) == ["a", "d", "e"]
