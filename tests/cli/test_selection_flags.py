"""The flags that pick facts, as a value."""

from __future__ import annotations

import argparse

from briefgen.cli import selection_flags
from briefgen.cli.commands import export
from briefgen.cli.selection_flags import add_selection, read_selection
from briefgen.dates import parse_edtf
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES, RELIABILITIES
from briefgen.render import FORMATS
from briefgen.select.model import Selection


def parsed(line: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_selection(parser)
    return parser.parse_args(line.split())


def test_no_flags_select_what_is_current() -> None:
    assert read_selection(parsed("")) == Selection()


def test_flags_replace_what_the_brief_says_one_by_one() -> None:
    under = Selection(topics=("trade",), text="oil", min_credibility=4, undated=True)

    assert read_selection(
        parsed("--topic energy --topic energy --from 2011 --status draft --ungraded"), under
    ) == Selection(
        topics=("energy",),
        start=parse_edtf("2011"),
        text="oil",
        min_credibility=4,
        undated=True,
        ungraded=True,
        status=("draft",),
    )


def test_the_flags_know_the_words_of_the_model() -> None:
    assert selection_flags.KINDS == FACT_KINDS
    assert selection_flags.STATUSES == FACT_STATUSES
    assert RELIABILITIES[:5] == selection_flags.GRADES
    assert tuple(FORMATS) == export.FORMATS
