"""Facts and what frames them as plain records: JSON, CSV and an Excel workbook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from briefgen.dates import iso_day
from briefgen.facts.csl_dates import csl_date_text
from briefgen.facts.model import Actor, Base, Citation, Fact, Figure, Passage, Source, Topic
from briefgen.facts.tables.cell_words import citations_in_cells, figures_in_cell
from briefgen.facts.timing import effective_date_is, effective_said
from briefgen.patterns import lazy_pattern

Record = dict[str, Any]


def fact_record(fact: Fact, sources: Mapping[str, Source]) -> Record:
    """A fact as the JSON object that other programs may rely on.

    Always there: `id, date, earliest, latest, date_is, said, topics, kind, actors, statement,
    figures, cites, credibility, status, key`; the rest where it is set. `date` is the EDTF text or
    None, `earliest` and `latest` its first and last day (ISO 8601) or None for undated facts and
    ends without limit. `date_is` and `said` (EDTF or None) are what holds; `assumed` names those
    of the two that are not written in the fact. `sources` are the base's, by id.
    """
    date, said = fact.date, effective_said(fact, sources)
    record: Record = {
        "id": fact.id,
        "date": date.text if date else None,
        "earliest": iso_day(date.first_day) if date else None,
        "latest": iso_day(date.last_day) if date else None,
        "date_is": effective_date_is(fact, sources),
        "said": said.text if said else None,
        "topics": list(fact.topics),
        "kind": fact.kind,
        "actors": list(fact.actors),
        "statement": fact.statement,
        "figures": [_figure(figure) for figure in fact.figures],
        "cites": [_citation(cite) for cite in fact.cites],
        "credibility": fact.credibility,
        "status": fact.status,
        "key": fact.key,
    }
    return record | _set(
        assumed=_assumed(fact),
        date_note=fact.date_note,
        detail=fact.detail,
        attribution=fact.attribution,
        status_note=fact.status_note,
        supersedes=list(fact.supersedes),
        disputes=list(fact.disputes),
        marking=fact.marking,
        recorded=fact.recorded,
        checked=fact.checked,
        recorded_by=fact.recorded_by,
        checked_by=fact.checked_by,
    )


def _assumed(fact: Fact) -> list[str]:
    """Which of `date_is` and `said` the fact does not say itself."""
    return [key for key in ("date_is", "said") if getattr(fact, key) is None]


def topic_record(topic: Topic) -> Record:
    """A topic: `id`, `label`, `parent` (an id or None)."""
    return {"id": topic.id, "label": topic.label, "parent": topic.parent}


def actor_record(actor: Actor) -> Record:
    """An actor with the keys of actors.yaml."""
    roles = [
        {"title": role.title}
        | _set(
            of=role.of,
            **{
                "from": role.since.text if role.since else "",
                "to": role.until.text if role.until else "",
            },
            cites=[_citation(cite) for cite in role.cites],
        )
        for role in actor.roles
    ]
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "roles": roles,
    }


def passage_record(passage: Passage) -> Record:
    """A passage with the keys of passages.yaml, and `facts`: the ids that it cites."""
    return {
        "id": passage.id,
        "text": passage.text,
        "facts": list(passage.facts),
        "key": passage.key,
        "checked": dict(passage.checked),
    }


def source_record(source: Source) -> Record:
    """A source as a CSL-JSON item (CSL 1.0.2) with `id`, and `custom` where anything is set."""
    custom = _set(
        reliability=source.reliability,
        reliability_note=source.reliability_note,
        archive=source.archive,
        archive_sha256=source.archive_sha256,
        archive_paragraphs=source.archive_paragraphs,
        derived_from=list(source.derived_from),
        marking=source.marking,
    )
    return {"id": source.id, **source.csl} | _set(custom=custom)


def _figure(figure: Figure) -> Record:
    return (
        {"measure": figure.measure, "value": figure.value}
        | _set(value_to=figure.value_to)
        | {"unit": figure.unit, "basis": figure.basis}
        | _set(period=figure.period.text if figure.period else "", qualifier=figure.qualifier)
    )


def _citation(cite: Citation) -> Record:
    return {"source": cite.source} | _set(locator=dict(cite.locators), quote=cite.quote)


def _set(**values: Any) -> Record:
    """Those of `values` that say something. Zero says something."""
    return {key: value for key, value in values.items() if value or value == 0}


def facts_to_json(base: Base, facts: Iterable[Fact]) -> str:
    """Facts of `base` as a JSON array of `fact_record`s, each on a line of its own."""
    # Indented, it would be written by Python's slow encoder: ten times the time.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = ",\n".join([encode(fact_record(fact, base.sources)) for fact in facts])
    return f"[\n{lines}\n]\n" if lines else "[]\n"


# --- tables ----------------------------------------------------------------------------------

COLUMNS = (
    "id", "date", "earliest", "latest", "topics", "kind", "actors", "statement", "detail",
    "attribution", "figures", "cites", "quotes", "credibility", "status", "key", "date_note",
    "date_is", "said", "assumed", "status_note", "supersedes", "disputes", "marking", "recorded",
    "checked", "recorded_by", "checked_by",
)  # fmt: skip
"""The columns of a table of facts."""
FORMER_COLUMNS = tuple(
    column
    for column in COLUMNS
    if column not in ("date_is", "said", "assumed", "status_note", "checked_by")
)
"""Those of tables that were written before facts had more keys."""


def _row(fact: Fact, sources: Mapping[str, Source]) -> list[str]:
    """A fact as texts under `COLUMNS`; several ids in one cell are parted by `; `.

    `briefgen import facts` makes the same fact of them again.
    """
    date, said = fact.date, effective_said(fact, sources)
    return [
        fact.id,
        date.text if date else "",
        (iso_day(date.first_day) if date else None) or "",
        (iso_day(date.last_day) if date else None) or "",
        "; ".join(fact.topics),
        fact.kind,
        "; ".join(fact.actors),
        fact.statement,
        fact.detail,
        fact.attribution,
        figures_in_cell(fact.figures),
        *citations_in_cells(fact.cites),
        "" if fact.credibility is None else str(fact.credibility),
        fact.status,
        "yes" if fact.key else "no",
        fact.date_note,
        effective_date_is(fact, sources),
        said.text if said else "",
        "; ".join(_assumed(fact)),
        fact.status_note,
        "; ".join(fact.supersedes),
        "; ".join(fact.disputes),
        fact.marking,
        fact.recorded,
        fact.checked,
        fact.recorded_by,
        fact.checked_by,
    ]


_FORMULA = lazy_pattern("'*[=+\\-@\t\r＝＋－＠]")
"""What a spreadsheet takes for the start of a formula, apostrophes before it included."""


def csv_cell(text: str) -> str:
    """`text` as a CSV cell that no spreadsheet takes for a formula.

    CSV cannot say "this is text". So a cell that would start a formula gets an apostrophe in
    front; `text_of_csv_cell` takes it off again, and nothing is lost.
    """
    return "'" + text if _FORMULA.match(text) else text


def text_of_csv_cell(cell: str) -> str:
    """What `csv_cell` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def facts_to_csv(base: Base, facts: Iterable[Fact]) -> str:
    """A table of facts of `base`: RFC 4180, CR LF line ends, a header row of `COLUMNS`.

    No byte order mark: most programs that read CSV would take it for part of the first header.
    For Excel, write a workbook. Cells that would start a formula: see `csv_cell`.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([csv_cell(cell) for cell in _row(fact, base.sources)] for fact in facts)
    return out.getvalue()


def facts_to_xlsx(base: Base, facts: Sequence[Fact], moment: datetime) -> bytes:
    """An Excel workbook (ECMA-376): facts, their figures as numbers, the sources they cite.

    Every text is a cell of type string, never a formula. The bytes depend on the facts and on
    `moment` alone, which becomes the file's date.
    """
    from briefgen.facts.tables.workbook import Sheet, workbook_bytes

    cited = {cite.source for fact in facts for cite in fact.cites}
    return workbook_bytes(
        [
            Sheet("Facts", COLUMNS, [_row(fact, base.sources) for fact in facts]),
            Sheet("Figures", _FIGURE_COLUMNS, _figure_rows(base, facts)),
            Sheet(
                "Sources",
                _SOURCE_COLUMNS,
                [_source_row(source) for id_, source in base.sources.items() if id_ in cited],
            ),
        ],
        title=base.title,
        moment=moment,
    )


_FIGURE_COLUMNS = (
    "fact", "measure", "label", "value", "value_to", "unit", "period", "earliest", "latest",
    "basis", "qualifier",
)  # fmt: skip


def _figure_rows(base: Base, facts: Iterable[Fact]) -> list[list[str | float | None]]:
    rows: list[list[str | float | None]] = []
    for fact in facts:
        for figure in fact.figures:
            period = figure.period
            measure = base.measures.get(figure.measure)
            rows.append(
                [
                    fact.id,
                    figure.measure,
                    measure.label if measure else "",
                    figure.value,
                    figure.value_to,
                    figure.unit,
                    period.text if period else "",
                    iso_day(period.first_day) if period else None,
                    iso_day(period.last_day) if period else None,
                    figure.basis,
                    figure.qualifier,
                ]
            )
    return rows


_SOURCE_COLUMNS = (
    "id", "type", "title", "author", "container-title", "issued", "URL", "reliability",
    "reliability_note", "derived_from", "marking",
)  # fmt: skip


def _source_row(source: Source) -> list[str]:
    csl = source.csl
    return [
        source.id,
        str(csl.get("type", "")),
        source.title,
        "; ".join(_name_in_words(name) for name in csl.get("author", ())),
        str(csl.get("container-title", "")),
        csl_date_text(csl.get("issued")),
        str(csl.get("URL", "")),
        source.reliability or "",
        source.reliability_note,
        "; ".join(source.derived_from),
        source.marking,
    ]


def _name_in_words(name: Record) -> str:
    family = " ".join(
        str(name[key]) for key in ("non-dropping-particle", "family") if name.get(key)
    )
    given = " ".join(str(name[key]) for key in ("given", "dropping-particle") if name.get(key))
    return str(name.get("literal") or ", ".join(part for part in (family, given) if part))
