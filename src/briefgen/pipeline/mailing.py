"""From a brief, or from files, to a message: drafted, handed over, or sent.

The command line, the app and batch jobs call the same functions: `prepare_brief` or
`prepare_files`, then `write_draft`, `open_draft` or `send`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.addresses import Address
from briefgen.brief.spec.model import BriefSpec, EmailRequest, OutputFormat
from briefgen.errors import Problem, UsageError
from briefgen.files import writable_target
from briefgen.folders import at_home, cache_folder
from briefgen.keeping import Replaced, not_ours, write_kept
from briefgen.mail.account import find_password
from briefgen.mail.attachments import attachment, read_attachment
from briefgen.mail.compose import compose, size_in_words
from briefgen.mail.message import Message, draft_bytes, estimated_size, message_id, sent_bytes
from briefgen.pipeline.clock import moment
from briefgen.pipeline.draft import Desk, MadeBrief, Step, draft_brief
from briefgen.pipeline.naming import slug, stem_of
from briefgen.pipeline.places import base_of, template_folders
from briefgen.pipeline.render import load_renderers, read_house, render_brief
from briefgen.pipeline.resources import Resources
from briefgen.pipeline.settings import Settings, needed_account
from briefgen.values import valueclass

if TYPE_CHECKING:
    import ssl

    from briefgen.brief.model import Brief
    from briefgen.index import Index
    from briefgen.mail.mail_program import HandedOver
    from briefgen.mail.sending import Sent

USUAL_LIMIT = 10_000_000
"""Bytes of a whole message that mail servers commonly take: Postfix and Exchange as they come."""


@valueclass(frozen=True, slots=True)
class Prepared:
    """A message ready to be drafted or sent, and what the person should know."""

    message: Message
    name: str
    """What a file with it is called, without suffix."""
    warnings: tuple[str, ...] = ()
    made: MadeBrief | None = None
    """The brief that it carries; None for files as they are."""
    pdf_would_do: bool = False
    """Whether the message is too large for many servers, and with the PDF alone would not be."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of the brief's base: its faulty facts were left out."""
        return self.made.problems if self.made is not None else ()

    @property
    def over_budget(self) -> str:
        """Over `max_pages`: by how much and what would bring it back."""
        return self.made.over_budget if self.made is not None else ""


def prepare_brief(
    spec: BriefSpec,
    settings: Settings,
    *,
    brief_file: Path | None = None,
    base: str | None = None,
    templates: str | None = None,
    formats: tuple[OutputFormat, ...] | None = None,
    pdf_alone: str = "--format pdf",
    step: Step = lambda text: None,
) -> Prepared:
    """The message that carries the brief `spec` asks for, made anew, in `formats` or its outputs.

    To whom and with what words: `spec.email`. `pdf_alone` says how one sends the PDF alone. Raises
    `BriefgenError` for input that cannot be used and for a selection that finds nothing.
    """
    formats = tuple(dict.fromkeys(formats or spec.outputs))
    created, today = moment()
    house = read_house(spec)
    folder = base_of(spec, base)
    with Resources() as resources:
        desk = Desk(folder, template_folders(templates), resources, created, today)
        drafted = draft_brief(spec, desk, step=step, while_citing=lambda: load_renderers(formats))
        step("writing the message")
        said = brief_digest(drafted, resources.base(folder))
        made = render_brief(drafted, formats, house, step, desk=desk)
    name = stem_of(brief_file) if brief_file is not None else slug(made.brief.title)
    message = compose(
        spec.email or EmailRequest(),
        [attachment(f"{name}.{format_}", made.data[format_]) for format_ in formats],
        brief=said,
        sender=settings.sender,
    )
    too_large, pdf_would_do = _too_large(message, pdf_alone)
    return Prepared(message, name, (*made.warnings, *too_large), made, pdf_would_do)


def brief_digest(drafted: MadeBrief, index: Index) -> Brief:
    """What a message says of a brief: for `briefgen.mail.compose.compose`."""
    from briefgen.mail.digest import digest

    return digest(
        drafted.uncited,
        drafted.sources,
        index.facts,
        drafted.spec.edits.key,
        drafted.template.overleaf,
        drafted.template.apart,
    )


def prepare_files(paths: Sequence[Path], request: EmailRequest, settings: Settings) -> Prepared:
    """The message that carries files as they are. Raises `BriefgenError` for unreadable ones."""
    files = [read_attachment(path) for path in paths]
    message = compose(request, files, sender=settings.sender)
    return Prepared(message, paths[0].stem or "message", _too_large(message, "attach it alone")[0])


