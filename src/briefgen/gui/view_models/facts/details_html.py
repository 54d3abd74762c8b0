"""A fact whole, as HTML of the kind that Qt reads: every word of it is data, and escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from briefgen.gui.view_models.facts.fact_cards import FactCard, ListedFact
from briefgen.gui.view_models.facts.fact_details import FactDetails, SourceDetails, word_changes
from briefgen.index.text import Phrase
from briefgen.select.highlight import found_places

FACT_ADDRESS = "fact:"
"""What an address of another fact starts with; its id follows."""


def details_html(
    details: FactDetails, listed: ListedFact | None, phrases: tuple[Phrase, ...] = ()
) -> str:
    """The details as HTML of the kind that Qt reads. `phrases` are highlighted."""
    fact, card = details.fact, details.card
    parts = [_first_line(details, listed)]
    if listed is not None and listed.reworded:
        parts += _rewording(card.statement, listed.wording)
    else:
        parts.append(f"<p>{_highlighted(fact.statement, phrases)}</p>")
    if fact.detail:
        parts.append(f"<p>{_highlighted(fact.detail, phrases)}</p>")
    if fact.attribution:
        parts.append(f'<p class="muted">According to {escape(fact.attribution)}</p>')
    if fact.date_note:
        parts.append(f'<p class="muted">Date: {escape(fact.date_note)}</p>')
    if details.figures:
        parts += _figures(details)
    parts.append('<p class="head">SOURCES</p>')
    parts += [_source(source) for source in details.sources]
    if fact.credibility is not None:
        meaning = _CREDIBILITY.get(fact.credibility, "")
        parts.append(
            f'<p class="small">Credibility of the information: {fact.credibility}, {meaning}</p>'
        )
    if details.disputes:
        parts += _disputes(details)
    parts += _filed(details)
    parts += _history(details)
    return "".join(parts)


_CREDIBILITY = {
    1: "confirmed by other sources", 2: "probably true", 3: "possibly true",
    4: "doubtful", 5: "improbable", 6: "cannot be judged",
}  # fmt: skip
"""NATO's Admiralty grades of information (AJP-2.1)."""


def _first_line(details: FactDetails, listed: ListedFact | None) -> str:
    said = [f"<b>{escape(details.card.date)}</b>"]
    if listed is None:
        said += [f'<span class="warning">▲ {escape(one)}</span>' for one in details.card.cautions]
        said.append('<span class="muted">not in this brief’s scope</span>')
    else:
        roles = {"key": "accent", "warning": "warning", "mark": "muted"}
        said += [
            f'<span class="{roles[role]}">{escape(words)}</span>' for role, words in listed.flags
        ]
        if listed.left_out:
            said.append('<span class="muted">left out</span>')
    return f"<p>{' &nbsp; '.join(said)}</p>"


def _rewording(original: str, wording: str) -> list[str]:
    new, old = [], []
    for kind, before, after in word_changes(original, wording):
        if kind == "same":
            new.append(escape(after))
            old.append(escape(before))
            continue
        if after:
            new.append(f'<span class="in">{escape(after)}</span>')
        if before:
            old.append(f'<span class="out">{escape(before)}</span>')
    return [
        f"<p>{' '.join(new)}</p>",
        f'<p class="small muted">In the base: {" ".join(old)}</p>',
    ]


def _figures(details: FactDetails) -> list[str]:
    rows = "".join(
        f"<tr><td>{escape(one.measure)}</td>"
        f'<td align="right">&nbsp;{escape(one.value)}&nbsp;</td><td>{escape(one.unit)}&nbsp;</td>'
        f"<td>{escape(one.period)}&nbsp;</td><td>{escape(one.basis)}</td></tr>"
        for one in details.figures
    )
    head = "".join(
        f'<th align="{align}">{name}&nbsp;</th>'
        for name, align in (
            ("Measure", "left"), ("Value", "right"), ("Unit", "left"), ("Period", "left"),
            ("Basis", "left"),
        )
    )  # fmt: skip
    return [
        '<p class="head">FIGURES</p>',
        f'<table cellspacing="0" cellpadding="3"><tr>{head}</tr>{rows}</table>',
    ]


