"""`briefgen email`: drafts, hand-overs and sending, as a person meets them."""

from __future__ import annotations

import email
import email.policy
import io
import os
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme

from briefgen.mail import mail_program
from briefgen.pipeline import mailing
from mail_server import SECRET, Server

BRIEF = """\
format: 1
title: Oil – and more
base: ../base
select: {topics: [energy]}
marking: OFFICIAL
outputs: [md, txt]
email:
  to: [Ann <ann@example.org>, d@пример.рф]
  cc: boss@example.org
  body: Please read.
sections: {leave_out: [unknown]}
"""


@pytest.fixture(autouse=True)
def _own_settings(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("BRIEFGEN_SETTINGS", "BRIEFGEN_SMTP_PASSWORD", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def brief(run) -> Path:
    path = Path("oil.brief.yaml")
    path.write_text(BRIEF, "utf-8")
    return path


@pytest.fixture
def account(start, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A server with a login, and settings that lead to it."""
    server: Server = start("starttls", login=True)
    settings = tmp_path / "settings.yaml"
    settings.write_text(
        f"mail: {{host: localhost, port: {server.account.port}, user: jo@example.org,"
        " from: Jo Doe <jo@example.org>}\n",
        "utf-8",
    )
    certificate = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("BRIEFGEN_SETTINGS", str(settings))
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", SECRET)
    return server


def read(path: Path | str) -> EmailMessage:
    return email.message_from_bytes(Path(path).read_bytes(), policy=email.policy.default)


def test_a_draft(run, base: Path, brief: Path) -> None:
    result = run("email", brief, "--draft", "new/oil.eml")
    run("export", brief, "--out", "files/")

    assert (result.status, result.out, result.err) == (0, f"{Path('new/oil.eml')}\n", "")
    draft = read("new/oil.eml")
    assert draft["Subject"] == "[OFFICIAL] Oil – and more"
    assert draft["To"] == "Ann <ann@example.org>, d@xn--e1afmkfd.xn--p1ai"
    assert (draft["Cc"], draft["X-Unsent"]) == ("boss@example.org", "1")
    assert draft["From"] is draft["Date"] is draft["Message-ID"] is None
    text = draft.get_body(("plain",)).get_content()
    assert text.startswith("OFFICIAL")
    assert "Russia and Pakistan opened talks on oil (17 May 2011) [Khan, Daily Post, 18" in (
        " ".join(text.split()).replace("\u00a0", " ")
    )
    attached = {part.get_filename(): part.get_payload(decode=True)
                for part in draft.iter_attachments()}  # fmt: skip
    assert attached == {f"oil.{kind}": Path(f"files/oil.{kind}").read_bytes()
                        for kind in ("md", "txt")}  # fmt: skip


def test_the_same_run_gives_the_same_bytes(run, base: Path, brief: Path) -> None:
    for name in ("one.eml", "two.eml"):
        run("email", brief, "--format", "docx,pdf,html,json", "--draft", name)
    assert Path("one.eml").read_bytes() == Path("two.eml").read_bytes()


def test_flags_replace_what_the_file_says(run, base: Path, brief: Path) -> None:
    run("email", brief, "--to", "Zoë <z@example.org>", "--to", "y@example.org", "--subject", "New",
        "--format", "txt", "--draft", "a.eml")  # fmt: skip
    draft = read("a.eml")
    assert draft["To"] == "Zoë <z@example.org>, y@example.org"
    assert (draft["Cc"], draft["Subject"]) == ("boss@example.org", "[OFFICIAL] New")
    assert [part.get_filename() for part in draft.iter_attachments()] == ["oil.txt"]


def test_files_as_they_are(run) -> None:
    Path("Überblick.pdf").write_bytes(b"%PDF-1")
    Path("b.docx").write_bytes(b"PK")
    result = run("email", "Überblick.pdf", "b.docx", "--to", "a@example.org", "--draft", "a.eml")
    assert result.status == 0, result.err
    draft = read("a.eml")
    assert draft["Subject"] == "Überblick, b"
    assert [(p.get_filename(), p.get_content()) for p in draft.iter_attachments()] == [
        ("Überblick.pdf", b"%PDF-1"), ("b.docx", b"PK"),
    ]  # fmt: skip


def test_it_opens_in_the_mail_program(run, base, brief, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(mail_program, "hand_over", lambda path: opened.append(path) or "program")
    result = run("email", brief)
    assert (result.status, result.lines, result.err) == (0, [str(opened[0])], "")
    assert opened[0].name == "oil.eml"
    assert read(opened[0])["X-Unsent"] == "1"


def test_without_a_mail_program_the_draft_is_named(run, base, brief, monkeypatch) -> None:
    monkeypatch.setattr(mail_program, "hand_over", lambda path: "nowhere")
    result = run("email", brief)
    assert result.status == 0
    assert Path(result.lines[0]).is_file()
    assert result.err.startswith("no mail program could be opened: open the draft yourself")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("a.brief.yaml b.pdf", "a.brief.yaml is a brief's file, and stands alone; give it by"),
        ("b.pdf --format pdf", "--format is for a brief; these are files that are made already"),
        ("none.pdf", "none.pdf: cannot attach the file (No such file or directory); name a file"),
        ("b.pdf --draft a.txt", "--draft: 'a.txt' is no draft's name; name a file that ends in"),
        ("b.pdf --draft b.pdf/a.eml", "cannot write b.pdf/a.eml: "),
        ("b.pdf --yes", "--yes answers a question that only --send asks; add --send"),
        ("b.pdf --to jo", "--to: 'jo' is no e-mail address; write one like jo@example.org"),
        ("b.pdf --cc a@b.org,c@d.org", "--cc: 'a@b.org,c@d.org' is more than one address; give"),
        ("b.pdf --send --yes --to a@b.org", "sending needs an account: "),
        ("b.pdf b.pdf", "two attachments are called 'b.pdf'; rename one of the files"),
        ("oil.brief.yaml --format exe --draft a.eml", "--format: 'exe' is not one of docx, "),
    ],
)
def test_what_is_refused(run, base: Path, brief: Path, arguments: str, said: str) -> None:
    Path("b.pdf").write_bytes(b"%PDF-")
    result = run("email", *arguments.split())
    assert (result.status, result.out) == (2, "")
    assert result.err.replace(os.sep, "/").startswith(f"error: {said}")
    assert len(result.err.splitlines()) == 1
    assert not list(Path().rglob("*.eml"))


@pytest.mark.parametrize("text", ["a\nBcc: eve@x.org", "a\rb", "a\x0bb", "a\x85b", "a\u2028b"])
def test_no_flag_gets_into_a_header(run, base: Path, brief: Path, text: str) -> None:
    Path("b.pdf").write_bytes(b"%PDF-")
    for flag, value in (
        ("--subject", text),
        ("--to", f"{text} <a@b.org>"),
        ("--cc", f"{text}@b.org"),
    ):
        result = run("email", "b.pdf", flag, value, "--draft", "a.eml")
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(f"error: {flag}: ")
        assert len(result.err.splitlines()) == 1
    assert not Path("a.eml").exists()


def test_faults_of_the_brief_have_their_place(run, base: Path, brief: Path) -> None:
    brief.write_text(BRIEF.replace("d@пример.рф", "jo"), "utf-8")
    result = run("email", brief, "--draft", "a.eml")
    assert result.status == 2
    assert result.err.startswith("error: oil.brief.yaml:8:31: 'jo' is no e-mail address; write")


def test_what_the_base_lacks_is_told_and_the_draft_written(run, faulty: Path, brief: Path) -> None:
    result = run("email", brief, "--draft", "a.eml")
    assert (result.status, result.lines) == (1, ["a.eml"])
    assert "'s9'" in result.err


def test_a_large_message_is_told(run, base, brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "USUAL_LIMIT", 42_000)
    result = run("email", brief, "--format", "docx,pdf", "--draft", "a.eml")
    assert (result.status, result.lines) == (0, ["a.eml"])
    assert result.err.startswith("warning: the message has ")
    assert "many mail servers take no more than 42 kB; the PDF alone would make it" in result.err
    assert result.err.rstrip().endswith("(--format pdf)")


# --- sending -----------------------------------------------------------------------------------


SUMMARY = ["From", "To", "Cc", "Subject", "Attached", "Through"]
"""What is told before a message is sent."""


def test_a_draft_never_overwrites_what_it_carries(run, base: Path) -> None:
    Path("d.eml").write_text("mine", "utf-8")
    result = run("email", "d.eml", "--draft", "./d.eml")
    assert (result.status, result.out) == (2, "")
    assert "would overwrite what the message is made from" in result.err
    assert Path("d.eml").read_text("utf-8") == "mine"


def test_sending(run, base: Path, brief: Path, account: Server) -> None:
    result = run("email", brief, "--send", "--yes")

    assert result.status == 0
    told = [line.partition(":")[0].strip() for line in result.err.splitlines()]
    assert list(dict.fromkeys(filter(None, told))) == SUMMARY
    assert result.lines == [
        "sent to ann@example.org", "sent to d@xn--e1afmkfd.xn--p1ai", "sent to boss@example.org",
    ]  # fmt: skip
    ((sender, recipients, data),) = account.moods.mailbox
    assert (sender, len(recipients)) == ("jo@example.org", 3)
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["From"] == "Jo Doe <jo@example.org>"
    assert str(message["Message-ID"]).endswith("@example.org>")
    assert message["Date"].datetime.year > 2023  # now, not SOURCE_DATE_EPOCH
    assert message["X-Unsent"] is None


class Person(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_question(run, base, brief, account, monkeypatch: pytest.MonkeyPatch) -> None:
    for answer, status, messages in (("n\n", 2, 0), ("\n", 2, 0), ("", 2, 0), ("y\n", 0, 1)):
        monkeypatch.setattr(sys, "stdin", Person(answer))
        with monkeypatch.context() as patched:
            patched.setattr("briefgen.cli.terminal.is_terminal", lambda stream: True)
            patched.setenv("NO_COLOR", "1")
            result = run("email", brief, "--send")
        assert result.status == status
        assert len(account.moods.mailbox) == messages
    said = result.err.replace("\r", "\n")
    for line in (
        "From:     Jo Doe <jo@example.org>",
        "To:       d@пример.рф (xn--e1afmkfd.xn--p1ai)",
        "Cc:       boss@example.org",
        "Subject:  [OFFICIAL] Oil – and more",
        "Attached: oil.md (",
        f"Through:  localhost:{account.account.port} (STARTTLS)",
    ):
        assert line in said


def test_nobody_to_ask(run, base, brief, account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    result = run("email", brief, "--send")
    assert result.status == 2
    assert result.err.startswith("error: --send asks before it sends, and nobody is here to answer")
    assert account.moods.mailbox == []


def test_some_are_refused(run, base: Path, brief: Path, account: Server) -> None:
    account.moods.rcpt["boss@example.org"] = ["550 5.1.1 no such user"]
    result = run("email", brief, "--send", "--yes")
    assert result.status == 1
    assert result.lines == ["sent to ann@example.org", "sent to d@xn--e1afmkfd.xn--p1ai"]
    assert result.err.endswith("error: boss@example.org was refused: 550 5.1.1 no such user\n")


def test_all_are_refused(run, base: Path, brief: Path, account: Server) -> None:
    account.moods.data = ["554 5.7.1 spam"]
    result = run("email", brief, "--send", "--yes")
    assert (result.status, result.out) == (2, "")
    assert result.err.count("was refused: 554 5.7.1 spam") == 3


def test_an_answer_that_never_came(run, base: Path, brief: Path, account: Server) -> None:
    account.moods.data = ["drop"]
    result = run("email", brief, "--send", "--yes", "--to", "ann@example.org")
    assert (result.status, result.out) == (1, "")
    assert "so it may or may not have the message <" in result.err


def test_a_wrong_password(run, base, brief, account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", "hunter2")
    result = run("email", brief, "--send", "--yes", "--draft", "a.eml")
    assert (result.status, result.lines) == (1, ["a.eml"])  # the draft is there
    assert "does not let jo@example.org in: 535" in result.err
    assert "hunter2" not in result.err
    assert run("email", brief, "--send", "--yes").status == 2


def test_nobody_to_send_to(run, base: Path, brief: Path, account: Server) -> None:
    brief.write_text(BRIEF.partition("email:")[0], "utf-8")
    result = run("email", brief, "--send", "--yes")
    assert result.status == 2
    assert result.err == (
        "error: there is nobody to send it to; say --to ADDRESS, or to: under email:\n"
    )


def test_a_draft_that_others_wrote_is_kept(run, base: Path, brief: Path) -> None:
    Path("oil.eml").write_bytes(b"a letter of mine")

    result = run("email", brief, "--draft", "oil.eml")

    (copy,) = Path().glob("oil (kept *).eml")
    assert copy.read_bytes() == b"a letter of mine"
    assert (result.status, result.lines) == (0, ["oil.eml"])
    assert (
        "kept: oil.eml was edited since briefgen wrote it, or is not of this brief: " in result.err
    )
    assert "kept:" not in run("email", brief, "--draft", "oil.eml", "--subject", "New").err
    Path("oil.eml").write_bytes(b"another")
    assert "kept:" not in run("email", brief, "--draft", "oil.eml", "--force").err
    assert len(list(Path().glob("*.eml"))) == 2


def test_force_needs_a_draft(run, base: Path, brief: Path) -> None:
    result = run("email", brief, "--force")

    assert result.status == 2
    assert "--force goes with --draft" in result.err
