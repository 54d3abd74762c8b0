"""Sources that the rows of a table bring: one for each work, known again in the base."""

from __future__ import annotations

import json
from collections import ChainMap, Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from briefgen.bibliography.clean import FaultyItemError, clean_item
from briefgen.bibliography.identity import (
    Known,
    folded_title,
    free_id,
    id_of_key,
    id_of_source,
    year_of,
)
from briefgen.bounds import MOST_IN_ONE
from briefgen.dates.typed import DayOrder
from briefgen.editing.readable_ids import id_of_words
from briefgen.facts.csl import CSL_DATES, CSL_NAMES, CSL_TYPES
from briefgen.facts.definitions import Definition, FileRecord
from briefgen.facts.formats import SOURCE
from briefgen.facts.model import Source
from briefgen.facts.tables.cell_dates import date_in_cell
from briefgen.facts.tables.cell_words import CellError
from briefgen.facts.tables.fields import SOURCE_PREFIX, TELLING, is_of_source
from briefgen.facts.tables.filled_cells import Cells, cell_word
from briefgen.facts.tables.row_as_fact import CellsError, node_at
from briefgen.facts.tables.table import CellFault
from briefgen.reading.shapes import Report, Use
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Scalar

USUAL_TYPE = "document"
"""The CSL type of a source whose kind nobody says."""

Entry = dict[str, Any]
Said = Mapping[str, tuple[int, Any]]
"""What a row says of its source, by CSL variable, each with its place."""


@dataclass(slots=True)
class NewSource:
    """A source that the base does not have."""

    source: Source
    entry: Entry
    uses: tuple[Use, ...]
    likely: str
    """What else it may be, and why; empty where there is nothing like it."""


@dataclass(slots=True)
class TableSources:
    """Finds the source that a row describes, in the base or among those of the rows before.

    The same description is the same source. So is one of the same DOI, address, or title and year
    as far as `bibliography.identity` cannot tell them apart, if it bears the same title: a
    collection's address is that of many treaties.
    """

    held: Mapping[str, Source]
    """The base's sources by id."""
    taken: Collection[str]
    """Every id that its sources have, those of faulty ones among them."""
    order: DayOrder | None = None
    from_1904: bool = False
    new: dict[str, NewSource] = field(default_factory=dict)
    """By id, in the table's order."""
    notes: Counter[str] = field(default_factory=Counter)
    """What was left out of new ones, and of how many."""
    _known: Known = field(default_factory=Known)
    _by_words: dict[str, str] = field(default_factory=dict)
    """The ids of descriptions that were met before."""
    _same: dict[str, str] = field(default_factory=dict)
    """By what a source says, as text, the first id that says just that."""
    _tried: dict[str, int] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _sources: dict[str, Source] = field(default_factory=dict)
    all: Mapping[str, Source] = field(default_factory=dict)
    """The base's sources and the new ones."""

    def __post_init__(self) -> None:
        self._ids = set(self.taken)
        self.all = ChainMap(self._sources, dict(self.held))
        for id_, source in self.held.items():
            self._remember(id_, source)

    def _remember(self, id_: str, source: Source) -> None:
        self._known.add(id_, source.csl)
        self._same.setdefault(_as_text(source), id_)

    def source_of(self, cells: Cells) -> tuple[int, str]:
        """The source that a row describes: the place that it is told by, and its id.

        Raises `CellsError` for a description that is no sound source.
        """
        said = _said_of_source(cells)
        place = next(said[key][0] for key in TELLING if key in said)
        words = json.dumps({key: cell_word(value) for key, (_, value) in sorted(said.items())})
        if words not in self._by_words:
            self._by_words[words] = self._find(said, place)
        return place, self._by_words[words]

    def check_constants(self, cells: Cells) -> None:
        """Raise `CellsError` where no source can have what all rows say of theirs."""
        said = _said_of_source(cells)
        if said:
            place = next(place for place, _ in said.values())
            try:
                entry, _ = self._entry({"title": (place, "x"), **said}, place)
            except CellsError as error:
                fault = error.faults[0]
                if "type" in said and fault.column == said["type"][0]:
                    hint = f"{fault.hint} CSL's types are {', '.join(CSL_TYPES)}"
                    fault = CellFault(fault.column, fault.message, hint)
                raise CellsError([fault]) from None
            _read(entry, said, place)

    def _find(self, said: Said, place: int) -> str:
        key = cell_word(said["id"][1]).strip() if "id" in said else ""
        for known in filter(None, (key, id_of_key(key))):
            if known in self._ids:
                return known
        entry, notes = self._entry(said, place)
        self.notes.update(note for note in notes if note != "it has no title")
        source, uses = _read(entry, said, place)
        same = self._same.get(_as_text(source))
        if same is not None:
            return same
        found = self._known.find(source.csl)
        maybe = self._known.likely(source.csl)
        if found is not None:
            other, why = found
            if _one_title(self.all[other].csl, source.csl):
                return other
            maybe = (other, f"{why}, but another title")
        id_ = free_id(id_of_key(key) or _id_of(source), self._ids, self._tried)
        self._ids.add(id_)
        made = replace(source, id=id_, csl={**source.csl, "id": id_})
        self._remember(id_, made)
        self._sources[id_] = made
        likely = f"{id_} may be {maybe[0]} ({maybe[1]})" if maybe else ""
        self.new[id_] = NewSource(made, {"id": id_, **entry}, uses, likely)
        return id_

    def _entry(self, said: Said, place: int) -> tuple[Entry, list[str]]:
        """The source as sources.yaml has it, without its id; notes on it. Raises `CellsError`."""
        raw: Entry = {"type": USUAL_TYPE}
        faults = []
        for key, (where, value) in said.items():
            text = cell_word(value).strip()
            if key in CSL_DATES:
                try:
                    raw[key] = date_in_cell(text, self.order, from_1904=self.from_1904)
                except CellError as error:
                    faults.append(CellFault(where, error.message, error.hint))
            elif key in CSL_NAMES:
                raw[key] = text.split(";", MOST_IN_ONE)  # what is more, `clean_item` refuses
            elif key == "type":
                raw[key] = text.lower().replace(" ", "-")
            elif key != "id":
                raw[key] = text.strip('"<>') if key == "URL" else text
        if faults:
            raise CellsError(faults)
        try:
            return clean_item(raw, markup=False)
        except FaultyItemError as error:
            where = said["type"][0] if "type" in said and "type" in error.message else place
            raise CellsError(
                [CellFault(where, f"as a source: {error.message}", error.hint)]
            ) from None

    # --- what comes of them ----------------------------------------------------------------------

    def cited_by(self, ids: Iterable[str]) -> list[NewSource]:
        """The new ones among these, in the table's order."""
        wanted = set(ids)
        return [each for id_, each in self.new.items() if id_ in wanted]

    def record(self) -> FileRecord:
        """All new ones as the checks across files want them."""
        return FileRecord(
            "sources",
            tuple(
                Definition(
                    "source",
                    id_,
                    0,
                    0,
                    each.source.issued.text if each.source.issued else "",
                    False,
                    each.uses,
                )
                for id_, each in self.new.items()
            ),
        )


