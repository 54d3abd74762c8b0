"""`briefgen passages`: readable sentences in the place of facts, and whether they still hold."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, FOUND, say
from briefgen.cli.faults import name_faults
from briefgen.cli.flags import add_base
from briefgen.cli.printing import add_json, print_list
from briefgen.errors import UsageError

DESCRIPTION = """\
List the passages of a fact base: sentences that say readably what several facts say. Each is
'checked' against its facts, 'not checked' yet, or 'stale': one of its facts has changed since, or
no longer holds, and its facts are printed one by one. 'briefgen check' says what to ask of each.

--checked notes that you have read passages against their facts as these stand now. Without an id
it notes it of those that nobody has checked yet; one that is stale must be named. It prints the
ids of those that it noted."""

EXAMPLES = """\
  briefgen passages
  briefgen passages --base our-facts --checked
  briefgen passages --base our-facts --checked postnikov-visit-2011"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    add_json(parser, "whole records, with what changed and what to ask")
    parser.add_argument(
        "--checked",
        metavar="ID",
        nargs="*",
        help="note that these were read against their facts; without an id, those not checked yet",
    )


def run(arguments: argparse.Namespace) -> int:
    """List them, or note that they were checked."""
    from briefgen.pipeline.listings import passages
    from briefgen.pipeline.places import find_base

    folder = find_base(arguments.base)
    if arguments.checked is not None:
        if arguments.json:
            raise UsageError(
                "--json and --checked cannot go together", hint="leave out one of them"
            )
        noted = passages.mark_checked(folder, arguments.checked)
        for id_ in noted.ids:
            print(id_)
        faulty = name_faults(noted.problems)
        if not noted.ids and not faulty:
            stale = ", ".join(noted.left_stale)
            say(
                f"nothing to note: these are stale, read them again and name them: {stale}"
                if stale and not arguments.checked
                else "nothing to note: all of them are checked already"
            )
        return FOUND if faulty else DONE
    records, rows, problems = passages.passages(folder)
    print_list(arguments, records, rows)
    return FOUND if name_faults(problems) else DONE
