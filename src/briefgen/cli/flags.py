"""What flags and arguments of several commands have in common."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from briefgen.errors import UsageError
from briefgen.patterns import LINE_BREAK, UNPRINTABLE


def add_flag(
    parser: argparse._ActionsContainer, offered: str, *names: str, **settings: Any
) -> None:
    """Add an argument as `add_argument` does; `offered` says what completion scripts offer there.

    That is `file`, `directory`, `brief`, or what `briefgen complete` lists.
    """
    action = parser.add_argument(*names, **settings)
    action.briefgen_words = offered  # type: ignore[attr-defined]


def add_base(parser: argparse.ArgumentParser, *, to_add_to: bool = False) -> None:
    """`--base`, for every command that reads a fact base, or one that is `to_add_to`."""
    otherwise = "nothing" if to_add_to else "the one that is shipped"
    add_flag(
        parser,
        "directory",
        "--base",
        metavar="DIR",
        help=f"the fact base's folder (default: BRIEFGEN_BASE, else {otherwise})",
    )


def add_force(parser: argparse._ActionsContainer, needs: str = "") -> None:
    """`--force`, for every command that writes a file a person may have edited since; `needs` is
    the flag without which it means nothing.
    """
    where = f"with {needs}: " if needs else ""
    parser.add_argument(
        "--force",
        action="store_true",
        help=f"{where}keep no copy of a file that was there and is not as briefgen last wrote it",
    )


def check_force(arguments: argparse.Namespace, flag: str) -> None:
    """Raise `UsageError` for `--force` without the flag that it goes with."""
    if arguments.force and getattr(arguments, flag.lstrip("-")) is None:
        raise UsageError(f"--force goes with {flag}", hint=f"add {flag}, or leave it out")


def base_to_add_to(arguments: argparse.Namespace) -> Path:
    """The base to add to, which has to be named: the shipped one is not for writing."""
    from briefgen.pipeline.places import find_base

    if arguments.base is None and not os.environ.get("BRIEFGEN_BASE"):
        raise UsageError(
            "no fact base is named to add to",
            hint="give its folder with --base DIR, or make one with 'briefgen init DIR'",
        )
    return find_base(arguments.base)


def add_templates(
    parser: argparse._ActionsContainer,
    about: str = "a folder of further templates, looked in first",
) -> None:
    """`--templates`, for every command that needs templates."""
    add_flag(parser, "directory", "--templates", metavar="DIR", help=about)


def text_argument(flag: str, value: str, *, single_line: bool = False) -> str:
    """A value that is text, not a path: what documents can hold, whatever the locale says.

    Raises `UsageError` for bytes that are no UTF-8, for control characters, and for line breaks
    where it must be a `single_line`.
    """
    if any("\ud800" <= c <= "\udfff" for c in value):  # how Python hands on what it cannot decode
        try:
            value = os.fsencode(value).decode("utf-8")
        except UnicodeError:
            raise UsageError(f"{flag}: the text is not UTF-8", hint="give it as UTF-8") from None
    bad = UNPRINTABLE.search(value)
    if bad:
        raise UsageError(
            f"{flag}: control character U+{ord(bad.group()):04X}",
            hint="leave it out: documents cannot hold it",
        )
    if single_line and LINE_BREAK.search(value):
        raise UsageError(f"{flag}: it must stand on one line", hint="remove the line break")
    return value