def _source(source: SourceDetails) -> str:
    lines = [escape(source.where)]
    if source.title:
        lines.append(f"“{escape(source.title)}”")
    if source.quote:
        lines.append(f"<i>“{escape(source.quote)}”</i>")
    small = []
    if source.why:
        small.append(escape(source.why))
    elif source.reliability is None:
        small.append("Reliability not graded")
    if source.derived_from:
        small.append(
            f"Repeats {escape('; '.join(source.derived_from))}: no independent corroboration"
        )
    if source.saved_copy:
        small.append(f"Saved copy: {escape(source.saved_copy)}")
    if source.url.startswith(("http://", "https://")):
        small.append(f'<a href="{escape(source.url)}">{escape(source.url)}</a>')
    said = "<br>".join(lines)
    if small:
        said += f'<br><span class="small muted">{"<br>".join(small)}</span>'
    return f"<p>{said}</p>"


def _disputes(details: FactDetails) -> list[str]:
    def side(card: FactCard, *, linked: bool) -> str:
        said = escape(card.statement)
        if linked:
            said = f'<a href="{FACT_ADDRESS}{escape(card.id)}">{said}</a>'
        return (
            f"<b>{escape(card.date)}</b><br>{said}<br>"
            f'<span class="small muted">{_sourced(card)}</span>'
        )

    rows = "".join(
        f'<tr><td width="50%" valign="top">{side(details.card, linked=False)}</td>'
        f'<td width="50%" valign="top">{side(other, linked=True)}</td></tr>'
        for other in details.disputes
    )
    return [
        '<p class="head warning">▲ SOURCES DISAGREE</p>',
        f'<table width="100%" cellspacing="0" cellpadding="4">{rows}</table>',
    ]


def _filed(details: FactDetails) -> list[str]:
    lines = [("Kind", details.fact.kind), ("Topics", "; ".join(details.topics))]
    if details.actors:
        lines.append(("Actors", "; ".join(details.actors)))
    if details.fact.marking:
        lines.append(("Marking", details.fact.marking))
    return ['<p class="head">FILED UNDER</p>', _lines((name, escape(text)) for name, text in lines)]


def _history(details: FactDetails) -> list[str]:
    fact = details.fact
    lines = [("Status", escape(fact.status))]
    recorded = " by ".join(part for part in (fact.recorded, fact.recorded_by) if part)
    if recorded:
        lines.append(("Recorded", escape(recorded)))
    lines.append(("Checked", escape(fact.checked or "not noted")))
    lines += [("Supersedes", _link(card)) for card in details.supersedes]
    lines += [("Superseded by", _link(card)) for card in details.superseded_by]
    origin = fact.origin
    lines.append(("Id", escape(fact.id)))
    if origin.path:
        lines.append(("Stands in", f"{escape(origin.path)}:{origin.line}"))
    return ['<p class="head">HISTORY</p>', _lines(lines)]


def _lines(lines: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<tr><td class="small muted">{name}&nbsp;&nbsp;</td><td class="small">{said}</td></tr>'
        for name, said in lines
    )
    return f'<table cellspacing="0" cellpadding="1">{rows}</table>'


def _link(card: FactCard) -> str:
    return f'<a href="{FACT_ADDRESS}{escape(card.id)}">{escape(card.statement)}</a>'


def _sourced(card: FactCard) -> str:
    return escape(" · ".join(part for part in (card.source, card.grade) if part))


def _highlighted(text: str, phrases: tuple[Phrase, ...]) -> str:
    said, at = [], 0
    for start, end in found_places(text, phrases):
        said += [escape(text[at:start]), f'<span class="found">{escape(text[start:end])}</span>']
        at = end
    return "".join([*said, escape(text[at:])])
