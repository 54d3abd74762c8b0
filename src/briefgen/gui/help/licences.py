"""What briefgen stands on, and under which licences: a list, and the text of the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from briefgen.errors import BriefgenError
from briefgen.gui.widgets.building import STRETCH, button, column, row
from briefgen.licences.installed import installed_licences, text_of

_COLUMNS = ("Name", "Version", "Licence")


def open_licences(parent: QWidget) -> LicencesDialog:
    """Show the list."""
    dialog = LicencesDialog(parent)
    dialog.open()
    return dialog


class LicencesDialog(QDialog):
    """The list above, the text of what is chosen in it below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels(_COLUMNS)
        self.list.setAccessibleName("What briefgen stands on")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("Licence of what is chosen")
        self.text.setTabChangesFocus(True)
        self._found = installed_licences()
        for one in self._found:
            component = one.component
            said = (component.name, one.version or component.when, component.licence)
            self.list.addTopLevelItem(QTreeWidgetItem(said))
        for at in range(len(_COLUMNS)):
            self.list.resizeColumnToContents(at)
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        parts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        parts.addWidget(self.list)
        parts.addWidget(self.text)
        parts.setSizes([220, 340])
        close = button("Close", self.accept)
        close.setDefault(True)
        column((parts, 1), row(STRETCH, close), parent=self, margins=(22, 18, 22, 16), spacing=12)
        self.resize(680, 600)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setFocus()

    def _show(self, item: QTreeWidgetItem) -> None:
        one = self._found[self.list.indexOfTopLevelItem(item)]
        try:
            self.text.setPlainText(text_of(one))
        except BriefgenError as error:
            self.text.setPlainText(str(error))
