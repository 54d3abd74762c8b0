"""The brief as a message: to whom, with what words and files; drafted, or sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from briefgen.brief.spec.model import BriefSpec, EmailRequest, OutputFormat
from briefgen.errors import BriefgenError
from briefgen.gui import background, faults
from briefgen.gui.exporting.address_field import AddressField
from briefgen.gui.exporting.export import open_file, remarks
from briefgen.gui.exporting.in_the_way import ask_what_becomes_of, told_of_kept
from briefgen.gui.files import choosing, files_of
from briefgen.gui.view_models.brief.own_text_check import storable
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import STRETCH, button, column, label, restyle, row
from briefgen.gui.widgets.removing import remove, widgets_in
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.gui.window import MainWindow
from briefgen.mail.compose import size_in_words
from briefgen.mail.mail_program import HandedOver
from briefgen.mail.sending import Sent
from briefgen.pipeline import mailing
from briefgen.pipeline.mailing import Prepared
from briefgen.pipeline.settings import Settings, read_settings, settings_path

_LABELS: dict[OutputFormat, str] = {"md": "Markdown", "txt": "Text"}


def open_mail_dialog(window: MainWindow) -> MailDialog:
    """Open the dialog for the window's brief."""
    dialog = MailDialog(window)
    dialog.open()
    return dialog


