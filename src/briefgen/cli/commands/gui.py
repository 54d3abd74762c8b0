"""`briefgen gui`: the desktop app, with a brief's file in it or a new brief."""

from __future__ import annotations

import argparse

from briefgen.cli.flags import add_base, add_flag, add_templates
from briefgen.errors import UsageError
from briefgen.folders import at_home

DESCRIPTION = """\
Open the desktop app: choose topics and dates, see the pages, export or mail them. With a brief's
file it opens that brief; without one, what was open last. A base that is named, by --base or by
BRIEFGEN_BASE, gives a new brief on it."""

EXAMPLES = """\
  briefgen gui                       what was open last; at first, a page to start from
  briefgen gui energy.brief.yaml     a brief that was saved
  briefgen gui --base my-base        a new brief on your own base"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_flag(
        parser, "file", "brief", metavar="NAME.brief.yaml", nargs="?", help="a brief's file to open"
    )
    add_base(parser)
    add_templates(parser, "look for templates in this folder first")


def run(arguments: argparse.Namespace) -> int:
    """Open the window, and stay until it is closed."""
    spec, path = None, None
    if arguments.brief is not None:
        from briefgen.brief.spec.reader import read_spec

        path = at_home(arguments.brief)
        spec = read_spec(path)
    from briefgen.gui.pages import page_process
    from briefgen.pipeline.places import template_folders

    template_folders(arguments.templates)  # a wrong one is told here, not in a window
    page_process.begin(
        spec, arguments.base, arguments.templates
    )  # the first pages, while Qt is loaded
    try:
        from briefgen.gui.app import start
    except ImportError as error:
        page_process.take_begun().pool.kill()
        raise UsageError(
            f"the desktop app needs what is not installed here ({error})",
            hint="install the package PySide6-Essentials, and what its README asks of the system",
        ) from None
    return start(spec, path, base=arguments.base, templates=arguments.templates)
