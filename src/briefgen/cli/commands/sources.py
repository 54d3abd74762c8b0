"""`briefgen sources`: what facts are cited from."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, FOUND, print_unchanged
from briefgen.cli.faults import name_faults, name_warnings
from briefgen.cli.flags import add_base
from briefgen.cli.printing import add_json, print_list
from briefgen.errors import UsageError

DESCRIPTION = """\
List the sources of a fact base with their date and grade (NATO Admiralty: A completely reliable
to E unreliable, F cannot be judged). --json gives CSL-JSON, which reference managers read;
--export prints a whole bibliography for one of them."""

EXAMPLES = """\
  briefgen sources
  briefgen sources --json
  briefgen sources --export bib > sources.bib
  briefgen sources --export ris > sources.ris"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    add_json(parser, "CSL-JSON with id and custom")
    parser.add_argument(
        "--export",
        metavar="FORMAT",
        help="print a bibliography: bib (BibLaTeX), bibtex, ris, csl.json or yaml (CSL-YAML)",
    )


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    from briefgen.pipeline.places import find_base

    if arguments.export is not None:
        if arguments.json:
            raise UsageError(
                "--json and --export cannot go together", hint="use --export csl.json for a file"
            )
        return _export(arguments)
    from briefgen.pipeline.listings.choices import sources

    found, rows, problems = sources(find_base(arguments.base))
    print_list(arguments, found, rows)
    return FOUND if name_faults(problems) else DONE


def _export(arguments: argparse.Namespace) -> int:
    from briefgen.pipeline.listings.exporting_sources import export_sources
    from briefgen.pipeline.places import find_base

    exported = export_sources(find_base(arguments.base), arguments.export)
    print_unchanged(exported.text)
    name_warnings(exported.warnings)
    return FOUND if name_faults(exported.problems) else DONE
