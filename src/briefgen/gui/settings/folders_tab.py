"""The tab of folders: the fact base and templates of one's own."""

from __future__ import annotations

from dataclasses import replace

from briefgen.errors import BriefgenError
from briefgen.gui.settings.tab import SettingsTab, WrongFieldError
from briefgen.pipeline.places import find_base, template_folders
from briefgen.pipeline.settings import Settings


class FoldersTab(SettingsTab):
    """Folders that are used where neither a brief nor a flag names one."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.base = self.add_path(
            "Fact base", settings.base or "", "The shipped one", "Choose a fact base’s folder"
        )
        self.add_hint("Used where a brief names none.")
        self.templates = self.add_path(
            "Templates", settings.templates or "", "None of your own",
            "Choose a folder of templates",
        )  # fmt: skip
        self.add_hint("Templates here come before those that are shipped.")

    def wanted(self, settings: Settings) -> Settings:
        base, templates = self.base.value(), self.templates.value()
        for field, find in ((self.base, find_base), (self.templates, template_folders)):
            try:
                if field.value():
                    find(field.value())
            except BriefgenError:
                raise WrongFieldError(field, "there is no such folder; choose another") from None
        return replace(settings, base=base or None, templates=templates or None)
