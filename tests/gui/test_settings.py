"""The settings as a form; the file behind it stays a person's own."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from briefgen.folders import config_folder
from briefgen.gui.settings import SettingsDialog, open_settings
from briefgen.gui.window import MainWindow
from briefgen.pipeline.settings import read_settings


@pytest.fixture
def dialog(window: MainWindow) -> SettingsDialog:
    opened = open_settings(window)
    assert opened is not None
    return opened


def file() -> Path:
    return config_folder() / "settings.yaml"


def save(qtbot: Any, dialog: SettingsDialog) -> None:
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)


def test_saving_untouched_writes_no_file(qtbot: Any, dialog: SettingsDialog) -> None:
    save(qtbot, dialog)

    assert not dialog.isVisible()
    assert not file().exists() or file().read_text() == ""


def test_what_new_briefs_start_with(qtbot: Any, window: MainWindow, dialog: SettingsDialog) -> None:
    dialog.briefs.template.setCurrentIndex(dialog.briefs.template.findData("chronology"))
    dialog.briefs.paper.setCurrentIndex(dialog.briefs.paper.findData("letter"))
    qtbot.keyClicks(dialog.briefs.prepared_by, "South Asia desk")
    save(qtbot, dialog)

    assert file().read_text() == (
        "defaults:\n  template: chronology\n  paper: letter\n  prepared_by: South Asia desk\n"
    )


def test_the_open_briefs_ways_can_be_taken_over(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    session.edit("x", replace(session.spec, title="Not this", style="ieee", contact="desk@x.org"))
    dialog = open_settings(window)
    assert dialog is not None
    dialog.briefs.take_over()
    save(qtbot, dialog)

    assert file().read_text() == "defaults:\n  style: ieee\n  contact: desk@x.org\n"


def test_folders_are_used_at_once(qtbot: Any, open_window: Any, tmp_path: Path, base: Path) -> None:
    window = open_window(base=None)
    assert window.session.base.title == "Pakistan–Russia relations"
    dialog = open_settings(window)
    assert dialog is not None
    dialog.folders.base.setText(str(base))
    save(qtbot, dialog)

    assert window.session.base.title == "Test relations"
    assert read_settings().base == str(base)


def test_a_folder_that_is_not_there_is_said_beside_its_field(
    qtbot: Any, dialog: SettingsDialog, tmp_path: Path
) -> None:
    dialog.folders.templates.setText(str(tmp_path / "none"))
    save(qtbot, dialog)

    assert dialog.isVisible()
    assert dialog.notice.text() == "Templates: there is no such folder; choose another"
    assert dialog.folders.templates.property("state") == "wrong"
    assert not file().exists()


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    kept: dict[tuple[str, str], str] = {}

    def set_password(service: str, user: str, password: str) -> None:
        kept[service, user] = password

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(set_password=set_password))
    return kept


def test_the_mail_account_and_its_password(
    qtbot: Any, dialog: SettingsDialog, keyring: dict[tuple[str, str], str]
) -> None:
    dialog.tabs.setCurrentIndex(2)
    qtbot.keyClicks(dialog.mail.from_field, "Jo Doe <jo@example.org>")
    qtbot.keyClicks(dialog.mail.host, "smtp.example.org")
    qtbot.keyClicks(dialog.mail.user, "jo")
    qtbot.keyClicks(dialog.mail.password, "hunter2")
    save(qtbot, dialog)

    assert file().read_text() == (
        "mail:\n  host: smtp.example.org\n  security: starttls\n  user: jo\n"
        "  from: Jo Doe <jo@example.org>\n"
    )
    assert keyring == {("briefgen", "jo"): "hunter2"}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("host", "smtps://x", "Server: 'smtps://x' is not a host's name; "),
        ("port", "99999", "Port: '99999' is no port; give 1 to 65535, or nothing"),
        ("port", "465", "Port: port 465 speaks TLS from the start; choose that, or another port"),
        ("from_field", "jo", "From: 'jo' is no e-mail address; write one like jo@example.org"),
        ("password", "hunter2", "User: a password belongs to a user; say who logs in"),
    ],
)
def test_what_is_wrong_with_an_account_is_said(
    qtbot: Any, dialog: SettingsDialog, keyring: Any, field: str, text: str, said: str
) -> None:
    dialog.mail.host.setText("smtp.example.org")
    getattr(dialog.mail, field).setText(text)
    save(qtbot, dialog)

    assert dialog.notice.text().startswith(said)
    assert dialog.tabs.currentIndex() == 2
    assert not file().exists()
    assert keyring == {}


def test_mail_in_the_clear_is_for_this_machine_alone(qtbot: Any, dialog: SettingsDialog) -> None:
    dialog.mail.host.setText("smtp.example.org")
    dialog.mail.security.setCurrentIndex(dialog.mail.security.findData("none"))
    save(qtbot, dialog)
    assert "never sent in the clear to another machine" in dialog.notice.text()

    dialog.mail.host.setText("localhost")
    save(qtbot, dialog)
    assert not dialog.isVisible()


def test_a_keyring_that_does_not_take_it_is_said(
    qtbot: Any, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(service: str, user: str, password: str) -> None:
        raise RuntimeError(password)

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(set_password=refuse))
    dialog.mail.host.setText("smtp.example.org")
    dialog.mail.user.setText("jo")
    dialog.mail.password.setText("hunter2")
    save(qtbot, dialog)

    assert dialog.notice.text().startswith("the system's keyring cannot be asked (RuntimeError)")
    assert "hunter2" not in dialog.notice.text()
    assert not file().exists()


def test_comments_and_what_the_form_does_not_show_stay(qtbot: Any, window: MainWindow) -> None:
    file().parent.mkdir(parents=True, exist_ok=True)
    file().write_text(
        "# Desk 4.\ndefaults:\n  grades: true  # always\n  paper: a4\nmail: {from: jo@a.org}\n"
    )
    dialog = open_settings(window)
    assert dialog is not None
    dialog.briefs.contact.setText("desk@a.org")
    save(qtbot, dialog)

    assert file().read_text() == (
        "# Desk 4.\ndefaults:\n  grades: true  # always\n  contact: desk@a.org\n  paper: a4\n"
        "mail: {from: jo@a.org}\n"
    )


def test_a_faulty_file_is_told_with_a_way_to_it(window: MainWindow) -> None:
    file().parent.mkdir(parents=True, exist_ok=True)
    file().write_text("mial: {}\n")

    assert open_settings(window) is None
    assert window.messages.message.startswith("The settings cannot be used: ")
    assert "settings.yaml:1:1: unknown key 'mial'" in window.messages.message
