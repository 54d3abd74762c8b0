"""The reliability of a source, chosen in its cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefgen.facts.model import RELIABILITIES
from briefgen.gui.view_models.meanings import RELIABILITY_WORDS
from briefgen.gui.widgets.choice_box import ChoiceBox

AnyIndex = QModelIndex | QPersistentModelIndex


class GradeDelegate(QStyledItemDelegate):
    """Opens the choice of grades at once; taking one ends it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        choice = ChoiceBox("Reliability")
        choice.setParent(parent)
        choice.addItem("not graded", "")
        for grade in RELIABILITIES:
            choice.addItem(f"{grade} – {RELIABILITY_WORDS[grade]}", grade)
        choice.view().setMinimumWidth(220)

        def take(place: int) -> None:
            self.commitData.emit(choice)
            self.closeEditor.emit(choice, QStyledItemDelegate.EndEditHint.NoHint)

        choice.activated.connect(take)
        QTimer.singleShot(0, choice, choice.showPopup)
        return choice

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, ChoiceBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        assert isinstance(editor, ChoiceBox)
        model.setData(index, editor.currentData())
