"""What there is to say about the author's own text while it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefgen.brief.assemble.material import FactLookup
from briefgen.brief.assemble.sentences import cite_item
from briefgen.brief.judging.mixing import mixes_likelihood_and_confidence
from briefgen.brief.model import CiteItem
from briefgen.brief.own_text.citations import CitationFault
from briefgen.brief.own_text.reader import read_own_text, split_sentences
from briefgen.facts.model import Base
from briefgen.patterns import UNPRINTABLE, lazy_pattern

_HTML = lazy_pattern(r"</?[A-Za-z][^<>\n]*>|<!--")
_IMAGE = lazy_pattern(r"!\[[^\]\n]*\]\(")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing about a text. An `error` keeps the brief from being made."""

    severity: Literal["error", "warning", "hint"]
    text: str
    """What is wrong and what to do, in a sentence."""


def storable(text: str) -> str:
    """The text without characters that no document and no brief's file can hold; lines as `\\n`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", text)


def check_own_text(
    text: str, base: Base, lookup: FactLookup, *, cites: bool = True
) -> tuple[Note, ...]:
    """What is wrong with an author's text, errors first; nothing for a blank one.

    `cites` false: it answers an input that asks for no sources.
    """
    if not text.strip():
        return ()

    def resolve(name: str) -> tuple[CiteItem, ...] | None:
        fact = lookup.facts([name]).get(name)
        if fact is not None:
            return tuple(map(cite_item, fact.cites))
        return (CiteItem(name),) if name in base.sources else None

    own = read_own_text(text, resolve)
    lines = "\n" in text.strip()
    notes = [
        Note(
            "error",
            f"{f'Line {fault.line}: ' if lines and fault.line else ''}{fault.message}; "
            f"{_hint(fault)}",
        )
        for fault in own.faults
    ]
    notes += [
        Note(
            "warning",
            f"likelihood and confidence in one sentence, “{_short(sentence)}”; say them apart "
            "(ICD 203)",
        )
        for sentence in split_sentences(text)
        if mixes_likelihood_and_confidence(sentence)
    ]
    if _HTML.search(text):
        notes.append(Note("warning", "HTML is printed as it stands; use **bold** and *italics*"))
    if _IMAGE.search(text):
        notes.append(Note("warning", "images are printed as the text that stands there"))
    if own.uncited and cites:
        first = _short(own.uncited[0])
        more = len(own.uncited) - 1
        others = f" and {more} more" if more else ""
        notes.append(Note("hint", f"no source for “{first}”{others}; type [@ to cite one"))
    return tuple(notes)


def _hint(fault: CitationFault) -> str:
    # Who is typing has the list at hand: no need to send them to the command line.
    return fault.hint.split(";")[0] if "briefgen" in fault.hint else fault.hint


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
