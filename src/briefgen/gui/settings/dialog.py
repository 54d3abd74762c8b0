"""The dialog of the settings. Nothing is written before "Save"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QTabWidget

from briefgen.gui import faults
from briefgen.gui.settings.briefs_tab import BriefsTab
from briefgen.gui.settings.folders_tab import FoldersTab
from briefgen.gui.settings.mail_tab import MailTab
from briefgen.gui.settings.tab import SettingsTab, WrongFieldError
from briefgen.gui.view_models.words import below_home
from briefgen.gui.widgets.building import button, column, label, row
from briefgen.gui.widgets.fields import set_state
from briefgen.gui.window import MainWindow
from briefgen.pipeline.settings import Settings, save_settings


class SettingsDialog(QDialog):
    """Tabs, each of which knows its part of the settings."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.setWindowTitle("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 480)
        self.folders = FoldersTab(settings)
        self.briefs = BriefsTab(settings, window.session)
        self.mail = MailTab(settings)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Settings")
        self.tabs.addTab(self.folders, "Folders")
        self.tabs.addTab(self.briefs, "New briefs")
        self.tabs.addTab(self.mail, "Mail")
        self.notice = label(role="error", wrap=True)
        self.notice.hide()
        where = label(f"Kept in {below_home(settings.path)}", "hint", wrap=True)
        self.save_button = button("Save", self.save, role="main")
        self.save_button.setDefault(True)
        cancel = button("Cancel", self.reject)
        cancel.setAutoDefault(False)
        buttons = row((where, 1), cancel, self.save_button)
        column((self.tabs, 1), self.notice, buttons, parent=self, margins=(22, 14, 22, 16))

    def save(self) -> None:
        """Write what is said, if all of it can be used; say what cannot."""
        for field in self.findChildren(QLineEdit):
            set_state(field, "")
        wanted = self._settings
        tabs: tuple[SettingsTab, ...] = (self.folders, self.mail, self.briefs)
        try:
            for tab in tabs:
                wanted = tab.wanted(wanted)
            self.mail.store_password(wanted)
            save_settings(wanted)
        except WrongFieldError as wrong:
            set_state(wrong.field, "wrong")
            self._show(wrong.field)
            self._say(f"{wrong.field.accessibleName()}: {wrong}")
            return
        except Exception as error:
            self._say(faults.sentence(error))
            return
        self.accept()
        self._apply(wanted)

    def _apply(self, settings: Settings) -> None:
        """Have the open brief use the folders that the settings name now."""
        session = self._window.session
        if settings.base != self._settings.base and session.spec.base is None:
            if session.base_flag is None:
                self._window.attempt(session.reopen_base)
        elif settings.templates != self._settings.templates:
            session.brief_changed.emit(frozenset({"template"}))

    def _show(self, field: QLineEdit) -> None:
        for tab in (self.folders, self.briefs, self.mail):
            if tab.isAncestorOf(field):
                self.tabs.setCurrentWidget(tab)
        field.setFocus()

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.show()
