"""Header fields as bytes: encoded words, folding, addresses, parameters.

Python's own writer of headers is not used: what it makes differs from version to version, it puts
encoded words into addresses, where RFC 2047 forbids them, and loses quotation marks of long
names when it folds. A message needs few headers; these are written by the letter of RFC 5322
(syntax, folding), RFC 2047 (encoded words), RFC 2231 (parameters) and RFC 6532 (addresses beyond
ASCII).
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from briefgen.addresses import Address
from briefgen.errors import UsageError
from briefgen.patterns import lazy_pattern

LINE = 76
"""Columns of a line (RFC 2047, section 2, for lines with encoded words; 78 elsewhere)."""
LONGEST_LINE = 998
"""Octets that a line may have at all (RFC 5322, section 2.1.1)."""

_FORBIDDEN = lazy_pattern("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff]")
_PLAIN = lazy_pattern(r"[\t -~]*")
_ATOMS = lazy_pattern(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_Q_SAFE = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/"
)  # RFC 2047, section 5 (3): what may stand anywhere, in a phrase too
_RFC2231_SAFE = "!#$&+-.^_`|~"


def checked(text: str, what: str) -> str:
    """`text`, fit for a header. Raises `UsageError` for line breaks and control characters."""
    bad = _FORBIDDEN.search(text)
    if bad is None:
        return text
    character = bad.group()
    if character in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
        raise UsageError(
            f"{what}: it must stand on one line (U+{ord(character):04X} ends one)",
            hint="remove the line break",
        )
    if "\ud800" <= character <= "\udfff":
        raise UsageError(f"{what}: it is not Unicode text", hint="write it in UTF-8")
    raise UsageError(f"{what}: control character U+{ord(character):04X}", hint="leave it out")


def text_field(name: str, text: str) -> bytes:
    """An unstructured field, such as the subject. Raises `UsageError` for a line break in it."""
    text = checked(text, name.lower()).strip()
    longest = max(map(len, text.split(" ")), default=0)
    # Blanks in a row could not be folded, nor would they survive it.
    if _is_plain(text) and longest < LINE and "  " not in text:
        return _folded(f"{name}:", (" " + word for word in _words(text)))
    return _folded(f"{name}:", (" " + word for word in _encoded(text, LINE - len(name) - 2)))


def addresses_field(name: str, addresses: Iterable[Address]) -> bytes:
    """A list of addresses; with a local part beyond ASCII the field is UTF-8 (RFC 6532)."""
    written = [_mailbox(address, name) for address in addresses]
    ended = [f"{one}," for one in written[:-1]] + written[-1:]
    return _folded(f"{name}:", (f" {part}" for one in ended for part in one.split("\r\n ")))


def content_type(media_type: str, name: str) -> bytes:
    """The type of an attachment, with its name for readers that know no `filename*`.

    As Thunderbird has it: encoded words within quotation marks, which RFC 2047 frowns on and old
    Outlooks need. Who knows RFC 2231 takes the name from the disposition.
    """
    if _is_plain(name):
        return f"Content-Type: {media_type};\r\n name={_quoted(name)}\r\n".encode("ascii")
    words = "\r\n ".join(_encoded(name, LINE - 8))
    return f'Content-Type: {media_type};\r\n name="{words}"\r\n'.encode("ascii")


def disposition(name: str) -> bytes:
    """An attachment's disposition (RFC 2183), its name in RFC 2231's form where it must be.

    One piece where it fits a line at all, since some readers know no continuations.
    """
    if _is_plain(name):
        parameters = [f"filename={_quoted(name)}"]
    else:
        value = quote(name, safe=_RFC2231_SAFE)
        parameters = [f"filename*=UTF-8''{value}"]
        if len(parameters[0]) > LONGEST_LINE - 20:
            parameters = _continued(value)
    lines = "".join([f";\r\n {parameter}" for parameter in parameters])
    return f"Content-Disposition: attachment{lines}\r\n".encode("ascii")


def _continued(value: str) -> list[str]:
    """A long name in numbered pieces (RFC 2231, section 3), no escape cut in two."""
    pieces: list[str] = []
    while value:
        cut = min(len(value), LINE - 24)
        while cut < len(value) and "%" in value[cut - 2 : cut]:
            cut -= 1
        pieces.append(value[:cut])
        value = value[cut:]
    return [
        f"filename*{number}*={'' if number else chr(85) + 'TF-8' + chr(39) * 2}{piece}"
        for number, piece in enumerate(pieces)
    ]


def _mailbox(address: Address, field: str) -> str:
    name = checked(address.name, field.lower()).strip()
    if not name:
        return address.spec
    if _is_plain(name) and _ATOMS.fullmatch(name) and "  " not in name and len(name) < 60:
        return f"{name} <{address.spec}>"
    if _is_plain(name) and len(name) < 60:
        return f"{_quoted(name)} <{address.spec}>"
    return "\r\n ".join([*_encoded(name, LINE - len(field) - 2), f"<{address.spec}>"])


def _is_plain(text: str) -> bool:
    """Whether a text can stand as it is: ASCII that nobody takes for an encoded word."""
    return _PLAIN.fullmatch(text) is not None and "=?" not in text


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _words(text: str) -> Iterator[str]:
    """Words with the blanks that go on before them; joined by one blank they are the text."""
    blanks = ""
    for word in text.split(" "):
        if word:
            yield blanks + word
            blanks = ""
        else:
            blanks += " "


def _encoded(text: str, first: int) -> Iterator[str]:
    """Encoded words that together say `text`; the first takes at most `first` columns.

    Readers drop the white space between two of them (RFC 2047, section 6.2), so that lines can
    be broken there; no character is cut in two (section 5).
    """
    data = text.encode("utf-8")
    in_base64 = sum(byte not in _Q_SAFE and byte != 0x20 for byte in data) * 3 > len(data)
    room = first
    piece = b""
    size = 0
    for character in text:
        encoded = character.encode("utf-8")
        cost = len(encoded) if in_base64 else sum(map(_q_size, encoded))
        full = -(-(size + cost) // 3) * 4 if in_base64 else size + cost
        if piece and full + 12 > room:
            yield _encoded_word(piece, in_base64)
            piece, size, room = b"", 0, LINE - 1
        piece += encoded
        size += cost
    if piece:
        yield _encoded_word(piece, in_base64)


def _q_size(byte: int) -> int:
    return 1 if byte in _Q_SAFE or byte == 0x20 else 3


def _encoded_word(data: bytes, in_base64: bool) -> str:
    if in_base64:
        return f"=?UTF-8?B?{binascii.b2a_base64(data, newline=False).decode('ascii')}?="
    said = "".join(
        [chr(b) if b in _Q_SAFE else "_" if b == 0x20 else f"={b:02X}" for b in data]
    )  # fmt: skip
    return f"=?UTF-8?Q?{said}?="


def _folded(start: str, parts: Iterable[str]) -> bytes:
    """A field of parts that each begin with white space, where a line may be broken."""
    lines = [start]
    for part in parts:
        if len(lines[-1]) + len(part) > LINE and lines[-1].strip() and len(lines[-1]) > len(start):
            lines.append(part)
        else:
            lines[-1] += part
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")
