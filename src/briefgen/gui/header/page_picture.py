"""A small picture of a template's first page, drawn from its sections alone: it costs nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.gui.look import LIGHT

SIZE = QSize(120, 170)
"""Of a picture, in device-independent pixels: A4."""

_EDGE, _LINE = 12.0, 5.0
_MOST_EACH = 3
"""Sections drawn for one `for_each`."""


def page_picture(template: Template, ratio: float = 1.0) -> QPixmap:
    """The picture, for a screen with so many pixels to the unit. White in dark mode, too."""
    picture = QPixmap(SIZE * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Page(painter).draw(template)
    painter.end()
    return picture


class _Page:
    """A pen that goes down the page and stops at its foot."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter
        self.left, self.right = _EDGE, SIZE.width() - _EDGE
        self.y = _EDGE
        self.foot = SIZE.height() - _EDGE
        self.seed = 7

    def draw(self, template: Template) -> None:
        self.bar(self.left, 24, 2, LIGHT.accent)
        self.y += 6
        title = min(1.0, max(0.45, len(template.title.source) / 40))
        self.bar(self.left, (self.right - self.left) * title, 5, LIGHT.text)
        self.y += 9
        if template.subtitle is not None:
            self.bar(self.left, (self.right - self.left) * 0.6, 2, LIGHT.muted)
            self.y += 5
        self.rule()
        for _ in range(2):
            self.bar(self.left, 30, 1.5, LIGHT.faint)
            self.bar((self.left + self.right) / 2, 26, 1.5, LIGHT.faint)
            self.y += 4
        self.rule()
        for number, section in enumerate(template.sections):
            if number and (section.page_break or section.show == "annex"):
                return
            for _ in range(_MOST_EACH if section.for_each else 1):
                if self.y > self.foot - 8:
                    return
                self.section(section)

    def section(self, section: SectionTemplate) -> None:
        self.y += 2
        top = self.y
        toned = section.tone != "plain"
        if section.tone == "accent":  # the tint goes below the words, so it is drawn first
            height = 12 + _LINE * self.rows(section)
            box = QRectF(self.left - 3, top - 1, self.right - self.left + 6, height)
            if box.bottom() > self.foot:
                box.setBottom(self.foot)
            self.painter.fillRect(box, QColor(LIGHT.chosen))
            self.y += 3
        words = len(section.heading.source) if "{" not in section.heading.source else 12
        tone = LIGHT.warning if section.tone == "warning" else LIGHT.accent
        if words:
            self.bar(self.left, min(80, 14 + 2.2 * words), 3, tone)
            self.y += 7
        for row in range(self.rows(section)):
            if self.y > self.foot:
                break
            self.row(section, row)
            self.y += _LINE
        if section.tone == "warning":
            bar = QRectF(self.left - 4, top, 1.5, min(self.y, self.foot) - top)
            self.painter.fillRect(bar, QColor(LIGHT.warning))
        self.y += 3 if toned else 2

    def rows(self, section: SectionTemplate) -> int:
        """Lines that the section is drawn with."""
        match section.show:
            case "annex":
                return 0
            case "input" | "text" | "gaps" | "judgements":
                return 2
            case "sources" | "disputes":
                return 3
            case _:
                return max(2, min(section.limit or 12, 12))

    def row(self, section: SectionTemplate, row: int) -> None:
        width = self.right - self.left
        match section.show:
            case "bullets" | "gaps" | "judgements":
                self.painter.setBrush(QColor(LIGHT.muted))
                self.painter.setPen(Qt.PenStyle.NoPen)
                self.painter.drawEllipse(QPointF(self.left + 2, self.y + 1), 1.1, 1.1)
                self.bar(self.left + 6, (width - 6) * self.share(), 1.5, _GREY)
            case "chronology" | "positions" | "actors" | "timeline":
                self.bar(self.left, 15, 1.5, LIGHT.muted)
                self.bar(self.left + 22, (width - 22) * self.share(), 1.5, _GREY)
            case "table" | "figures":
                for column, share in enumerate((0.45, 0.12, 0.25)):
                    left = self.left + width * (0.0, 0.55, 0.75)[column]
                    self.bar(left, width * share, 1.5, LIGHT.muted if row == 0 else _GREY)
                line = self.y + 3
                self.painter.fillRect(QRectF(self.left, line, width, 0.5), QColor(LIGHT.faint))
            case "chart":
                self.bar(self.left, width * (0.2 + 0.15 * row), 3, LIGHT.accent)
            case _:
                self.bar(self.left, width * self.share(), 1.5, _GREY)

    def share(self) -> float:
        """How much of its row a line fills: always the same for the same template."""
        self.seed = (self.seed * 1103515245 + 12345) % 2**31
        return 0.72 + 0.28 * (self.seed / 2**31)

    def bar(self, left: float, width: float, height: float, colour: str) -> None:
        if self.y + height <= self.foot + 2:
            self.painter.fillRect(QRectF(left, self.y, width, height), QColor(colour))

    def rule(self) -> None:
        self.painter.fillRect(
            QRectF(self.left, self.y, self.right - self.left, 0.6), QColor(LIGHT.accent)
        )
        self.y += 4


_GREY = "#b4bec8"
