"""Citations and figures as the words of one cell in a table, and back.

`s1, paragraph 9; s2, page 3-4` and `trade: about 540 USD million (reported, 2013)`. What such words
could not give back stands as JSON in the cell: `[{"source": "s1", ...}]`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from briefgen.bounds import MOST_IN_A_CELL
from briefgen.facts.locators import LOCATOR_TERMS
from briefgen.facts.model import CSL_LOCATOR_LABELS, Citation, Figure
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown

Entry = dict[str, Any]


class CellError(ValueError):
    """A cell that cannot be read: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def parts_of_cell(text: str, mark: str) -> list[str]:
    """What stands between the marks of a cell. Raises `CellError` for more than any cell has."""
    refuse_many(text.count(mark))
    return text.split(mark)


def refuse_many(number: int) -> None:
    """Raise `CellError` for more things in one cell than any has."""
    if number > MOST_IN_A_CELL:
        raise CellError(
            f"it lists more than {MOST_IN_A_CELL:,} things", "part it into several rows"
        )


# --- citations -------------------------------------------------------------------------------


def citations_in_cells(cites: Sequence[Citation]) -> tuple[str, str]:
    """Citations as two cells: sources with their places, and the quotes."""
    words = "; ".join(
        ", ".join([cite.source, *(f"{label} {value}" for label, value in cite.locators)])
        for cite in cites
    )
    quotes = " | ".join(cite.quote for cite in cites).rstrip("| ")
    wanted = [_citation_entry(cite) for cite in cites]
    if _gives(lambda: read_citations(words, quotes), wanted):
        return words, quotes
    return json.dumps(wanted, ensure_ascii=False), ""


def _citation_entry(cite: Citation) -> Entry:
    entry: Entry = {"source": cite.source}
    if cite.locators:
        entry["locator"] = dict(cite.locators)
    if cite.quote:
        entry["quote"] = cite.quote
    return entry


def read_citations(text: str, quotes: str = "", locator: str = "") -> list[Entry]:
    """Citations as sources.yaml's readers know them, from `s1, p. 3; s2` and their quotes.

    Several quotes are parted by `|` and belong to the sources in their order; `locator` is the
    place in the one source that is there. Raises `CellError`.
    """
    if text.lstrip().startswith("["):
        entries = _from_json(text)
    else:
        entries = [_read_citation(part) for part in parts_of_cell(text, ";") if part.strip()]
    if locator.strip():
        if len(entries) != 1 or "locator" in entries[0]:
            raise CellError(
                "a place beside several sources, or beside another place",
                "write each place behind its source: s1, p. 3; s2, p. 5",
            )
        entries[0]["locator"] = _read_places(locator)
    if not quotes.strip():
        return entries
    whole = len(entries) == 1
    found = [part.strip() for part in ([quotes] if whole else parts_of_cell(quotes, "|"))]
    if len(found) > len(entries):
        raise CellError(
            f"{len(found)} quotes for {len(entries)} sources",
            "part quotes by | in the order of the sources",
        )
    for entry, quote in zip(entries, found, strict=False):
        if quote:
            entry["quote"] = quote
    return entries


def _read_citation(text: str) -> Entry:
    source, _, rest = text.strip().partition(",")
    words = source.split(maxsplit=1)
    if len(words) > 1:  # s1 p. 3
        source, rest = words[0], f"{words[1]},{rest}" if rest else words[1]
    entry: Entry = {"source": source.strip()}
    if rest.strip():
        entry["locator"] = _read_places(rest)
    return entry


_PLACE = lazy_pattern(r"(?P<term>¶¶?|§§?|[A-Za-z][A-Za-z-]*)(?:\.\s*|\s+|(?=\d))(?P<value>\S.*)")
_BARE = lazy_pattern(r"[0-9].*|[ivxlcdmIVXLCDM]+([-–].*)?")
_TERMS = LOCATOR_TERMS | {label: label for label in CSL_LOCATOR_LABELS}


