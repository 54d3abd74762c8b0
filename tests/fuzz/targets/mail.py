"""What a mail server may say: an input is its answers, parted by lines of `%%`, in their order.

`{echo}` in an answer is what it was told last, `{login}` the last word of that, and an answer with
`{endless}` goes on for as long as somebody listens. When there are no more answers it hangs up.
"""

from __future__ import annotations

import base64
import socket
import threading
import time
from functools import cache
from random import Random

from briefgen.errors import BriefgenError
from fuzz.mutators import Grammar
from fuzz.oracle import Fault, Target, held_line
from fuzz.room import Given

USER, SECRET = "jo@example.org", "correct horse battery 9"
MESSAGE = b"From: jo@example.org\r\nSubject: x\r\n\r\nThey met.\r\n.\r\n..two dots\r\n"
_PATIENCE = 11.0
"""Seconds for which an endless answer goes on: more than any reader may take."""


class _Server:
    """Plays one session, and knows whether it has the message."""

    def __init__(self, script: bytes) -> None:
        self._answers = script.split(b"\n%%\n")
        self._listening = _listening()
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join(30)

    def _play(self) -> None:
        line, _ = self._listening.accept()
        line.settimeout(0.4)  # both may wait for the other, as after an answer that has no end
        with line:
            try:
                self._converse(line)
            except OSError:  # nobody listens or speaks any more
                self.broke_off = True

    def _converse(self, line: socket.socket) -> None:
        said = asked = b""
        for commands, answer in enumerate(self._answers):
            self._say(line, answer, asked)
            is_data = asked.upper().startswith(b"DATA") and self._reply(commands) == 354
            end = b"\r\n.\r\n" if is_data else b"\n"
            while end not in said:
                more = line.recv(65536)
                if not more:
                    return
                said += more
            asked, _, said = said.partition(end)
            if is_data and asked + b"\r\n" == MESSAGE.replace(b"\r\n.", b"\r\n.."):
                self._data = commands + 1
            asked = asked.strip()

    heard = 0
    """Bytes of endless answers that somebody took."""
    broke_off = False
    """Whether it stopped amid an answer, so that it cannot know what became of the message."""
    _sent = b""
    _data: int | None = None
    """Which of the answers is that to the whole message; None: it has not come."""

    @property
    def has_message(self) -> bool:
        """Whether it came, and was answered by yes."""
        return self._data is not None and self._reply(self._data) == 250

    def _reply(self, number: int) -> int | None:
        """The code of an answer as whoever listens counts them (RFC 5321, section 4.2.1)."""
        found = -1
        for line in self._sent.split(b"\r\n"):
            try:
                code = int(line[:3])
            except ValueError:
                code = -1
            if code == -1 or line[3:4] != b"-":
                found += 1
                if found == number:
                    return code
        return None

    def _say(self, line: socket.socket, answer: bytes, asked: bytes) -> None:
        login = asked.split()[-1] if asked.split() else b""
        filled = answer.replace(b"{echo}", asked[:2_000]).replace(b"{login}", login[:2_000])
        before, _, after = filled.partition(b"{endless}")
        once, _, again = before.rpartition(b"\n")
        endless = b"{endless}" in filled
        if endless:
            line.sendall(_in_lines(once) if once else b"")
            again = _in_lines(again + after.partition(b"\n")[0])
            whole, until = again * max(1, 60_000 // len(again)), time.monotonic() + _PATIENCE
            line.settimeout(_PATIENCE)
            while time.monotonic() < until:
                line.sendall(whole)
                self.heard += len(whole)
        else:
            data = _in_lines(filled)
            self._sent += data
            line.sendall(data)


def _in_lines(said: bytes) -> bytes:
    return said.replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n" * (not said.endswith(b"\n"))


@cache
def _listening() -> socket.socket:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(1)
    return listening


def _send(given: Given) -> None:
    from briefgen.addresses import parse_address
    from briefgen.mail.account import Account, Password
    from briefgen.mail.sending import Envelope, send_message

    told: list[str] = []
    server = _Server(given.data)
    account = Account("127.0.0.1", _listening().getsockname()[1], "none", USER, parse_address(USER))
    envelope = Envelope(
        parse_address(USER),
        (parse_address("ann@example.org"), parse_address("bob@example.org")),
        False,
        "1@x",
    )
    accepted: tuple[str, ...] = ()
    try:
        sent = send_message(
            MESSAGE, envelope, account, Password(SECRET), pauses=(), told=told.append
        )
        accepted = sent.accepted
        told += [one.words for one in sent.refused]
        if len({*sent.accepted, *(one.address for one in sent.refused), *sent.unknown}) != 2:
            raise Fault(f"a recipient is forgotten: {sent}")
    except BriefgenError as error:
        told.append(str(error))
    finally:
        server.join()
    if server.heard > 20_000_000:
        raise Fault(f"{server.heard:,} bytes of an answer without end were read")
    for line in told:
        if line:
            held_line(line, given, names=False)
        _hold_secret(line)
    if accepted and not server.has_message and not server.broke_off:
        raise Fault(f"{accepted} are told to have it, and nobody has")


@cache
def _pieces() -> frozenset[str]:
    secret, plain = SECRET.encode(), f"\0{USER}\0{SECRET}".encode()
    forms = [
        SECRET,
        base64.b64encode(secret).decode(),
        base64.b64encode(plain).decode(),
        secret.hex(),
    ]
    squeezed = ["".join(c for c in form.casefold() if c.isalnum()) for form in forms]
    return frozenset(form[at : at + 10] for form in squeezed for at in range(len(form) - 9))


def _hold_secret(line: str) -> None:
    squeezed = "".join(c for c in line.casefold() if c.isalnum())
    if any(piece in squeezed for piece in _pieces()):
        raise Fault("a line repeats the login")


_GOOD = ["220 mail.test ESMTP", "250-mail.test\n250-SIZE 1000000\n250-AUTH PLAIN LOGIN\n250 SMTPUTF8", "235 in", "250 from", "250 to", "250 to", "354 go on", "250 taken", "221 bye"]  # fmt: skip
_LINES = (
    "220 x", "250 OK", "250-x", "250 ", "251 forwards", "334 VXNlcm5hbWU6", "354 go on", "421 later", "421-x", "450 later", "451 {echo}", "452 no room", "500 what?", "530 log in", "535 {echo}",
    "535 5.7.8 {login}", "550 nobody", "552 {echo}", "554 no", "999 x", "25", "2500 x", "abc", "", "-1 x", "250-{endless}", "250-x{endless}\n", "220-{endless}", "{endless}", "334-{endless}", "x{endless}",
    "250-SIZE ²",
    "250-SIZE \udcb2", "250-SIZE 10", "250-SIZE 1e9", "250-SIZE -1", "250-AUTH LOGIN", "250-AUTH CRAM-MD5", "250-AUTH=PLAIN", "250-AUTH", "250-STARTTLS", "٢٥٠ x", "250\tx", "%%", "250 {echo}", "{echo}", "334 {echo}",
)  # fmt: skip


def _session(rng: Random) -> str:
    """A sound session in which one or two answers are others, or have a line more."""
    answers = list(_GOOD)
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.choice((1, rng.randrange(len(answers))))
        lines = answers[at].split("\n")
        if rng.random() < 0.5:
            lines.insert(rng.randrange(len(lines) + 1), rng.choice(_LINES))
        else:
            lines[rng.randrange(len(lines))] = rng.choice((rng.choice(_LINES), rng.choice(answers)))
        answers[at] = "\n".join(lines)
    return "\n%%\n".join(answers)


def _seeds() -> list[bytes]:
    login = [
        *_GOOD[:1],
        "250-mail.test\n250 AUTH LOGIN",
        "334 VXNlcm5hbWU6",
        "334 UGFzc3dvcmQ6",
        *_GOOD[2:],
    ]
    later = [*_GOOD[:3], "451 later", "250 reset", "221 bye"]
    some = [*_GOOD[:4], "550 nobody", "250 to", "354 go on", "250 taken", "221 bye"]
    return ["\n%%\n".join(each).encode() for each in (_GOOD, login, later, some)]


TARGETS = [Target("mail server", "x.txt", Grammar("text", (*_LINES, "\n%%\n"), (), _session, growth=0.6), _send, _seeds, by_path=False, weight=2)]  # fmt: skip
