"""`briefgen check`: every problem in a fact base and its templates."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, FOUND, as_shown, say
from briefgen.cli.flags import add_base, add_flag, add_templates

DESCRIPTION = """\
Find every problem in a fact base and in the templates: keys and dates that cannot be read, ids
that do not exist, facts without a source, disputes and corrections that do not meet. Each is one
line that editors can jump to:

  path:line:column: error|warning: what is wrong; what to do

Exit status 1 if there is any, warnings included; 0 if there is none."""

EXAMPLES = """\
  briefgen check                            the base of BRIEFGEN_BASE, else the shipped one
  briefgen check --base our-facts --templates our-templates
  briefgen check --base our-facts --archive
  briefgen check --base our-facts --json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    add_flag(
        parser,
        "directory",
        "--archive",
        metavar="DIR",
        nargs="?",
        const="",
        help="hold the saved copies against their hashes, and facts against the copies; "
        "in DIR if not in the base's archive/",
    )
    add_templates(
        parser, "check this folder's templates, too (yours and the shipped ones always are)"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="every problem, also where a file has more than twenty of one kind",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="JSON: an array of {path, line, column, severity, message}",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the problems."""
    from briefgen.pipeline.listings.check import check_all
    from briefgen.pipeline.places import find_base, template_folders

    checked = check_all(
        find_base(arguments.base), template_folders(arguments.templates), arguments.archive
    )
    if arguments.json:
        from briefgen.cli.json_text import print_json

        print_json(
            [
                {
                    "path": problem.origin.path,
                    "line": problem.origin.line or 1,
                    "column": problem.origin.column or 1,
                    "severity": problem.severity,
                    "message": problem.sentence,
                }
                for problem in checked.problems
            ]
        )
    else:
        from briefgen.errors import one_line
        from briefgen.many_problems import first_of_each_kind

        told = checked.problems if arguments.all else first_of_each_kind(checked.problems)
        for problem in told:
            place = problem.origin
            line = f"{place.path}:{place.line or 1}:{place.column or 1}: "
            print(as_shown(one_line(f"{line}{problem.severity}: {problem.sentence}")))
    say(checked.summary)
    return FOUND if checked.problems else DONE
