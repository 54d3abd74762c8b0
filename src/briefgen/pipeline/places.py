"""Where things lie: the fact base to use, the folders of templates, the person's own folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefgen.errors import SHORTER_NAME, InputError, name_is_too_long, told_at
from briefgen.folders import at_home, config_folder
from briefgen.ordinary_files import MAX_YAML_BYTES, read_ordinary
from briefgen.shipped import shipped_base, shipped_templates

if TYPE_CHECKING:
    from briefgen.brief.spec.model import BriefSpec


def find_base(
    flag: str | None = None,
    brief: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Path:
    """The fact base's folder: the flag's, else the brief's, else BRIEFGEN_BASE's, else that of the
    settings, else the shipped one.

    Raises `InputError` if there is no such folder.
    """
    for said, by in (
        (flag, "--base"),
        (brief, "base in the brief"),
        (environment.get("BRIEFGEN_BASE") or None, "BRIEFGEN_BASE"),
    ):
        if said is not None:
            return _existing(said, by)
    in_settings = _said_in_settings("base", environment)
    if in_settings is not None:
        return _existing(*in_settings)
    return shipped_base()


def _said_in_settings(
    key: Literal["base", "templates"], environment: Mapping[str, str]
) -> tuple[str, str] | None:
    """The folder that the person's settings name under `key`, and who names it; else None.

    Every command asks, so YAML is loaded only where the file has that word.
    """
    named = environment.get("BRIEFGEN_SETTINGS")
    path = at_home(named) if named else config_folder() / "settings.yaml"
    try:
        if key.encode() not in read_ordinary(path, MAX_YAML_BYTES):
            return None
    except (OSError, ValueError):  # there is none; who needs more of it says why
        return None
    from briefgen.pipeline.settings import said_folder

    said = said_folder(key, path)
    return None if said is None else (said, f"{key} in {path}")


def base_of(spec: BriefSpec, flag: str | None = None) -> Path:
    """The fact base's folder for a brief; a wrong one is told where the brief's file names it.

    Raises `InputError` if there is no such folder.
    """
    with told_at(None if flag or spec.base is None else spec.place("base", spec.base)):
        return find_base(flag, spec.base)


def _existing(said: str, by: str) -> Path:
    return _folder(
        said,
        ("the fact base", f" ({by})"),
        "name the folder that holds base.yaml, or start one with 'briefgen init DIR'",
    )


def _folder(said: str, around: tuple[str, str], hint: str) -> Path:
    """A folder that somebody named. Raises `InputError`, with what to do, if it cannot be used.

    `around` is what is told before its name and after it.
    """
    folder = at_home(said)
    what = f"{around[0]} {folder if said else repr(said)}{around[1]}"
    try:
        if said and stat.S_ISDIR(folder.stat().st_mode):
            return folder
        fault = "is a file, not a folder" if said else "does not exist"
    except (FileNotFoundError, NotADirectoryError):
        fault = "does not exist"
    except OSError as error:
        if name_is_too_long(error):
            raise InputError(f"{what}: the name is too long", hint=SHORTER_NAME) from None
        fault = f"cannot be looked into ({error.strerror or error})"
    except ValueError:  # a NUL in the name
        fault = "is no folder's name"
    raise InputError(f"{what} {fault}", hint=hint)


def user_templates() -> Path:
    """The person's own templates: `templates/` in their config folder. It need not exist."""
    return config_folder() / "templates"


def template_folders(
    flag: str | None = None, environment: Mapping[str, str] = os.environ
) -> tuple[Path, ...]:
    """Where templates are looked for, first place first: `--templates`, the settings' folder, the
    user's, the shipped.

    Raises `InputError` if a folder that was named does not exist.
    """
    folders = []
    if flag is not None:
        folders.append(_existing_templates(flag, "--templates"))
    in_settings = _said_in_settings("templates", environment)
    if in_settings is not None:
        folders.append(_existing_templates(*in_settings))
    users = user_templates()
    if users.is_dir():
        folders.append(users)
    return (*folders, shipped_templates())


def _existing_templates(said: str, by: str) -> Path:
    return _folder(said, (f"{by}:", ""), "name a folder that holds NAME.yaml files")
