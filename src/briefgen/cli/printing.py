"""What the commands share that list what there is to choose from."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """`--json`, for whole records."""
    parser.add_argument("--json", action="store_true", help=f"JSON: an array of {what}")


def print_list(
    arguments: argparse.Namespace,
    records: Sequence[dict[str, Any]],
    rows: Sequence[Sequence[str]],
) -> None:
    """Print the records as JSON if that is asked for, else the rows in columns."""
    if arguments.json:
        from briefgen.cli.json_text import print_json

        print_json(records)
        return
    from briefgen.cli.columns import columns
    from briefgen.cli.terminal import width

    for line in columns(rows, width()):
        print(line)
