"""From what a person asks for to a message: its subject, its two bodies, its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefgen.addresses import Address, without_repeats
from briefgen.brief.model import (
    Blocks,
    Brief,
    ListBlock,
    Paragraph,
    Section,
    Text,
)
from briefgen.brief.own_text.captions import captioned
from briefgen.brief.own_text.reader import read_own_text
from briefgen.brief.spec.model import EmailRequest
from briefgen.mail import html
from briefgen.mail.attachments import distinct_names
from briefgen.mail.headers import checked
from briefgen.mail.message import Attachment, Message
from briefgen.mail.words import words_in
from briefgen.render import format_of_suffix
from briefgen.render.text import render_text

NOTHING = Brief(
    title="", kind="", subtitle="", language="en", paper="a4", marking="", masthead=(),
    sections=(), printed_date="", created=datetime(1970, 1, 1, tzinfo=UTC),
)  # fmt: skip
"""What a message says of a brief when there is none: files alone."""


def compose(
    request: EmailRequest,
    attachments: Sequence[Attachment],
    *,
    brief: Brief = NOTHING,
    sender: Address | None = None,
) -> Message:
    """The message that `request` asks for.

    `brief` is a digest (see `briefgen.mail.digest`). Its marking stands in the subject and at the
    top and bottom of both bodies. Raises `UsageError` for line breaks in a header and for two
    attachments with one name.
    """
    files = tuple(attachments)
    distinct_names(files)
    own = _own_text(request, brief.language) if request.body else ()
    listed = _attached(files, brief.language)
    to = without_repeats(request.to)
    return Message(
        subject=_subject(request, brief, files),
        text=_plain(brief, own, listed),
        html=html.page(brief, own, listed),
        language=brief.language,
        to=to,
        cc=tuple(one for one in without_repeats(request.cc) if one.spec not in _specs(to)),
        sender=sender,
        attachments=files,
    )


def _own_text(request: EmailRequest, language: str) -> Blocks:
    blocks = read_own_text(request.body, lambda name: None, language).blocks
    return captioned(blocks, request.subject or words_in(language)["message"])


def size_in_words(size: int) -> str:
    """`84 kB`, `1.2 MB`: thousands, as mail servers' limits are told."""
    if size < 1_000:
        return f"{size} bytes"
    if size < 999_500:
        return f"{size / 1_000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def _specs(addresses: tuple[Address, ...]) -> set[str]:
    return {address.spec for address in addresses}


def _subject(request: EmailRequest, brief: Brief, files: tuple[Attachment, ...]) -> str:
    subject = request.subject or brief.title
    if not subject:
        subject = ", ".join(dict.fromkeys(Path(one.name).stem for one in files))
    subject = checked(subject, "subject").strip()
    mark = f"[{brief.marking_line}]"
    return f"{mark} {subject}" if brief.marking_line and not subject.startswith(mark) else subject


def _attached(files: tuple[Attachment, ...], language: str) -> Section | None:
    if not files:
        return None
    heading = (Text(words_in(language)["attached"]),)
    items: tuple[Blocks, ...] = tuple((Paragraph((Text(_told(one)),)),) for one in files)
    return Section("attached", "section-attached", heading, (ListBlock(items),))


def _told(file: Attachment) -> str:
    known = format_of_suffix(Path(file.name).suffix)
    what = f"{known.label}, " if known else ""
    return f"{file.name} ({what}{size_in_words(len(file.data))})"


def _plain(brief: Brief, own: Blocks, listed: Section | None) -> str:
    sections = (*brief.sections, listed) if listed else brief.sections
    above = replace(NOTHING, language=brief.language, sections=(Section("own", "", (), own),))
    below = replace(brief, marking="", sections=sections)
    parts = [brief.marking_line]
    parts += [render_text(part).decode("utf-8").strip("\n") for part in (above, below)]
    parts.append(brief.marking_line)
    return "\n\n".join(part for part in parts if part) + "\n"
