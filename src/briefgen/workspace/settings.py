"""The person's settings: `settings.yaml` in their config folder, or where BRIEFGEN_SETTINGS says.

So far that is the account that mail goes through. A password never stands in the file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefgen.addresses import Address, parse_address
from briefgen.errors import InputError, UsageError
from briefgen.folders import config_folder
from briefgen.mail.account import Account, Security, check_account
from briefgen.patterns import lazy_pattern
from briefgen.reading.shapes import (
    ChoiceShape,
    JsonSchema,
    Key,
    NumberShape,
    RecordShape,
    RecordValues,
    Report,
    Shape,
    TextShape,
)
from briefgen.reading.yaml_tree import Mapping as YamlMapping
from briefgen.reading.yaml_tree import Node, read_yaml_file
from briefgen.records import dataclass

SETTINGS_VARIABLE = "BRIEFGEN_SETTINGS"

PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""Submission by custom: RFC 6409, RFC 8314; and plain SMTP on this machine."""

_LIKE_A_PASSWORD = lazy_pattern(r"(?i)pass|pwd|secret|token|credential")
_HOST = lazy_pattern(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]+\]?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says; all of it may be missing."""

    path: Path
    sender: Address | None = None
    """`mail.from`."""
    account: Account | None = None
    """None: there is no `mail.host`, so nothing can be sent."""


class _NotInAFile(Shape):
    """A password where none may stand. What it says is never repeated."""

    def read(self, node: Node, report: Report) -> Any:
        return report.error(
            node,
            "a password does not belong in a file",
            "remove it; store it with 'keyring set briefgen USER', or set BRIEFGEN_SMTP_PASSWORD",
        )

    def json_schema(self) -> JsonSchema:
        return {"not": {}}


_PASSWORD = Key(_NotInAFile(), about="Never here: the keyring, or BRIEFGEN_SMTP_PASSWORD.")

MAIL_KEYS: dict[str, Key] = {
    "host": Key(
        TextShape(single_line=True, expected="a host's name", convert=lambda text: _host(text)),
        about="The server that takes your mail.",
    ),
    "port": Key(NumberShape(whole=True, least=1, most=65_535), about="587, 465 or 25 if not said."),
    "security": Key(ChoiceShape(("starttls", "tls", "none")), about="starttls if not said."),
    "user": Key(TextShape(single_line=True), about="Who logs in; left out: nobody does."),
    "from": Key(
        TextShape(single_line=True, expected="an e-mail address", convert=parse_address),
        about="Your address: jo@example.org or Jo Doe <jo@example.org>.",
    ),
    "password": _PASSWORD,
    "pass": _PASSWORD,
}

_MAIL = RecordShape(MAIL_KEYS, "mail entry", convert=lambda record, report: _mail(record, report))
_SETTINGS = RecordShape(
    {
        "format": Key(ChoiceShape(("1",), "format"), about="1, or left out."),
        "mail": Key(_MAIL, about="The account that 'briefgen email --send' sends through."),
    },
    "settings file",
)


def _host(text: str) -> str:
    """A host's name, unchanged. Raises `ValueError`, which does not repeat what may be a login."""
    if not _HOST.fullmatch(text):
        said = "this" if "@" in text else repr(text)
        raise ValueError(
            f"{said} is not a host's name; write it as smtp.example.org: port and user have keys "
            "of their own"
        )
    return text


def _refuse_passwords(root: Node, report: Report) -> None:
    """A problem for each key that is meant to hold a password, however it is spelt."""
    if not isinstance(root, YamlMapping):
        return
    for key, value in root.pairs:
        if _LIKE_A_PASSWORD.search(key.text):
            _PASSWORD.shape.read(key, report)
        else:
            _refuse_passwords(value, report)


def settings_json_schema() -> JsonSchema:
    """JSON Schema of a settings file."""
    return _SETTINGS.json_schema()


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the settings are. The file need not exist."""
    said = environment.get(SETTINGS_VARIABLE)
    return Path(said).expanduser() if said else config_folder() / "settings.yaml"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The person's settings; none where there is no file.

    Raises `InputError` with every problem of a file that is there, and for one that
    BRIEFGEN_SETTINGS names and that is not.
    """
    path = settings_path(environment)
    try:
        if not path.exists():
            if environment.get(SETTINGS_VARIABLE):
                raise InputError(
                    f"there is no settings file {path} ({SETTINGS_VARIABLE})",
                    hint=f"correct {SETTINGS_VARIABLE}, or unset it",
                )
            return Settings(path)
    except (OSError, ValueError):
        pass  # reading it says why
    document = read_yaml_file(path)
    report = Report(document.path, list(document.problems))
    record: Any = None
    if document.root is not None:
        _refuse_passwords(document.root, report)
    if document.root is not None and not report.problems:
        record = _SETTINGS.read(document.root, report)
    if report.problems:
        raise InputError.from_problems(sorted(report.problems, key=lambda p: p.sort_key))
    mail = record.get("mail") if isinstance(record, RecordValues) else None
    return Settings(path, *mail) if mail else Settings(path)


def needed_account(settings: Settings) -> Account:
    """The account to send through. Raises `UsageError` saying what to write where."""
    for value, key in ((settings.account, "host"), (settings.sender, "from")):
        if value is None:
            raise UsageError(
                f"sending needs an account: {settings.path} has no mail: {{{key}: …}}",
                hint="add it (docs/email.md shows how), or leave --send out for a draft",
            )
    assert settings.account is not None
    return settings.account


def _mail(record: RecordValues, report: Report) -> Any:
    sender = record.get("from")
    if "host" not in record:
        return sender, None
    port = record.get("port")
    security: Security = record.get("security") or ("tls" if port == 465 else "starttls")
    node = record.node
    if port == 465 and security == "starttls":
        return report.error(
            node.get("security") or node,
            "port 465 speaks TLS from the first byte, not STARTTLS",
            "write security: tls, or another port",
        )
    account = Account(
        record["host"].strip("[]"),
        port or PORTS[security],
        security,
        record.get("user", ""),
        sender,
    )
    try:
        check_account(account)
    except UsageError as error:
        return report.error(node.get("security") or node, error.message, error.hint)
    return sender, account
