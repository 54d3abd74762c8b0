"""The head of the window: title, template, style, marking, the pages used, and everything else."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from briefgen.brief.template.model import Template
from briefgen.gui.header.brief_sheet import BriefSheet
from briefgen.gui.header.gallery import Gallery
from briefgen.gui.header.marking_field import MarkingField
from briefgen.gui.header.style_field import StyleField
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import button, button_text, label
from briefgen.gui.widgets.fields import LineField, plain_tip, set_state
from briefgen.gui.widgets.template_at_hand import take_template, template_of
from briefgen.gui.window import MainWindow
from briefgen.pipeline.listings.choices import template_choices

_LEAST_TITLE = 100
"""Pixels of the title where the window is as small as it gets."""


class Header(QObject):
    """Fills the window's header and keeps it as the brief is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.session = window.session
        self.title = LineField("Title", "Title")
        self.title.setObjectName("title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title.setAccessibleDescription("Left empty, it is what the template makes of it.")
        self.title.typed.connect(self._edit_title)
        self.template = ElidedButton()
        self.template.setAccessibleName("Template")
        self.gallery = Gallery(window, self._take_template)
        self.template.clicked.connect(lambda: window.attempt(self.choose_template))
        self.style = StyleField(self.session)
        self.marking = MarkingField(self.session)
        self.pages = button(
            "", lambda: self.sheet.open_at(self.sheet.max_pages), role="quiet", name="Pages used"
        )
        self.sheet_button = button("Document")
        self.sheet_button.setCheckable(True)
        self.sheet_button.setAccessibleDescription(
            "Who it is for and from, reference, paper, notes, language and all the rest."
        )
        self.sheet_button.toggled.connect(lambda open_: self.sheet.show_sheet(open_))
        self._sheet: BriefSheet | None = None
        self.captions: list[QLabel] = []
        self._lay_out()
        self._made_title = ""
        session = self.session
        session.brief_changed.connect(self._refresh)
        session.base_opened.connect(self._base_opened)
        session.pages_made.connect(self._pages_made)
        session.field_asked.connect(self._field_asked)
        window.add_action("Edit", "&Title", self._go_to_title, keys="Ctrl+T", apart=True)
        window.add_action("Edit", "T&emplate…", self.choose_template, keys="Ctrl+Shift+T")
        window.add_action("Edit", "Docu&ment…", lambda: self.sheet.open_at(None), keys="Ctrl+M")

    def _field_asked(self, field: str) -> None:
        if field == "changes":
            self.sheet.open_at(self.sheet.changes)
        elif field == "max_pages":
            self.sheet.open_at(self.sheet.max_pages)

    @property
    def sheet(self) -> BriefSheet:
        """The sheet of everything else, made when it is first wanted."""
        if self._sheet is None:
            self._sheet = BriefSheet(self.window, self.sheet_button)
        return self._sheet

    def _lay_out(self) -> None:
        fields: tuple[tuple[str, QWidget, int, int], ...] = (
            ("", self.title, _LEAST_TITLE, 0), ("Template", self.template, 104, 150),
            ("Citations", self.style, 104, 170), ("Marking", self.marking, 92, 160),
            ("", self.sheet_button, 0, 0), ("", self.pages, 0, 0),
        )  # fmt: skip
        head = QGridLayout(self.window.header)
        head.setContentsMargins(14, 3, 14, 6)
        head.setHorizontalSpacing(6)
        head.setVerticalSpacing(1)
        head.addLayout(self.window.header_base, 0, 0)
        for place, (name, widget, least, most) in enumerate(fields):
            head.addWidget(widget, 1, place)
            widget.setMinimumWidth(least)
            if name:
                widget.setMaximumWidth(most)
                # What room is lacking is taken from all of them alike.
                widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
                caption = label(name, "caption")
                caption.setBuddy(widget)
                self.captions.append(caption)
                head.addWidget(caption, 0, place)
        for place, share in enumerate((4, 0, 2)):
            head.setColumnStretch(place, share)
        self.window.header_buttons.setSpacing(6)
        head.addLayout(self.window.header_buttons, 1, len(fields))

    # --- from the brief -----------------------------------------------------------------------

    def _refresh(self, changed: frozenset[str]) -> None:
        spec = self.session.spec
        if "title" in changed:
            self.title.show_text(spec.title or "")
        if "template" in changed:
            self._show_template()
        if "style" in changed or not self.style.text():
            self.style.show_style()
        if "marking" in changed:
            self.marking.show_marking()

    def _base_opened(self) -> None:
        self._made_title = ""
        self._show_template()
        self.style.show_style()
        self.marking.show_marking()
        self._say_pages(self.session.preview)

    def _show_template(self) -> None:
        template = template_of(self.session)
        name = template.label if template is not None else self.session.spec.template
        self.template.show_text(name)
        self.template.setAccessibleName(f"Template: {name}")
        set_state(self.template, "" if template is not None else "wrong")
        description = " ".join(template.description.split()) if template is not None else ""
        self.template.setToolTip(plain_tip(description))
        if not self._made_title:
            self.title.setPlaceholderText(name)

    def _pages_made(self, preview: Preview) -> None:
        if self.session.spec.title is None:
            self._made_title = preview.title
            self.title.setPlaceholderText(preview.title)
            self.title.setToolTip("")
        self.marking.show_found(preview.marking)
        self._say_pages(preview)

    def _say_pages(self, preview: Preview | None) -> None:
        if preview is None:
            self.pages.setText("… pages")
            self.pages.setToolTip("")
            set_state(self.pages, "")
            return
        most = preview.max_pages
        over = most is not None and preview.counted > most
        if most is None:
            said = counted(preview.pages, "page")
        else:
            said = f"{preview.counted} of {counted(most, 'page')}"
        self.pages.setText(f"▲ {said}" if over else said)
        self.pages.setAccessibleName(f"Pages used: {said}{', over budget' if over else ''}")
        self.pages.setToolTip(
            plain_tip(preview.over_budget or preview.room or "Set how many pages it may have")
        )
        set_state(self.pages, "over" if over else "")

    # --- from the person ----------------------------------------------------------------------

    def _edit_title(self, text: str) -> None:
        spec = replace(self.session.spec, title=text or None)
        self.session.edit("Title", spec, merge="title")

    def _go_to_title(self) -> None:
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.title.selectAll()

    def choose_template(self) -> None:
        """Open the gallery."""
        choices = template_choices(self.session.templates)
        self.gallery.open(choices, self.session.spec.template, self.template)

    def _take_template(self, template: Template) -> None:
        kept = take_template(self.session, template)
        self.template.setFocus(Qt.FocusReason.PopupFocusReason)
        if kept:
            self.window.tell(
                f"{template.label} does not ask for {kept}: kept aside until a template does."
            )


class ElidedButton(QPushButton):
    """A button whose words are cut where it has no room for them."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setProperty("role", "choice")

    def show_text(self, text: str) -> None:
        """What it says in full."""
        self._text = text
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def sizeHint(self) -> QSize:
        return QSize(138, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def _cut(self) -> None:
        room = self.width() - 40
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{button_text(text)}  ▾")
