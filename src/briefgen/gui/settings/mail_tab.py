"""The tab of the mail account."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from briefgen.addresses import parse_address
from briefgen.brief.spec.writer import address_text
from briefgen.errors import UsageError
from briefgen.gui.settings.tab import SettingsTab, WrongFieldError
from briefgen.mail.account import Account, Password, Security, check_account, store_password
from briefgen.pipeline.settings import PORTS, Settings, check_host

_SECURITY: dict[Security, str] = {
    "starttls": "STARTTLS", "tls": "TLS from the start", "none": "None, for this machine alone",
}  # fmt: skip


class MailTab(SettingsTab):
    """From whom, and through which server. The password goes into the keyring alone."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        account, sender = settings.account, settings.sender
        self.from_field = self.add_line(
            "From", address_text(sender) if sender else "", "Jo Doe <jo@example.org>"
        )
        self.host = self.add_line("Server", account.host if account else "", "smtp.example.org")
        self.security = self.add_choice(
            "Encryption", ((text, key) for key, text in _SECURITY.items())
        )
        self.port = self.add_line("Port")
        self.user = self.add_line("User", account.user if account else "", "Nobody logs in")
        self.password = self.add_line("Password", "", "As it is in the keyring")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_hint("The password goes into the system’s keyring, never into a file.")
        self.security.currentIndexChanged.connect(lambda index: self._show_port())
        if account is not None:
            self.security.setCurrentIndex(self.security.findData(account.security))
            if account.port != PORTS[account.security]:
                self.port.setText(str(account.port))
        self._show_port()

    def _show_port(self) -> None:
        self.port.setPlaceholderText(str(PORTS[self.security.currentData()]))

    def wanted(self, settings: Settings) -> Settings:
        text = self.from_field.value()
        try:
            sender = parse_address(text) if text else None
        except ValueError as error:
            raise WrongFieldError(self.from_field, str(error)) from None
        host = self.host.value()
        if not host:
            if self.user.value() or self.password.text():
                raise WrongFieldError(self.host, "a login needs a server; name it")
            return replace(settings, sender=sender, account=None)
        try:
            host = check_host(host).strip("[]")
        except ValueError as error:
            raise WrongFieldError(self.host, str(error)) from None
        account = Account(
            host, self._port(), self.security.currentData(), self.user.value(), sender
        )
        try:
            check_account(account)
        except UsageError as error:
            raise WrongFieldError(self.host, error.message) from None
        return replace(settings, sender=sender, account=account)

    def _port(self) -> int:
        security: Security = self.security.currentData()
        said = self.port.value()
        if said and not (said.isascii() and said.isdigit() and 1 <= int(said[:6]) <= 65_535):
            raise WrongFieldError(self.port, f"{said!r} is no port; give 1 to 65535, or nothing")
        port = int(said) if said else PORTS[security]
        if port == 465 and security == "starttls":
            raise WrongFieldError(
                self.port, "port 465 speaks TLS from the start; choose that, or another port"
            )
        return port

    def store_password(self, wanted: Settings) -> None:
        """Put a password that was typed into the keyring, for the user in `wanted`.

        Raises `WrongFieldError` without a user, and what the keyring raises.
        """
        if not self.password.text():
            return
        if wanted.account is None or not wanted.account.user:
            raise WrongFieldError(self.user, "a password belongs to a user; say who logs in")
        store_password(wanted.account.user, Password(self.password.text()))
