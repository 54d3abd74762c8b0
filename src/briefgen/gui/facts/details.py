"""The fact in hand, whole: everything that the base says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from briefgen.gui import look
from briefgen.gui.facts.model import FactRow
from briefgen.gui.view_models.facts.fact_cards import FactCard
from briefgen.gui.view_models.facts.fact_details import FactDetails, SourceDetails, word_changes
from briefgen.index.text import Phrase
from briefgen.select.highlight import found_places

_FACT = "fact:"
"""What an address of another fact starts with."""


class DetailsPane(QWidget):
    """Shows one fact; other facts that it names are links."""

    fact_asked = Signal(str)
    """The id of a fact that was clicked."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: FactDetails | None = None
        self._row: FactRow | None = None
        self._phrases: tuple[Phrase, ...] = ()
        self.heading = QLabel("DETAILS")
        self.heading.setProperty("role", "heading")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(2)
        self.close_button = QPushButton("Hide")
        self.close_button.setProperty("role", "quiet")
        self.close_button.setAccessibleName("Hide the details")
        self.close_button.clicked.connect(self.closed)
        self.text = _Text()
        self.text.setAccessibleName("Details of the fact")
        self.text.anchorClicked.connect(self._follow)
        self.heading.setBuddy(self.text)
        top = QHBoxLayout()
        top.setContentsMargins(14, 6, 8, 0)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addLayout(self.buttons)
        top.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        self._write()

    def add_button(self, text: str, slot: Callable[[], Any]) -> QPushButton:
        """A quiet button above the details, such as for editing the fact."""
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda checked=False: slot())
        button.setEnabled(self.shown is not None)
        self.buttons.addWidget(button)
        return button

    def show_fact(
        self, details: FactDetails | None, row: FactRow | None, phrases: tuple[Phrase, ...]
    ) -> None:
        """Show this fact. `row` is what the brief makes of it, where it is listed."""
        same = self.shown is not None and details is not None and (
            details.fact.id == self.shown.fact.id
        )  # fmt: skip
        self.shown, self._row, self._phrases = details, row, phrases
        bar = self.text.verticalScrollBar()
        at = bar.value() if same else 0
        self._write()
        bar.setValue(at)
        for number in range(self.buttons.count()):
            item = self.buttons.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(details is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def _follow(self, address: QUrl) -> None:
        if address.scheme() == "fact":
            self.fact_asked.emit(address.toString().removeprefix(_FACT))
        elif address.scheme() in ("http", "https"):
            QDesktopServices.openUrl(address)

    def _write(self) -> None:
        document = self.text.document()
        document.setDefaultStyleSheet(_style())
        if self.shown is None:
            self.text.setHtml('<p class="muted">Choose a fact to see it whole.</p>')
        else:
            self.text.setHtml(details_html(self.shown, self._row, self._phrases))


class _Text(QTextBrowser):
    """Text to read, select and copy; it loads nothing from anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setStyleSheet(
            "QTextBrowser { background: transparent; border: none; border-radius: 0; padding: 0; }"
        )
        self.document().setDocumentMargin(14)
        self.setTabChangesFocus(True)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


def _style() -> str:
    worn = look.colours()
    return (
        f"body, p, td {{ color: {worn.text}; font-size: {look.TEXT_SIZE}px; }}"
        f"p {{ margin: 0 0 6px 0; }}"
        f"p.head {{ color: {worn.muted}; font-size: {look.SMALL_SIZE}px; font-weight: 600;"
        " margin: 10px 0 3px 0; }"
        f".muted, .small, th {{ color: {worn.muted}; }}"
        f".small, td.small, th {{ font-size: {look.SMALL_SIZE}px; }}"
        f".warning, p.warning {{ color: {worn.warning}; }}"
        f".accent {{ color: {worn.accent}; }}"
        f".lit {{ background-color: {worn.mark}; color: {worn.text}; }}"
        f".out {{ color: {worn.muted}; text-decoration: line-through; }}"
        f".in {{ color: {worn.accent}; font-weight: 600; }}"
        f"a {{ color: {worn.accent}; }}"
        "th { text-align: left; font-weight: 400; }"
    )


# --- a fact as HTML: every word of it is data, and escaped ----------------------------------------


def details_html(
    details: FactDetails, row: FactRow | None, phrases: tuple[Phrase, ...] = ()
) -> str:
    """The details as HTML of the kind that Qt reads. `phrases` are lit up."""
    fact, card = details.fact, details.card
    parts = [_first_line(details, row)]
    if row is not None and row.reworded:
        parts += _rewording(card.statement, row.wording)
    else:
        parts.append(f"<p>{_lit(fact.statement, phrases)}</p>")
    if fact.detail:
        parts.append(f"<p>{_lit(fact.detail, phrases)}</p>")
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


def _first_line(details: FactDetails, row: FactRow | None) -> str:
    said = [f"<b>{escape(details.card.date)}</b>"]
    if row is None:
        said += [f'<span class="warning">▲ {escape(one)}</span>' for one in details.card.cautions]
        said.append('<span class="muted">not in this brief’s scope</span>')
    else:
        roles = {"key": "accent", "warning": "warning", "mark": "muted"}
        said += [f'<span class="{roles[role]}">{escape(words)}</span>' for role, words in row.flags]
        if row.left_out:
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
            said = f'<a href="{_FACT}{escape(card.id)}">{said}</a>'
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
    return f'<a href="{_FACT}{escape(card.id)}">{escape(card.statement)}</a>'


def _sourced(card: FactCard) -> str:
    return escape(" · ".join(part for part in (card.source, card.grade) if part))


def _lit(text: str, phrases: tuple[Phrase, ...]) -> str:
    said, at = [], 0
    for start, end in found_places(text, phrases):
        said += [escape(text[at:start]), f'<span class="lit">{escape(text[start:end])}</span>']
        at = end
    return "".join([*said, escape(text[at:])])
