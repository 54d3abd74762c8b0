"""The person's settings: `settings.yaml` in their config folder, or where BRIEFGEN_SETTINGS says.

The account that mail goes through, the folders of facts and templates, and what new briefs start
with. A password never stands in the file.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefgen.addresses import Address, parse_address
from briefgen.errors import InputError, UsageError
from briefgen.folders import PRIVATE, at_home, config_folder, make_private
from briefgen.mail.account import Account, Security, check_account
from briefgen.many_problems import Problems
from briefgen.ordinary_files import MAX_YAML_BYTES, read_ordinary
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
from briefgen.reading.yaml_tree import Document, Node, parse_yaml, read_yaml_file
from briefgen.reading.yaml_tree import Mapping as YamlMapping
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.brief.spec.model import BriefSpec

SETTINGS_VARIABLE = "BRIEFGEN_SETTINGS"

PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""Submission by custom: RFC 6409, RFC 8314; and plain SMTP on this machine."""

_LIKE_A_PASSWORD = lazy_pattern(r"(?i)pass|pwd|secret|token|credential")
_HOST = lazy_pattern(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]+\]?")


@valueclass(frozen=True, slots=True)
class Settings:
    """What the settings file says; all of it may be missing."""

    path: Path
    sender: Address | None = None
    """`mail.from`."""
    account: Account | None = None
    """None: there is no `mail.host`, so nothing can be sent."""
    base: str | None = None
    """A fact base's folder; what is relative in the file is relative to its folder."""
    templates: str | None = None
    """A folder of templates."""
    defaults: BriefSpec | None = None
    """What a new brief starts with; None: nothing is said."""


MAIL_KEYS: dict[str, Key] = {
    "host": Key(
        TextShape(
            single_line=True, expected="a host's name", convert=lambda text: check_host(text)
        ),
        about="The server that takes your mail.",
    ),
    "port": Key(NumberShape(whole=True, least=1, most=65_535), about="587, 465 or 25 if not said."),
    "security": Key(ChoiceShape(("starttls", "tls", "none")), about="starttls if not said."),
    "user": Key(TextShape(single_line=True), about="Who logs in; left out: nobody does."),
    "from": Key(
        TextShape(single_line=True, expected="an e-mail address", convert=parse_address),
        about="Your address: jo@example.org or Jo Doe <jo@example.org>.",
    ),
}

DEFAULT_KEYS = (
    "template", "sides", "scale", "style", "citations", "notes", "references", "grades", "language",
    "paper", "max_pages", "marking", "handling", "contact", "prepared_for", "prepared_by",
    "distribution", "house", "outputs",
)  # fmt: skip
"""Keys of a brief that may stand under `defaults`: what is the same from brief to brief."""


class _DefaultsShape(Shape):
    """Keys of a brief, as in its file. What they look like is loaded when it is asked for."""

    def read(self, node: Node, report: Report) -> Any:
        return self._shape().read(node, report)

    def json_schema(self) -> JsonSchema:
        return self._shape().json_schema()

    def _shape(self) -> RecordShape:
        from briefgen.brief.spec.reader import SPEC_KEYS

        keys = {key: SPEC_KEYS[key] for key in DEFAULT_KEYS}
        return RecordShape(keys, "defaults entry", convert=_defaults)


_MAIL = RecordShape(MAIL_KEYS, "mail entry", convert=lambda record, report: _mail(record, report))
SETTINGS_KEYS: dict[str, Key] = {
    "format": Key(ChoiceShape(("1",), "format"), about="1, or left out."),
    "base": Key(
        TextShape(single_line=True), about="A fact base's folder, for where none is named."
    ),
    "templates": Key(TextShape(single_line=True), about="A folder of further templates."),
    "defaults": Key(_DefaultsShape(), about="What new briefs start with, as in a brief's file."),
    "mail": Key(_MAIL, about="The account that 'briefgen email --send' sends through."),
}
_SETTINGS = RecordShape(SETTINGS_KEYS, "settings file")


def check_host(text: str) -> str:
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
            report.error(
                key,
                "a password does not belong in a file",
                "remove it; store it with 'keyring set briefgen USER', "
                "or set BRIEFGEN_SMTP_PASSWORD",
            )
        else:
            _refuse_passwords(value, report)