def check_draft_path(out: str) -> Path:
    """Where a draft goes: a file that ends in .eml. Raises `BriefgenError` if it cannot."""
    path = at_home(out)
    if path.suffix.lower() != ".eml":
        raise UsageError(
            f"--draft: {out!r} is no draft's name" if out else "--draft: the path is empty",
            hint="name a file that ends in .eml",
        )
    writable_target(path)
    return path


def write_draft(prepared: Prepared, path: Path, *, force: bool = False) -> Replaced:
    """Write the draft to `path`, whole or not at all. What others wrote there is kept beside,
    unless `force` lets it go. Raises `OutputError`.
    """
    return write_kept({path: draft_bytes(prepared.message)}, force=force)


def is_in_the_way(prepared: Prepared, path: Path) -> bool:
    """Whether something stands at `path` that `write_draft` would have to keep."""
    return bool(not_ours({path: draft_bytes(prepared.message)}))


def open_draft(prepared: Prepared) -> tuple[Path, HandedOver]:
    """Open the draft in the person's mail program; where it lies, and how far that got.

    Raises `OutputError` when the draft cannot be kept.
    """
    from briefgen.mail import mail_program

    data = draft_bytes(prepared.message)
    name = f"{prepared.name}.eml"
    path = mail_program.keep_draft(data, name, cache_folder() / "drafts", now=time.time())
    return path, mail_program.hand_over(path)


def check_sending(prepared: Prepared, settings: Settings) -> None:
    """Raise `UsageError` for what would keep the message from being sent."""
    needed_account(settings)
    if not prepared.message.recipients:
        raise UsageError(
            "there is nobody to send it to", hint="say --to ADDRESS, or to: under email:"
        )


def send(
    prepared: Prepared,
    settings: Settings,
    *,
    step: Step = lambda text: None,
    tls: ssl.SSLContext | None = None,
    pauses: Sequence[float] | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send the message now, each recipient once; see `briefgen.mail.sending.send_message`.

    Raises `BriefgenError` while nothing has been handed over.
    """
    from briefgen.mail.sending import PAUSES, Envelope, send_message

    check_sending(prepared, settings)
    account = needed_account(settings)
    message = prepared.message
    assert message.sender is not None
    password = find_password(account)
    now: datetime = moment({})[0]  # a message is sent when it is sent, whatever output says
    identity = message_id(message, now, os.urandom(12))
    data = sent_bytes(message, date=now, message_id=identity)
    envelope = Envelope(message.sender, message.recipients, message.needs_smtputf8, identity)
    step(f"sending through {account.host}")
    return send_message(
        data,
        envelope,
        account,
        password,
        tls=tls,
        pauses=PAUSES if pauses is None else pauses,
        wait=wait,
        told=step,
    )


def summary(prepared: Prepared, settings: Settings) -> list[tuple[str, str]]:
    """What is about to be sent, for a question: labels and values."""
    message = prepared.message
    lines = [("From", str(message.sender or ""))]
    lines += [("To", str(one)) for one in message.to]
    lines += [("Cc", str(one)) for one in message.cc]
    lines.append(("Subject", message.subject))
    lines += [
        ("Attached", f"{one.name} ({size_in_words(len(one.data))})") for one in message.attachments
    ]
    if settings.account is not None:
        lines.append(("Through", str(settings.account)))
    return lines


def _too_large(message: Message, pdf_alone: str) -> tuple[tuple[str, ...], bool]:
    """A warning above what mail servers commonly take, with what would bring it below; whether
    that is the PDF alone.

    `pdf_alone` says how to send the PDF alone.
    """
    texts = 2 * (len(message.text.encode()) + len(message.html.encode()))
    sizes = {one.name: len(one.data) for one in message.attachments}
    whole = estimated_size(texts, sizes.values())
    if whole <= USUAL_LIMIT:
        return (), False
    said = (
        f"the message has {size_in_words(whole)}, and many mail servers take no more than "
        f"{size_in_words(USUAL_LIMIT)}"
    )
    pdfs = [size for name, size in sizes.items() if name.lower().endswith(".pdf")]
    alone = estimated_size(texts, pdfs)
    if pdfs and len(pdfs) < len(sizes) and alone <= USUAL_LIMIT:
        told = f"{said}; the PDF alone would make it {size_in_words(alone)} ({pdf_alone})"
        return (told,), True
    return (f"{said}; attach less, or send a link",), False


def with_recipients(
    request: EmailRequest | None,
    *,
    to: tuple[Address, ...] | None = None,
    cc: tuple[Address, ...] | None = None,
    subject: str | None = None,
) -> EmailRequest:
    """`request` with what was said anew in the place of what it says."""
    kept = request or EmailRequest()
    return replace(kept, to=to or kept.to, cc=cc or kept.cc, subject=subject or kept.subject)
