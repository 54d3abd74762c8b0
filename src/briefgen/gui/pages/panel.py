"""The pages and what stands around them: how many there are, zoom, why there are none."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from briefgen.gui import faults, look
from briefgen.gui.pages.find_bar import FindBar
from briefgen.gui.pages.maker import PageMaker
from briefgen.gui.pages.view import PagesView
from briefgen.gui.session import Session
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.building import column, paint_card, restyle, row, tool_button, wait
from briefgen.gui.window import MainWindow

QUIET_FOR = 300
"""Milliseconds that pages may be awaited without a word."""
_ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_OPENED = ("http", "https", "mailto")
"""Kinds of addresses that are handed to the system."""


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    maker = PageMaker(window.session, window)
    window.page_maker = maker
    maker.troubled.connect(lambda text: window.tell(text, "warning"))
    panel = PagesPanel(window.session, maker)
    panel.view.failed.connect(lambda error: window.tell(faults.sentence(error), "error"))
    panel.remember(window)
    window.place("pages", panel)
    window.parts["pages"].setFocusProxy(panel.view)
    add = window.add_action
    larger = add("View", "Zoom &in", panel.view.zoom_in, apart=True)
    larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
    add("View", "Zoom &out", panel.view.zoom_out, keys="Ctrl+-")
    add("View", "Fit &width", lambda: panel.view.set_fit("width"), keys="Ctrl+0")
    add("View", "Fit pa&ge", lambda: panel.view.set_fit("page"), keys="Ctrl+9")

    def find() -> None:
        window.show_part("pages")
        panel.find_bar.open()

    add("View", "Find on the pages", find, keys="Ctrl+Shift+F", apart=True)
    add("View", "Ne&xt place of the fact", panel.view.pointer.next_place, keys="Ctrl+J")


class PagesPanel(QWidget):
    """The right part of the window."""

    def __init__(self, session: Session, maker: PageMaker) -> None:
        super().__init__()
        self.session = session
        self.view = view = PagesView()
        self.bar = PagesBar(view)
        self.find_bar = FindBar(view)
        column(self.bar, (view, 1), parent=self, spacing=0)
        self.notice = Notice(view)
        self._quiet = wait(self, QUIET_FOR, self._say_that_it_takes_a_moment)
        session.pages_awaited.connect(self._awaited)
        session.pages_made.connect(self._made)
        session.pages_failed.connect(self._failed)
        session.pointed_at.connect(self._pointed_at)
        session.about_to_close.connect(view.close_thread)
        maker.passing.connect(view.set_preview)
        view.pointer.missed.connect(
            lambda: self.notice.whisper("not on these pages", for_a_while=True)
        )
        view.pointer.pointed.connect(lambda fact: session.point_at(fact, view))
        view.mouse.address_chosen.connect(self._open_address)

    def remember(self, window: MainWindow) -> None:
        """Take up the zoom of the last time, and keep it for the next."""
        kept = str(window.memory.value("pages/zoom", "width"))
        if kept in ("width", "page"):
            self.view.set_fit("page" if kept == "page" else "width")
        elif kept.isdecimal():
            self.view.set_zoom(int(kept) / 100)

        def keep() -> None:
            view = self.view
            window.memory.setValue("pages/zoom", view.fit or str(round(view.zoom * 100)))

        window.session.about_to_close.connect(keep)

    def _awaited(self) -> None:
        if not self._quiet.isActive():
            self._quiet.start()

    def _made(self, preview: Preview) -> None:
        self._quiet.stop()
        self.notice.say_nothing()
        self.bar.set_failed("")
        self.view.set_preview(preview)

    def _failed(self, why: str) -> None:
        self._quiet.stop()
        self.view.set_faded(True)
        if self.session.preview is None:  # those that are in sight are of another brief
            self.view.show_nothing()
        self.notice.explain(why)
        self.bar.set_failed(why)

    def _say_that_it_takes_a_moment(self) -> None:
        self.notice.whisper("updating …" if self.view.preview else "making the pages …")

    def _pointed_at(self, fact: str, by: object) -> None:
        if by is not self.view:
            self.view.pointer.show_fact(fact)

    def _open_address(self, address: str) -> None:
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme().lower() in _OPENED:
            QDesktopServices.openUrl(url)


class PagesBar(QWidget):
    """Where one is, what room is left, and how large the pages are shown."""

    def __init__(self, view: PagesView) -> None:
        super().__init__()
        self.view = view
        self._why = ""
        self.place = ShortenedLabel()
        self.smaller = tool_button("−", view.zoom_out, name="Zoom out")
        self.zoom = tool_button("100 %", name="Zoom")
        self.larger = tool_button("+", view.zoom_in, name="Zoom in")
        self.fit = tool_button("Fit width", lambda: view.set_fit("width"), name="Fit width")
        self.fit.setCheckable(True)
        self.zoom.setFixedWidth(self.zoom.fontMetrics().horizontalAdvance("300 %") + 18)
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setMenu(self._menu())
        row(
            (self.place, 1), self.smaller, self.zoom, self.larger, self.fit,
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
    more = preview.pages - allowed
    return f"{more:,} page{'' if more == 1 else 's'} over the {allowed:,} allowed"


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
        self.setToolTip(_plain_tip(tip) if shortened else "")

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
                self.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, self.width()),
            )


class Notice(QLabel):
    """A card over the pages: quietly in a corner, or in the middle with a reason."""

    def __init__(self, view: PagesView) -> None:
        super().__init__(view.viewport())
        self.view = view
        self._is_reason = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._while = wait(self, 2500, self.say_nothing)
        self.hide()
        view.viewport().installEventFilter(self)

    def whisper(self, text: str, *, for_a_while: bool = False) -> None:
        """Say in a corner what is going on, unless there is more to say."""
        if not (self._is_reason and self.isVisible()):
            self._show(text, is_reason=False)
            if for_a_while:
                self._while.start()

    def explain(self, why: str) -> None:
        """Say in the middle why there are no pages."""
        self._show(_sentence(why), is_reason=True)

    def say_nothing(self) -> None:
        """Go away."""
        self._while.stop()
        self._is_reason = False
        self.hide()

    def _show(self, text: str, *, is_reason: bool) -> None:
        self._while.stop()
        self._is_reason = is_reason
        self.setText(text)
        self.setAccessibleName(text)
        restyle(self, "role", "" if is_reason else "hint")
        self._settle()
        self.show()
        self.raise_()

    def _settle(self) -> None:
        room = self.view.viewport().size()
        if self._is_reason:
            self.setWordWrap(True)
            self.setContentsMargins(20, 16, 20, 16)
            width = max(120, min(440, room.width() - 32))
            height = self.heightForWidth(width)
            self.setGeometry((room.width() - width) // 2, max(16, room.height() // 5), width,
                             height)  # fmt: skip
        else:
            self.setWordWrap(False)
            self.setContentsMargins(10, 4, 10, 4)
            size = self.sizeHint()
            self.setGeometry(room.width() - size.width() - 10, room.height() - size.height() - 10,
                             size.width(), size.height())  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(self)
        super().paintEvent(event)


def _sentence(why: str) -> str:
    """A reason as a sentence: errors begin small, since they follow `error: `."""
    why = why.removeprefix("error: ")
    return why[:1].upper() + why[1:] + ("" if why.endswith((".", "!", "?")) else ".")


def _plain_tip(text: str) -> str:
    return f"<p>{escape(text)}</p>"
