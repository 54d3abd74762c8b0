"""A mail server that a test starts for itself: on this machine, with TLS, logins and moods."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from briefgen.addresses import Address, parse_address
from briefgen.mail.account import Account, Password
from briefgen.mail.message import Attachment, Message
from briefgen.mail.sending import Envelope

USER, SECRET = "jo@example.org", "pässwörd of 7 wörds"


@dataclass
class Moods:
    """What the server answers to commands, and what it took. Answers are used up one by one."""

    mail: list[str] = field(default_factory=list)
    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    """`drop`: the line goes dead after the last byte. `silence`: it is taken, and nobody hears."""
    login: list[str] = field(default_factory=list)
    mailbox: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    """Sender, recipients and message of everything taken."""
    options: list[str] = field(default_factory=list)
    """What came with MAIL."""
    secure: list[bool] = field(default_factory=list)
    """Whether each message came over TLS."""
    logins: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)

    # --- aiosmtpd's hooks -----------------------------------------------------------------

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greetings.append(hostname)
        return responses

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.mail:
            return self.mail.pop(0)
        self.options = options
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answers = self.rcpt.get(address)
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.data.pop(0) if self.data else ""
        if answer == "drop":
            server.transport.abort()
            return "250 nobody hears this"
        if answer and answer != "silence":
            return answer
        self.secure.append(server.transport.get_extra_info("ssl_object") is not None)
        self.mailbox.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        if answer == "silence":
            await asyncio.sleep(600)  # until the line goes dead
        return "250 2.0.0 taken"


@dataclass
class Server:
    """A running server, and the account that leads to it."""

    account: Account
    moods: Moods


class _Listening:
    """A server on a free port, served by a thread of its own."""

    def __init__(self, make: Callable[[], SMTP], tls: ssl.SSLContext | None) -> None:
        self._make = make
        self._lines: list[SMTP] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        starting = self._loop.create_server(self._line, "127.0.0.1", 0, ssl=tls)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]

    def _line(self) -> SMTP:
        with warnings.catch_warnings():  # it warns of logins without TLS, which we mean
            warnings.simplefilter("ignore")
            self._lines.append(self._make())
        return self._lines[-1]

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        for line in self._lines:
            if line.transport is not None:
                with contextlib.suppress(AttributeError):  # in some Pythons, of one that is over
                    line.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.02)  # transports close their sockets in the next round


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who vouches for the server's certificate."""
    return trustme.CA()


@pytest.fixture(scope="session")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """What a client believes who trusts that authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture(scope="session")
def certified(authority: trustme.CA) -> ssl.SSLContext:
    """What the server shows: a certificate for this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


Start = Callable[..., Server]


@pytest.fixture
def start(certified: ssl.SSLContext) -> Iterator[Start]:
    """Starts a server: `security` as in the settings, `login` whether it asks for one."""
    running: list[_Listening] = []

    def start_server(security: str = "starttls", *, login: bool = False, **settings: Any) -> Server:
        moods = Moods()

        def authenticate(
            server: SMTP, session: Any, envelope: Any, mechanism: str, data: LoginPassword
        ) -> AuthResult:
            if moods.login:
                return AuthResult(success=False, handled=False, message=moods.login.pop(0))
            good = (data.login.decode(), data.password.decode()) == (USER, SECRET)
            if good:
                moods.logins.append(mechanism)
            return AuthResult(success=good, handled=False)

        options: dict[str, Any] = {"enable_SMTPUTF8": True, "hostname": "mail.test"}
        if login:
            options |= {"authenticator": authenticate, "auth_required": True,
                        "auth_require_tls": security == "starttls"}  # fmt: skip
        if security == "starttls":
            options |= {"tls_context": certified, "require_starttls": True}

        def make() -> SMTP:
            return SMTP(moods, **(options | settings), loop=asyncio.get_running_loop())

        listening = _Listening(make, certified if security == "tls" else None)
        running.append(listening)
        port = listening.port
        host = "localhost" if security != "none" else "127.0.0.1"
        sender = parse_address("Jo Doe <jo@example.org>")
        user = USER if login else ""
        return Server(Account(host, port, security, user, sender), moods)  # type: ignore[arg-type]

    yield start_server
    for listening in running:
        listening.stop()


@pytest.fixture
def password() -> Password:
    return Password(SECRET)


def addresses(*texts: str) -> tuple[Address, ...]:
    return tuple(map(parse_address, texts))


PDF = Attachment("Überblick – «Öl».pdf", "application/pdf", bytes(range(256)) * 3)


def a_message(*to: str, **changed: Any) -> Message:
    """A small message with an attachment."""
    said: dict[str, Any] = {
        "subject": "Öl",
        "text": "Grüße\n.\n..two dots\nFrom here on\n",
        "html": "<p>Grüße</p>\n",
        "language": "en",
        "to": addresses(*(to or ("ann@example.org",))),
        "sender": parse_address("Jo Doe <jo@example.org>"),
        "attachments": (PDF,),
    }
    return Message(**(said | changed))


def an_envelope(message: Message, identity: str = "1.2@example.org") -> Envelope:
    assert message.sender is not None
    return Envelope(message.sender, message.recipients, message.needs_smtputf8, identity)
