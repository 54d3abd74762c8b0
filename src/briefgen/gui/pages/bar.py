"""The line above the pages: where one is, what room is left, how large they are shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from briefgen.direction import for_people
from briefgen.gui import look
from briefgen.gui.pages.view import PagesView
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import row, tool_button
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.holding_focus import hand_on_focus

_ZOOMS = (50, 75, 100, 125, 150, 200, 300)


class PagesBar(QWidget):
    """Where one is, what room is left, and how large the pages are shown."""

    def __init__(self, view: PagesView) -> None:
        super().__init__()
        self.view = view
        self._why = ""
        self.place = ShortenedLabel()
        self.to_budget = tool_button(
            "Fit… ▾",
            name="Fit into the budget of pages",
            tip="What could go, and what each brings",
        )
        self.to_budget.hide()
        self.smaller = tool_button("−", view.zoom_out, name="Zoom out")
        self.zoom = tool_button("100 %", name="Zoom")
        self.larger = tool_button("+", view.zoom_in, name="Zoom in")
        self.fit = tool_button("Fit width", lambda: view.set_fit("width"), name="Fit width")
        self.fit.setCheckable(True)
        self.zoom.setFixedWidth(self.zoom.fontMetrics().horizontalAdvance("300 %") + 18)
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setMenu(self._menu())
        row(
            (self.place, 1), self.to_budget, self.smaller, self.zoom, self.larger, self.fit,
            parent=self, margins=(14, 5, 12, 1), spacing=0,
        )  # fmt: skip
        view.moved.connect(self.refresh)
        self.refresh()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, fit in (("Fit width", "width"), ("Fit page", "page")):
            menu.addAction(text).triggered.connect(
                lambda checked=False, fit=fit: self.view.set_fit(fit)
            )
        menu.addSeparator()
        for percent in _ZOOMS:
            action: QAction = menu.addAction(f"{percent} %")
            action.triggered.connect(
                lambda checked=False, percent=percent: self.view.set_zoom(percent / 100)
            )
        return menu

    def refresh(self) -> None:
        """Say how things are now."""
        view = self.view
        percent = f"{round(view.zoom * 100)} %"
        self.zoom.setText(percent)
        self.zoom.setAccessibleName(f"Zoom: {percent}")
        self.fit.setChecked(view.fit == "width")
        preview = view.preview
        if self._why:
            said = "No pages" if preview is None else "The pages are those of before"
            self.place.say(said, self._why, warning=False)
            view.setAccessibleDescription(f"{said}: {self._why}")
            return
        if preview is None:
            return
        said = f"Page {view.page + 1:,} of {view.pages:,}"
        over = preview.over_budget
        if not over:
            hand_on_focus((self.to_budget,), view)
        self.to_budget.setVisible(bool(over))
        if over:
            said = f"▲ {said} · {_excess(preview)}"
        elif preview.room:
            said = f"{said} · {preview.room}"
        self.place.say(said, over or said, warning=bool(over))
        view.setAccessibleDescription(said)

    def set_failed(self, why: str) -> None:
        """There are no pages of the brief as it is now, and why; nothing: they are coming."""
        self._why = why
        if why:
            self.refresh()


def _excess(preview: Preview) -> str:
    allowed = preview.max_pages or 0
    return f"{counted(preview.counted - allowed, 'page')} over the {allowed:,} allowed"


class ShortenedLabel(QWidget):
    """A line in the middle of its room, its end left out where there is too little."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._warning = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str, tip: str, *, warning: bool) -> None:
        """Show a text; `tip` is what it says in full."""
        if (text, warning) != (self.text, self._warning):
            self.text, self._warning = text, warning
            self.setAccessibleName(text)
            self.update()
        shortened = self.fontMetrics().horizontalAdvance(text) > self.width() or tip != text
        self.setToolTip(plain_tip(tip) if shortened else "")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text), metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(look.colour("warning" if self._warning else "muted"))
            painter.drawText(
                self.rect(),
                Qt.AlignmentFlag.AlignCenter,
                self.fontMetrics().elidedText(
                    for_people(self.text), Qt.TextElideMode.ElideRight, self.width()
                ),
            )
