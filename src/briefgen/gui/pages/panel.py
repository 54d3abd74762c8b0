"""The pages and what stands around them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QWidget

from briefgen.gui import faults
from briefgen.gui.pages.as_text import PagesAsText
from briefgen.gui.pages.asking import Asking
from briefgen.gui.pages.bar import PagesBar
from briefgen.gui.pages.find_bar import FindBar
from briefgen.gui.pages.fitting import Fitting, FittingSheet
from briefgen.gui.pages.layout import Sentence
from briefgen.gui.pages.maker import PageMaker
from briefgen.gui.pages.notice import Notice
from briefgen.gui.pages.view import PagesView
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.wanted import way_out
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.announcing import announce
from briefgen.gui.widgets.building import column, wait
from briefgen.gui.widgets.template_at_hand import template_of
from briefgen.gui.window import MainWindow

QUIET_FOR = 300
"""Milliseconds that pages may be awaited without a word."""
_OPENED = ("http", "https", "mailto")
"""Kinds of addresses that are handed to the system."""


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    maker = PageMaker(window.session, window)
    maker.troubled.connect(lambda text: window.tell(text, "warning"))
    panel = PagesPanel(window.session, maker)
    panel.view.failed.connect(lambda error: window.tell(faults.sentence(error), "error"))
    fitting = Fitting(window)
    panel.fitting = FittingSheet(window, fitting, panel, panel.view, panel.bar.to_budget)
    panel.bar.to_budget.clicked.connect(lambda: window.attempt(panel.fitting.toggle))
    panel.remember(window)
    window.place("pages", panel)
    window.parts["pages"].setFocusProxy(panel.view)

    def show_place(fact: str) -> None:
        window.show_part("pages")
        panel.view.pointer.show_first(fact)

    window.session.place_asked.connect(show_place)
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
    as_text = add(
        "View", "Pages as &text", lambda: show_text(as_text.isChecked()), keys="F7", checkable=True,
        tip="With a caret to read along, for screen readers and Braille",
    )  # fmt: skip

    def show_text(on: bool) -> None:
        window.show_part("pages")
        window.memory.setValue("pages/as_text", "true" if on else "false")
        panel.show_as_text(on).setFocus(Qt.FocusReason.ShortcutFocusReason)
        window.parts["pages"].setFocusProxy(panel.in_sight)

    if str(window.memory.value("pages/as_text", "false")) == "true":
        as_text.setChecked(True)
        panel.show_as_text(True)
        window.parts["pages"].setFocusProxy(panel.in_sight)


class PagesPanel(QWidget):
    """The right part of the window."""

    fitting: FittingSheet
    """What could be given up for the budget."""

    def __init__(self, session: Session, maker: PageMaker) -> None:
        super().__init__()
        self.session = session
        self.view = view = PagesView()
        self.bar = PagesBar(view)
        self.find_bar = FindBar(view)
        self.asking = Asking(session)
        self.as_text = PagesAsText(session)
        column(self.bar, (view, 1), (self.as_text, 1), self.asking, parent=self, spacing=0)
        self._told = ""
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
        view.mouse.own_words_clicked.connect(session.field_asked)
        view.mouse.sentence_double_clicked.connect(self._reword)

    @property
    def in_sight(self) -> QWidget:
        """The pages as they are shown: drawn, or as text."""
        return self.view if self.as_text.isHidden() else self.as_text

    def show_as_text(self, on: bool) -> QWidget:
        """Show the pages as text, or drawn. What shows them now comes back."""
        self.view.setVisible(not on)
        self.as_text.setVisible(on)
        return self.in_sight

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
        told = f"Pages made: {counted(preview.pages, 'page')}"
        if preview.over_budget:
            told += f", {preview.over_budget}"
        if told != self._told:
            self._told = told
            announce(self.view, told)

    def _failed(self, why: str) -> None:
        self._quiet.stop()
        self.view.set_faded(True)
        if self.session.preview is None:  # those that are in sight are of another brief
            self.view.show_nothing()
        session = self.session
        way = way_out(why, session.spec, template_of(session), session.index)
        if way is None:
            self.notice.explain(why)
        else:
            self.notice.explain(why, way.do, partial(session.field_asked.emit, way.field))
        self.bar.set_failed(why)

    def _say_that_it_takes_a_moment(self) -> None:
        self.notice.whisper("updating …" if self.view.preview else "making the pages …")

    def _pointed_at(self, fact: str, by: object) -> None:
        if by is not self.view:
            self.view.pointer.show_fact(fact)

    def _reword(self, sentence: Sentence) -> None:
        if sentence.passage:
            self.session.passage_asked.emit(sentence.passage)
        else:
            self.session.reword_asked.emit(sentence.fact)

    def _open_address(self, address: str) -> None:
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme().lower() in _OPENED:
            QDesktopServices.openUrl(url)
