"""The sources of a base as rows: what each column says, how it sorts, what a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from briefgen.editing.sources import counts_of_facts
from briefgen.facts.csl_dates import csl_date_text
from briefgen.gui.view_models.document_kinds import document_kind
from briefgen.index import Index
from briefgen.index.fold import fold_words


class SourceRow(NamedTuple):
    """One source; every text as it is shown."""

    id: str
    title: str
    authors: str
    kind: str
    date: str
    publisher: str
    """The publisher, or what it was published in."""
    grade: str
    """A to F; empty: not graded."""
    facts: int
    """How many facts cite it."""
    marking: str
    saved: str
    """The file of its saved copy; empty: there is none."""
    folded: str
    """What a search looks through."""


COLUMNS: tuple[tuple[str, str], ...] = (
    ("title", "Title"),
    ("authors", "Author"),
    ("kind", "Kind"),
    ("date", "Date"),
    ("publisher", "Published by or in"),
    ("grade", "Grade"),
    ("facts", "Facts"),
    ("marking", "Marking"),
    ("saved", "Saved copy"),
)
"""The fields of a row that are columns, and what stands above them."""


def source_rows(index: Index) -> list[SourceRow]:
    """All sources of a base, in the order of its file."""
    counts = counts_of_facts(index)
    found = []
    for id_, source in index.base.sources.items():
        csl = source.csl
        kind, date = document_kind(csl.get("type")), csl_date_text(csl.get("issued"))
        container, publisher = (str(csl.get(key) or "") for key in ("container-title", "publisher"))
        said = (
            id_, csl.get("title", ""), all_names(csl), container, publisher, kind, date,
            csl.get("URL", ""), csl.get("DOI", ""),
        )  # fmt: skip
        found.append(
            SourceRow(
                id=id_,
                title=str(csl.get("title") or id_),
                authors=names_in_short(csl.get("author") or csl.get("editor") or ()),
                kind=kind,
                date=date,
                publisher=container or publisher,
                grade=source.reliability or "",
                facts=counts.get(id_, 0),
                marking=source.marking,
                saved=source.archive,
                folded=" " + " ".join(fold_words(" ".join(map(str, said)))),
            )
        )
    return found


def names_in_short(names: Iterable[Any]) -> str:
    """Family names, as a list of references begins: `Kamran`, `Rana and Zhou`, `Rana et al.`."""
    said = [
        str(name.get("family") or name.get("literal") or "")
        for name in names
        if isinstance(name, Mapping)
    ]
    said = [name for name in said if name]
    return f"{said[0]} et al." if len(said) > 2 else " and ".join(said)


def all_names(csl: Mapping[str, Any]) -> str:
    """Every name of authors and editors, for a search."""
    return " ".join(
        str(part)
        for key in ("author", "editor")
        for name in csl.get(key) or ()
        if isinstance(name, Mapping)
        for part in name.values()
    )


def found_rows(rows: Sequence[SourceRow], typed: str) -> list[SourceRow]:
    """Those in which every typed word begins a word."""
    words = fold_words(typed)
    return [row for row in rows if all(f" {word}" in row.folded for word in words)]


def sorted_rows(rows: Sequence[SourceRow], column: str, *, down: bool) -> list[SourceRow]:
    """In the order of a column; what says nothing there comes last, whichever way."""
    said = [row for row in rows if getattr(row, column) not in ("", 0)]
    said.sort(key=lambda row: _key(row, column), reverse=down)
    return said + [row for row in rows if getattr(row, column) in ("", 0)]


def _key(row: SourceRow, column: str) -> Any:
    value = getattr(row, column)
    if column in ("facts", "date", "grade"):
        return value
    return fold_words(value)
