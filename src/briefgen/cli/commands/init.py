"""`briefgen init`: a new fact base to fill in."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, say, tell_done
from briefgen.cli.flags import add_flag

DESCRIPTION = """\
Start a new fact base: a folder with base.yaml, actors.yaml, sources.yaml and facts/, small
enough to read in a minute, with comments that explain every key. It passes 'briefgen check' as
it is. Files that are there already are never touched: the folder must be new or empty."""

EXAMPLES = """\
  briefgen init our-facts                    makes the folder
  briefgen check --base our-facts            what is wrong in it: nothing yet
  briefgen export --base our-facts           a first brief from it"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_flag(parser, "directory", "folder", metavar="DIR", help="the folder to make")


def run(arguments: argparse.Namespace) -> int:
    """Make the folder; print the path of every file in it."""
    from briefgen.pipeline.bases import start_base

    for path in start_base(arguments.folder):
        tell_done(path)
    say(f"next: briefgen check --base {arguments.folder}")
    return DONE
