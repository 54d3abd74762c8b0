"""How the app looks: colours for light and dark, type, and the style sheet (`look.qss`) with them.

One quiet accent and one warning colour, as on paper. Every pair of text and ground keeps a contrast
of 4.5:1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from briefgen.errors import OutputError
from briefgen.render.fonts import Cut, packaged_fonts

Scheme = Literal["light", "dark"]
_SHEET = Path(__file__).with_name("look.qss")

TEXT_SIZE = 14
"""Height of running text in device-independent pixels; the other two sizes follow it."""
SMALL_SIZE, TITLE_SIZE = 12, 19


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme, as `#rrggbb`."""

    text: str
    muted: str
    """What is read second: counts, sources, hints."""
    faint: str
    """Lines and shapes alone, never text."""
    ground: str
    side: str
    """Behind the scope."""
    desk: str
    """Behind the pages."""
    field: str
    """Behind what can be typed into."""
    chosen: str
    """Behind what is selected."""
    accent: str
    on_accent: str
    warning: str
    warning_ground: str
    error: str
    mark: str
    """Behind words that were searched for."""


LIGHT = Colours(
    text="#1a2733", muted="#566472", faint="#d3dae1", ground="#ffffff", side="#f3f6f9",
    desk="#e6ebf0", field="#ffffff", chosen="#e3eef6", accent="#0f5373", on_accent="#ffffff",
    warning="#855300", warning_ground="#fdf3e0", error="#a4262c", mark="#ffe58a",
)  # fmt: skip
DARK = Colours(
    text="#e4e9ee", muted="#9fadba", faint="#3a4650", ground="#171d23", side="#1c232a",
    desk="#10151a", field="#232c34", chosen="#233947", accent="#7cc0e2", on_accent="#0c1f2b",
    warning="#e7b04c", warning_ground="#33291a", error="#f08c8c", mark="#6b5a12",
)  # fmt: skip


class _Wish:
    """What the person chose over the system's scheme; None: nothing."""

    scheme: Scheme | None = None


def scheme() -> Scheme:
    """Light or dark: what the person chose, else what the system asks for."""
    if _Wish.scheme is not None:
        return _Wish.scheme
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def wear(chosen: Scheme | None) -> None:
    """Change to light or dark, or, for None, to whatever the system asks for."""
    before = scheme()
    _Wish.scheme = chosen
    app = QApplication.instance()
    # A style sheet is read again for every widget there is, which takes a second.
    if isinstance(app, QApplication) and scheme() != before:
        _colour(app)


def colours() -> Colours:
    """The colours that the app is wearing now."""
    return DARK if scheme() == "dark" else LIGHT


def colour(name: str) -> QColor:
    """One of `Colours` by its name, as Qt paints it."""
    return QColor(getattr(colours(), name))


def load_fonts() -> None:
    """Make the type of our documents known to Qt, where it is installed."""
    cut: Cut
    for cut in get_args(Cut):
        try:
            for file in packaged_fonts(cut):
                QFontDatabase.addApplicationFont(str(file.path))
        except OutputError:  # the system's type serves as well
            return


def text_font(*, bold: bool = False, small: bool = False) -> QFont:
    """The font of running text."""
    font = QFont(QApplication.font())
    font.setPixelSize(SMALL_SIZE if small else TEXT_SIZE)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def dress(app: QApplication) -> None:
    """Give the app its style, type and colours; again when the system's scheme changes."""
    app.setStyle("Fusion")  # the same on every platform, and free of the desktop's own theme
    load_fonts()
    font = QFont()
    font.setFamilies(["Source Sans Pro", "Roboto", font.family()])
    font.setPixelSize(TEXT_SIZE)
    app.setFont(font)
    _colour(app)
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: _colour(app))


def _colour(app: QApplication) -> None:
    worn = colours()
    app.setPalette(_palette(worn))
    app.setStyleSheet(_sheet(worn))


def _palette(worn: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, name in (
        (role.Window, worn.ground), (role.WindowText, worn.text), (role.Base, worn.field),
        (role.AlternateBase, worn.side), (role.Text, worn.text), (role.Button, worn.side),
        (role.ButtonText, worn.text), (role.BrightText, worn.error), (role.Link, worn.accent),
        (role.LinkVisited, worn.accent), (role.Highlight, worn.accent),
        (role.HighlightedText, worn.on_accent), (role.ToolTipBase, worn.field),
        (role.ToolTipText, worn.text), (role.PlaceholderText, worn.muted),
        (role.Mid, worn.faint), (role.Midlight, worn.faint), (role.Dark, worn.faint),
    ):  # fmt: skip
        palette.setColor(place, QColor(name))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(worn.muted))
    return palette


def _sheet(worn: Colours) -> str:
    """The style sheet, its colours and sizes filled in."""
    sheet = _SHEET.read_text(encoding="utf-8")
    sheet = sheet.replace("@small", f"{SMALL_SIZE}px").replace("@title", f"{TITLE_SIZE}px")
    # The longest names first, so that @warning_ground is not read as @warning.
    for each in sorted(fields(Colours), key=lambda each: -len(each.name)):
        sheet = sheet.replace(f"@{each.name}", getattr(worn, each.name))
    return sheet
