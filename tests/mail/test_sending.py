"""What servers may do, and what becomes of a message: everyone gets it once or is named."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import smtplib
import socket
import ssl
import traceback
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefgen.errors import OutputError, UsageError
from briefgen.mail.account import Account, MailError, Password
from briefgen.mail.message import sent_bytes
from briefgen.mail.sending import (
    Connection,
    PutOffError,
    Refusal,
    Sent,
    Witness,
    deliver,
    send_message,
)
from mail_server import PDF, SECRET, Server, a_message, an_envelope

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def sent(server: Server, *to: str, tls=None, password=None, pauses=(), wait=None, **said) -> Sent:
    """Send a small message to `to` through `server`."""
    message = a_message(*to, **said)
    return send_message(
        sent_bytes(message, date=NOW, message_id="1.2@example.org"),
        an_envelope(message),
        server.account,
        password,
        tls=tls,
        pauses=pauses,
        wait=wait or (lambda seconds: None),
    )


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_message_arrives_whole(start, trusting, password, security: str) -> None:
    server = start(security, login=True)

    outcome = sent(server, "ann@example.org", "bob@example.org", tls=trusting, password=password)

    assert outcome == Sent("1.2@example.org", ("ann@example.org", "bob@example.org"), (), (), 1)
    ((sender, recipients, data),) = server.moods.mailbox
    assert (sender, recipients) == ("jo@example.org", ["ann@example.org", "bob@example.org"])
    assert server.moods.secure == [security != "none"]
    assert server.moods.logins == ["PLAIN"]
    assert set(server.moods.greetings) == {"[127.0.0.1]"}  # not this machine's name
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert read["Message-ID"] == "<1.2@example.org>"
    assert read["Date"] == "Sat, 21 Nov 2026 09:30:00 +0000"
    assert read["X-Unsent"] is None
    text = read.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text == "Grüße\n.\n..two dots\nFrom here on\n"
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (PDF.name, PDF.data)


def test_a_server_that_knows_login_alone(start, trusting, password) -> None:
    server = start("starttls", login=True, auth_exclude_mechanism=["PLAIN"])

    assert sent(server, tls=trusting, password=password).whole
    assert server.moods.logins == ["LOGIN"]


def test_a_certificate_that_nobody_vouches_for(start, password) -> None:
    for security in ("starttls", "tls"):
        server = start(security, login=True)
        with pytest.raises(MailError, match="cannot be trusted .*; nothing was sent"):
            sent(server, tls=ssl.create_default_context(), password=password)
        assert server.moods.mailbox == []
        assert server.moods.logins == []


def test_a_certificate_for_another_name(start, trusting) -> None:
    server = start("starttls")
    other = Server(replace(server.account, host="127.0.0.2"), server.moods)
    with pytest.raises(MailError, match=r"cannot be trusted|cannot reach"):
        sent(other, tls=trusting)


def test_a_server_without_starttls_is_told_nothing(start, trusting, password) -> None:
    server = start("none", login=True)
    asks = Server(replace(server.account, security="starttls"), server.moods)
    with pytest.raises(MailError, match="offers no STARTTLS, and nothing is said in the clear"):
        sent(asks, tls=trusting, password=password)
    assert server.moods.logins == []


def test_in_the_clear_to_another_machine_is_refused() -> None:
    account = Account("mail.example.org", 25, "none")
    with pytest.raises(UsageError, match=r"never sent in the clear.*mail\.example\.org"):
        sent(Server(account, None))  # type: ignore[arg-type]


def test_nobody_there(start) -> None:
    account = Account("127.0.0.1", 1, "none")
    with pytest.raises(MailError, match=r"cannot reach 127\.0\.0\.1:1 \(connection refused\)"):
        sent(Server(account, None))  # type: ignore[arg-type]


def test_tls_on_the_wrong_port(start, trusting) -> None:
    server = start("starttls")
    wrong = Server(replace(server.account, security="tls"), server.moods)
    with pytest.raises(MailError, match=r"no TLS with .*port 465 goes with security: tls"):
        sent(wrong, tls=trusting)


def test_a_wrong_password_is_never_repeated(start, trusting) -> None:
    server = start("starttls", login=True)
    wrong = Password("wrong-hunter2")
    with pytest.raises(MailError, match=r"does not let jo@example\.org in: 535") as caught:
        sent(server, tls=trusting, password=wrong)
    told = "".join(traceback.format_exception(caught.value)) + repr(wrong) + f"{wrong}"
    assert "hunter2" not in told


def test_a_server_that_repeats_the_password_is_not_quoted(start, trusting, password) -> None:
    server = start("starttls", login=True)
    server.moods.login = ["535 5.7.8 no such password: hunter2"]
    with pytest.raises(MailError) as caught:
        sent(server, tls=trusting, password=Password("hunter2"))
    assert "hunter2" not in str(caught.value)
    assert "535 (its words are not shown: they repeat the login)" in str(caught.value)


# --- now and later -----------------------------------------------------------------------------


def test_those_put_off_are_tried_again_and_nobody_else(start, trusting) -> None:
    server = start()
    server.moods.rcpt["bob@example.org"] = ["451 4.7.1 greylisted", "451 4.7.1 greylisted"]
    waits: list[float] = []

    outcome = sent(
        server, "ann@example.org", "bob@example.org", tls=trusting, pauses=(5, 15, 45),
        wait=waits.append,
    )  # fmt: skip

    assert outcome == Sent("1.2@example.org", ("ann@example.org", "bob@example.org"), (), (), 3)
    assert waits == [5, 15]
    assert [to for _, to, _ in server.moods.mailbox] == [["ann@example.org"], ["bob@example.org"]]
    first, second = (data for _, _, data in server.moods.mailbox)
    assert first == second  # one message, one id


def test_those_put_off_for_ever_are_named(start, trusting) -> None:
    server = start()
    server.moods.rcpt["bob@example.org"] = ["451 4.7.1 not now"] * 9

    outcome = sent(server, "ann@example.org", "bob@example.org", tls=trusting, pauses=(1, 2))

    assert outcome.accepted == ("ann@example.org",)
    assert outcome.refused == (Refusal("bob@example.org", "451 4.7.1 not now", temporary=True),)
    assert outcome.tries == 3
    assert not outcome.whole


def test_a_final_no_is_told_for_each(start, trusting) -> None:
    server = start()
    server.moods.rcpt["bob@example.org"] = ["550 5.1.1 no such user"]

    outcome = sent(server, "ann@example.org", "bob@example.org", tls=trusting, pauses=(1,))

    assert outcome.accepted == ("ann@example.org",)
    assert outcome.refused == (
        Refusal("bob@example.org", "550 5.1.1 no such user", temporary=False),
    )
    assert outcome.tries == 1


@pytest.mark.parametrize("where", ["mail", "data"])
def test_a_no_to_the_message_is_a_no_to_all(start, trusting, where: str) -> None:
    server = start()
    setattr(server.moods, where, ["554 5.7.1 spam"])

    outcome = sent(server, "ann@example.org", "bob@example.org", tls=trusting, pauses=(1,))

    assert outcome.accepted == ()
    assert [refusal.words for refusal in outcome.refused] == ["554 5.7.1 spam"] * 2


@pytest.mark.parametrize("where", ["mail", "data"])
def test_later_for_the_message_is_tried_again(start, trusting, where: str) -> None:
    server = start()
    setattr(server.moods, where, ["452 4.3.1 disk full"])

    outcome = sent(server, "ann@example.org", "bob@example.org", tls=trusting, pauses=(1,))

    assert outcome.accepted == ("ann@example.org", "bob@example.org")
    assert (outcome.tries, len(server.moods.mailbox)) == (2, 1)


def test_a_login_that_is_put_off_is_tried_again(start, trusting, password) -> None:
    server = start(login=True)
    server.moods.login = ["454 4.7.0 come back"]

    assert sent(server, tls=trusting, password=password, pauses=(1,)).tries == 2

    server.moods.login = ["454 4.7.0 come back"] * 2
    with pytest.raises(MailError, match=r"puts us off: 454 4\.7\.0 come back; try again later"):
        sent(server, tls=trusting, password=password, pauses=(1,))


def test_a_line_that_goes_dead_after_the_last_byte_is_never_tried_again(start, trusting) -> None:
    server = start()
    server.moods.data = ["drop"]

    outcome = sent(server, "ann@example.org", tls=trusting, pauses=(1, 1, 1))

    assert outcome == Sent("1.2@example.org", (), (), ("ann@example.org",), 1)


def test_those_served_are_not_forgotten_when_the_server_goes_away(start, trusting) -> None:
    server = start()
    server.moods.rcpt["bob@example.org"] = ["451 later"]
    account = server.account

    def gone(seconds: float) -> None:
        server.account = account
        object.__setattr__(account, "port", 1)

    outcome = sent(server, "ann@example.org", "bob@example.org", tls=trusting, pauses=(1,),
                   wait=gone)  # fmt: skip

    assert outcome.accepted == ("ann@example.org",)
    assert [refusal.address for refusal in outcome.refused] == ["bob@example.org"]


def test_a_message_over_the_servers_limit_is_not_begun(start, trusting) -> None:
    server = start(data_size_limit=500)
    with pytest.raises(MailError, match=r"bytes, and localhost takes 500"):
        sent(server, tls=trusting)
    assert server.moods.mailbox == []


# --- several messages over one line ------------------------------------------------------------


def over(line: Connection, *to: str, witness: Witness | None = None) -> Sent:
    message = a_message(*to)
    data = sent_bytes(message, date=NOW, message_id="1.2@example.org")
    return deliver(data, an_envelope(message), line, pauses=(), witness=witness)


def test_a_line_is_opened_once(start, trusting, password) -> None:
    server = start(login=True)
    line = Connection(server.account, password, trusting)

    assert all(over(line).whole for _ in range(3))
    line.close()
    line.close()

    assert (len(server.moods.mailbox), server.moods.logins) == (3, ["PLAIN"])


def test_a_line_that_the_server_closed_is_opened_again(start, trusting, password) -> None:
    server = start(login=True)
    line = Connection(server.account, password, trusting)
    assert over(line).whole
    assert line._server is not None
    assert line._server.sock is not None
    line._server.sock.shutdown(socket.SHUT_RDWR)

    assert over(line).tries == 1
    line.close()

    assert server.moods.logins == ["PLAIN", "PLAIN"]


def test_a_message_that_is_refused_does_not_spoil_the_next(start, trusting) -> None:
    server = start()
    line = Connection(server.account, None, trusting)
    server.moods.mail = ["550 no"]
    server.moods.data = ["554 spam"]

    assert [one.words for one in over(line).refused] == ["550 no"]
    assert [one.words for one in over(line).refused] == ["554 spam"]
    server.moods.mail = ["451 later"]
    with pytest.raises(PutOffError, match="puts us off: 451 later"):
        over(line)
    assert over(line).whole
    line.close()


class Clerk(Witness):
    def __init__(self) -> None:
        self.notes: list[object] = []

    def handing_over(self, addresses: tuple[str, ...]) -> None:
        self.notes.append(addresses)

    def settled(self, sent: Sent) -> None:
        self.notes.append((sent.accepted, [one.address for one in sent.refused], sent.unknown))


def test_the_witness_hears_before_and_after(start, trusting) -> None:
    server = start()
    line = Connection(server.account, None, trusting)
    server.moods.rcpt["bob@example.org"] = ["550 no"]
    server.moods.data = ["", "drop"]
    clerk = Clerk()

    over(line, "ann@example.org", "bob@example.org", witness=clerk)
    over(line, "cy@example.org", witness=clerk)

    assert clerk.notes == [
        ("ann@example.org",),
        (("ann@example.org",), ["bob@example.org"], ()),
        ("cy@example.org",),
        ((), [], ("cy@example.org",)),
    ]


def test_a_line_lost_in_the_midst_of_a_message_is_no_secret_to_the_witness(
    start, trusting, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start()
    line = Connection(server.account, None, trusting)
    clerk = Clerk()

    def broken(self: smtplib.SMTP, data: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    assert over(line).whole
    with monkeypatch.context() as patched:
        send = smtplib.SMTP.send
        patched.setattr(
            smtplib.SMTP, "send",
            lambda self, data: broken(self, data) if len(data) > 500 else send(self, data),
        )  # fmt: skip
        with pytest.raises(PutOffError):
            over(line, "bob@example.org", witness=clerk)

    assert clerk.notes == [("bob@example.org",), ((), ["bob@example.org"], ())]
    assert over(line).whole
    line.close()
    assert len(server.moods.mailbox) == 2


def test_what_the_witness_cannot_write_down_is_not_handed_over(start, trusting) -> None:
    class FullDisk(Clerk):
        def handing_over(self, addresses: tuple[str, ...]) -> None:
            raise OutputError("no room")

    server = start()
    line = Connection(server.account, None, trusting)
    with pytest.raises(OutputError):
        over(line, witness=FullDisk())
    assert over(line).whole
    line.close()
    assert len(server.moods.mailbox) == 1


# --- addresses beyond ASCII --------------------------------------------------------------------


def test_a_domain_beyond_ascii_needs_nothing_of_the_server(start, trusting) -> None:
    server = start(enable_SMTPUTF8=False)

    outcome = sent(server, "Дмитрий <d@пример.рф>", tls=trusting)

    assert outcome.accepted == ("d@xn--e1afmkfd.xn--p1ai",)
    assert "SMTPUTF8" not in server.moods.options
    server.moods.mailbox[0][2].decode("ascii")


def test_a_local_part_beyond_ascii_goes_by_smtputf8(start, trusting) -> None:
    server = start()

    outcome = sent(server, "Дмитрий <дмитрий@пример.рф>", tls=trusting)

    assert outcome.accepted == ("дмитрий@xn--e1afmkfd.xn--p1ai",)
    assert "SMTPUTF8" in server.moods.options
    _, recipients, data = server.moods.mailbox[0]
    assert recipients == ["дмитрий@xn--e1afmkfd.xn--p1ai"]
    assert "дмитрий@xn--e1afmkfd.xn--p1ai" in data.decode("utf-8")


def test_a_local_part_beyond_ascii_is_refused_where_the_server_cannot(start, trusting) -> None:
    server = start(enable_SMTPUTF8=False)
    with pytest.raises(MailError, match=r"takes no addresses beyond ASCII before the @ \(dмитрий"):
        sent(server, "dмитрий@example.org", tls=trusting)


def test_the_password_cannot_be_written_down() -> None:
    import pickle

    with pytest.raises(TypeError):
        pickle.dumps(Password(SECRET))
    assert not dataclasses.is_dataclass(Password)
