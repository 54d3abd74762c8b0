"""The tab of sections: which the brief has, in what order, how much each shows, one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from briefgen.brief.spec.model import BriefSpec, OwnSection
from briefgen.brief.template.model import Template
from briefgen.gui.sections.leads import Leads
from briefgen.gui.sections.own_section import NEW_HEADING, OwnSectionRow
from briefgen.gui.sections.placing import DropLine, place_at
from briefgen.gui.sections.said import KeyPoints, Sentences, key_point_ids
from briefgen.gui.sections.section_row import SectionRow
from briefgen.gui.template_tab import CANNOT_BE_READ, TemplateTab, come_forward
from briefgen.gui.view_models.brief.edits import leave_out_sections
from briefgen.gui.view_models.brief.section_edits import (
    free_section_id,
    keep_own_section,
    limit_in_words,
    limit_of,
    limit_section,
    move_section,
    planned_sections,
    remove_own_section,
    unorder_sections,
)
from briefgen.gui.view_models.brief.switching import homeless
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.building import button, label, row
from briefgen.gui.widgets.removing import remove, widgets_in
from briefgen.gui.window import MainWindow

_DRAFT = "\0"
"""Stands for the section of one's own that is not in the brief yet."""


class SectionsTab(TemplateTab[SectionRow]):
    """A row for each section, in the order in which they stand."""

    shown_fields = frozenset({"sections", "text", "select", "edits", "passages"})

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Sections", spacing=10)
        self.strangers = button("Set aside", self.set_aside)
        self.stranger_words = label(role="warning", wrap=True)
        self._stranger_box = QWidget()
        row((self.stranger_words, 1), self.strangers, parent=self._stranger_box)
        self.column.insertWidget(1, self._stranger_box)
        self.own_rows: dict[str, OwnSectionRow] = {}
        """By the id that the author's sections have in the brief."""
        self.draft: OwnSectionRow | None = None
        """One that has no words yet."""
        self.add_button = button("Add a section…", self.add)
        self.unorder_button = button("As the template", self._unorder, role="quiet",
                                     name="Back to the template’s order")  # fmt: skip
        self.column.removeWidget(self.intro)
        top = row((self.intro, 1), self.unorder_button, self.add_button, spacing=6)
        self.column.insertLayout(0, top)
        self.key_points, self.sentences = KeyPoints(self.session), Sentences(self.session)
        for below in (self.key_points, self.sentences):
            self.column.insertWidget(self.column.count() - 1, below)
        self._line = DropLine(self.inside)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._shift_by_key, by))
        self.session.brief_opened.connect(self._forget)
        self.session.pages_made.connect(self._say_empty)
        self.session.pages_failed.connect(self._say_nothing)
        self.session.section_asked.connect(self._come_forward)
        self.session.field_asked.connect(self._field_asked)

    # --- from the brief -----------------------------------------------------------------------

    def make_rows(self, template: Template) -> Iterable[tuple[str, SectionRow]]:
        by_topic = next((one for one in template.sections if one.for_each == "topic"), None)
        for section in template.sections:
            made = SectionRow(section, template, self.session.base)
            if section is by_topic:
                made.add_leads(Leads(self.session))
            made.box.clicked.connect(lambda checked=False, id_=section.id: self._tick(id_, checked))
            if made.limit is not None:
                made.limit.taken.connect(partial(self._limit, section.id))
            self._connect(made, section.id)
            yield section.id, made

    def _connect(self, made: SectionRow | OwnSectionRow, id_: str) -> None:
        made.up.clicked.connect(lambda: self.shift(self._id_of(made), -1))
        made.down.clicked.connect(lambda: self.shift(self._id_of(made), 1))
        made.handle.moved.connect(self._drag)
        made.handle.dropped.connect(lambda at: self._drop(self._id_of(made), at))
        made.handle.given_up.connect(self._line.hide)

    def _id_of(self, made: QWidget) -> str:
        return next((id_ for id_, widget in self._shown().items() if widget is made), "")

    def show_brief(self, *, again: bool) -> None:
        template, spec = self.template, self.session.spec
        if template is None:
            self.intro.setText(CANNOT_BE_READ)
        else:
            self.intro.setText(
                f"In the order of {template.label}." if not spec.sections.order else
                f"In an order of your own, not that of {template.label}."
            )  # fmt: skip
        for id_, shown in self.rows.items():
            shown.show_on(id_ not in spec.sections.leave_out)
            shown.show_limit(limit_of(shown.section, spec))
            if shown.leads is not None:
                shown.leads.show_brief(again=again)
        unknown = homeless(spec, template)[1] if template is not None else ()
        self.stranger_words.setText(
            f"The brief speaks of sections that this template does not have: {', '.join(unknown)}."
        )
        self._stranger_box.setVisible(bool(unknown))
        self.add_button.setVisible(template is not None)
        self.unorder_button.setVisible(bool(spec.sections.order))
        self._show_own(again=again)
        self._arrange()
        self._show_said()
        on = sum(shown.box.isChecked() for shown in self.rows.values()) + len(self.own_rows)
        self.window_.title_tab(self, f"Sections {on}" if self.rows else "Sections")

    def _show_said(self) -> None:
        template = self.template
        self.key_points.show_facts(key_point_ids(template, self.session) if template else ())
        self.sentences.show_brief(self.session.preview)

    def _show_own(self, *, again: bool) -> None:
        wanted = {own.id: own for own in self.session.spec.sections.add}
        for id_ in [id_ for id_ in self.own_rows if id_ not in wanted]:
            remove(self._list, self.own_rows.pop(id_))
        for id_, own in wanted.items():
            if id_ not in self.own_rows:
                self.own_rows[id_] = self._own_row(own)
            self.own_rows[id_].show_own(own, again=again)

    def _own_row(self, own: OwnSection) -> OwnSectionRow:
        made = OwnSectionRow(own, self.session, lambda: self._remove(made))
        made.changed.connect(lambda key: self._take(made, key))
        self._connect(made, own.id)
        return made

    def _shown(self) -> dict[str, SectionRow | OwnSectionRow]:
        """The rows by id, in the order in which the sections stand."""
        template, spec = self.template, self.session.spec
        if template is None:
            return {}
        if self.draft is not None:
            spec = keep_own_section(spec, replace(self.draft.own, id=_DRAFT))
        known: dict[str, SectionRow | OwnSectionRow] = {**self.rows, **self.own_rows}
        if self.draft is not None:
            known[_DRAFT] = self.draft
        return {one.id: known[one.id] for one in planned_sections(template, spec)}

    def _arrange(self) -> None:
        """Put the rows where their sections stand; whoever has the focus keeps it."""
        shown = self._shown()
        wanted: list[QWidget] = list(shown.values())
        if widgets_in(self._list) != wanted:
            for place, widget in enumerate(wanted):
                self._list.removeWidget(widget)
                self._list.insertWidget(place, widget)
                widget.show()
        names = {id_: made.name if isinstance(made, SectionRow) else made.own.heading
                 for id_, made in shown.items()}  # fmt: skip
        for number, (id_, made) in enumerate(shown.items()):
            made.up.setVisible(number > 0)
            made.down.setVisible(number < len(shown) - 1)
            if isinstance(made, OwnSectionRow):
                earlier = {one.id for one in self.session.spec.sections.add}
                made.offer_places([
                    (other, name) for other, name in names.items()
                    if other not in (id_, _DRAFT) and (other in self.rows or other in earlier)
                ])  # fmt: skip

    def _forget(self) -> None:
        """Another brief: what was begun and has no words is over."""
        if self.draft is not None:
            remove(self._list, self.draft)
            self.draft = None
        remove(self._list, *self.own_rows.values())
        self.own_rows = {}

    # --- what the pages say -------------------------------------------------------------------

    def _say_empty(self, preview: Preview) -> None:
        for id_, shown in self.rows.items():
            on = shown.box.isChecked()
            shown.show_empty(on and id_ not in preview.sections)
            shown.show_count(preview.section_counts.get(id_) if on else None)
        self._show_said()

    def _say_nothing(self, why: str) -> None:
        if self.session.preview is None:  # what was said was true of another brief
            for shown in self.rows.values():
                shown.show_empty(False)
                shown.show_count(None)

    def _come_forward(self, id_: str) -> None:
        self.window_.show_part("facts")
        self.window_.tabs.setCurrentWidget(self)
        shown = self._shown().get(id_)
        if shown is not None:
            self.ensureWidgetVisible(shown)
            _fields(shown)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _field_asked(self, field: str) -> None:
        made = self.own_rows.get(field.removeprefix("sections.add."))
        if field.startswith("sections.add.") and made is not None:
            come_forward(self.window_, self, made.text)
        elif field.startswith("sections.leads."):
            for shown in self.rows.values():
                lead = shown.leads.open_at(field.removeprefix("sections.leads.")) if (
                    shown.leads is not None) else None  # fmt: skip
                if lead is not None:
                    come_forward(self.window_, self, lead)

    # --- from the person ----------------------------------------------------------------------

    def _tick(self, id_: str, checked: bool) -> None:
        spec, name = self.session.spec, self.rows[id_].name
        left_out = {*spec.sections.leave_out} - {id_} | (set() if checked else {id_})
        order = [*self.rows, *(one for one in spec.sections.leave_out if one not in self.rows)]
        label = f"{'Take in' if checked else 'Leave out'} “{name}”"
        self.session.edit(
            label, leave_out_sections(spec, tuple(one for one in order if one in left_out))
        )

    def _limit(self, id_: str, limit: int | None) -> None:
        shown = self.rows[id_]
        spec = limit_section(self.session.spec, shown.section, limit)
        said = "as the template" if limit is None else limit_in_words(limit)
        self.session.edit(f"Most of “{shown.name}”: {said}", spec)

    def add(self) -> None:
        """A section without words, ready to be typed into."""
        if self.draft is None:
            self.draft = self._own_row(OwnSection("", NEW_HEADING, ""))
            self._arrange()
        self.draft.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self.draft.heading.selectAll()
        self.inside.adjustSize()
        self.ensureWidgetVisible(self.draft)

    def _take(self, made: OwnSectionRow, key: str) -> None:
        """What a section of one's own says becomes the brief's, once it says something."""
        own, spec = made.own, self.session.spec
        template = self.template
        if template is None or not own.heading.strip() or not own.text.strip():
            return
        label = f"Section “{own.heading}”"
        if not own.id:
            made.own = own = replace(own, id=free_section_id(own.heading, template, spec))
            self.own_rows[own.id], self.draft = made, None
            label = f"Add the section “{own.heading}”"
        self.session.edit(label, keep_own_section(spec, own), merge=f"section:{own.id}:{key}")

    def _remove(self, made: OwnSectionRow) -> None:
        had_focus = made.isAncestorOf(QApplication.focusWidget() or self)
        if made is self.draft:
            self.draft = None
            remove(self._list, made)
            self._arrange()
        else:
            spec: BriefSpec = remove_own_section(self.session.spec, made.own.id)
            heading = next(one.heading for one in self.session.spec.sections.add
                           if one.id == made.own.id)  # fmt: skip
            self.session.edit(f"Remove the section “{heading}”", spec)
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- order --------------------------------------------------------------------------------

    def shift(self, id_: str, by: int) -> None:
        """Move a section up (-1) or down (1)."""
        places = [one for one in self._shown() if one != _DRAFT]
        if id_ not in places:
            return
        place = places.index(id_) + by
        if 0 <= place < len(places):
            self._move(id_, place)
            moved = self._shown()[id_]
            if QApplication.focusWidget() in (moved.up, moved.down, None):
                arrow = moved.up if by < 0 else moved.down
                other = moved.down if by < 0 else moved.up
                (other if arrow.isHidden() else arrow).setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(moved)

    def _move(self, id_: str, place: int) -> None:
        template = self.template
        assert template is not None
        made = self._shown()[id_]
        name = made.name if isinstance(made, SectionRow) else made.own.heading
        spec = move_section(template, self.session.spec, id_, place)
        self.session.edit(f"Move “{name}”", spec)

    def _shift_by_key(self, by: int) -> None:
        focused = QApplication.focusWidget()
        for id_, made in self._shown().items():
            if focused is not None and (made is focused or made.isAncestorOf(focused)):
                self.shift(id_, by)
                return

    def _drag(self, at: QPoint) -> None:
        rows = widgets_in(self._list)
        inside = self.inside.mapFromGlobal(at)
        self.ensureVisible(inside.x(), inside.y(), 0, 30)
        place = place_at(rows, inside.y())
        edge = rows[place].geometry().top() - 5 if place < len(rows) else (
            rows[-1].geometry().bottom() + 5)  # fmt: skip
        self._line.show_at(rows[0].x(), edge, rows[0].width())

    def _drop(self, id_: str, at: QPoint) -> None:
        self._line.hide()
        rows = widgets_in(self._list)
        shown = self._shown()
        if id_ not in shown or id_ == _DRAFT:
            return
        place = place_at(rows, self.inside.mapFromGlobal(at).y())
        before = list(shown)[:place]
        self._move(id_, sum(1 for one in before if one not in (id_, _DRAFT)))

    def _unorder(self) -> None:
        self.session.edit("Back to the template’s order", unorder_sections(self.session.spec))
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _fields(made: SectionRow | OwnSectionRow) -> list[QWidget]:
    if isinstance(made, SectionRow):
        limit = [made.limit] if made.limit is not None else []
        leads = made.leads.in_order() if made.leads is not None else []
        return [made.box, *limit, made.up, made.down, *leads]
    return [made.heading, made.up, made.down, made.away, made.text, made.after]