def settings_json_schema() -> JsonSchema:
    """JSON Schema of a settings file."""
    return _SETTINGS.json_schema()


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the settings are. The file need not exist."""
    said = environment.get(SETTINGS_VARIABLE)
    return at_home(said) if said else config_folder() / "settings.yaml"


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
    return _settings(read_yaml_file(path), path)


def _settings(document: Document, path: Path) -> Settings:
    report = Report(document.path, Problems(document.problems))
    record: Any = None
    if document.root is not None:
        _refuse_passwords(document.root, report)
    if document.root is not None and not report.problems:
        record = _SETTINGS.read(document.root, report)
    if report.problems:
        raise InputError.from_problems(sorted(report.problems, key=lambda p: p.sort_key))
    if not isinstance(record, RecordValues):
        return Settings(path)
    sender, account = record.get("mail") or (None, None)
    return Settings(
        path,
        sender,
        account,
        _beside(record.get("base"), path),
        _beside(record.get("templates"), path),
        record.get("defaults"),
    )


def said_folder(key: Literal["base", "templates"], path: Path) -> str | None:
    """The folder that the settings file names under `key`, or None; whatever else it says.

    Raises `InputError` for a file that cannot be parsed, and where something else stands there.
    """
    document = read_yaml_file(path)
    if document.broken:
        raise InputError.from_problems(document.problems)
    node = document.root.get(key) if isinstance(document.root, YamlMapping) else None
    if node is None:
        return None
    report = Report(document.path)
    said = SETTINGS_KEYS[key].shape.read(node, report)
    if report.problems:
        raise InputError.from_problems(report.problems)
    return _beside(said, path)


def save_settings(settings: Settings) -> None:
    """Write the settings to their file: only what has changed, comments and all else stay.

    Raises `InputError` for a file there that cannot be read, and `OutputError`. It is as before
    then.
    """
    path = settings.path
    from briefgen.files import write_whole
    from briefgen.writing.mapping import amended_map, written_map

    there = read_ordinary(path, MAX_YAML_BYTES) if path.is_file() else b""
    before = _settings_map(_settings(parse_yaml(there, str(path)), path))
    wanted = _settings_map(settings)
    data = amended_map(there, before, wanted, str(path)) if there else written_map(wanted).encode()
    _settings(parse_yaml(data, str(path)), path)  # raises what could not be read again
    if data == there:
        return
    if path.parent == config_folder():
        with contextlib.suppress(OSError):  # writing says why
            make_private(path.parent)
    if there:
        write_whole(path, data)
    else:  # who has which account is nobody else's business
        write_whole(path, data, mode=PRIVATE)


def _settings_map(settings: Settings) -> dict[str, Any]:
    """What the settings file says."""
    from briefgen.brief.spec.writer import address_text, spec_map

    folder = settings.path.parent
    mail: dict[str, Any] = {}
    account = settings.account
    if account is not None:
        mail = {"host": account.host, "port": account.port, "security": account.security}
        if account.port == PORTS[account.security]:
            del mail["port"]
        if account.user:
            mail["user"] = account.user
    if settings.sender is not None:
        mail["from"] = address_text(settings.sender)
    defaults = spec_map(settings.defaults, folder) if settings.defaults is not None else {}
    said: dict[str, Any] = {
        "base": settings.base,
        "templates": settings.templates,
        "defaults": {key: defaults[key] for key in DEFAULT_KEYS if key in defaults},
        "mail": mail,
    }
    return {key: value for key, value in said.items() if value}


def _beside(said: str | None, path: Path) -> str | None:
    return None if said is None else str(path.parent / at_home(said))


def _defaults(record: RecordValues, report: Report) -> Any:
    from briefgen.brief.spec.model import BriefSpec
    from briefgen.brief.spec.reader import is_path

    said = dict(record.values)
    folder = Path(report.path)
    for key in ("house", "style", "scale"):
        if key in said and is_path(key, said[key]):
            said[key] = _beside(said[key], folder)
    return BriefSpec(**said)


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
