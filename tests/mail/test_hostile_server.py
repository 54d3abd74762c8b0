"""Servers that mean harm: none gets the login shown, our memory or our time, or a false "sent"."""

from __future__ import annotations

import base64
import contextlib
import itertools
import socket
import threading
from collections.abc import Iterator

import pytest

from briefgen.mail import bounded_smtp, sending
from briefgen.mail.account import Account, MailError, Password
from briefgen.mail.sending import send_message
from briefgen.mail.server_words import secrets_of, server_words
from mail_server import SECRET, USER, a_message, an_envelope

HELLO = b"250-localhost\r\n250 AUTH PLAIN\r\n"


class Script:
    """A server that says what it was told to say, whatever it hears."""

    def __init__(self, *answers: bytes | Iterator[bytes]) -> None:
        self._answers = answers
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.account = Account("localhost", self._listening.getsockname()[1], "none", USER)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.heard: list[bytes] = []

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listening.accept()
            with connection, connection.makefile("rb") as lines:
                for number, answer in enumerate(self._answers):
                    if number:
                        self.heard.append(lines.readline())
                    for piece in [answer] if isinstance(answer, bytes) else answer:
                        connection.sendall(piece)
                while lines.readline():
                    pass

    def stop(self) -> None:
        self._listening.close()
        self._thread.join(10)
        assert not self._thread.is_alive()


def sent_to(script: Script, *, password: Password | None = None) -> sending.Sent:
    try:
        message = a_message("ann@example.org")
        return send_message(
            b"Subject: x\r\n\r\nx\r\n", an_envelope(message), script.account, password, pauses=()
        )
    finally:
        script.stop()


PLAIN = base64.b64encode(f"\0{USER}\0{SECRET}".encode()).decode()


@pytest.mark.parametrize(
    "echo",
    [
        f"AUTH PLAIN {PLAIN}",
        SECRET,
        SECRET.upper(),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(f"x{SECRET}".encode()).decode(),
        base64.b64encode(f"xy{SECRET}".encode()).decode().rstrip("="),
        SECRET.encode().hex(" "),
        SECRET[::-1],
        "  ".join(PLAIN),
        PLAIN[20:40],
        "p%C3%A4ssw%C3%B6rd%20of%207%20w%C3%B6rds",
    ],
)
def test_no_echo_of_a_login_is_shown(echo: str) -> None:
    secrets = secrets_of(USER, Password(SECRET))
    assert server_words(535, f"5.7.8 what is {echo}", secrets) == (
        "535 (its words are not shown: they repeat the login)"
    )
    assert "5.7.8 no mailbox" in server_words(535, "5.7.8 no mailbox", secrets)


def test_an_echo_in_any_later_answer_is_not_shown() -> None:
    script = Script(
        b"220 hi\r\n", HELLO, b"235 ok\r\n", b"250 ok\r\n",
        f"550-no AUTH PLAIN\r\n550 {PLAIN}\r\n".encode(), b"250 ok\r\n",
        b"221 bye\r\n",
    )  # fmt: skip
    (refusal,) = sent_to(script, password=Password(SECRET)).refused
    assert refusal.words == "550 (its words are not shown: they repeat the login)"


@pytest.mark.parametrize("answer", [b"250 taken\r\n", b"220 hi\r\n", b"abc\r\n"])
def test_a_message_that_was_not_asked_for_is_not_sent(answer: bytes) -> None:
    script = Script(b"220 hi\r\n", b"250 localhost\r\n", b"250 ok\r\n", b"250 ok\r\n", answer)
    outcome = sent_to(script)
    assert (outcome.accepted, outcome.unknown) == ((), ())
    assert outcome.refused[0].words.endswith("where 354 was due")
    assert script.heard[-1] == b"DATA\r\n"


def test_an_odd_answer_to_the_whole_message_leaves_it_open() -> None:
    script = Script(
        b"220 hi\r\n", b"250 localhost\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n",
        b"299 hm\r\n",
    )  # fmt: skip
    assert sent_to(script).unknown == ("ann@example.org",)


@pytest.mark.parametrize(
    "endless", [b"220-and so on\r\n", b"220-" + b"x" * 8000 + b"\r\n", b"220"], ids=repr
)
def test_a_greeting_without_end_is_not_read_to_its_end(endless: bytes) -> None:
    read = itertools.count()
    script = Script(endless for number in read if number < 200_000)
    with pytest.raises(MailError):
        sent_to(script)
    assert next(read) < 200_000


def test_an_answer_that_comes_drop_by_drop_finds_an_end(monkeypatch) -> None:
    monkeypatch.setattr(sending, "CONNECT_SECONDS", 0.3)
    going = threading.Event()

    def drops() -> Iterator[bytes]:
        while not going.wait(0.05):
            yield b"2"

    script = Script(drops())
    try:
        with pytest.raises(MailError, match="puts us off|connection"):
            sent_to(script)
    finally:
        going.set()


def test_the_whole_has_an_end_too(monkeypatch) -> None:
    monkeypatch.setattr(bounded_smtp, "SESSION_SECONDS", 0.0)
    with pytest.raises(MailError, match="takes longer than 0 minutes"):
        sent_to(Script(b"220 hi\r\n"))


@pytest.mark.parametrize("size", ["²", "1" * 5000, "-1", "many"])
def test_a_size_that_is_no_number_says_nothing(size: str) -> None:
    script = Script(
        b"220 hi\r\n", f"250-localhost\r\n250 SIZE {size}\r\n".encode(), b"250 ok\r\n",
        b"250 ok\r\n", b"354 go\r\n", b"250 ok\r\n", b"221 bye\r\n",
    )  # fmt: skip
    sent_to(script)
