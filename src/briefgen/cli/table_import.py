"""What is told of a table that is imported: refused rows, the first facts, what was set aside."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from briefgen.cli.edge import say
from briefgen.cli.faults import name_kept, name_warnings
from briefgen.many_problems import TOLD

if TYPE_CHECKING:
    from briefgen.editing.importing_facts import ImportedFacts
    from briefgen.pipeline.printed_facts import PrintedFact


def tell_refused(made: ImportedFacts) -> None:
    """Name the rows that are refused and those that are there already; many of them by number."""
    for refused in made.refused[:TOLD]:
        say(f"error: {refused.told}")
    rest = made.refused[TOLD:]
    if rest:
        columns = Counter(repr(each.column) if each.column else "the row" for each in rest)
        where = ", ".join(f"{column}: {number:,}" for column, number in columns.most_common(5))
        say(f"error: {len(rest):,} more faults ({where}); --rejects FILE.csv writes out all rows")
    for duplicate in made.duplicates[:TOLD]:
        say(duplicate.told)
    more = len(made.duplicates) - TOLD
    if more > 0:
        say(f"not added: {more:,} more rows that are there already")


def look_at_first(made: ImportedFacts) -> tuple[PrintedFact, ...]:
    """The first facts as they will be printed; none, with a word, where that cannot be shown."""
    from briefgen.cite.pandoc import CiteprocError
    from briefgen.pipeline.printed_facts import printed_facts

    if made.base is None:
        return ()
    try:
        return printed_facts(made.first, made.base)
    except CiteprocError as error:
        name_warnings([f"how the facts will be printed cannot be shown: {error}"])
        return ()


def tell_first(first: tuple[PrintedFact, ...], number: int) -> None:
    """Show the first facts as they will be printed, on stderr."""
    count = f"the first {len(first)} of {number:,} facts" if number > len(first) else "the facts"
    say(f"{count} as they will be printed:")
    for each in first:
        for text, indent in ((f"{each.date}: {each.statement}", "  "), (each.source, "      ")):
            say(textwrap.fill(text, 100, initial_indent=indent, subsequent_indent="      "))


def tell_rejects(made: ImportedFacts, path: str, dry_run: bool) -> bool:
    """Say what became of the refused rows; whether they were written."""
    number = len({each.row for each in made.refused})
    if not number:
        say(f"no row is refused; {path} is not written")
        return False
    rows = f"{number:,} row{'' if number == 1 else 's'}"
    if made.rejects is None:
        if dry_run:
            say(f"{rows} would be written to {path}")
        return False
    name_kept(made.rejects.kept)
    name_warnings([made.rejects.warning] if made.rejects.warning else [])
    say(f"{rows} written to {path}: mend them there, and import that with the same flags")
    return True
