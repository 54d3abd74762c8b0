"""The order of the Tab key, and what Qt keeps for itself."""

from __future__ import annotations

import gc
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from briefgen.gui.widgets.tab_order import tab_stops


def test_scroll_bars_outlive_a_look_at_the_order(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    text, line = QPlainTextEdit("So.\n" * 200), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(text)
    layout.addWidget(line)
    bar = text.verticalScrollBar()
    window.show()
    qtbot.waitExposed(window)
    assert bar.isVisible()

    assert list(tab_stops(window)) == [text, line]
    gc.collect()
    assert bar.maximum() > 0
