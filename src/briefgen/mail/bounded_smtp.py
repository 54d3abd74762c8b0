"""smtplib's connections with bounds: no reply without end, none that comes drop by drop.

smtplib bounds a line (RFC 5321, section 4.5.3.1.5) but neither the lines of a reply nor the time
that it takes: a timeout of a socket begins anew with every byte.
"""

from __future__ import annotations

import smtplib
import socket
import time

from briefgen.mail.account import MailError

REPLY_LINES = 200
REPLY_BYTES = 64 * 1024
SESSION_SECONDS = 1800.0
"""For one message with all that comes before it, whatever the single answers take."""

_CHUNK = 128 * 1024


class _ReplyReader:
    """What smtplib reads lines from, one reply at a time."""

    def __init__(self, sock: socket.socket, host: str) -> None:
        self._sock = sock
        self._host = host
        self._read = b""
        self.begin(SESSION_SECONDS)

    def begin(self, seconds: float) -> None:
        """A new reply, which has this long."""
        self._until = time.monotonic() + seconds
        self._lines = self._bytes = 0

    def readline(self, limit: int) -> bytes:
        """The next line, at most `limit` bytes of it; b"" at the end of the connection."""
        while (end := self._read.find(b"\n") + 1) == 0 and len(self._read) < limit:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError("no whole answer in time")
            self._sock.settimeout(left)
            more = self._sock.recv(8192)
            if not more:
                return b""
            self._read += more
        size = min(end or limit, limit)
        line, self._read = self._read[:size], self._read[size:]
        self._lines += 1
        self._bytes += size
        if self._lines > REPLY_LINES or self._bytes > REPLY_BYTES:
            raise MailError(
                f"{self._host} answers without end; nothing more was read",
                hint="check host and port in the settings file",
            )
        return line

    def close(self) -> None:
        """Nothing of its own is open."""


class _Bounded(smtplib.SMTP):
    """Replies within bounds, and an end to the whole."""

    _host: str
    _reader: _ReplyReader | None = None
    _until: float | None = None

    def begin_session(self) -> None:
        """What follows is for one message: it has `SESSION_SECONDS` in all."""
        self._until = time.monotonic() + SESSION_SECONDS

    def _patience(self) -> float:
        """Seconds for what comes next: the socket's, but not beyond the end of the session."""
        if self._until is None:
            self.begin_session()
        assert self._until is not None
        assert self.sock is not None
        left = self._until - time.monotonic()
        if left <= 0:
            raise MailError(
                f"{self._host} takes longer than {SESSION_SECONDS / 60:.0f} minutes",
                hint="try again later",
            )
        return min(self.sock.gettimeout() or left, left)

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's. Raises `MailError` beyond the bounds, and what smtplib raises."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        # smtplib forgets its reader when the connection becomes another one, and what was read
        # ahead in the clear is never taken for an answer under TLS.
        if self.file is None:
            self.file = self._reader = _ReplyReader(self.sock, self._host)
        assert self._reader is not None
        seconds, sock = self.sock.gettimeout(), self.sock
        try:
            self._reader.begin(self._patience())
            return super().getreply()
        except MailError:
            self.close()
            raise
        finally:
            if sock.fileno() >= 0:
                sock.settimeout(seconds)

    def send_all(self, data: bytes) -> None:
        """Send much, piece by piece, so that a server that takes it drop by drop finds an end."""
        for start in range(0, len(data), _CHUNK):
            self._patience()
            self.send(data[start : start + _CHUNK])


class PlainConnection(_Bounded):
    """In the clear, or encrypted from STARTTLS on."""


class TlsConnection(_Bounded, smtplib.SMTP_SSL):
    """Encrypted from the first byte."""
