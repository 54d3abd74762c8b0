"""The table of figures, each with unit, period and basis; a potential never looks like a total."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import cite_item, fact_flags
from briefgen.brief.assemble.when import full_date
from briefgen.brief.model import Cite, CiteItem, Column, Flag, Inlines, Row, Sentence, Table, Text
from briefgen.brief.template.model import FigureColumn
from briefgen.dates import date_in_words
from briefgen.facts.csl_dates import csl_date_in_words
from briefgen.facts.model import Fact, Figure

_COLUMN_WIDTHS = {"measure": 5.0, "value": 1.0, "period": 1.9, "basis": 2.4, "as_of": 1.5}


@dataclass(slots=True)
class _Line:
    fact: Fact
    figure: Figure
    items: list[CiteItem] = field(default_factory=list)


def figures_table(
    facts: tuple[Fact, ...],
    material: Material,
    columns: tuple[FigureColumn, ...],
    limit: int | None,
) -> Table | None:
    """All figures of the facts, one row for each; the same figure from two facts cites both."""
    lines: dict[Figure, _Line] = {}
    for fact in facts:
        for figure in fact.figures:
            line = lines.setdefault(figure, _Line(fact, figure))
            line.items += (item for c in fact.cites if (item := cite_item(c)) not in line.items)
    order = list(material.base.measures)
    ordered = sorted(lines.values(), key=lambda line: _order(line, order))
    if limit is not None:
        ordered = _most_important(ordered, limit)
    if not ordered:
        return None
    words = material.words
    return Table(
        columns=tuple(
            Column(
                (Text(words[name]),),
                "right" if name == "value" else "left",
                _COLUMN_WIDTHS[name],
            )
            for name in columns
        ),
        rows=tuple(_row(line, material, columns) for line in ordered),
        caption=", ".join(dict.fromkeys(_measure_label(line.figure, material) for line in ordered)),
    )


def _order(line: _Line, measures: list[str]) -> tuple[int, bool, bool, int, str]:
    figure = line.figure
    period = figure.period or line.fact.date
    day = (period.known_day or 0) if period is not None else 0
    place = measures.index(figure.measure) if figure.measure in measures else len(measures)
    return (place, figure.basis in ("potential", "planned"), period is None, day, line.fact.id)


def _most_important(lines: list[_Line], limit: int) -> list[_Line]:
    kept = sorted(
        range(len(lines)), key=lambda i: (not lines[i].fact.key, lines[i].fact.credibility or 6, i)
    )[:limit]
    return [lines[i] for i in sorted(kept)]


def _measure_label(figure: Figure, material: Material) -> str:
    measure = material.base.measures.get(figure.measure)
    return measure.label if measure else figure.measure


def _measure_and_unit(figure: Figure, material: Material) -> str:
    """`Bilateral trade, USD million`; a unit that the label names already is not said again."""
    label = _measure_label(figure, material)
    return label if figure.unit.casefold() in label.casefold() else f"{label}, {figure.unit}"


def _row(line: _Line, material: Material, columns: tuple[FigureColumn, ...]) -> Row:
    figure, fact, words = line.figure, line.fact, material.words
    basis = words[f"basis_{figure.basis}"]
    cells: dict[str, Inlines] = {
        "measure": (Text(_measure_and_unit(figure, material)),),
        "value": (Text(value_in_words(figure, material)),),
        "period": (Text(_period(line, material)),),
        "as_of": (Text(_as_of(line, material)),),
    }
    flags = fact_flags(fact, material)
    cells["basis"] = (
        Text(basis),
        Cite(tuple(line.items)),
        *((Text(" "), Flag("; ".join(flags))) if flags else ()),
    )
    return Row(
        tuple(
            (Sentence(fact.id, cells[name]),) if number == 0 or name == "basis" else cells[name]
            for number, name in enumerate(columns)
        ),
        muted=figure.basis in ("potential", "planned"),
    )


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
    if line.figure.period is not None and line.figure.period != line.fact.date:
        return date_in_words(line.figure.period, material.language)
    return full_date(line.fact, material)


def _as_of(line: _Line, material: Material) -> str:
    """When the newest of the figure's sources appeared, as its CSL date tells."""
    years = [
        issued
        for item in line.items
        if (source := material.base.sources.get(item.source))
        and (issued := csl_date_in_words(source.csl.get("issued"), material.language))
    ]
    return years[-1] if years else material.words["undated"]
