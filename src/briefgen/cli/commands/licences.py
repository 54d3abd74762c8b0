"""`briefgen licences`: what briefgen stands on, and under which licences."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from briefgen.cli.edge import DONE
from briefgen.cli.printing import add_json, print_list
from briefgen.errors import UsageError

if TYPE_CHECKING:
    from briefgen.licences.installed import Licence

DESCRIPTION = """\
List what briefgen stands on: packages, fonts, citation styles, Pandoc and Qt among them, each with
its version here and its licence as an SPDX expression. With a name, print what there is to know of
one, its licence's text included."""

EXAMPLES = """\
  briefgen licences
  briefgen licences pandoc                       its licence, word by word
  briefgen licences --json                       with ranges of versions and places of texts"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="NAME", nargs="*", help="one of them, to read its text")
    add_json(parser, "{name, version, licence, kind, inside, when, asked, home, note, texts}")


def run(arguments: argparse.Namespace) -> int:
    """List them, or print one's text."""
    from briefgen.licences.installed import installed_licences, text_of

    found = installed_licences()
    if arguments.name:
        found = [_named(found, " ".join(arguments.name))]
        if not arguments.json:
            print(text_of(found[0]), end="")
            return DONE
    print_list(
        arguments,
        [_record(one) for one in found],
        [(one.component.name, one.version or "-", one.component.licence) for one in found],
    )
    return DONE


def _named(found: list[Licence], name: str) -> Licence:
    from briefgen.licences.installed import normal_name
    from briefgen.suggestions import did_you_mean

    for one in found:
        if normal_name(one.component.name) == normal_name(name.strip()):
            return one
    raise UsageError(
        f"briefgen stands on nothing called {name!r}",
        hint=did_you_mean(name, [one.component.name for one in found])
        or "'briefgen licences' lists all there is",
    )


def _record(one: Licence) -> dict[str, Any]:
    return {
        "name": one.component.name,
        "version": one.version or None,
        "licence": one.component.licence,
        "kind": one.component.kind,
        "inside": one.component.inside or None,
        "when": one.component.when or None,
        "asked": dict(one.asked),
        "home": one.home or None,
        "note": one.component.note or None,
        "texts": [str(path) for path in one.texts],
    }
