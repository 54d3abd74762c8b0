"""A message and its bytes: RFC 5322 with MIME (RFC 2045 to 2049), lines that end in CRLF.

The same message gives the same bytes: boundaries come from what they part, a draft has neither
date nor id, and those of a message to be sent are handed in.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from briefgen.addresses import Address
from briefgen.mail.headers import addresses_field, content_type, disposition, text_field
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass

_FROM_LINE = lazy_pattern(rb"^From ", re.MULTILINE)
_UNSENT = b"\r\nX-Unsent: 1\r\n"
"""What marks a draft. Nothing that people write can bring it into a header: see `headers`."""


@valueclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along, byte for byte."""

    name: str
    """Its own, without a folder."""
    media_type: str
    """With parameters, if any: `text/plain; charset=UTF-8`."""
    data: bytes


@valueclass(frozen=True, slots=True)
class Message:
    """What is to be sent, and to whom."""

    subject: str
    text: str
    """The body for readers of plain text; lines end in LF."""
    html: str
    """The same as a page."""
    language: str
    """BCP 47."""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    sender: Address | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everyone it goes to, each once."""
        return tuple(dict.fromkeys([*self.to, *self.cc]))

    @property
    def needs_smtputf8(self) -> bool:
        """Whether an address holds letters that only SMTPUTF8 (RFC 6531) carries."""
        mailboxes = (*self.to, *self.cc, *((self.sender,) if self.sender else ()))
        return not all(address.is_ascii for address in mailboxes)


def draft_bytes(message: Message) -> bytes:
    """An unsent message, which mail programs open for writing (`X-Unsent: 1`).

    Raises `UsageError` for a line break or control character in a header.
    """
    return b"".join([*_headers(message), _UNSENT[2:], *_entity(message)])


def sent_bytes(message: Message, *, date: datetime, message_id: str) -> bytes:
    """The message as it goes to a server. `message_id` without its angle brackets.

    Raises `UsageError` for a line break or control character in a header.
    """
    return b"".join([_own_fields(date, message_id), *_headers(message), *_entity(message)])


def sent_from_draft(draft: bytes, *, date: datetime, message_id: str) -> bytes:
    """What `sent_bytes` gives for the message that `draft_bytes` made `draft` of.

    Raises `ValueError` for bytes that are no such draft.
    """
    headers, mark, entity = draft.partition(_UNSENT)
    if not mark or b"\r\n\r\n" in headers + b"\r\n":  # it stands in a body
        raise ValueError("no draft")
    return b"".join([_own_fields(date, message_id), headers, b"\r\n", entity])


def lasting_id(draft: bytes, sender: Address) -> str:
    """The id of the message that a draft becomes: the same for the same bytes, for no others.

    So a message that goes out twice can be told for one by servers and mail programs that look
    (RFC 5322, section 3.6.4, wants one id for one version of one message, and no more).
    """
    return f"{hashlib.sha256(draft).hexdigest()[:40]}@{sender.domain}"


def message_id(message: Message, date: datetime, random: bytes) -> str:
    """A new id, unique by the moment and `random` (RFC 5322, section 3.6.4).

    Behind the @ stands the sender's domain: the machine's name is nobody's business.
    """
    domain = message.sender.domain if message.sender else "localhost"
    return f"{date:%Y%m%d%H%M%S}.{random.hex()}@{domain}"


def estimated_size(text_bytes: int, files: Iterable[int]) -> int:
    """How many bytes a message takes, given those of its texts and of its files."""
    return text_bytes + sum(-(-size // 57) * 78 for size in files)


def _own_fields(date: datetime, message_id: str) -> bytes:
    from email.utils import format_datetime  # only who sends needs it

    # RFC 5322, section 3.3; English whatever the locale.
    return f"Date: {format_datetime(date)}\r\nMessage-ID: <{message_id}>\r\n".encode("ascii")


def _headers(message: Message) -> Iterable[bytes]:
    if message.sender is not None:
        yield addresses_field("From", (message.sender,))
    if message.to:
        yield addresses_field("To", message.to)
    if message.cc:
        yield addresses_field("Cc", message.cc)
    yield text_field("Subject", message.subject)


def _entity(message: Message) -> Iterable[bytes]:
    yield b"MIME-Version: 1.0\r\n"
    yield text_field("Content-Language", message.language)
    texts = [_text("plain", message.text), _text("html", message.html)]
    body = _multipart("alternative", texts)
    if message.attachments:
        body = _multipart("mixed", [body, *map(_attached, message.attachments)])
    yield from body


def _multipart(kind: str, parts: list[list[bytes]]) -> list[bytes]:
    digest = hashlib.sha256()
    for part in parts:
        for piece in part:
            digest.update(piece)
    # Neither quoted-printable nor base64 can hold "=_" (RFC 2045, section 6.7).
    boundary = f"=_{digest.hexdigest()[:32]}"
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'
    pieces = [head.encode("ascii")]
    for part in parts:
        pieces += [f"--{boundary}\r\n".encode("ascii"), *part, b"\r\n"]
    return [*pieces, f"--{boundary}--\r\n".encode("ascii")]


def _text(kind: str, text: str) -> list[bytes]:
    head = (
        f"Content-Type: text/{kind}; charset=UTF-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    data = text.rstrip("\n").replace("\n", "\r\n").encode("utf-8") + b"\r\n"
    quoted = binascii.b2a_qp(data, istext=True)
    # Mail boxes of the mbox kind would turn it into ">From ".
    return [head.encode("ascii"), _FROM_LINE.sub(b"=46rom ", quoted)]


def _attached(attachment: Attachment) -> list[bytes]:
    data = attachment.data
    encoded = [
        binascii.b2a_base64(data[start : start + 57], newline=False) + b"\r\n"
        for start in range(0, len(data), 57)
    ]
    return [
        content_type(attachment.media_type, attachment.name),
        disposition(attachment.name),
        b"Content-Transfer-Encoding: base64\r\n\r\n",
        b"".join(encoded),
    ]
