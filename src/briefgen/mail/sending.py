"""Sending messages by SMTP (RFC 5321), each recipient served once.

What can be tried again without anybody getting the message twice is tried again: a server that
says "later" (4xx), a connection lost before the message was handed over. What cannot is told: a
connection lost after the last byte, with no answer, leaves open whether the server has it.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import ssl
import time
from collections.abc import Callable, Iterable, Sequence

from briefgen.addresses import Address
from briefgen.errors import one_line
from briefgen.mail.account import Account, MailError, Password, check_account
from briefgen.mail.bounded_smtp import PlainConnection, TlsConnection
from briefgen.mail.server_words import secrets_of, server_words
from briefgen.values import valueclass

PAUSES = (5.0, 15.0, 45.0)
"""Seconds before each further try."""

CONNECT_SECONDS = 30
ANSWER_SECONDS = 300
"""RFC 5321, section 4.5.3.2: five minutes for MAIL and RCPT..."""
HANDED_OVER_SECONDS = 600
"""... and ten for the answer to a whole message: giving up early leaves it open who has it."""

OUR_NAME = "[127.0.0.1]"
"""What we call ourselves to the server: the machine's own name is nobody's business."""


@valueclass(frozen=True, slots=True)
class Refusal:
    """A recipient whom the server did not take, in its own words."""

    address: str
    words: str
    temporary: bool
    """It said "later" until we gave up."""


@valueclass(frozen=True, slots=True)
class Sent:
    """What became of a message. Every recipient is in exactly one of the three."""

    message_id: str
    """Without its angle brackets."""
    accepted: tuple[str, ...]
    refused: tuple[Refusal, ...]
    unknown: tuple[str, ...]
    """Handed over to the server, which never answered: never try these again by yourself."""
    tries: int

    @property
    def whole(self) -> bool:
        """Whether everyone gets it, as far as the server goes."""
        return not self.refused and not self.unknown


class PutOffError(MailError):
    """The server says "later" to us, or to a message before it has heard for whom it is."""


class UnfitError(MailError):
    """This server takes other messages, but never this one."""


class Witness:
    """Told what must not be forgotten, at the moments when it must be written down.

    This one forgets. What it raises goes through to the caller; if `handing_over` raises, nothing
    is handed over.
    """

    def handing_over(self, addresses: tuple[str, ...]) -> None:
        """The message goes to the server now: from here on these may have it."""

    def settled(self, sent: Sent) -> None:
        """What is known by now; whoever may still be served stands as refused for now."""


@valueclass(frozen=True, slots=True)
class Envelope:
    """What the server is told beside the message."""

    sender: Address
    recipients: tuple[Address, ...]
    needs_smtputf8: bool
    message_id: str


def send_message(
    data: bytes,
    envelope: Envelope,
    account: Account,
    password: Password | None,
    *,
    tls: ssl.SSLContext | None = None,
    pauses: Sequence[float] = PAUSES,
    wait: Callable[[float], None] = time.sleep,
    told: Callable[[str], None] = lambda text: None,
) -> Sent:
    """Send `data` (the whole message, lines in CRLF) to everyone in `envelope`, each once.

    `tls` decides whom to trust: the system, if not said. `wait` takes the pauses, `told` hears
    why. Raises `MailError` while nothing has been handed over: a server that cannot be reached or
    trusted, a login refused, a message too large. Once one recipient is accepted, refused or
    unknown, all is told in what comes back.
    """
    connection = Connection(account, password, tls)
    try:
        return deliver(data, envelope, connection, pauses=pauses, wait=wait, told=told)
    finally:
        connection.close()


class Connection:
    """A connection to the account's server that several messages may go over, one by one.

    It is opened when a message needs it, and again when the server closed it in between.
    """

    def __init__(
        self, account: Account, password: Password | None, tls: ssl.SSLContext | None = None
    ) -> None:
        check_account(account)
        self.account = account
        self._password = password
        self._tls = tls
        self._secrets = secrets_of(account.user, password)
        self._server: PlainConnection | TlsConnection | None = None

    def words(self, code: int, said: bytes | str) -> str:
        """What the server says, to be shown: without the login, which it may repeat at any time."""
        return server_words(code, said, self._secrets)

    def ready(self) -> PlainConnection | TlsConnection:
        """The connection, ready for a message. Raises `MailError` and smtplib's errors."""
        if self._server is not None and self._server.sock is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException, MailError):
                self._server.begin_session()
                self._server.sock.settimeout(CONNECT_SECONDS)
                code, _ = self._server.rset()
                if code == 250:
                    self._server.sock.settimeout(ANSWER_SECONDS)
                    return self._server
        self.close()
        self._server = _connected(self.account, self._tls)
        _log_in(self._server, self, self._password)
        return self._server

    def close(self, *, politely: bool = True) -> None:
        """Close the connection; without a word if not `politely`, as in the midst of a message."""
        server, self._server = self._server, None
        if server is None:
            return
        with contextlib.suppress(OSError, smtplib.SMTPException, MailError):
            if politely and server.sock is not None:
                server.sock.settimeout(5)
                server.quit()
        server.close()


