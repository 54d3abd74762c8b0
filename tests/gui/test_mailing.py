"""The brief as a message: written, drafted, and sent to a mail server of this test's own."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from briefgen.addresses import parse_address
from briefgen.brief.spec.model import BriefSpec, EmailRequest
from briefgen.brief.spec.writer import address_text
from briefgen.gui.exporting.mail_dialog import MailDialog, open_mail_dialog
from briefgen.gui.files import choosing
from briefgen.gui.files.question import Question
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.window import MainWindow
from briefgen.mail import mail_program
from mail_server import SECRET, Server, authority, certified, start, trusting  # noqa: F401


@pytest.fixture
def dialog(window: MainWindow) -> MailDialog:
    window.session.edit("Outputs", replace(window.session.spec, outputs=("txt",)))
    return open_mail_dialog(window)


def click(qtbot: Any, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def ready(qtbot: Any, dialog: MailDialog) -> None:
    qtbot.waitUntil(lambda: "kB)" in dialog.files.text() or " B)" in dialog.files.text(),
                    timeout=20_000)  # fmt: skip


def write(qtbot: Any, dialog: MailDialog, to: str = "Ann <ann@example.org>") -> None:
    qtbot.keyClicks(dialog.to, to)
    qtbot.keyClicks(dialog.body, "Please read.")


def test_attachments_and_their_sizes_are_shown(qtbot: Any, dialog: MailDialog) -> None:
    ready(qtbot, dialog)
    assert dialog.files.text().startswith("test-relations.txt (")
    assert dialog.subject.placeholderText() == "Test relations"

    dialog.formats["pdf"].setChecked(True)
    qtbot.waitUntil(lambda: "test-relations.pdf (" in dialog.files.text(), timeout=20_000)
    dialog.formats["pdf"].setChecked(False)
    dialog.formats["txt"].setChecked(False)
    assert dialog.files.text() == "Choose at least one format."
    click(qtbot, dialog.open_button)
    assert dialog.notice.text() == "There is nothing to attach; choose at least one format."


def test_a_draft_is_written_and_what_was_typed_is_the_briefs(
    qtbot: Any, window: MainWindow, dialog: MailDialog, tmp_path: Path, monkeypatch: Any
) -> None:
    def ask(parent: Any, title: str, suggested: Path, kinds: str, then: Any, **how: Any) -> None:
        assert suggested.name == "test-relations.eml"
        assert how == {"confirms": False}  # it is asked for below
        then(tmp_path / "draft")

    monkeypatch.setattr(choosing, "ask_save", ask)
    write(qtbot, dialog, 'Ann <ann@example.org>; "Doe, Jo" <jo@example.org>')
    dialog_text = 'Ann <ann@example.org>, "Doe, Jo" <jo@example.org>'
    click(qtbot, dialog.draft_button)
    qtbot.waitUntil((tmp_path / "draft.eml").exists, timeout=20_000)

    message = email.message_from_bytes(
        (tmp_path / "draft.eml").read_bytes(), policy=email.policy.default
    )
    assert message["To"] == 'Ann <ann@example.org>, "Doe, Jo" <jo@example.org>'
    assert "Please read." in message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert [part.get_filename() for part in message.iter_attachments()] == [  # type: ignore[attr-defined]
        "test-relations.txt"
    ]
    assert window.messages.message == "Written: draft.eml"
    kept = window.session.spec.email
    assert kept is not None
    assert [address_text(one) for one in kept.to] == [
        "Ann <ann@example.org>", '"Doe, Jo" <jo@example.org>'
    ]  # fmt: skip
    again = open_mail_dialog(window)
    assert again.to.text() == dialog_text
    again.reject()
    window.session.undo_stack.undo()
    assert window.session.spec.email is None


def test_a_draft_of_the_same_name_is_asked_about(
    qtbot: Any, window: MainWindow, dialog: MailDialog, tmp_path: Path, monkeypatch: Any
) -> None:
    place = tmp_path / "draft.eml"
    place.write_bytes(b"a letter of mine")

    def ask(parent: Any, title: str, suggested: Path, kinds: str, then: Any, **how: Any) -> None:
        then(place)

    monkeypatch.setattr(choosing, "ask_save", ask)
    write(qtbot, dialog)
    click(qtbot, dialog.draft_button)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Question)), timeout=20_000)
    (asked,) = dialog.findChildren(Question)
    assert place.read_bytes() == b"a letter of mine"
    qtbot.keyClick(asked, Qt.Key.Key_Return)  # keeps both

    (copy,) = tmp_path.glob("draft (kept *).eml")
    assert copy.read_bytes() == b"a letter of mine"
    assert window.messages.message == f"Written: draft.eml; what stood there is now “{copy.name}”"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("program", "The draft is open in your mail program"),
        ("folder", "No mail program opens drafts here; test-relations.eml lies in the folder"),
    ],
)
def test_a_draft_opens_in_the_mail_program(
    qtbot: Any, window: MainWindow, dialog: MailDialog, monkeypatch: Any, where: str, said: str
) -> None:
    opened: list[Path] = []

    def hand_over(path: Path) -> str:
        opened.append(path)
        return where

    monkeypatch.setattr(mail_program, "hand_over", hand_over)
    write(qtbot, dialog)
    click(qtbot, dialog.open_button)
    qtbot.waitUntil(lambda: window.messages.message.startswith(said), timeout=20_000)

    assert b"ann@example.org" in opened[0].read_bytes()


def test_no_mail_program_is_said_where_one_can_do_something_about_it(
    qtbot: Any, dialog: MailDialog, monkeypatch: Any
) -> None:
    monkeypatch.setattr(mail_program, "hand_over", lambda path: "nowhere")
    write(qtbot, dialog)
    click(qtbot, dialog.open_button)
    qtbot.waitUntil(lambda: dialog.notice.text().startswith("No mail program could"),
                    timeout=20_000)  # fmt: skip

    assert dialog.isVisible()
    assert dialog.open_button.isEnabled()


def test_addresses_are_checked_as_one_types(qtbot: Any, dialog: MailDialog) -> None:
    qtbot.keyClicks(dialog.to, "ann@example.org, bo")
    assert (dialog.to.property("state") or "") == ""  # still at it
    qtbot.waitUntil(lambda: dialog.to.property("state") == "wrong")
    assert dialog.to.toolTip() == plain_tip(
        "' bo' is no e-mail address; write one like jo@example.org"
    )

    qtbot.keyClicks(dialog.to, "@example.org")
    assert dialog.to.property("state") == ""
    qtbot.keyClicks(dialog.to, ",x")
    click(qtbot, dialog.open_button)
    assert dialog.notice.text() == "To: 'x' is no e-mail address; write one like jo@example.org"


def test_what_was_typed_is_not_lost_with_the_dialog(
    qtbot: Any, window: MainWindow, dialog: MailDialog
) -> None:
    write(qtbot, dialog, "ann@example.org, bo")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert window.session.spec.email == EmailRequest(body="Please read.")
    again = open_mail_dialog(window)
    assert again.body.toPlainText() == "Please read."
    again.reject()


def test_looking_alone_changes_nothing(window: MainWindow, dialog: MailDialog) -> None:
    before = window.session.undo_stack.count()
    dialog.reject()

    assert window.session.undo_stack.count() == before
    assert window.session.spec.email is None


def test_what_cannot_be_made_is_said_in_the_dialog(
    qtbot: Any, open_window: Callable[..., MainWindow]
) -> None:
    dialog = open_mail_dialog(open_window(BriefSpec(template="no-such-template")))
    qtbot.waitUntil(lambda: "no-such-template" in dialog.notice.text(), timeout=20_000)

    assert dialog.notice.property("role") == "error"
    dialog.reject()


def test_a_large_message_can_go_with_the_pdf_alone(
    qtbot: Any, window: MainWindow, monkeypatch: Any
) -> None:
    from briefgen.pipeline import mailing

    monkeypatch.setattr(mailing, "USUAL_LIMIT", 50_000)
    dialog = open_mail_dialog(window)
    qtbot.waitUntil(dialog.pdf_only.isVisible, timeout=20_000)
    assert "many mail servers take no more than" in dialog.notice.text()
    assert "--format" not in dialog.notice.text()

    click(qtbot, dialog.pdf_only)
    qtbot.waitUntil(lambda: ".pdf" in dialog.files.text() and ".docx" not in dialog.files.text(),
                    timeout=20_000)  # fmt: skip
    dialog.reject()


# --- sending -----------------------------------------------------------------------------------


@pytest.fixture
def server(
    start: Any,  # noqa: F811
    authority: trustme.CA,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Server:
    """A server, and the settings that lead to it."""
    running: Server = start("starttls", login=True)
    settings = tmp_path / "settings.yaml"
    settings.write_text(
        f"mail: {{host: localhost, port: {running.account.port}, user: jo@example.org,"
        " from: Jo Doe <jo@example.org>}\n"
    )
    certificate = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("BRIEFGEN_SETTINGS", str(settings))
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", SECRET)
    return running


def test_without_an_account_there_is_no_sending(dialog: MailDialog) -> None:
    assert not dialog.send_button.isVisible()


def test_sending_shows_what_is_about_to_go_and_asks(
    qtbot: Any, server: Server, window: MainWindow, dialog: MailDialog
) -> None:
    click(qtbot, dialog.send_button)
    assert dialog.notice.text() == "There is nobody to send it to; write an address under To."
    write(qtbot, dialog, "ann@example.org, boss@example.org")
    click(qtbot, dialog.send_button)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1, timeout=20_000)
    shown = [
        dialog.summary.itemAtPosition(row, column).widget().text()  # type: ignore[attr-defined]
        for row in range(dialog.summary.rowCount())
        for column in (0, 1)
    ]
    assert shown[:6] == ["From", "Jo Doe <jo@example.org>", "To", "ann@example.org", "To",
                         "boss@example.org"]  # fmt: skip
    assert server.moods.mailbox == []
    click(qtbot, dialog.back_button)
    assert dialog.pages.currentIndex() == 0

    click(qtbot, dialog.send_button)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1, timeout=20_000)
    click(qtbot, dialog.really_send)
    qtbot.waitUntil(lambda: window.messages.message == "Sent to 2 addresses", timeout=20_000)
    ((sender, recipients, data),) = server.moods.mailbox
    assert (sender, recipients) == ("jo@example.org", ["ann@example.org", "boss@example.org"])
    assert b"Please read." in data
    assert server.moods.secure == [True]


def test_who_was_refused_is_told_and_the_others_are_not_asked_again(
    qtbot: Any, server: Server, window: MainWindow, dialog: MailDialog
) -> None:
    server.moods.rcpt["no@example.org"] = ["550 5.1.1 nobody here by that name"]
    write(qtbot, dialog, "ann@example.org, no@example.org")
    click(qtbot, dialog.send_button)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1, timeout=20_000)
    click(qtbot, dialog.really_send)
    qtbot.waitUntil(lambda: "no@example.org was refused" in dialog.notice.text(), timeout=20_000)

    assert dialog.isVisible()
    assert "Sent to ann@example.org, who need not get it again." in dialog.notice.text()
    assert dialog.to.text() == "no@example.org"
    dialog.reject()
    # The brief goes on saying for whom it is.
    kept = window.session.spec.email
    assert kept is not None
    assert kept.to == (parse_address("ann@example.org"), parse_address("no@example.org"))


def test_a_wrong_password_is_said_and_nothing_sent(
    qtbot: Any, server: Server, dialog: MailDialog, monkeypatch: Any
) -> None:
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", "wrong")
    write(qtbot, dialog)
    click(qtbot, dialog.send_button)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1, timeout=20_000)
    click(qtbot, dialog.really_send)
    qtbot.waitUntil(lambda: dialog.notice.property("role") == "error", timeout=20_000)

    assert "wrong" not in dialog.notice.text()
    assert server.moods.mailbox == []
    dialog.reject()
