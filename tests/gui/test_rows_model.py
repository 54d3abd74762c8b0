"""Tables of records: what all of them tell Qt, and that what they show is never markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from briefgen.editing.import_rows import ImportRow
from briefgen.errors import Origin, Problem
from briefgen.gui.editing.problem_list import ProblemModel
from briefgen.gui.library.import_model import ImportModel
from briefgen.gui.library.source_model import SourceModel
from briefgen.gui.view_models.sources.table import SourceRow
from briefgen.gui.widgets.rows_model import RowsModel

TIP = Qt.ItemDataRole.ToolTipRole
SAID = "<b>Oil</b> & gas"


def problems() -> tuple[RowsModel, int]:
    model = ProblemModel()
    model.show_problems([Problem(Origin("energy.yaml", 4), "error", SAID, "")], Path())
    return model, 2


def sources() -> tuple[RowsModel, int]:
    model = SourceModel()
    model.set_sources([SourceRow("a", SAID, "", "", "", "", "", 0, "", "", "")])
    return model, 0


def imported() -> tuple[RowsModel, int]:
    model = ImportModel()
    model.set_rows([ImportRow(1, "line 1", SAID, "new", "a")])
    return model, 3


@pytest.mark.parametrize("made", [problems, sources, imported])
def test_a_table_has_its_rows_and_heads_and_its_tips_are_plain(made) -> None:
    model, column = made()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    across = Qt.Orientation.Horizontal
    assert model.rowCount() == 1
    heads = [model.headerData(number, across) for number in range(model.columnCount())]
    assert all(isinstance(head, str) for head in heads)
    assert len(heads) > column
    assert model.rowCount(model.index(0, 0)) == 0
    tip = model.data(model.index(0, column), TIP)
    assert "&lt;b&gt;Oil&lt;/b&gt; &amp; gas" in tip
    assert "<b>" not in tip
