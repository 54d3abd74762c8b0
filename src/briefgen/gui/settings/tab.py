"""What the tabs of the settings are made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLayout, QLineEdit, QWidget

from briefgen.folders import at_home
from briefgen.gui.files import choosing
from briefgen.gui.view_models.brief.own_text_check import storable
from briefgen.gui.widgets.building import button, label, row
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.pipeline.settings import Settings


class WrongFieldError(Exception):
    """What is typed in a field cannot be used."""

    def __init__(self, field: QLineEdit, text: str) -> None:
        super().__init__(text)
        self.field = field


class SettingLine(QLineEdit):
    """A line of text."""

    def __init__(self, name: str, text: str = "", placeholder: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    def value(self) -> str:
        """What stands there, fit to be stored in one line."""
        return " ".join(storable(self.text()).split("\n")).strip()


class SettingsTab(QWidget):
    """Rows of a name and its field."""

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 16, 0, 8)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def wanted(self, settings: Settings) -> Settings:
        """The settings with what is said in this tab. Raises `WrongFieldError`."""
        raise NotImplementedError

    def add(self, name: str, content: QWidget | QLayout) -> None:
        """Anything, as a row of its own."""
        self._form.addRow(name, content)

    def add_line(self, name: str, text: str = "", placeholder: str = "") -> SettingLine:
        """A line of text."""
        line = SettingLine(name, text, placeholder)
        self.add(name, line)
        return line

    def add_choice(self, name: str, entries: Iterable[tuple[str, Any]]) -> ChoiceBox:
        """A choice among entries, each with its words and its value."""
        box = ChoiceBox(name, 24)
        for text, value in entries:
            box.addItem(text, value)
        self.add(name, box)
        return box

    def add_path(
        self, name: str, text: str, placeholder: str, title: str, kinds: str = ""
    ) -> SettingLine:
        """A line for a folder, or a file of `kinds`, with a button that asks for it."""
        line = SettingLine(name, text, placeholder)

        def take(path: Path) -> None:
            line.setText(str(path))

        def ask() -> None:
            start = at_home(line.text()) if line.text() else Path.home()
            if kinds:
                choosing.ask_open(self.window(), title, start, kinds, take)
            else:
                choosing.ask_folder(self.window(), title, start, take)

        choose = button("Choose…", ask, name=title)
        choose.setAutoDefault(False)
        self.add(name, row((line, 1), choose, spacing=8))
        return line

    def add_hint(self, text: str) -> None:
        """Quiet words below the field before."""
        self.add("", label(text, "hint"))  # forms leave too much room for labels that wrap
