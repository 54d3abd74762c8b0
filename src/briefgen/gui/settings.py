"""The settings: folders, what new briefs start with, the mail account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from briefgen.addresses import parse_address
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.spec.writer import address_text
from briefgen.errors import BriefgenError, UsageError
from briefgen.gui import faults
from briefgen.gui.exporting.export import open_file
from briefgen.gui.files import choosing
from briefgen.gui.header.style_field import StyleField
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.own_text_check import storable
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.fields import set_state
from briefgen.gui.window import MainWindow
from briefgen.mail.account import Account, Password, Security, check_account, store_password
from briefgen.pipeline.listings.choices import languages, template_choices
from briefgen.pipeline.places import find_base, template_folders
from briefgen.pipeline.settings import (
    DEFAULT_KEYS,
    PORTS,
    Settings,
    check_host,
    read_settings,
    save_settings,
)

_SECURITY: dict[Security, str] = {
    "starttls": "STARTTLS", "tls": "TLS from the start", "none": "None, for this machine alone",
}  # fmt: skip


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    action = window.add_action(
        "Edit", "&Settings…", partial(open_settings, window), keys="Ctrl+,", apart=True
    )
    action.setMenuRole(QAction.MenuRole.PreferencesRole)


def open_settings(window: MainWindow, tab: int = 0) -> SettingsDialog | None:
    """Open the dialog; with a settings file that cannot be used, say so instead."""
    try:
        settings = read_settings()
    except BriefgenError as error:
        path = Path(error.origin.path) if error.origin is not None else None
        ways = [("Open the file", partial(open_file, path))] if path and path.is_file() else []
        window.tell(f"The settings cannot be used: {faults.sentence(error)}", "error", ways)
        return None
    dialog = SettingsDialog(window, settings)
    dialog.tabs.setCurrentIndex(tab)
    dialog.open()
    return dialog


class SettingsDialog(QDialog):
    """The settings file, as a form. Nothing is written before "Save"."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.setWindowTitle("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 480)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Settings")
        self.tabs.addTab(self._folders_tab(), "Folders")
        self.tabs.addTab(self._briefs_tab(), "New briefs")
        self.tabs.addTab(self._mail_tab(), "Mail")
        self.notice = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.notice.setProperty("role", "error")
        self.notice.hide()
        where = QLabel(f"Kept in {_short(settings.path)}", textFormat=Qt.TextFormat.PlainText)
        where.setProperty("role", "hint")
        where.setWordWrap(True)
        self.save_button = QPushButton("Save")
        self.save_button.setProperty("role", "main")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(where, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 16)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.notice)
        column.addLayout(buttons)

    # --- folders --------------------------------------------------------------------------------

    def _folders_tab(self) -> QWidget:
        tab, form = _form()
        self.base = _line("Fact base", self._settings.base or "", "The shipped one")
        self.templates = _line("Templates", self._settings.templates or "", "None of your own")
        form.addRow("Fact base", _with_choice(self.base, "Choose a fact base’s folder"))
        form.addRow("", _hint("Used where neither a brief nor BRIEFGEN_BASE names one."))
        form.addRow("Templates", _with_choice(self.templates, "Choose a folder of templates"))
        form.addRow("", _hint("Templates here come before those that are shipped."))
        return tab

    # --- new briefs -----------------------------------------------------------------------------

    def _briefs_tab(self) -> QWidget:
        tab, form = _form()
        self._held = _Held(self._settings.defaults or BriefSpec())
        self.template = ChoiceBox("Template", 24)
        self.paper = _choice("Paper", (("A4", "a4"), ("Letter", "letter")))
        self.language = _choice(
            "Language", (("That of the fact base", None), *((n, t) for t, n in languages()))
        )
        for choice in template_choices(self._window.session.templates):
            self.template.addItem(choice.label, choice.id)
        # The field asks for the brief and edits it, and that is all it needs of a session.
        self.style_field = StyleField(cast(Session, self._held))
        self.prepared_by = _line("Prepared by", "")
        self.prepared_for = _line("Prepared for", "")
        self.contact = _line("Contact", "")
        self.house = _line("House document", "", "None")
        like_this = QPushButton("Take over from this brief")
        like_this.setAutoDefault(False)
        like_this.clicked.connect(lambda checked=False: self._take_over())
        for name, widget in (
            ("Template", self.template), ("Citations", self.style_field), ("Paper", self.paper),
            ("Language", self.language), ("Prepared by", self.prepared_by),
            ("Prepared for", self.prepared_for), ("Contact", self.contact),
        ):  # fmt: skip
            form.addRow(name, widget)
        kinds = "Word (*.docx *.dotx);;All files (*)"
        form.addRow("House document", _with_choice(self.house, "Choose a house document", kinds))
        form.addRow("", _left(like_this))
        self._fill_brief(self._held.spec)
        return tab

    def _fill_brief(self, spec: BriefSpec) -> None:
        self._held.spec = spec
        if self.template.findData(spec.template) < 0:  # it may be there again tomorrow
            self.template.addItem(spec.template, spec.template)
        chosen: tuple[tuple[QComboBox, Any], ...] = (
            (self.template, spec.template),
            (self.paper, spec.paper),
            (self.language, spec.language),
        )
        for box, value in chosen:
            if box.findData(value) < 0:
                box.addItem(str(value), value)
            box.setCurrentIndex(box.findData(value))
        self.style_field.show_style()
        self.prepared_by.setText(spec.prepared_by)
        self.prepared_for.setText(spec.prepared_for)
        self.contact.setText(spec.contact)
        self.house.setText(spec.house or "")

    def _take_over(self) -> None:
        """What new briefs start with becomes what the open one has."""
        spec = self._window.session.spec
        values: dict[str, Any] = {key: getattr(spec, key) for key in DEFAULT_KEYS}
        self._fill_brief(BriefSpec(**values))

    def _defaults(self) -> BriefSpec:
        return replace(
            self._held.spec,
            template=self.template.currentData(),
            paper=self.paper.currentData(),
            language=self.language.currentData(),
            prepared_by=_value(self.prepared_by),
            prepared_for=_value(self.prepared_for),
            contact=_value(self.contact),
            house=_value(self.house) or None,
        )

    # --- mail -----------------------------------------------------------------------------------

    def _mail_tab(self) -> QWidget:
        tab, form = _form()
        account, sender = self._settings.account, self._settings.sender
        self.from_field = _line(
            "From", address_text(sender) if sender else "", "Jo Doe <jo@example.org>"
        )
        self.host = _line("Server", account.host if account else "", "smtp.example.org")
        self.security = _choice("Encryption", tuple((text, key) for key, text in _SECURITY.items()))
        self.port = _line("Port", "")
        self.user = _line("User", account.user if account else "", "Nobody logs in")
        self.password = _line("Password", "", "As it is in the keyring")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.security.currentIndexChanged.connect(lambda index: self._show_port())
        if account is not None:
            self.security.setCurrentIndex(self.security.findData(account.security))
            if account.port != PORTS[account.security]:
                self.port.setText(str(account.port))
        self._show_port()
        for name, widget in (
            ("From", self.from_field), ("Server", self.host), ("Encryption", self.security),
            ("Port", self.port), ("User", self.user), ("Password", self.password),
        ):  # fmt: skip
            form.addRow(name, widget)
        form.addRow("", _hint("The password goes into the system’s keyring, never into a file."))
        return tab

    def _show_port(self) -> None:
        self.port.setPlaceholderText(str(PORTS[self.security.currentData()]))

    def _account(self) -> Settings:
        """The settings with the account as it is typed. Raises `_WrongError`."""
        text = _value(self.from_field)
        try:
            sender = parse_address(text) if text else None
        except ValueError as error:
            raise _WrongError(self.from_field, str(error)) from None
        host = _value(self.host)
        if not host:
            if _value(self.user) or self.password.text():
                raise _WrongError(self.host, "a login needs a server; name it")
            return replace(self._settings, sender=sender, account=None)
        try:
            host = check_host(host).strip("[]")
        except ValueError as error:
            raise _WrongError(self.host, str(error)) from None
        security: Security = self.security.currentData()
        said = _value(self.port)
        if said and not (said.isascii() and said.isdigit() and 1 <= int(said[:6]) <= 65_535):
            raise _WrongError(self.port, f"{said!r} is no port; give 1 to 65535, or nothing")
        port = int(said) if said else PORTS[security]
        if port == 465 and security == "starttls":
            raise _WrongError(
                self.port, "port 465 speaks TLS from the start; choose that, or another port"
            )
        account = Account(host, port, security, _value(self.user), sender)
        try:
            check_account(account)
        except UsageError as error:
            raise _WrongError(self.host, error.message) from None
        return replace(self._settings, sender=sender, account=account)

    # --- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what is said, if all of it can be used; say what cannot."""
        for field in self.findChildren(QLineEdit):
            set_state(field, "")
        try:
            wanted = self._wanted()
            if self.password.text():
                if wanted.account is None or not wanted.account.user:
                    raise _WrongError(self.user, "a password belongs to a user; say who logs in")
                store_password(wanted.account.user, Password(self.password.text()))
            save_settings(wanted)
        except _WrongError as wrong:
            set_state(wrong.field, "wrong")
            self._show(wrong.field)
            self._say(f"{wrong.field.accessibleName()}: {wrong}")
            return
        except Exception as error:
            self._say(faults.sentence(error))
            return
        self.accept()
        self._apply(wanted)

    def _wanted(self) -> Settings:
        base, templates = _value(self.base), _value(self.templates)
        for field, text, find in (
            (self.base, base, lambda: find_base(base)),
            (self.templates, templates, lambda: template_folders(templates)),
        ):
            try:
                if text:
                    find()
            except BriefgenError:
                raise _WrongError(field, "there is no such folder; choose another") from None
        defaults: BriefSpec | None = self._defaults()
        if defaults == BriefSpec() and self._settings.defaults is None:
            defaults = None
        return replace(
            self._account(), base=base or None, templates=templates or None, defaults=defaults
        )

    def _apply(self, settings: Settings) -> None:
        """Have the open brief use the folders that the settings name now."""
        session = self._window.session
        if settings.base != self._settings.base and session.spec.base is None:
            if session.base_flag is None:
                self._window.attempt(session.reopen_base)
        elif settings.templates != self._settings.templates:
            session.brief_changed.emit(frozenset({"template"}))

    def _show(self, field: QLineEdit) -> None:
        for index in range(self.tabs.count()):
            page = self.tabs.widget(index)
            if page is not None and page.isAncestorOf(field):
                self.tabs.setCurrentIndex(index)
        field.setFocus()

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.show()


