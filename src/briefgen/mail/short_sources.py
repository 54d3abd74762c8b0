"""A source in short, for a reader in a hurry: `Kamran, Arab News, July 2023, para. 8`.

Who, where, when, and the place in it. Not a citation in a style: the document that goes along has
those, with titles and addresses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.brief.model import CiteItem
from briefgen.facts.csl_dates import csl_date_in_words
from briefgen.facts.model import Source
from briefgen.facts.publications import publication_instead
from briefgen.mail.words import words_in
from briefgen.patterns import lazy_pattern
from briefgen.quotation_marks import apostrophes

LONGEST_TITLE = 60
"""Characters of a title that stands where no container's name can."""

_SEVERAL = lazy_pattern(r"\d\s*(?:[-–—,&]|and)\s*\d")


def short_sources(items: Sequence[CiteItem], sources: Mapping[str, Source], language: str) -> str:
    """The sources of a citation; several with semicolons between, each once.

    Several places in one source follow each other. A source that the base does not have is told
    by its id. Authors whom the text names already are left out.
    """
    unnamed = {item.source for item in items if not item.suppress_author}
    places: dict[str, list[str]] = {}
    for item in items:
        place = _place(item, language)
        known = places.setdefault(item.source, [])
        if place and place not in known:
            known.append(place)
    told = []
    for source, found in places.items():
        about = short_source(sources.get(source), source, language, who=source in unnamed)
        told.append(", ".join([about, *found]))
    return "; ".join(told)


def short_source(source: Source | None, name: str, language: str, *, who: bool = True) -> str:
    """Who, where and when; `name` is the id of a source that there is not. `who` false leaves that
    out, and where it stands if that is whose voice it is.
    """
    if source is None:
        return name
    csl = source.csl
    people = _people(csl.get("author") or csl.get("editor") or (), language) if who else ""
    where = _one_of(csl, "container-title-short", "container-title")
    if not where:
        where = _one_of(csl, "title-short", "shortTitle", "title") or name
        where = _shortened(where, words_in(language)["shortened"])
    # Whose name stands in where it was said need not be told twice: a ministry's own site, a blog.
    if not who and publication_instead(csl):
        where = ""
    told = people.casefold() not in where.casefold()
    parts = [people if told else "", where, csl_date_in_words(csl.get("issued"), language)]
    return ", ".join(part for part in parts if part)


def _one_of(csl: Mapping[str, Any], *names: str) -> str:
    """The first of these that says something, its apostrophes as citations have them."""
    said = (str(csl.get(name) or "").strip() for name in names)
    return apostrophes(next(filter(None, said), ""))


def _people(names: Sequence[Any], language: str) -> str:
    told = [_surname(name) for name in names if isinstance(name, Mapping)]
    told = [name for name in told if name]
    words = words_in(language)
    if len(told) > 2:
        return words["and_others"].format(first=told[0])
    if len(told) == 2:
        return words["two_names"].format(first=told[0], second=told[1])
    return told[0] if told else ""


def _surname(name: Mapping[str, Any]) -> str:
    if name.get("literal"):
        return str(name["literal"])
    particle, family = str(name.get("non-dropping-particle") or ""), str(name.get("family") or "")
    if not family:
        return str(name.get("given") or "")
    joined = "" if particle.endswith(("'", "’", "-")) or not particle else " "
    return f"{particle}{joined}{family}"


def _place(item: CiteItem, language: str) -> str:
    words = words_in(language)
    place = item.locator.strip()
    if not place:
        return item.suffix.strip(" ,")
    label = item.label or "page"
    several = f"{label}s" if _SEVERAL.search(place) else label
    form = words.get(several) or words.get(label) or words["other_place"]
    return (form.format(place=place, label=label) + item.suffix).replace(" ", "\u00a0", 1)


def _shortened(title: str, mark: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[:LONGEST_TITLE].rpartition(" ")[0] or title[:LONGEST_TITLE]
    return cut.rstrip(" ,;:–—-") + mark