class MailDialog(QDialog):
    """One message. What is typed stays in the brief, however the dialog is left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.setWindowTitle("E-mail")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(660, 600)
        self._settings, fault = _settings()
        self._task: background.Task | None = None
        self._busy = False
        self._prepared: tuple[object, Prepared] | None = None
        self.pages = QStackedWidget()
        self.pages.addWidget(self._writing_page())
        self.pages.addWidget(self._asking_page())
        column(self.pages, parent=self)
        self._fill(self._session.spec.email or EmailRequest())
        if fault:
            self._say(f"The settings are not used: {fault}")
        self._prepare(self._show_files)

    # --- the page to write on -------------------------------------------------------------------

    def _writing_page(self) -> QWidget:
        page = QWidget()
        self.to = AddressField("jo@example.org, Jo Doe <jo@example.org>")
        self.cc = AddressField()
        self.subject = QLineEdit()
        self.subject.setPlaceholderText("The brief’s title; its marking comes first")
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setPlaceholderText(
            "Your own words, which come first. The brief’s key points follow them."
        )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(14)
        for name, widget in (
            ("To", self.to), ("Cc", self.cc), ("Subject", self.subject), ("Message", self.body),
        ):  # fmt: skip
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        self.formats: dict[OutputFormat, TickBox] = {}
        for format_ in get_args(OutputFormat):
            box = TickBox(_LABELS.get(format_, format_.upper()))
            box.setAccessibleName(f"Attach {box.text()}")
            box.toggled.connect(lambda checked: self._prepare(self._show_files))
            self.formats[format_] = box
        form.addRow("Attach", row(*self.formats.values(), STRETCH, spacing=14))
        self.files = _shown("hint")
        self.files.setAccessibleName("Attachments")
        self.pdf_only = button("Attach the PDF only", self._attach_pdf_only)
        self.pdf_only.hide()
        self.notice = _shown("warning")
        self.notice.hide()
        self.open_button = _main_button("Open in mail program", self.open_in_program)
        self.draft_button = _button("Save draft as…", self.save_draft)
        self.send_button = _button("Send…", self.ask_to_send)
        self.send_button.setVisible(self._can_send)
        self.close_button = _button("Close", self.reject)
        buttons = row(
            self.draft_button, STRETCH, self.close_button, self.send_button, self.open_button
        )
        column(
            (form, 1), self.files, row(self.pdf_only, STRETCH), self.notice, buttons,
            parent=page, margins=(22, 20, 22, 16), spacing=10,
        )  # fmt: skip
        return page

    @property
    def _can_send(self) -> bool:
        return self._settings.account is not None and self._settings.sender is not None

    def _fill(self, request: EmailRequest) -> None:
        self.to.show_addresses(request.to)
        self.cc.show_addresses(request.cc)
        self.subject.setText(request.subject)
        self.body.setPlainText(request.body)
        for format_, box in self.formats.items():
            with QSignalBlocker(box):
                box.setChecked(format_ in self._session.spec.outputs)

    def _asked_formats(self) -> tuple[OutputFormat, ...]:
        return tuple(format_ for format_, box in self.formats.items() if box.isChecked())

    def _attach_pdf_only(self) -> None:
        for format_, box in self.formats.items():
            box.setChecked(format_ == "pdf")

    def _request(self) -> EmailRequest:
        """The message as it is written. Raises `ValueError` for what is no address."""
        return replace(
            self._session.spec.email or EmailRequest(),
            to=self.to.addresses(),
            cc=self.cc.addresses(),
            subject=self._subject(),
            body=self._body(),
        )

    def _subject(self) -> str:
        return " ".join(storable(self.subject.text()).split())

    def _body(self) -> str:
        body = storable(self.body.toPlainText())
        return body if body.strip() else ""

    def _keep(self) -> None:
        """Put what is typed into the brief; fields with a mistake keep what the brief has."""
        spec = self._session.spec
        before = spec.email or EmailRequest()
        wrong = [field for field in (self.to, self.cc) if field.fault()]
        request = replace(
            before,
            to=before.to if self.to in wrong else self.to.wanted(),
            cc=before.cc if self.cc in wrong else self.cc.wanted(),
            subject=self._subject(),
            body=self._body(),
        )
        if repr(request) != repr(before):  # addresses are equal whatever names they carry
            self._session.edit("E-mail", replace(spec, email=request))

    # --- making the message ---------------------------------------------------------------------

    def _prepare(self, then: Callable[[Prepared], Any]) -> None:
        """Have the message made as it is written, and go on with it. The newest wish wins."""
        formats = self._asked_formats()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if not formats:
            self.files.setText("Choose at least one format.")
            return
        session, settings = self._session, self._settings
        request: EmailRequest = session.spec.email or EmailRequest()
        if not (self.to.fault() or self.cc.fault()):
            request = self._request()
        spec: BriefSpec = replace(session.spec, email=request)
        key = (repr(spec), formats)
        if self._prepared is not None and self._prepared[0] == key:
            then(self._prepared[1])
            return
        self.files.setText("Making the files …")

        def work(say: Callable[[str], None]) -> Prepared:
            return mailing.prepare_brief(
                spec,
                settings,
                brief_file=path,
                base=base,
                templates=templates,
                formats=formats,
                pdf_alone="attach the PDF only",
                step=say,
            )

        path, base, templates = session.path, session.base_flag, session.templates_flag

        def done(prepared: Prepared) -> None:
            self._task = None
            self._prepared = (key, prepared)
            self._show_files(prepared)
            then(prepared)

        self._task = background.start(self, work, done, self._failed)

    def _show_files(self, prepared: Prepared) -> None:
        message = prepared.message
        self.files.setText(
            "   ".join(
                f"{one.name} ({size_in_words(len(one.data))})" for one in message.attachments
            )
        )
        if not self.subject.text():
            self.subject.setPlaceholderText(message.subject)
        told = remarks(prepared.over_budget, prepared.warnings, len(prepared.problems))
        self._say("\n".join(told))
        self.pdf_only.setVisible(prepared.pdf_would_do)

    def _failed(self, error: BaseException) -> None:
        self._task = None
        self._set_busy(False)
        self.files.setText("")
        self._say(faults.sentence(error), error=True)

    def _say(self, text: str, *, error: bool = False) -> None:
        for notice in (self.notice, self.ask_notice):
            restyle(notice, "role", "error" if error else "warning")
            notice.setText(text)
            notice.setVisible(bool(text))

    def _set_busy(self, busy: bool, what: str = "") -> None:
        self._busy = busy
        for each in (self.open_button, self.draft_button, self.send_button, self.really_send):
            each.setEnabled(not busy)
        if busy:
            self._say(what)

    def _with_message(self, act: Callable[[Prepared], Any], *, needs_someone: bool) -> None:
        """Do something with the message as it is written now; say what keeps it from that."""
        for field in (self.to, self.cc):
            fault = field.fault()
            if fault:
                field.show_fault()
                field.setFocus()
                self._say(f"{field.accessibleName()}: {fault}", error=True)
                return
        if needs_someone and not self._request().to and not self._request().cc:
            self.to.setFocus()
            self._say("There is nobody to send it to; write an address under To.", error=True)
            return
        if not self._asked_formats():
            self._say("There is nothing to attach; choose at least one format.", error=True)
            return
        self._keep()
        self._prepare(lambda prepared: self._attempt(partial(act, prepared)))

    def _attempt(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except Exception as error:
            self._failed(error)

    # --- into the mail program, into a file -----------------------------------------------------

    def open_in_program(self) -> None:
        """Open the draft in the person's mail program."""
        self._with_message(self._hand_over, needs_someone=False)

    def _hand_over(self, prepared: Prepared) -> None:
        def done(opened: tuple[Path, HandedOver]) -> None:
            path, where = opened
            self._set_busy(False)
            self._show_files(prepared)
            if where == "nowhere":
                self._say(
                    "No mail program could be opened; save the draft and open it from there.",
                    error=True,
                )
                return
            self.accept()
            if where == "program":
                self._window.tell("The draft is open in your mail program")
            else:
                self._window.tell(
                    f"No mail program opens drafts here; {path.name} lies in the folder that is "
                    "open now",
                    "warning",
                )

        self._set_busy(True, "Opening your mail program …")
        background.start(self, lambda say: mailing.open_draft(prepared), done, self._failed)

    def save_draft(self) -> None:
        """Ask where, and write the draft there."""
        self._with_message(self._ask_where, needs_someone=False)

    def _ask_where(self, prepared: Prepared) -> None:
        start = files_of(self._window).folder / f"{prepared.name}.eml"

        def write(chosen: Path) -> None:
            path = chosen if chosen.suffix.lower() == ".eml" else Path(f"{chosen}.eml")

            def put(force: bool) -> None:
                self._attempt(lambda: self._write_draft(prepared, path, force))

            if mailing.is_in_the_way(prepared, path):
                ask_what_becomes_of(self, [path], put)
            else:
                put(False)

        choosing.ask_save(self, "Save the draft", start, "Drafts (*.eml)", write, confirms=False)

    def _write_draft(self, prepared: Prepared, path: Path, force: bool) -> None:
        done = mailing.write_draft(prepared, path, force=force)
        self.accept()
        told = f". {capital(done.warning)}" if done.warning else ""
        self._window.tell(
            f"Written: {path.name}{told_of_kept(done.kept)}{told}",
            "warning" if told else "done",
            ways=[
                ("Open", partial(open_file, path)),
                ("Show in folder", partial(open_file, path.parent)),
            ],
        )

    # --- sending --------------------------------------------------------------------------------

    def _asking_page(self) -> QWidget:
        page = QWidget()
        question = _shown("")
        question.setText("Send this message now?")
        font = question.font()
        font.setBold(True)
        question.setFont(font)
        self.summary = QGridLayout()
        self.summary.setColumnStretch(1, 1)
        self.summary.setHorizontalSpacing(14)
        self.ask_notice = _shown("warning")
        self.ask_notice.hide()
        self.back_button = _button("Back", self._back)
        self.really_send = _main_button("Send", self._send)
        buttons = row(STRETCH, self.back_button, self.really_send)
        whole = column(
            question, self.summary, STRETCH, self.ask_notice, buttons,
            parent=page, margins=(22, 20, 22, 16),
        )  # fmt: skip
        whole.insertSpacing(1, 8)
        return page

    def ask_to_send(self) -> None:
        """Show what is about to go, and ask."""
        self._with_message(self._show_summary, needs_someone=True)

    def _show_summary(self, prepared: Prepared) -> None:
        mailing.check_sending(prepared, self._settings)
        remove(self.summary, *widgets_in(self.summary))
        for line, (name, value) in enumerate(mailing.summary(prepared, self._settings)):
            caption, said = _shown("hint"), _shown("")
            caption.setText(name)
            said.setText(value)
            said.setAccessibleName(f"{name}: {value}")
            self.summary.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            self.summary.addWidget(said, line, 1)
        self._say("")
        self._show_files(prepared)
        self.pages.setCurrentIndex(1)
        self.really_send.setFocus()

    def _back(self) -> None:
        if not self._busy:
            self.pages.setCurrentIndex(0)

    def _send(self) -> None:
        assert self._prepared is not None
        prepared, settings = self._prepared[1], self._settings
        self._set_busy(True, "Sending …")
        task = background.start(
            self,
            lambda say: mailing.send(prepared, settings, step=say),
            self._sent,
            self._failed,
        )
        task.step.connect(lambda step: self._say(f"{step[:1].upper()}{step[1:]} …"))

    def _sent(self, sent: Sent) -> None:
        self._set_busy(False)
        if sent.whole:
            count = len(sent.accepted)
            self.accept()
            self._window.tell(f"Sent to {sent.accepted[0] if count == 1 else f'{count} addresses'}")
            return
        told = [f"{one.address} was refused: {one.words}." for one in sent.refused]
        told += [
            f"{address} may or may not have it: the connection was lost before the server "
            "answered. Ask before you send it again."
            for address in sent.unknown
        ]
        if sent.accepted:
            told.append(f"Sent to {', '.join(sent.accepted)}, who need not get it again.")
        self._say("\n".join(told), error=True)
        self.pages.setCurrentIndex(0)
        got = {*sent.accepted, *sent.unknown}
        for field in (self.to, self.cc):
            field.take_away(got)

    # --- leaving --------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        if self._busy:
            return  # it is on its way, and what becomes of it must be told
        self._keep()
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _settings() -> tuple[Settings, str]:
    """The person's settings, and what is wrong with them: then there are none."""
    try:
        return read_settings(), ""
    except BriefgenError as error:
        return Settings(settings_path()), faults.sentence(error)


def _shown(role: str) -> QLabel:
    """Text that can be copied."""
    made = label(role=role, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _button(text: str, act: Callable[[], Any]) -> QPushButton:
    """A button that Enter does not press from elsewhere."""
    made = button(text, act)
    made.setAutoDefault(False)
    return made


def _main_button(text: str, act: Callable[[], Any]) -> QPushButton:
    """The button that Enter presses."""
    made = button(text, act, role="main")
    made.setDefault(True)
    return made
