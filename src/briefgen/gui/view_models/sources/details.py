"""One source in words, the facts that cite it, and the briefs that use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.brief.own_text.citations import cited_names
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.spec.reader import read_spec
from briefgen.dates import date_in_words
from briefgen.editing.base_names import briefs_in
from briefgen.editing.sources import citing_facts
from briefgen.errors import BriefgenError
from briefgen.facts.csl_dates import csl_date_in_words
from briefgen.facts.model import Source
from briefgen.gui.view_models.document_kinds import document_kind
from briefgen.gui.view_models.meanings import RELIABILITY_WORDS
from briefgen.index import Index
from briefgen.pipeline.places import base_of
from briefgen.select.pick import select_facts

_MOST_FACTS = 500


class CitingFact(NamedTuple):
    """A fact that cites the source."""

    id: str
    date: str
    statement: str


def facts_citing(index: Index, source: str, language: str = "en") -> list[CitingFact]:
    """The facts that cite a source, by date; of very many the first."""
    ids = citing_facts(index, source)[:_MOST_FACTS]
    return [
        CitingFact(
            fact.id,
            date_in_words(fact.date, language) if fact.date is not None else "undated",
            fact.statement,
        )
        for fact in index.facts(ids).values()
    ]


def source_in_words(source: Source) -> str:
    """Who, what, where and when, with its address: everything that finds it again, on one line."""
    csl = source.csl
    names = _names(csl.get("author") or csl.get("editor") or ())
    where = str(csl.get("container-title") or "")
    numbers = [
        f"{word} {csl[key]}"
        for key, word in (("volume", "vol."), ("issue", "no."), ("page", "p."))
        if csl.get(key)
    ]
    publisher = ", ".join(str(csl[key]) for key in ("publisher", "publisher-place") if csl.get(key))
    issued = csl_date_in_words(csl.get("issued"), "en")
    parts = [
        names,
        f"“{source.title}”",
        ", ".join(filter(None, (where, *numbers))),
        publisher if publisher != where else "",
        issued,
    ]
    said = ", ".join(part.rstrip(".") for part in parts if part) + "."
    doi, url = str(csl.get("DOI") or ""), str(csl.get("URL") or "")
    address = f"https://doi.org/{doi}" if doi else url
    return f"{said} {address}".strip()


def _names(names: Iterable[Any]) -> str:
    said = []
    for name in names:
        if isinstance(name, Mapping):
            whole = f"{name.get('given', '')} {name.get('family', '')}".strip()
            said.append(str(name.get("literal") or whole))
    return ", ".join(filter(None, said))


def about_source(source: Source) -> str:
    """What the base knows of it beside the citation, on a line."""
    grade = source.reliability
    said = [document_kind(source.csl.get("type"))]
    if grade:
        why = f": {source.reliability_note}" if source.reliability_note else ""
        said.append(f"Reliability {grade}, {RELIABILITY_WORDS[grade]}{why}")
    else:
        said.append("Not graded")
    if source.marking:
        said.append(source.marking)
    said.append("Saved copy" if source.archive else "No saved copy")
    said.append(f"Cited in texts as [@{source.id}]")
    return " · ".join(said)


# --- briefs --------------------------------------------------------------------------------------


def known_briefs(recent: Iterable[Path], folders: Iterable[Path]) -> list[Path]:
    """The briefs used last that are there still, and those in these folders."""
    there = [path for path in recent if path.is_file()]
    return list(dict.fromkeys([*there, *briefs_in(folders)]))


def briefs_using(
    paths: Iterable[Path], index: Index, base_flag: str | None = None
) -> dict[Path, frozenset[str]]:
    """By brief on this base: the sources that its facts and its author's words cite.

    Briefs that cannot be read, and those on other bases, are left out.
    """
    found: dict[Path, frozenset[str]] = {}
    here = index.folder.resolve()
    for path in paths:
        try:
            spec = read_spec(path)
            if base_of(spec, base_flag).resolve() == here:
                found[path] = _sources_of(spec, index)
        except BriefgenError:
            continue
    return found


def _sources_of(spec: BriefSpec, index: Index) -> frozenset[str]:
    left_out = set(spec.edits.exclude)
    facts = {fact.id: fact for fact in select_facts(index, spec.select)}
    said = {name for text in _own_texts(spec) for name in cited_names(text)}
    added = index.facts([*spec.edits.include, *(said - facts.keys())])
    used = [fact for id_, fact in (facts | added).items() if id_ not in left_out or id_ in said]
    sources = {cite.source for fact in used for cite in fact.cites}
    return frozenset(sources | (said & set(index.base.sources)))


def _own_texts(spec: BriefSpec) -> Iterable[str]:
    yield from spec.text.values()
    yield from spec.sections.leads.values()
    yield from (section.text for section in spec.sections.add)
    yield spec.changes
    for one in spec.judgements:
        yield from (one.text, one.because, one.assumes, one.would_change)
        yield from (f"[@{id_}]" for id_ in one.basis)