def deliver(
    data: bytes,
    envelope: Envelope,
    connection: Connection,
    *,
    pauses: Sequence[float] = PAUSES,
    wait: Callable[[float], None] = time.sleep,
    told: Callable[[str], None] = lambda text: None,
    witness: Witness | None = None,
) -> Sent:
    """`send_message` over a connection that is there; it stays open for the next message.

    `witness` is told before anything is handed over, and after each try. Raises `MailError` as
    `send_message` does: `PutOffError` where trying again later may help, `UnfitError` where other
    messages may go.
    """
    account = connection.account
    state = _State(envelope, witness or Witness())
    left = list(pauses)
    while True:
        state.tries += 1
        try:
            _one_session(data, state, connection)
        except _Later as later:
            state.later(later.words)
            if not left and not state.begun:
                state.note()
                raise PutOffError(
                    f"{account.host} puts us off: {later.words}", hint="try again later"
                ) from None
        except MailError as error:
            if not state.begun:
                state.note()
                raise
            state.later(error.message)  # those who were served before must not be forgotten
            break
        state.note()
        if not state.open or not left:
            break
        pause = left.pop(0)
        connection.close()
        told(f"{account.host} says later; trying again in {pause:.0f} s")
        wait(pause)
    state.note()
    return state.outcome()