class _WrongError(Exception):
    """What is typed in a field cannot be used."""

    def __init__(self, field: QLineEdit, text: str) -> None:
        super().__init__(text)
        self.field = field


class _Held:
    """A brief that fields can edit as they edit the window's."""

    def __init__(self, spec: BriefSpec) -> None:
        self.spec = spec

    def edit(self, label: str, spec: BriefSpec, *, merge: str = "") -> None:
        self.spec = spec


def _form() -> tuple[QWidget, QFormLayout]:
    tab = QWidget()
    form = QFormLayout(tab)
    form.setContentsMargins(0, 16, 0, 8)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return tab, form


def _line(name: str, text: str, placeholder: str = "") -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    return field


def _value(field: QLineEdit) -> str:
    return " ".join(storable(field.text()).split("\n")).strip()


def _choice(name: str, entries: tuple[tuple[str, Any], ...]) -> QComboBox:
    box = ChoiceBox(name, 24)
    for text, value in entries:
        box.addItem(text, value)
    return box


def _hint(text: str) -> QLabel:
    label = QLabel(text)  # forms leave too much room for labels that wrap
    label.setProperty("role", "hint")
    return label


def _left(widget: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row


def _with_choice(field: QLineEdit, title: str, kinds: str = "") -> QLayout:
    """A field for a folder, or a file of `kinds`, with a button that asks for it."""
    button = QPushButton("Choose…")
    button.setAutoDefault(False)
    button.setAccessibleName(title)

    def take(path: Path) -> None:
        field.setText(str(path))

    def ask() -> None:
        start = Path(field.text()).expanduser() if field.text() else Path.home()
        if kinds:
            choosing.ask_open(field.window(), title, start, kinds, take)
        else:
            choosing.ask_folder(field.window(), title, start, take)

    act: Callable[[], None] = ask
    button.clicked.connect(lambda checked=False: act())
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(button)
    return row


def _short(path: Path) -> str:
    """A path as people know it: from their home on, where it lies there."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
