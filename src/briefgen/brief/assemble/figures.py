"""The table of figures, newest first by measure, each with unit, period and basis.

A change stands beside the total of its own period; a potential or a plan comes after all that was
counted and never looks like a total. No number is worked out here: each stands in a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from briefgen.brief.assemble.material import Cut, Material
from briefgen.brief.assemble.moments import short_date
from briefgen.brief.assemble.sentences import cite_item, fact_flags
from briefgen.brief.assemble.when import date_is, is_when_said
from briefgen.brief.model import Cite, CiteItem, Column, Flag, Inlines, Row, Sentence, Table, Text
from briefgen.brief.template.model import FigureColumn
from briefgen.dates import Edtf
from briefgen.facts.model import Fact, Figure
from briefgen.facts.timing import spans_more_than_a_year
from briefgen.patterns import lazy_pattern

_COLUMN_WIDTHS = {
    "measure": 4.4, "value": 1.1, "period": 2.0, "basis": 1.7, "as_of": 1.7, "change": 2.2,
}  # fmt: skip
_MOST_PERIODS = 3
"""Of a measure, where measures are limited."""

_CHANGE = lazy_pattern(
    r"(?i)(?P<what>growth|increase|rise|decrease|decline|fall|drop|change) (?:of|in) (?P<of>.+)"
)
_PERCENT = frozenset({"per cent", "percent", "%"})


@dataclass(slots=True)
class _Line:
    fact: Fact
    figure: Figure
    items: list[CiteItem] = field(default_factory=list)
    changes: list[_Line] = field(default_factory=list)
    """How much more or less it is than in the period before, as a fact states it."""

    @property
    def is_total(self) -> bool:
        """Whether it counts something: no potential, no plan."""
        return self.figure.basis not in ("potential", "planned")

    @property
    def period(self) -> Edtf | None:
        return self.figure.period or self.fact.date


def figures_table(
    facts: Sequence[Fact],
    material: Material,
    columns: tuple[FigureColumn, ...],
    limit: int | None,
) -> tuple[Table | None, Cut | None]:
    """The figures of the facts, one row for each; the same figure from two facts cites both.

    And what a limit kept out, if it did.

    A limit counts measures and keeps those of starred and pinned facts, of key facts, and of the
    better credibility, each with its newest periods. A column that no row fills is left out.
    """
    lines: dict[Figure, _Line] = {}
    for fact in facts:
        for figure in fact.figures:
            line = lines.setdefault(figure, _Line(fact, figure))
            line.items += (item for c in fact.cites if (item := cite_item(c)) not in line.items)
    ordered = list(lines.values())
    if "change" in columns:
        ordered = _with_changes(ordered, material)
    order = list(material.base.measures)
    ordered.sort(key=lambda line: _order(line, order))
    kept = ordered if limit is None else _within_limit(ordered, limit, material)
    if not kept:
        return None, None
    cut = _cut(ordered, kept, facts) if len(kept) < len(ordered) else None
    ordered = kept
    shown = [name for name in columns if name != "change" or any(line.changes for line in ordered)]
    words = material.words
    # Six columns are too many for a page: then the basis says as of when.
    folded = {"change", "basis", "as_of"} <= set(shown)
    shown = [name for name in shown if not (folded and name == "as_of")]
    table = Table(
        columns=tuple(
            Column(
                (Text(words[name]),),
                "right" if name == "value" else "left",
                _COLUMN_WIDTHS[name],
            )
            for name in shown
        ),
        rows=tuple(_row(line, material, shown, folded=folded) for line in ordered),
        caption=", ".join(dict.fromkeys(_measure_label(line.figure, material) for line in ordered)),
    )
    return table, cut


def _cut(lines: Sequence[_Line], kept: Sequence[_Line], facts: Sequence[Fact]) -> Cut:
    shown = {figure for line in kept for figure in (line.figure, *(c.figure for c in line.changes))}
    left = (f.id for f in facts if f.figures and not shown.intersection(f.figures))
    return Cut(len(kept), len(lines), "figure", tuple(left))


def _with_changes(lines: list[_Line], material: Material) -> list[_Line]:
    """The lines, changes put beside the totals of their own period; those without one stay."""
    by_label: dict[tuple[str, str], _Line] = {}
    for line in lines:
        if line.is_total and line.period is not None:
            label = _measure_label(line.figure, material).casefold()
            by_label.setdefault((label, line.period.text), line)
    left = []
    for line in lines:
        change = _CHANGE.fullmatch(_measure_label(line.figure, material))
        total = None
        if change and line.figure.unit.casefold() in _PERCENT and line.period is not None:
            total = by_label.get((change["of"].casefold(), line.period.text))
        if total is not None:
            total.changes.append(line)
        else:
            left.append(line)
    return left


def _order(line: _Line, measures: list[str]) -> tuple[bool, int, bool, int, str]:
    """What was counted before plans and potentials; by measure, newest first."""
    figure, period = line.figure, line.period
    day = None
    if period is not None:
        day = period.last_day if period.last_day is not None else period.first_day
    place = measures.index(figure.measure) if figure.measure in measures else len(measures)
    return (not line.is_total, place, day is None, -(day or 0), line.fact.id)


def _within_limit(lines: list[_Line], limit: int, material: Material) -> list[_Line]:
    """The lines of as many measures, a few periods of each; chosen facts stay in any case."""
    best: dict[str, tuple[bool, bool, bool, int]] = {}
    for line in lines:
        rank = (
            line.fact.id not in material.chosen,
            not line.fact.key,
            not line.is_total,
            line.fact.credibility or 6,
        )
        best[line.figure.measure] = min(rank, best.get(line.figure.measure, rank))
    measures = sorted(best, key=lambda measure: best[measure])
    kept = set(measures[:limit])
    seen: dict[str, int] = {}
    found = []
    for line in lines:
        measure = line.figure.measure
        seen[measure] = seen.get(measure, 0) + 1
        if line.fact.id in material.chosen or (measure in kept and seen[measure] <= _MOST_PERIODS):
            found.append(line)
    return found


def _measure_label(figure: Figure, material: Material) -> str:
    measure = material.base.measures.get(figure.measure)
    return measure.label if measure else figure.measure


def _measure_and_unit(figure: Figure, material: Material) -> str:
    """`Bilateral trade, USD million`; a unit that the label names already is not said again."""
    label = _measure_label(figure, material)
    return label if figure.unit.casefold() in label.casefold() else f"{label}, {figure.unit}"


def _row(
    line: _Line, material: Material, columns: Sequence[FigureColumn], *, folded: bool = False
) -> Row:
    figure, fact, words = line.figure, line.fact, material.words
    # Cautions stand in the widest column, so that they do not make the row taller than it is.
    flags = fact_flags(fact, material)
    caution: Inlines = (Text(" "), Flag("; ".join(flags))) if flags else ()
    cells: dict[FigureColumn, Inlines] = {
        "measure": (Text(_measure_and_unit(figure, material)), *caution),
        "value": (Text(value_in_words(figure, material)),),
        "period": (Text(_period(line, material)),),
        "as_of": (Text(_as_of(line, material)),),
        "basis": (
            Text(
                words[f"basis_{figure.basis}"] + (f", {_as_of(line, material)}" if folded else "")
            ),
        ),
        "change": _changes(line, material),
    }
    last = max((name for name in columns if name != "change"), key=columns.index)
    told = "basis" if "basis" in columns else last
    cells[told] = (*cells[told], Cite(tuple(line.items)))
    return Row(
        tuple(
            (Sentence(fact.id, cells[name]),) if number == 0 or name == told else cells[name]
            for number, name in enumerate(columns)
        ),
        muted=not line.is_total,
    )


def _changes(line: _Line, material: Material) -> Inlines:
    """`growth 34 per cent, estimate`, each with what bears it out."""
    found: list[Sentence | Text] = []
    for change in line.changes:
        label = _CHANGE.fullmatch(_measure_label(change.figure, material))
        what = label["what"].lower() if label else ""
        told = f"{what} {value_in_words(change.figure, material)} {change.figure.unit}"
        if change.figure.basis != "reported":
            told += f", {material.words[f'basis_{change.figure.basis}']}"
        if found:
            found.append(Text("; "))
        found.append(Sentence(change.fact.id, (Text(told.strip()), Cite(tuple(change.items)))))
    return tuple(found)


def value_in_words(figure: Figure, material: Material) -> str:
    """The number as it is read: `about 4,000`, `1.1–3`, `at least 12`."""
    text = number_in_words(figure.value)
    if figure.value_to is not None:
        text += f"–{number_in_words(figure.value_to)}"
    if figure.qualifier:
        text = f"{material.words['qualifier_' + figure.qualifier]} {text}"
    return text.replace(" ", "\u00a0")


def number_in_words(value: float) -> str:
    """Digits in groups of three with commas; no trailing zeros; years' worth of precision kept."""
    whole = f"{value:,.6f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value):,}"
    return whole.replace("-", "−", 1) if value < 0 else whole


def _period(line: _Line, material: Material) -> str:
    """The figure's time; `as of August 2013` for what a report of that month found."""
    period = line.period
    if period is None:
        return material.words["undated"]
    same = line.fact.date is not None and line.fact.date.text == period.text
    told = short_date(period, material)
    if same and date_is(line.fact, material) == "within" and spans_more_than_a_year(period):
        return material.words["period_not_given"].format(span=told)
    if same and date_is(line.fact, material) == "state" and is_when_said(line.fact, material):
        return material.words["known_as_of"].format(date=told)
    return told


def _as_of(line: _Line, material: Material) -> str:
    """When the newest of the figure's sources appeared, or the fact was said."""
    dates = [
        date
        for item in line.items
        if (source := material.base.sources.get(item.source)) is not None
        and (date := source.issued) is not None
    ]
    if line.fact.said is not None:
        dates.append(line.fact.said)
    if not dates:
        return material.words["undated"]
    newest = max(dates, key=lambda date: date.last_day or date.first_day or 0)
    return short_date(newest, material, always=True)