class _Later(Exception):
    """Nothing was handed over, and it may be tried again."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class _State:
    """Who has been served, over all tries."""

    def __init__(self, envelope: Envelope, witness: Witness) -> None:
        self.envelope = envelope
        self.tries = 0
        self._witness = witness
        self._noted: Sent | None = None
        self._handing_over = False
        self.open = list(dict.fromkeys(one.spec for one in envelope.recipients))
        self._order = tuple(self.open)
        self._accepted: set[str] = set()
        self._refused: dict[str, Refusal] = {}
        self._unknown: set[str] = set()
        self._put_off: dict[str, str] = {}
        self.begun = False
        """Whether the server has said anything about anyone."""

    def hand_over(self, addresses: Sequence[str]) -> None:
        """The next thing is the message itself, for these."""
        self._handing_over = True
        self._noted = None
        self._witness.handing_over(tuple(addresses))

    def note(self) -> None:
        """Tell the witness what is known, if anything was said or handed over and it is new."""
        sent = self.outcome()
        if (self.begun or self._handing_over) and sent != self._noted:
            self._noted = sent
            self._witness.settled(sent)

    def accept(self, addresses: Iterable[str]) -> None:
        self.begun = True
        self._accepted.update(addresses)
        self._close()

    def lose(self, addresses: Iterable[str]) -> None:
        self.begun = True
        self._unknown.update(addresses)
        self._close()

    def answer(self, address: str, code: int, words: str) -> None:
        """The server said no to one recipient: for now (4xx), or for good."""
        self.begun = True
        if 400 <= code < 500:
            self._put_off[address] = words
        else:
            self._refused[address] = Refusal(address, words, temporary=False)
            self._close()

    def later(self, words: str) -> None:
        for address in self.open:
            self._put_off.setdefault(address, words)

    def _close(self) -> None:
        settled = {*self._accepted, *self._refused, *self._unknown}
        self.open = [address for address in self.open if address not in settled]

    def outcome(self) -> Sent:
        refused = dict(self._refused)
        for address in self.open:
            refused[address] = Refusal(address, self._put_off.get(address, ""), temporary=True)
        return Sent(
            self.envelope.message_id,
            tuple(a for a in self._order if a in self._accepted),
            tuple(refused[a] for a in self._order if a in refused),
            tuple(a for a in self._order if a in self._unknown),
            self.tries,
        )


def _one_session(data: bytes, state: _State, connection: Connection) -> None:
    """One try: whoever is still open is offered the message. Raises `_Later`."""
    done = polite = False
    try:
        _hand_over(connection.ready(), data, state, connection)
        done = True
    except (_Later, MailError):
        polite = True
        raise
    except smtplib.SMTPServerDisconnected:
        raise _Later("the connection was lost") from None
    except smtplib.SMTPException as error:  # pragma: no cover - smtplib's own checks
        raise MailError(f"{connection.account.host}: {type(error).__name__}") from None
    except OSError as error:
        raise _Later(_reason(error)) from None
    finally:
        if not done:
            connection.close(politely=polite)


def _connected(account: Account, tls: ssl.SSLContext | None) -> PlainConnection | TlsConnection:
    """A connection on which things may be said: encrypted, or to this machine."""
    context = tls or ssl.create_default_context()
    server: PlainConnection | TlsConnection | None = None
    try:
        if account.security == "tls":
            server = TlsConnection(
                account.host, account.port, OUR_NAME, timeout=CONNECT_SECONDS, context=context
            )
        else:
            server = PlainConnection(account.host, account.port, OUR_NAME, timeout=CONNECT_SECONDS)
        assert server.sock is not None
        server.sock.settimeout(ANSWER_SECONDS)
        _greeted(server, account)
        if account.security == "starttls":
            if not server.has_extn("starttls"):
                raise MailError(
                    f"{account.host} offers no STARTTLS, and nothing is said in the clear",
                    hint="ask whoever runs it for the right port; 465 with security: tls is usual",
                )
            code, said = server.starttls(context=context)
            _settled(code, said, 220, account)
            _greeted(server, account)
    except BaseException as error:
        if server is not None:
            server.close()
        if isinstance(error, ssl.SSLError):
            raise _untrusted(account, error) from None
        if isinstance(error, smtplib.SMTPServerDisconnected):
            raise _Later("the connection was lost") from None
        if isinstance(error, smtplib.SMTPResponseException):
            _settled(error.smtp_code, error.smtp_error, 220, account)
        if isinstance(error, OSError):
            raise MailError(
                f"cannot reach {account.host}:{account.port} ({_reason(error)})",
                hint="check the network, and host and port in the settings file",
            ) from None
        raise
    return server


def _greeted(server: smtplib.SMTP, account: Account) -> None:
    code, said = server.ehlo()
    _settled(code, said, 250, account)


def _log_in(server: smtplib.SMTP, connection: Connection, password: Password | None) -> None:
    """Log in (RFC 4954) by PLAIN (RFC 4616), else LOGIN. The connection is safe by now.

    Not by smtplib, which knows no passwords beyond ASCII.
    """
    if password is None:
        return
    account = connection.account
    offered = server.esmtp_features.get("auth", "").upper().split()
    user, secret = account.user.encode("utf-8"), password.reveal().encode("utf-8")
    if "PLAIN" in offered:
        code, said = server.docmd("AUTH", f"PLAIN {_base64(b'%c%b%c%b' % (0, user, 0, secret))}")
    elif "LOGIN" in offered:
        code, said = server.docmd("AUTH", "LOGIN")
        for answer in (user, secret):
            if code != 334:
                break
            code, said = server.docmd(_base64(answer))
    else:
        raise MailError(
            f"{account.host} offers no login that we know (PLAIN, LOGIN)"
            + (f", only {', '.join(offered)}" if offered else ""),
            hint="leave user out of the settings file if it asks for none",
        )
    if code == 235:
        return
    words = connection.words(code, said)
    if 400 <= code < 500:
        raise _Later(words)
    raise MailError(
        f"{account.host} does not let {account.user} in: {words}",
        hint="check user and password; many providers want an app password here",
    )


def _hand_over(
    server: PlainConnection | TlsConnection, data: bytes, state: _State, connection: Connection
) -> None:
    envelope = state.envelope
    options = _mail_options(server, data, envelope, connection.account)
    # Not by smtplib's own way, which takes addresses apart and puts them together again.
    server.command_encoding = "utf-8" if envelope.needs_smtputf8 else "ascii"
    code, said = server.docmd("MAIL", f"FROM:<{envelope.sender.spec}>{''.join(options)}")
    if code != 250:
        words = connection.words(code, said)
        server.rset()
        if 400 <= code < 500:
            raise _Later(words)
        for address in list(state.open):
            state.answer(address, code, words)
        return
    taken = []
    for address in list(state.open):
        code, said = server.docmd("RCPT", f"TO:<{address}>")
        if code in (250, 251):
            taken.append(address)
        else:
            state.answer(address, code, connection.words(code, said))
            if code == 421:
                raise _Later(connection.words(code, said))
    if not taken:
        server.rset()
        return
    state.hand_over(taken)
    code, said = server.docmd("DATA")
    if code < 400 and code != 354:
        # Whatever it means: it has not asked for the message, and it has not got it.
        connection.close(politely=False)
        for address in taken:
            state.answer(address, 500, f"{connection.words(code, said)} where 354 was due")
        return
    if code == 354:
        code, said = _handed_over(server, data, taken, state)
    if code == 0:
        connection.close(politely=False)
        return
    if code == 250:
        state.accept(taken)
        return
    for address in taken:
        state.answer(address, code, connection.words(code, said))


def _handed_over(
    server: PlainConnection | TlsConnection, data: bytes, taken: list[str], state: _State
) -> tuple[int, bytes]:
    """The server's answer to the whole message; (0, b"") when none came that says yes or no."""
    # A line that begins with a dot gets another (RFC 5321, section 4.5.2).
    server.send_all(re.sub(rb"(?m)^\.", b"..", data))
    server.send(b".\r\n")
    if server.sock is not None:
        server.sock.settimeout(HANDED_OVER_SECONDS)
    try:
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException, MailError):
        code, said = 0, b""
    if code != 250 and code < 400:
        state.lose(taken)
        return 0, b""
    return code, said


