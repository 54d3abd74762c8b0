"""What a start shows where no brief is asked for: what was open last, else a new brief."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import BriefgenError
from briefgen.gui.view_models.brief.new_brief import new_brief
from briefgen.gui.view_models.brief.saving import OpenedBrief, open_brief
from briefgen.gui.view_models.home.remembered import Last
from briefgen.pipeline.places import find_base
from briefgen.pipeline.settings import read_settings
from briefgen.shipped import shipped_base


class ToReopen(NamedTuple):
    """What was open last."""

    brief: OpenedBrief | None
    """None: a new one is meant."""
    base: str | None
    """The folder of a base that the brief does not name."""


def to_reopen(
    last: Last, base_flag: str | None, environment: Mapping[str, str] = os.environ
) -> ToReopen | None:
    """What was open last, if a start should go on with it; None: it should not, or nothing was.

    A base that is named for this start comes before what was. Raises `BriefgenError` for what
    cannot be opened any more.
    """
    if base_flag is not None or environment.get("BRIEFGEN_BASE") or last == Last():
        return None
    if last.base is not None:
        find_base(last.base)  # raises where it is gone
    return ToReopen(open_brief(last.brief) if last.brief is not None else None, last.base)


def new_brief_on(base: str | None) -> BriefSpec:
    """A new brief as the person starts each of them, on the base in a folder.

    Raises `BriefgenError` for settings that cannot be used.
    """
    spec = new_brief(read_settings())
    return spec if base is None else replace(spec, base=base)


def named_base(folder: Path, environment: Mapping[str, str] = os.environ) -> str | None:
    """How a brief names the base in `folder`; None where that is used without being named."""
    try:
        unnamed = find_base(environment=environment)
    except BriefgenError:
        return str(folder)
    return None if _same(folder, unnamed) else str(folder)


def last_of(spec: BriefSpec, path: Path | None, folder: Path, base_flag: str | None) -> Last:
    """What is open now, for the next start: where BRIEFGEN_BASE may say something else."""
    if path is not None and spec.base is not None and base_flag is None:
        return Last(path)
    environment = {key: said for key, said in os.environ.items() if key != "BRIEFGEN_BASE"}
    return Last(path, named_base(folder.resolve(), environment))


def is_first_start(last: Last, base_flag: str | None) -> bool:
    """Whether nothing says on what a person wants to work."""
    if base_flag is not None or last != Last():
        return False
    try:
        return is_shipped(find_base())
    except BriefgenError:
        return False


def is_shipped(folder: Path) -> bool:
    """Whether this is the fact base that comes with briefgen."""
    return _same(folder, shipped_base())


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return one == other
