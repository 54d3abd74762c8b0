"""A passage beside its own date: what it opens with is not said twice.

Only a passage is shortened so: a fact's statement is printed as it stands.
"""

from __future__ import annotations

from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.moments import time_at
from briefgen.brief.assemble.when import date_is, full_date, is_when_said
from briefgen.dates import date_in_words, parse_edtf
from briefgen.facts.model import Fact

_OPENS = frozenset({"The", "A", "An", "Both"})
"""Words that may be given a capital: what follows them is a sentence of its own."""


def without_opening_date(content: model.Inlines, fact: Fact, material: Material) -> model.Inlines:
    """The first clause of a passage without the date that stands beside it (`when.date_label`).

    `In May 2011 General Kayani met` becomes `General Kayani met`; of what the date does not tell a
    word stays: `As reported`, `On an unknown date`. Where anything else is said of the time, or
    what is left would not be a sentence, nothing changes. `fact` is the one whose date it is.
    """
    if not content or not isinstance(first := content[0], model.Text):
        return content
    openings, kept = _openings(fact, material)
    said = first.text.replace("\u00a0", " ")
    capital = [opening[:1].upper() + opening[1:].replace("\u00a0", " ") for opening in openings]
    opening = next((one for one in capital if said.startswith(one)), "")
    if not opening:
        return content
    rest = first.text[len(opening) :]
    if kept:
        told = kept + rest if rest.startswith((" ", ", ")) else ""
    else:
        told = _as_a_sentence(rest, material.language)
    return (replace(first, text=told), *content[1:]) if told else content


def _openings(fact: Fact, material: Material) -> tuple[tuple[str, ...], str]:
    """What a passage may open with to tell the date, and what has to stay of that beside it."""
    date, words = fact.date, material.words
    if date is None or date.first_day is None or date.last_day is None:
        return (), ""
    match date_is(fact, material):
        case "occurrence":
            return (time_at(date, material),), ""
        case "within" if "/" in date.text:
            hedged = words["some_time"].format(at=time_at(date, material))
            return (full_date(fact, material), hedged), words["on_unknown_date"]
        case "state" if is_when_said(fact, material):
            told = words["as_reported"]
            opening = words["reported_at"].format(at=time_at(date, material))
            return (opening,), told[:1].upper() + told[1:]
        case _:
            return (), ""


def _as_a_sentence(rest: str, language: str) -> str:
    """What follows the date, with a capital; empty where it might go on telling the time."""
    told = rest.removeprefix(",").removeprefix(" ")
    if rest not in (f" {told}", f", {told}"):
        return ""
    word = told.split(" ", 1)[0]
    if word.capitalize() in _OPENS and not rest.startswith(","):  # else "the month in which"
        return told[:1].upper() + told[1:]
    months = (date_in_words(parse_edtf(f"2000-{month:02}"), language) for month in range(1, 13))
    is_month = word.rstrip(",") in {month.split()[0] for month in months}
    return told if word[:1].isupper() and not is_month else ""
