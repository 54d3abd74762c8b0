"""Files as attachments: what type they are, and reading those that lie on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefgen.errors import InputError, Origin, UsageError, not_read_in_words
from briefgen.mail.headers import checked
from briefgen.mail.message import Attachment
from briefgen.render import FORMATS

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OASIS = "application/vnd.oasis.opendocument"
_UNKNOWN = "application/octet-stream"

MEDIA_TYPES: Mapping[str, str] = {
    **{entry.suffix: entry.mime_type for entry in FORMATS.values()},
    ".htm": "text/html",
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".dotx": f"{_OFFICE}.wordprocessingml.template",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": f"{_OASIS}.text",
    ".ods": f"{_OASIS}.spreadsheet",
    ".odp": f"{_OASIS}.presentation",
    ".rtf": "application/rtf",
    ".zip": "application/zip",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
"""By suffix, as IANA registers them: a table of our own, so that no machine has another."""

LARGEST = 1 << 30
"""Bytes that are read into memory at most: no mail server takes a file of this size."""


def attachment(name: str, data: bytes) -> Attachment:
    """`data` under `name`, its type told by the suffix. Raises `UsageError` for an unfit name."""
    checked(name, f"the file name {name!r}")
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower(), _UNKNOWN)
    if media_type.startswith("text/"):
        try:
            data.decode("utf-8")
            media_type += "; charset=UTF-8"
        except UnicodeDecodeError:  # a text, but nobody knows in which encoding
            media_type = _UNKNOWN
    return Attachment(name, media_type, data)


def read_attachment(path: Path) -> Attachment:
    """The file at `path`. Raises `InputError` if it cannot be read, `UsageError` for its name."""

    def unfit(message: str, hint: str) -> InputError:
        return InputError(message, hint=hint, origin=Origin(str(path)))

    try:
        if path.is_dir():
            raise unfit("it is a folder", "name the files in it")
        if path.exists() and not path.is_file():
            raise unfit("it is not an ordinary file", "name a file")
        if path.stat().st_size > LARGEST:
            raise unfit("it is too large for any mail server", "send a link to it instead")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise unfit(
            *not_read_in_words("file", error, "name a file that you may read", act="attach")
        ) from None
    return attachment(path.name, data)


def distinct_names(attachments: tuple[Attachment, ...]) -> None:
    """Raise `UsageError` when two have one name: the reader could not tell them apart."""
    seen: set[str] = set()
    for one in attachments:
        if one.name.casefold() in seen:
            raise UsageError(
                f"two attachments are called {one.name!r}", hint="rename one of the files"
            )
        seen.add(one.name.casefold())
