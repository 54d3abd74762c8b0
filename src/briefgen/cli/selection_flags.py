"""The flags that pick facts: the same in every command that has them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from briefgen.cli.flags import add_flag, text_argument
from briefgen.errors import UsageError

if TYPE_CHECKING:
    from briefgen.select.model import Selection

# Said here and not taken from `facts.model`, so that `--help` imports nothing;
# tests/cli/test_selection_flags.py keeps them the same.
KINDS = ("event", "agreement", "figure", "position", "plan", "assessment", "background")
STATUSES = ("current", "draft", "superseded", "retracted")
GRADES = ("A", "B", "C", "D", "E")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """The flags that pick facts, in a group of their own."""
    group = parser.add_argument_group(
        "which facts",
        "Several values of one flag: any of them. Different flags: all of them.\n"
        "A topic takes its children along.",
    )
    add_flag(
        group,
        "topics",
        "--topic",
        metavar="ID",
        action="append",
        help="about this topic (repeatable)",
    )
    group.add_argument("--from", metavar="DATE", dest="start", help="not over before this date")
    group.add_argument("--to", metavar="DATE", dest="end", help="begun by the end of this date")
    group.add_argument(
        "--kind", metavar="K", action="append", choices=KINDS, help=f"{', '.join(KINDS)}"
    )
    add_flag(
        group,
        "actors",
        "--actor",
        metavar="ID",
        action="append",
        help="involving this actor (repeatable)",
    )
    add_flag(
        group,
        "sources",
        "--source",
        metavar="ID",
        action="append",
        help="citing this source (repeatable)",
    )
    group.add_argument(
        "--marked",
        metavar="M",
        action="append",
        help="at this level of the base's markings (repeatable)",
    )
    group.add_argument(
        "--text",
        metavar="WORDS",
        help='all of these words and "quoted phrases", ship* for beginnings',
    )
    group.add_argument(
        "--min-reliability",
        metavar="GRADE",
        choices=GRADES,
        help="some source graded at least so: A (best) to E",
    )
    group.add_argument("--min-credibility", metavar="N", help="graded at least so: 1 (best) to 5")
    group.add_argument(
        "--ungraded", action="store_true", help="with a minimum: also what cannot be judged"
    )
    group.add_argument(
        "--status",
        metavar="S",
        action="append",
        choices=STATUSES,
        help="current (the default), draft, superseded, retracted",
    )
    group.add_argument(
        "--undated", action="store_true", help="with a date range: also facts without a date"
    )


def read_selection(arguments: argparse.Namespace, under: Selection | None = None) -> Selection:
    """The selection that the flags say, laid over another (a brief file's) flag by flag.

    Raises `UsageError`. What the base knows is asked when facts are picked.
    """
    from dataclasses import replace

    from briefgen.select.model import Selection

    said: dict[str, Any] = {}
    for name, flag in (
        ("topics", "topic"), ("kinds", "kind"), ("actors", "actor"), ("sources", "source"),
        ("markings", "marked"),
    ):  # fmt: skip
        values = getattr(arguments, flag)
        if values:
            said[name] = tuple(dict.fromkeys(values))
    if arguments.status:
        said["status"] = tuple(dict.fromkeys(arguments.status))
    for name, flag in (("start", "--from"), ("end", "--to")):
        text = getattr(arguments, name)
        if text is not None:
            said[name] = _date(flag, text)
    if arguments.text is not None:
        said["text"] = text_argument("--text", arguments.text)
    if arguments.min_reliability:
        said["min_reliability"] = arguments.min_reliability
    if arguments.min_credibility is not None:
        said["min_credibility"] = _credibility(arguments.min_credibility)
    for name in ("ungraded", "undated"):
        if getattr(arguments, name):
            said[name] = True
    return replace(under if under is not None else Selection(), **said)


def _date(flag: str, text: str) -> Any:
    from briefgen.dates import DateError, parse_edtf

    try:
        return parse_edtf(text)
    except DateError as error:
        raise UsageError(f"{flag}: {error}") from None


def _credibility(text: str) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        raise UsageError(f"--min-credibility: {text!r} is not a grade", hint="give 1 (best) to 5")
    return int(text)
