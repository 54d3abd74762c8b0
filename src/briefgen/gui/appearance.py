"""Light, dark, or as the system has it."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtGui import QActionGroup

from briefgen.gui import look
from briefgen.gui.window import MainWindow

_KEY = "window/scheme"
_CHOICES: tuple[tuple[str, look.Scheme | None], ...] = (
    ("Colours as the &system has them", None),
    ("&Light colours", "light"),
    ("&Dark colours", "dark"),
)


def wear_remembered(memory: QSettings) -> None:
    """Wear what was chosen last time. Before there are widgets it takes no time."""
    look.wear(_remembered(memory))


def _remembered(memory: QSettings) -> look.Scheme | None:
    said = memory.value(_KEY)
    return "light" if said == "light" else "dark" if said == "dark" else None


def install(window: MainWindow) -> None:
    """Add the choice to the View menu."""
    chosen = _remembered(window.memory)
    group = QActionGroup(window)

    def choose() -> None:
        wanted = group.checkedAction().data()
        window.memory.setValue(_KEY, wanted or "")
        look.wear(wanted)

    for number, (text, scheme) in enumerate(_CHOICES):
        action = window.add_action("View", text, choose, apart=number == 0, checkable=True)
        action.setData(scheme)
        group.addAction(action)
        action.setChecked(scheme == chosen)