def _said_of_source(cells: Cells) -> dict[str, tuple[int, Any]]:
    return {
        name.removeprefix(SOURCE_PREFIX): place_and_value
        for name, place_and_value in cells.items()
        if is_of_source(name)
    }


def _read(entry: Entry, said: Said, place: int) -> tuple[Source, tuple[Use, ...]]:
    """A source, read as those of sources.yaml are. Raises `CellsError`."""
    report = Report("")
    pairs = []
    for key, value in {"id": "x", **entry}.items():
        at = (0, (said[key][0] if key in said else place) + 1)
        node = node_at(value, at)
        assert node is not None  # nothing empty is left
        pairs.append((Scalar(key, *at), node))
    value = SOURCE.read(MappingNode(pairs, 0, place + 1), report)
    faults = [
        CellFault((each.origin.column or 1) - 1, f"as a source: {each.message}", each.hint)
        for each in report.problems
        if each.severity == "error"
    ]
    if faults:
        raise CellsError(faults)
    assert isinstance(value, Source)
    return value, tuple(report.uses)


def _id_of(source: Source) -> str:
    """An id by which a person knows the source: of its title and year, where it has one.

    By publisher, year and a word alone, treaties would be told apart by numbers.
    """
    title, year = source.csl.get("title"), year_of(source.csl)
    if not title:
        return id_of_source(source.csl)
    return id_of_words(str(title), f"{year:04d}" if year and year > 0 else "", "source")


def _one_title(csl: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two titles are one as far as they say: another one is another work."""
    one, another = folded_title(csl), folded_title(other)
    return one == another or not one or not another


def _as_text(source: Source) -> str:
    """All that a source says but its id."""
    csl = {key: value for key, value in source.csl.items() if key != "id"}
    return json.dumps(csl, sort_keys=True, ensure_ascii=False, default=str)