def _mail_options(
    server: smtplib.SMTP, data: bytes, envelope: Envelope, account: Account
) -> list[str]:
    options = []
    if server.has_extn("size"):
        # Twenty digits (RFC 1870, section 4); anything else says nothing.
        limit = re.fullmatch(r"[0-9]{1,20}", server.esmtp_features["size"].strip())
        if limit is not None and 0 < (most := int(limit[0])) < len(data):
            raise UnfitError(
                f"the message has {len(data):,} bytes, and {account.host} takes {most:,}",
                hint="attach less, or send a link",
            )
        options.append(f" SIZE={len(data)}")
    if envelope.needs_smtputf8:
        if not server.has_extn("smtputf8"):
            beyond = [one for one in (envelope.sender, *envelope.recipients) if not one.is_ascii]
            names = ", ".join(one.spec for one in beyond)
            raise UnfitError(
                f"{account.host} takes no addresses beyond ASCII before the @ ({names})",
                hint="use another address, or another server",
            )
        options += [" BODY=8BITMIME", " SMTPUTF8"]
    return options


# --- what servers say --------------------------------------------------------------------------


def _settled(code: int, said: bytes | str, wanted: int, account: Account) -> None:
    """Raise what an answer other than the wanted one means."""
    if code == wanted:
        return
    words = server_words(code, said)
    if 400 <= code < 500 or code == -1:
        raise _Later(words)
    raise MailError(f"{account.host} refuses: {words}", hint="ask whoever runs it")


def _untrusted(account: Account, error: ssl.SSLError) -> MailError:
    why = getattr(error, "verify_message", "") or error.reason or "no reason given"
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailError(
            f"{account.host} cannot be trusted ({one_line(str(why))}); nothing was sent",
            hint="check host in the settings file; for a certificate of your own house set "
            "SSL_CERT_FILE",
        )
    return MailError(
        f"no TLS with {account.host}:{account.port} ({one_line(str(why))}); nothing was sent",
        hint="port 465 goes with security: tls, port 587 with starttls",
    )


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer"
    said = error.strerror or str(error) or type(error).__name__
    return one_line(f"{said[:1].lower()}{said[1:]}")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
