"""`briefgen email`: a brief, or files, as a message: a draft, or sent."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.cli.edge import DONE, FOUND, NOT_DONE, say, tell_done
from briefgen.cli.faults import name_faults, name_kept, name_warnings
from briefgen.cli.flags import (
    add_base,
    add_flag,
    add_force,
    add_templates,
    check_force,
    text_argument,
)
from briefgen.errors import BriefgenError, UsageError
from briefgen.folders import at_home

if TYPE_CHECKING:
    from briefgen.addresses import Address
    from briefgen.brief.spec.model import EmailRequest
    from briefgen.mail.sending import Sent
    from briefgen.pipeline.mailing import Prepared
    from briefgen.pipeline.settings import Settings

DESCRIPTION = """\
Make a message of a brief, or of files that were made before. A brief is made anew and attached,
and its key points stand in the message, each with its sources in short. Whom it goes to comes
from 'email:' in the brief file, from flags, or both: flags replace what the file says.

With neither --draft nor --send the message opens in your mail program, for you to read and send.
Nothing is ever sent without --send, nor, unless you say --yes, without a question. The account is
that of settings.yaml; the password comes from the system's keyring or BRIEFGEN_SMTP_PASSWORD."""

EXAMPLES = """\
  briefgen email energy.brief.yaml --to jo@example.org       opens in your mail program
  briefgen email energy.brief.yaml --draft energy.eml        writes the draft to a file
  briefgen email energy.brief.yaml --format pdf --send       sends it, after a question
  briefgen email energy.docx energy.pdf --to jo@example.org --subject "Energy ties\""""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_flag(
        parser,
        "file",
        "what",
        metavar="NAME.brief.yaml|FILE",
        nargs="+",
        help="a brief's file, or files to attach as they are",
    )
    message = parser.add_argument_group("the message")
    message.add_argument("--to", metavar="A", action="append", help="to this address (repeatable)")
    message.add_argument(
        "--cc", metavar="A", action="append", help="a copy to this address (repeatable)"
    )
    message.add_argument("--subject", metavar="S", help="its subject (default: the brief's title)")
    message.add_argument(
        "--format",
        metavar="F[,F…]",
        action="append",
        help="what to attach of a brief: docx, pdf, … (default: the brief's outputs)",
    )
    where = parser.add_argument_group("where it goes")
    add_flag(where, "file", "--draft", metavar="OUT.eml", help="write the draft to this file")
    add_force(where, "--draft")
    where.add_argument("--send", action="store_true", help="send it, after a question")
    where.add_argument("--yes", action="store_true", help="with --send: without a question")
    add_templates(parser)
    add_base(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the message; draft, open or send it."""
    from briefgen.cli.terminal import Progress
    from briefgen.pipeline import mailing
    from briefgen.pipeline.settings import read_settings

    if arguments.yes and not arguments.send:
        raise UsageError("--yes answers a question that only --send asks", hint="add --send")
    check_force(arguments, "--draft")
    settings = read_settings()
    draft = mailing.check_draft_path(arguments.draft) if arguments.draft is not None else None
    if draft is not None:
        _keep_what_it_is_made_from(draft, arguments.what)
    with Progress.line() as step:
        prepared = _prepared(arguments, settings, step)
    if arguments.send:
        mailing.check_sending(prepared, settings)
    name_warnings(prepared.warnings)
    found = name_faults(prepared.problems)
    if prepared.over_budget:
        say(f"error: {prepared.over_budget}")
        found = True
    if arguments.send:
        _show_and_ask(prepared, settings, asked=not arguments.yes)
    if draft is not None:
        done = mailing.write_draft(prepared, draft, force=arguments.force)
        tell_done(draft)
        name_kept(done.kept)
        name_warnings([done.warning] if done.warning else [])
    elif not arguments.send:
        _open(prepared)
    if not arguments.send:
        return FOUND if found else DONE
    try:
        with Progress.line() as step:
            sent = mailing.send(prepared, settings, step=step)
    except BriefgenError as error:
        if draft is None:
            raise
        say(f"error: {error}")  # the draft is there: not nothing was done
        return FOUND
    return _told(sent, found or draft is not None, FOUND if found else DONE)


def _keep_what_it_is_made_from(draft: Path, files: Sequence[str]) -> None:
    """Raise `UsageError` where the draft would overwrite a file that it is made from."""
    for file in files:
        with contextlib.suppress(OSError, ValueError):  # not there: nothing to lose
            if draft.samefile(at_home(file)):
                raise UsageError(
                    f"--draft: {draft} would overwrite what the message is made from",
                    hint="name another file",
                )


def _prepared(arguments: argparse.Namespace, settings: Settings, step: Any) -> Prepared:
    from briefgen.pipeline import mailing

    said = _said(arguments)
    paths = [at_home(name) for name in arguments.what]
    briefs = [path for path in paths if path.name.lower().endswith((".yaml", ".yml"))]
    if briefs and len(paths) > 1:
        raise UsageError(
            f"{briefs[0]} is a brief's file, and stands alone",
            hint="give it by itself, or only files that are made already",
        )
    if briefs:
        from dataclasses import replace

        from briefgen.brief.spec.reader import read_spec
        from briefgen.cli.commands.export import _formats

        formats = _formats(arguments.format)
        spec = read_spec(briefs[0])
        spec = replace(spec, email=mailing.with_recipients(spec.email, **said))
        return mailing.prepare_brief(
            spec,
            settings,
            brief_file=briefs[0],
            base=arguments.base,
            templates=arguments.templates,
            formats=formats,
            step=step,
        )
    for flag in ("format", "base", "templates"):
        if getattr(arguments, flag) is not None:
            raise UsageError(
                f"--{flag} is for a brief; these are files that are made already",
                hint="name the brief's file, or leave the flag out",
            )
    request: EmailRequest = mailing.with_recipients(None, **said)
    return mailing.prepare_files(paths, request, settings)


def _said(arguments: argparse.Namespace) -> dict[str, Any]:
    said: dict[str, Any] = {
        "to": _addresses("--to", arguments.to),
        "cc": _addresses("--cc", arguments.cc),
    }
    if arguments.subject is not None:
        subject = text_argument("--subject", arguments.subject, single_line=True)
        if not subject.strip():
            raise UsageError("--subject: nothing is given", hint="give one, or leave it out")
        said["subject"] = subject
    return said


def _addresses(flag: str, said: list[str] | None) -> tuple[Address, ...] | None:
    if said is None:
        return None
    from briefgen.addresses import parse_address

    found = []
    for text in said:
        try:
            found.append(parse_address(text_argument(flag, text, single_line=True)))
        except ValueError as error:
            raise UsageError(f"{flag}: {error}") from None
    return tuple(found)


def _open(prepared: Prepared) -> None:
    from briefgen.pipeline.mailing import open_draft

    path, where = open_draft(prepared)
    tell_done(path)
    if where == "folder":
        say("no mail program opens .eml files here: open the draft from its folder")
    elif where == "nowhere":
        say("no mail program could be opened: open the draft yourself, or use --draft or --send")


def _show_and_ask(prepared: Prepared, settings: Settings, *, asked: bool) -> None:
    """Show what is to be sent, and ask. Raises `UsageError` for anything but a yes."""
    from briefgen.cli.asking import agreed, check_somebody_answers
    from briefgen.pipeline.mailing import summary

    if asked:
        check_somebody_answers()
    lines = summary(prepared, settings)
    for label, value in lines:
        say(f"{label + ':':<10}{value}")
    if asked and not agreed("Send it?"):
        raise UsageError("nothing was sent", hint="answer y to send")


def _told(sent: Sent, something_done: bool, status: int) -> int:
    """Say what became of the message; the exit status."""
    for refusal in sent.refused:
        often = f" (tried {sent.tries} times)" if refusal.temporary and sent.tries > 1 else ""
        say(f"error: {refusal.address} was refused{often}: {refusal.words}")
    for address in sent.unknown:
        say(
            f"error: {address}: the connection was lost before the server answered, so it may or "
            f"may not have the message <{sent.message_id}>; ask before you send it again"
        )
    for address in sent.accepted:
        tell_done(f"sent to {address}")
    if sent.whole:
        return status
    return FOUND if sent.accepted or sent.unknown or something_done else NOT_DONE
