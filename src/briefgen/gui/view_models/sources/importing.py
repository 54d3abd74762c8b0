"""A file that is to be imported: what is in it, and what would become of each of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from briefgen.editing.import_rows import ImportRow
from briefgen.editing.importing_facts import ComingFacts
from briefgen.editing.importing_sources import ComingSources
from briefgen.writing.plan import Plan

What = Literal["sources", "facts"]
IMPORTABLE = (
    "Sources and facts (*.bib *.biblatex *.bibtex *.ris *.json *.yaml *.yml *.csv *.tsv *.xlsx)"
    ";;All files (*)"
)
_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")


def what_is_in(file: Path) -> What:
    """Whether a file looks like a table of facts or like a bibliography."""
    suffix = file.suffix.lower()
    if suffix in _TABLES:
        return "facts"
    if suffix == ".json":
        try:
            with file.open("rb") as opened:
                start = opened.read(200_000)
        except OSError:
            return "sources"
        return "facts" if b'"statement"' in start else "sources"
    return "sources"


class Preview(NamedTuple):
    """A file as read, nothing of it written yet."""

    what: What
    coming: ComingSources | ComingFacts
    rows: Sequence[ImportRow]
    warnings: Sequence[str]
    """What is to be told of the file as a whole."""
    target: str
    """The file of the base that it goes into."""


def preview(file: Path, base: Path, to: str = "") -> Preview:
    """Read a file that is to go into the base in the folder `base`; facts into its file `to`.

    Raises `BriefgenError` where nothing of it can be used.
    """
    what = what_is_in(file)
    coming: ComingSources | ComingFacts
    coming = ComingSources(file, base) if what == "sources" else ComingFacts(
        file, base, to=to or None
    )  # fmt: skip
    rows = coming.rows
    _, made = coming.plan()
    warnings = made.warnings
    if isinstance(coming, ComingSources):  # told in the rows
        warnings = tuple(note for note in warnings if note.startswith(str(file)))
    name = Path(made.target).relative_to(base).as_posix()
    return Preview(what, coming, rows, warnings, name)


def planned(shown: Preview, only: Collection[int]) -> Plan:
    """The ticked rows added. Raises `BriefgenError` where they cannot be."""
    return shown.coming.plan(only)[0]


def counted(rows: Sequence[ImportRow]) -> str:
    """How many rows there are of each state, in words."""
    counts = Counter[str](row.state for row in rows)
    said = [
        f"{counts[state]:,} {words}"
        for state, words in (
            ("new", "new"),
            ("same", "there already"),
            ("fault", "with a fault"),
        )
        if counts[state]
    ]
    return ", ".join(said) or "nothing in it"