def _read_places(text: str) -> dict[str, str]:
    """`p. 3, 5, para. 9` as CSL locators; a bare number is a page."""
    places: dict[str, str] = {}
    last = ""
    for part in parts_of_cell(text, ","):
        piece = part.strip()
        if not piece:
            continue
        found = _PLACE.fullmatch(piece)
        label = _TERMS.get(found["term"].lower()) if found else None
        if found is not None and label is not None:
            last, piece = label, found["value"]
        elif not last:
            last = "page"
            if not _BARE.fullmatch(piece):
                raise CellError(
                    f"{shown(piece)} is no place in a source",
                    "write p. 3, para. 9, ch. 2, at 00:12:30; part sources by ;",
                )
        places[last] = f"{places[last]}, {piece}" if last in places else piece
    return places


# --- figures ---------------------------------------------------------------------------------

_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_FIGURE = lazy_pattern(
    r"(?P<measure>[a-z0-9][a-z0-9._-]*)\s*:\s*(?:(?P<qualifier>about|at least|at most)\s+)?"
    rf"(?P<value>{_NUMBER})(?:\s+to\s+(?P<value_to>{_NUMBER}))?\s+(?P<unit>\S.*?)\s*"
    r"\((?P<basis>[a-z]+)(?:,\s*(?P<period>[^(),;]+))?\)"
)


def figures_in_cell(figures: Sequence[Figure]) -> str:
    """Figures as one cell."""
    words = "; ".join(_figure_in_words(figure) for figure in figures)
    wanted = [_figure_entry(figure) for figure in figures]
    if _gives(lambda: read_figures(words), wanted):
        return words
    return json.dumps(wanted, ensure_ascii=False)


def _figure_in_words(figure: Figure) -> str:
    number = f"{figure.value}" + ("" if figure.value_to is None else f" to {figure.value_to}")
    about = f"{figure.qualifier.replace('-', ' ')} " if figure.qualifier else ""
    when = f", {figure.period.text}" if figure.period else ""
    return f"{figure.measure}: {about}{number} {figure.unit} ({figure.basis}{when})"


def _figure_entry(figure: Figure) -> Entry:
    entry = {
        "measure": figure.measure,
        "qualifier": figure.qualifier,
        "value": str(figure.value),
        "value_to": None if figure.value_to is None else str(figure.value_to),
        "unit": figure.unit,
        "basis": figure.basis,
        "period": figure.period.text if figure.period else None,
    }
    return {key: value for key, value in entry.items() if value is not None}


def read_figures(text: str) -> list[Entry]:
    """Figures from `trade: about 540 USD million (reported, 2013)`. Raises `CellError`."""
    if text.lstrip().startswith("["):
        return _from_json(text)
    entries: list[Entry] = []
    for part in parts_of_cell(text, ";"):
        if not part.strip():
            continue
        found = _FIGURE.fullmatch(part.strip())
        if found is None:
            raise CellError(
                f"{shown(part.strip())} is no figure",
                "write it as trade: about 540 USD million (reported, 2013)",
            )
        entry = {key: value for key, value in found.groupdict().items() if value is not None}
        if "qualifier" in entry:
            entry["qualifier"] = entry["qualifier"].replace(" ", "-")
        if "period" in entry:
            entry["period"] = entry["period"].strip()
        entries.append(entry)
    return entries


# --- both ------------------------------------------------------------------------------------


def _gives(read: Callable[[], list[Entry]], wanted: Iterable[Entry]) -> bool:
    try:
        return read() == list(wanted)
    except CellError:
        return False


def _from_json(text: str) -> list[Entry]:
    from briefgen.facts.tables.json_table import JsonError, read_json

    refuse_many(text.count("{"))
    try:
        entries = read_json(text)
    except JsonError as error:
        raise CellError(f"not JSON: {error}", "write words, or correct the JSON") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CellError("the JSON is no list of objects", 'write [{"…": "…"}]')
    return entries
