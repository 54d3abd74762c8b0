"""`briefgen export`: one brief, written to files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.cli.edge import DONE, FOUND, say, tell_done
from briefgen.cli.faults import name_faults, name_kept, name_warnings
from briefgen.cli.flags import add_base, add_flag, add_force, add_templates, text_argument
from briefgen.cli.selection_flags import add_selection, read_selection
from briefgen.errors import UsageError
from briefgen.folders import at_home

if TYPE_CHECKING:
    from briefgen.brief.spec.model import BriefSpec, OutputFormat

DESCRIPTION = """\
Write one brief: pick facts, put them into a template, cite them in a style, and save the files.
What is picked and how it looks comes from a brief file (NAME.brief.yaml), from flags, or both:
flags override the file. Prints the path of every file written.

Files are written whole or not at all. An old file of the same name is replaced if it is as briefgen
last wrote it; any other, such as one that you edited, is first kept beside under another name, and
you are told. With --max-pages the brief is written even if it is too long, but you are told by how
much, what would bring it back, and the exit status is 1; type is never shrunk."""

EXAMPLES = """\
  briefgen export --topic energy --from 2011 --to 2023
  briefgen export energy.brief.yaml --format pdf --out reports/
  briefgen export --topic trade --template fact-sheet --out trade.docx
  briefgen export --template chronology --style chicago-notes-bibliography --paper letter

a brief file, energy.brief.yaml ('briefgen schema brief' has every key):
  format: 1
  title: Energy ties, 2011–2023
  select: {topics: [energy], from: 2011, to: 2023-12}
  text: {bottom_line: "Talks have produced frameworks, not deliveries."}
  outputs: [docx, pdf]"""

FORMATS = ("docx", "pdf", "html", "md", "txt", "json")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_flag(
        parser,
        "brief",
        "brief",
        metavar="NAME.brief.yaml",
        nargs="?",
        help="the brief's file; flags override it",
    )
    what = parser.add_argument_group("what it is")
    add_flag(
        what, "templates", "--template", metavar="T", help="its template (default: country-brief)"
    )
    add_templates(what)
    what.add_argument("--title", metavar="T", help="its title (default: the template's)")
    what.add_argument("--marking", metavar="M", help="its handling marking")
    what.add_argument("--language", metavar="L", help="its language, as in en-GB")
    look = parser.add_argument_group("how it looks")
    add_flag(
        look,
        "styles",
        "--style",
        metavar="CSL",
        help="citation style: an id, see 'briefgen styles', or a .csl file",
    )
    look.add_argument("--paper", metavar="P", choices=("a4", "letter"), help="a4 or letter")
    add_flag(
        look,
        "file",
        "--house",
        metavar="F",
        help="a Word file that lends the DOCX its styles and page set-up",
    )
    look.add_argument(
        "--max-pages", metavar="N", help="how many pages it may have; an annex counts extra"
    )
    look.add_argument(
        "--fit",
        action="store_true",
        help="leave out what matters least if that brings it into --max-pages",
    )
    look.add_argument(
        "--draft",
        action="store_true",
        help="mark each page as a draft, even where the template requires more than the brief says",
    )
    where = parser.add_argument_group("where it goes")
    where.add_argument(
        "--format",
        metavar="F[,F…]",
        action="append",
        help=f"{', '.join(FORMATS)} (default: docx,pdf)",
    )
    add_flag(
        where,
        "file",
        "--out",
        metavar="PATH",
        help="a file (its suffix is the format) or a folder, made if missing (default: here)",
    )
    add_force(where)
    where.add_argument(
        "--json", action="store_true", help="print what was made as JSON, not paths alone"
    )
    add_base(parser)
    add_selection(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the brief; print the path of every file."""
    from briefgen.cli.terminal import Progress
    from briefgen.pipeline.export import ExportRequest, export_brief

    brief_file = at_home(arguments.brief) if arguments.brief is not None else None
    spec, formats = read_request(arguments, brief_file)
    if arguments.fit and spec.max_pages is None:
        raise UsageError(
            "--fit: the brief has no budget of pages",
            hint="give one with --max-pages, or as max_pages in the brief",
        )
    with Progress.line() as step:
        written = export_brief(
            ExportRequest(
                spec=spec,
                brief_file=brief_file,
                base=arguments.base,
                templates=arguments.templates,
                formats=formats,
                out=arguments.out,
                fit=arguments.fit,
                count=arguments.json,
                as_draft=arguments.draft,
                force=arguments.force,
            ),
            step,
        )
    if arguments.json:
        from briefgen.cli.export_json import export_json
        from briefgen.cli.json_text import json_text

        tell_done(json_text(export_json(written)), as_is=True)
    else:
        for path in written.paths:
            tell_done(path)
    name_kept(written.kept)
    name_warnings(written.warnings)
    for line in written.fitted:
        say(f"fitted: {line}")
    faulty = name_faults(written.problems)
    if written.over_budget:
        say(f"error: {written.over_budget}")
    return FOUND if faulty or written.over_budget else DONE


def read_request(
    arguments: argparse.Namespace, brief_file: Path | None
) -> tuple[BriefSpec, tuple[OutputFormat, ...] | None]:
    """The brief as asked for, flags over file; and the formats that flags ask for."""
    from briefgen.brief.spec.model import BriefSpec

    formats = _formats(arguments.format)
    spec = BriefSpec()
    if brief_file is not None:
        from briefgen.brief.spec.reader import read_spec

        spec = read_spec(brief_file)
    said: dict[str, Any] = {"select": read_selection(arguments, spec.select)}
    for name in ("template", "title", "style", "paper", "marking", "house"):
        value = getattr(arguments, name)
        if value is not None:
            said[name] = _filled(f"--{name}", value, is_path=name in ("house", "style"))
    if arguments.language is not None:
        said["language"] = _language(arguments.language)
    if arguments.max_pages is not None:
        said["max_pages"] = _pages(arguments.max_pages)
    return replace(spec, **said), formats


def _filled(flag: str, value: str, *, is_path: bool) -> str:
    if not value.strip():
        raise UsageError(f"{flag}: nothing is given", hint=f"give a value, or leave {flag} out")
    return value if is_path else text_argument(flag, value, single_line=True)


def _language(tag: str) -> str:
    from briefgen.brief.spec.reader import language_tag

    try:
        return language_tag(tag)
    except ValueError as error:
        raise UsageError(f"--language: {error}") from None


def _pages(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 10_000:
        raise UsageError(f"--max-pages: {text!r} is not a number of pages", hint="give 1 or more")
    return int(text)


def _formats(said: Sequence[str] | None) -> tuple[OutputFormat, ...] | None:
    if said is None:
        return None
    formats: list[Any] = []
    for name in (part.strip() for value in said for part in value.split(",")):
        if name not in FORMATS:
            from briefgen.suggestions import did_you_mean, shown

            raise UsageError(
                f"--format: {shown(name)} is not one of {', '.join(FORMATS)}",
                hint=did_you_mean(name, FORMATS) or "choose from these, with commas between",
            )
        if name not in formats:
            formats.append(name)
    return tuple(formats)
