"""The account that mail is sent through, and its password, which never stands in a file."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from typing import Literal

from briefgen.addresses import Address
from briefgen.errors import BriefgenError, UsageError
from briefgen.values import valueclass

Security = Literal["starttls", "tls", "none"]

PASSWORD_VARIABLE = "BRIEFGEN_SMTP_PASSWORD"
KEYRING_SERVICE = "briefgen"


class MailError(BriefgenError):
    """A message that cannot be sent: the account, the server or the network is in the way."""


@valueclass(frozen=True, slots=True)
class Account:
    """A submission server (RFC 6409), who we are to it, and who messages are from."""

    host: str
    port: int
    security: Security
    """`starttls`: TLS is started before anything is said, or nothing is. `tls`: from the first
    byte (RFC 8314). `none`: in the clear, to this machine alone.
    """
    user: str = ""
    """Empty: no login."""
    sender: Address | None = None

    def __str__(self) -> str:
        how = {"starttls": "STARTTLS", "tls": "TLS", "none": "not encrypted"}[self.security]
        return f"{self.host}:{self.port} ({how})"


class Password:
    """A password that shows itself only to who asks for it by name: not in logs, not in errors."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The password itself."""
        return self._text

    def __repr__(self) -> str:
        return "Password(hidden)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a password is not written down")


def is_this_machine(host: str) -> bool:
    """Whether a host's name is that of this machine, whatever a name server says."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_account(account: Account) -> None:
    """Raise `UsageError` for an account that would send in the clear to another machine."""
    if account.security == "none" and not is_this_machine(account.host):
        raise UsageError(
            f"mail is never sent in the clear to another machine ({account.host})",
            hint="write security: starttls or tls; none is for localhost",
        )


def find_password(
    account: Account,
    environment: Mapping[str, str] = os.environ,
    from_keyring: Callable[[str, str], str | None] | None = None,
) -> Password | None:
    """The password for the account's user; None for an account without a login.

    That of `BRIEFGEN_SMTP_PASSWORD`, else the keyring's under the service `briefgen` and the
    user's name. Raises `MailError` where there is none.
    """
    if not account.user:
        return None
    said = environment.get(PASSWORD_VARIABLE)
    if said:
        return Password(said)
    found = (from_keyring or _from_keyring)(KEYRING_SERVICE, account.user)
    if not found:
        raise MailError(
            f"there is no password for {account.user} at {account.host}",
            hint=f"store it with 'keyring set {KEYRING_SERVICE} {account.user}', "
            f"or set {PASSWORD_VARIABLE}",
        )
    return Password(found)


def store_password(
    user: str, password: Password, into_keyring: Callable[[str, str, str], None] | None = None
) -> None:
    """Keep the password of `user` in the system's keyring, where `find_password` looks for it.

    Raises `MailError` where there is no keyring, or it does not take it.
    """
    if not user:
        raise UsageError("a password belongs to a user", hint="say who logs in")
    try:
        (into_keyring or _into_keyring)(KEYRING_SERVICE, user, password.reveal())
    except Exception as error:  # backends raise what they like; their words could hold it
        raise _keyring_error(error, f"the password of {user} is not kept") from None


def _into_keyring(service: str, user: str, password: str) -> None:
    import keyring

    keyring.set_password(service, user, password)


def _from_keyring(service: str, user: str) -> str | None:
    try:
        import keyring  # a start of its own, and only a login needs it

        return keyring.get_password(service, user)
    except Exception as error:  # backends raise what they like: D-Bus errors, missing modules
        raise _keyring_error(error, f"there is no password for {user}") from None


def _keyring_error(error: Exception, so: str) -> MailError:
    kind = type(error).__name__
    what = {
        "NoKeyringError": "this system has no keyring",
        "KeyringLocked": "the system's keyring is locked",
    }.get(kind, f"the system's keyring cannot be asked ({kind})")
    return MailError(f"{what}, so {so}", hint=f"unlock or install one, or set {PASSWORD_VARIABLE}")
