"""Messages (.eml), and web pages that a browser saved whole as one (.mhtml)."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from briefgen.capture.html_text import html_csl, html_paragraphs, parsed
from briefgen.capture.metadata import line
from briefgen.capture.model import SavedText, numbered
from briefgen.capture.plain_text import decoded, paragraphs_of
from briefgen.errors import InputError, Origin

_MOST_PARTS = 5_000
_A_PAGE = ("text/html", "application/xhtml+xml")


def read_mail(data: bytes, origin: Origin) -> SavedText:
    """A message, or a page in one. Raises `InputError` for what is neither."""
    head = re.search(rb"\r?\n\r?\n", data)
    if (head.start() if head else len(data)) > _MOST_HEAD or data.count(b"\n") > _MOST_LINES:
        raise InputError(
            "the message has a longer head or more lines than any real one",
            hint="save the part that matters as text",
            origin=origin,
        )
    try:
        message: Any = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = _parts(message)
    except Exception:  # what the parser does with bytes that nobody wrote is not told
        raise _damaged(origin) from None
    if not message.keys():
        raise _damaged(origin)
    address = _header(message, "Snapshot-Content-Location")
    saved_by_browser = bool(address) or message.get_content_type() == "multipart/related"
    page = _root(message, parts) if saved_by_browser else None
    if page is not None:
        return _saved_page(message, page, address, origin)
    return _message(message, parts, origin)


_MOST_HEAD = 2**20
"""Bytes before the first blank line: mail servers take some ten thousand."""
_MOST_LINES = 1_500_000
"""As many as the largest file has in base64."""


def _damaged(origin: Origin) -> InputError:
    what = "this is no message and no saved page, or a damaged one"
    return InputError(what, hint="save it again", origin=origin)


def _parts(message: Any) -> list[Any]:
    """The parts that hold something, in their order; a message in a message is one of its own."""
    found: list[Any] = []
    waiting = [message]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        content = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(content, list):
            waiting += reversed(content)
        elif part.get_content_maintype() != "message":
            found.append(part)
    return found


def _root(message: Any, parts: list[Any]) -> Any:
    """The part that is the page: the one that the header names, else the first that is HTML."""
    start = str(message.get_param("start") or "")
    pages = [part for part in parts if part.get_content_type() in _A_PAGE]
    named = [part for part in pages if start and _header(part, "Content-ID") == start]
    return (named or pages or [None])[0]


def _saved_page(message: Any, page: Any, address: str, origin: Origin) -> SavedText:
    root = parsed(_bytes(page), _charset(page), origin)
    csl = html_csl(root)
    location = address or _header(page, "Content-Location")
    if location.lower().startswith(("http://", "https://")):
        csl.setdefault("URL", location)
    subject = _header(message, "Subject")
    if subject:
        csl.setdefault("title", subject)
    saved = _day(message)
    if saved and "URL" in csl:
        csl["accessed"] = saved
    return SavedText("mhtml", numbered(html_paragraphs(root)), csl)


def _message(message: Any, parts: list[Any], origin: Origin) -> SavedText:
    inline = [part for part in parts if part.get_content_disposition() != "attachment"]
    plain = [part for part in inline if part.get_content_type() == "text/plain"]
    pages = [part for part in inline if part.get_content_type() in _A_PAGE]
    texts: list[str] = []
    for part in plain:
        texts += paragraphs_of(decoded(_bytes(part), _charset(part)), origin)
    if not any(text.strip() for text in texts) and pages:
        texts = html_paragraphs(parsed(_bytes(pages[0]), _charset(pages[0]), origin))
    csl: dict[str, Any] = {"type": "personal_communication"}
    if _header(message, "Subject"):
        csl["title"] = _header(message, "Subject")
    sender = _sender(message)
    if sender:
        csl["author"] = sender
    if _day(message):
        csl["issued"] = _day(message)
    return SavedText("eml", numbered(texts), csl)


def _bytes(part: Any) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:  # as above
        return b""
    return content if isinstance(content, bytes) else b""


def _charset(part: Any) -> str:
    try:
        return part.get_content_charset() or ""
    except Exception:  # as above
        return ""


_LONGEST_HEADER = 2_000
"""Letters of a header that are looked at: Python takes a second and more for some longer ones."""


def _header(part: Any, name: str) -> str:
    """A header, its encoded words decoded, on one line."""
    said = part.get(name)
    if said is None:
        return ""
    try:
        short = str(said)[:_LONGEST_HEADER]
        header = email.policy.default.header_factory(name, short.replace("\r", " "))
        return line(str(header).replace("\n", " "))
    except Exception:  # as above
        return line(str(said))


def _sender(message: Any) -> list[dict[str, str]]:
    from briefgen.capture.metadata import names_of

    said = str(message.get("From") or "")[:_LONGEST_HEADER]
    try:
        header: Any = EmailMessage(policy=email.policy.default)
        header["From"] = " ".join(said.split())
        addresses = header["From"].addresses
        name = addresses[0].display_name or addresses[0].addr_spec if addresses else ""
    except Exception:  # as above
        return []
    return names_of([name]) or ([{"literal": line(name)}] if line(name) else [])


def _day(message: Any) -> str:
    try:
        said = str(message.get("Date") or "")[:_LONGEST_HEADER]
        when: datetime = parsedate_to_datetime(said)
        return when.date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
