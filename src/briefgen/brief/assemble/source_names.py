"""Sources as one speaks of them: by author or publication, and year."""

from __future__ import annotations

from briefgen.brief.assemble.material import Material
from briefgen.facts.csl_dates import csl_year_in_words
from briefgen.facts.model import Fact, Source


def said_by(fact: Fact, material: Material) -> str:
    """The fact's sources in short."""
    sources = [material.base.sources.get(cite.source) for cite in fact.cites]
    return "; ".join(dict.fromkeys(short_name(source) for source in sources if source))


def short_name(source: Source) -> str:
    """Family name or publication, and year: `Kamran, 2023`."""
    people = source.csl.get("author") or source.csl.get("editor") or ()
    names = [
        str(person.get("literal") or person.get("family") or person.get("given") or "")
        for person in people
    ]
    return _with_year(source, [name for name in names if name], "{who}, {year}")


def speaker(source: Source) -> str:
    """Whole name or publication, and year, as a sentence names them: `Sehar Kamran (2023)`."""
    return _with_year(source, author_names(source), "{who} ({year})")


def author_names(source: Source) -> list[str]:
    """The authors, or else the editors, each with given and family name."""
    people = source.csl.get("author") or source.csl.get("editor") or ()
    names = [
        " ".join(filter(None, (str(person.get("given") or ""), str(person.get("family") or ""))))
        or str(person.get("literal") or "")
        for person in people
    ]
    return [name for name in names if name]


def publication(source: Source) -> str:
    """Where it appeared, or who published it; empty where neither is known."""
    return str(source.csl.get("container-title") or source.csl.get("publisher") or "")


def several(names: list[str]) -> str:
    """`Doe and Roe`, `Doe et al.`"""
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def _with_year(source: Source, names: list[str], form: str) -> str:
    who = several(names) or publication(source) or source.title
    year = csl_year_in_words(source.csl.get("issued"))
    return form.format(who=who, year=year) if year else who
