"""What a mail server says, on one line, and never with the login in it, however it is written."""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
import urllib.parse

from briefgen.errors import one_line
from briefgen.mail.account import Password

WITHHELD = "(its words are not shown: they repeat the login)"

_PIECE = 8
"""Characters of a secret, however encoded, that are too much to show."""

Secrets = frozenset[str]
"""Pieces of a login as `squeezed` has them."""


def secrets_of(user: str, password: Password | None) -> Secrets:
    """Whatever must not be shown: the password, and a login's messages that hold it.

    As text, in Base64 (RFC 4648) as PLAIN and LOGIN send it and at its other two offsets, in
    hexadecimal digits, and as addresses, JSON, HTML, Python and quoted-printable text escape it.
    """
    if password is None:
        return frozenset()
    text = password.reveal()
    secret = text.encode("utf-8")
    plain = b"\0" + user.encode("utf-8") + b"\0" + secret
    forms = [text, text[::-1], secret.hex(), urllib.parse.quote(text, safe="")]
    # As programs write a text that they took apart, in a message of an error perhaps.
    forms += [json.dumps(text), repr(text), repr(secret), html.escape(text)]
    forms += [quopri.encodestring(secret).decode("ascii")]
    # What Base64 makes of the first and last bytes depends on their neighbours.
    forms += [_base64(b"\0" * offset + secret)[4 * (offset > 0) :] for offset in range(3)]
    forms.append(_base64(plain))
    pieces = set()
    for form in map(_squeezed, forms):
        pieces |= {form[at : at + _PIECE] for at in range(max(1, len(form) - _PIECE + 1))}
    return frozenset(pieces - {""})


def server_words(code: int, said: bytes | str, secrets: Secrets = frozenset()) -> str:
    """A server's answer: its code and words, or the code alone where they hold a secret."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    squeezed = _squeezed(text)
    if any(piece in squeezed for piece in secrets):
        return f"{code} {WITHHELD}"
    return one_line(f"{code} {text}")[:300]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _squeezed(text: str) -> str:
    """Without case and without what a server may put between the characters."""
    return re.sub(r"[\W_]+", "", text.casefold())
