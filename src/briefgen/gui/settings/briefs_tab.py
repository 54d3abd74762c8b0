"""The tab of what new briefs start with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.header.style_field import StyleField
from briefgen.gui.session import Session
from briefgen.gui.settings.tab import SettingsTab
from briefgen.gui.widgets.building import STRETCH, button, label, row
from briefgen.gui.widgets.spelling import spelling
from briefgen.pipeline.listings.choices import languages, template_choices
from briefgen.pipeline.settings import DEFAULT_KEYS, Settings


class BriefsTab(SettingsTab):
    """The same fields as the open brief has, whose values can be taken over."""

    def __init__(self, settings: Settings, session: Session) -> None:
        super().__init__()
        self._session = session
        self._held = _HeldBrief(settings.defaults or BriefSpec())
        self.template = self.add_choice(
            "Template", ((one.label, one.id) for one in template_choices(session.templates))
        )
        # The field asks for the brief and edits it, and that is all it needs of a session.
        self.style_field = StyleField(cast(Session, self._held))
        self.add("Citations", self.style_field)
        self.paper = self.add_choice("Paper", (("A4", "a4"), ("Letter", "letter")))
        offered = ((name, tag) for tag, name in languages())
        self.language = self.add_choice("Language", (("That of the fact base", None), *offered))
        self.prepared_by = self.add_line("Prepared by")
        self.prepared_for = self.add_line("Prepared for")
        self.contact = self.add_line("Contact")
        self.house = self.add_path(
            "House document", "", "None",
            "Choose a house document", "Word (*.docx *.dotx);;All files (*)",
        )  # fmt: skip
        said = spelling().why_not or "Unknown words are underlined in what you write."
        self.add("Spelling", label(said, "hint", wrap=True))
        like_this = button("Take over from this brief", self.take_over)
        like_this.setAutoDefault(False)
        self.add("", row(like_this, STRETCH))
        self._fill(self._held.spec)

    def take_over(self) -> None:
        """What new briefs start with becomes what the open one has."""
        spec = self._session.spec
        values: dict[str, Any] = {key: getattr(spec, key) for key in DEFAULT_KEYS}
        self._fill(BriefSpec(**values))

    def _fill(self, spec: BriefSpec) -> None:
        self._held.spec = spec
        for box, value in (
            (self.template, spec.template), (self.paper, spec.paper),
            (self.language, spec.language),
        ):  # fmt: skip
            if box.findData(value) < 0:  # a template may be there again tomorrow
                box.addItem(str(value), value)
            box.setCurrentIndex(box.findData(value))
        self.style_field.show_style()
        self.prepared_by.setText(spec.prepared_by)
        self.prepared_for.setText(spec.prepared_for)
        self.contact.setText(spec.contact)
        self.house.setText(spec.house or "")

    def wanted(self, settings: Settings) -> Settings:
        defaults: BriefSpec | None = replace(
            self._held.spec,
            template=self.template.currentData(),
            paper=self.paper.currentData(),
            language=self.language.currentData(),
            prepared_by=self.prepared_by.value(),
            prepared_for=self.prepared_for.value(),
            contact=self.contact.value(),
            house=self.house.value() or None,
        )
        if defaults == BriefSpec() and settings.defaults is None:
            defaults = None
        return replace(settings, defaults=defaults)


class _HeldBrief:
    """A brief that fields can edit as they edit the window's."""

    def __init__(self, spec: BriefSpec) -> None:
        self.spec = spec

    def edit(self, label: str, spec: BriefSpec, *, merge: str = "") -> None:
        self.spec = spec
