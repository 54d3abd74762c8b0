"""`briefgen capture`: the saved copy of a source kept in a fact base, with its hash."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, say, tell_done
from briefgen.cli.flags import add_base, add_flag, base_to_add_to
from briefgen.folders import at_home

DESCRIPTION = """\
Keep the saved copy of a source: a PDF, a web page that a browser saved (HTML or MHTML), a message
(.eml), a Word document or a text. The file is copied into the base's archive/ under a name of its
own, and its source notes that name and the SHA-256 of the file. Nothing is fetched.

Without --source the source is the one that has the same address, DOI, or title and year; if there
is none, a new one is made of what the copy says of itself. A copy that the base has already is
named and not kept twice.

Prints the id of the source, and the path of the copy."""

EXAMPLES = """\
  briefgen capture article.html --base our-facts                 makes a source, or finds its own
  briefgen capture report.pdf --source trade-yearbook --base our-facts
  briefgen check --base our-facts --archive                      are all copies as they were?"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_flag(parser, "file", "file", metavar="FILE", help="the saved copy")
    add_flag(parser, "sources", "--source", metavar="ID", help="the source that it is a copy of")
    add_base(parser, to_add_to=True)
    parser.add_argument(
        "--json",
        action="store_true",
        help="JSON: an object with source, new, archive, path, sha256, kept, paragraphs, pages",
    )


def run(arguments: argparse.Namespace) -> int:
    """Keep it; say what was made."""
    from briefgen.editing.base import why_read_only
    from briefgen.editing.capturing import plan_capture
    from briefgen.editing.copying_base import ARCHIVE
    from briefgen.errors import UsageError
    from briefgen.pipeline.bases import open_base
    from briefgen.pipeline.clock import moment

    folder = base_to_add_to(arguments)
    reason = why_read_only(folder)
    if reason:
        raise UsageError(reason.rstrip("."), hint="name a base of your own with --base DIR")
    with open_base(folder) as index:
        made = plan_capture(index, at_home(arguments.file), moment()[1], source=arguments.source)
        kept = not made.is_kept_already
        made.plan.write()
    path = folder / ARCHIVE / made.archive
    if arguments.json:
        from briefgen.cli.json_text import json_text

        tell_done(
            json_text(
                {
                    "source": made.source,
                    "new": made.is_new,
                    "archive": made.archive,
                    "path": str(path),
                    "sha256": made.sha256,
                    "kept": kept,
                    "paragraphs": len(made.saved.paragraphs),
                    "pages": made.saved.pages or None,
                }
            )
        )
    else:
        tell_done(made.source)
        tell_done(path)
    if not kept:
        say(f"{made.source} has this very copy already; nothing was changed")
    elif made.is_new:
        say(f"a new source: {made.entry['title']}; put right in sources.yaml what was guessed")
    elif made.why:
        say(f"the base has the source already ({made.why}): {made.entry.get('title', made.source)}")
    if made.saved.is_scan:
        say("it has pages, and no text on them: quote and page have to be typed")
    return DONE
