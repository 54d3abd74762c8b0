"""A fact whole, as HTML of the kind that Qt reads. What it says stands in a template beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.direction import for_people, on_a_line_of_its_own
from briefgen.gui.view_models.facts.fact_cards import ListedFact
from briefgen.gui.view_models.facts.fact_details import FactDetails, word_changes
from briefgen.index.text import Phrase
from briefgen.select.highlight import found_places

if TYPE_CHECKING:
    from jinja2 import Template

FACT_ADDRESS = "fact:"
"""What an address of another fact starts with; its id follows."""
SOURCE_ADDRESS = "source:"
"""What an address of a source starts with; its id follows."""

_TEMPLATE = Path(__file__).with_name("fact_details.html.jinja")
_ROLES = {"key": "accent", "warning": "warning", "mark": "muted"}
_CREDIBILITY = {
    1: "confirmed by other sources", 2: "probably true", 3: "possibly true",
    4: "doubtful", 5: "improbable", 6: "cannot be judged",
}  # fmt: skip
"""NATO's Admiralty grades of information (AJP-2.1)."""


class _Piece(str):
    """A piece of a paragraph that its neighbours belong to: it is not set apart from them."""

    __slots__ = ()


def details_html(
    details: FactDetails, listed: ListedFact | None, phrases: tuple[Phrase, ...] = ()
) -> str:
    """The details, every word of them escaped. `phrases` are highlighted."""

    def passages(text: str) -> Iterator[tuple[str, bool]]:
        """A text in pieces, and whether each was searched for."""
        shown, at = on_a_line_of_its_own(text), 0
        for start, end in found_places(shown, phrases):
            yield _Piece(shown[at:start]), False
            yield _Piece(shown[start:end]), True
            at = end
        yield _Piece(shown[at:]), False

    fact, card = details.fact, details.card
    reworded = listed is not None and listed.reworded
    return _template().render(
        details=details,
        fact=fact,
        card=card,
        flags=_flags(details, listed),
        changes=[
            (kind, _Piece(before), _Piece(after))
            for kind, before, after in word_changes(card.statement, listed.wording)
        ]
        if listed and reworded
        else (),
        credibility=_CREDIBILITY.get(fact.credibility or 0, ""),
        recorded=" by ".join(filter(None, (fact.recorded, fact.recorded_by))),
        checked=" by ".join(filter(None, (fact.checked, fact.checked_by))),
        passages=passages,
        fact_address=FACT_ADDRESS,
        source_address=SOURCE_ADDRESS,
    )


def _flags(details: FactDetails, listed: ListedFact | None) -> list[tuple[str, str]]:
    """What stands beside the date: a class of the style sheet, and words."""
    if listed is None:
        cautions = [("warning", f"▲ {one}") for one in details.card.cautions]
        return [*cautions, ("muted", "not in this brief’s scope")]
    flags = [(_ROLES[role], words) for role, words in listed.flags]
    return [*flags, ("muted", "left out")] if listed.left_out else flags


def _set_apart(value: object) -> object:
    """What is filled in, so that it turns nothing beside it; markup and pieces as they are."""
    return for_people(value) if type(value) is str else value


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=_set_apart)
    lines = _TEMPLATE.read_text(encoding="utf-8").splitlines()
    return environment.from_string("".join(line.strip() for line in lines))
