"""What is read for a run, before anything is made: bases, templates, styles, scales, houses.

A job whose files on disk are as they were, and of which every byte that is read for it is as it
was, is unchanged without a second look. Where some byte changed, its digest decides (`digest`).
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.batch.jobs import Job
from briefgen.errors import BriefgenError, InputError, Problem
from briefgen.folders import at_home
from briefgen.ordinary_files import MAX_HOUSE_BYTES, MAX_YAML_BYTES, read_ordinary
from briefgen.pipeline.bases import open_base
from briefgen.pipeline.places import find_base
from briefgen.standards.files import is_file
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.index.build import ReadFiles


@valueclass(frozen=True, slots=True)
class Bases:
    """The fact bases of a run's jobs, each read and indexed once."""

    of_job: dict[str, Path]
    """By the job's name: its base's folder."""
    contents: dict[Path, str]
    """By folder: a digest of all that the base says."""
    problems: tuple[Problem, ...]
    """Of all bases. Facts with an error are left out."""
    warnings: tuple[str, ...]


def read_bases(jobs: Iterable[Job], read: ReadFiles | None = None) -> Bases:
    """Read the bases of all jobs, so that each worker finds an index of each.

    `read` reads files that are not indexed as they are, if others are to do it.
    Raises `InputError` with every base that is not there, or that cannot be used.
    """
    of_job: dict[str, Path] = {}
    contents: dict[Path, str] = {}
    problems: list[Problem] = []
    faults: list[Problem] = []
    warnings: list[str] = []
    for job in jobs:
        try:
            folder = of_job[job.name] = find_base(None, job.spec.base)
        except InputError as error:
            said = job.spec.base
            place = job.spec.place("base", said) if said is not None else None
            faults.append(Problem(place or job.origin, "error", error.message, error.hint))
            continue
        if folder in contents:
            continue
        contents[folder] = ""
        try:
            with open_base(folder, read) as index:
                contents[folder] = index.content_key
                problems += index.errors
                warnings += index.warnings
        except InputError as error:
            faults += error.problems
    if faults:
        raise InputError.from_problems(dict.fromkeys(faults))
    return Bases(of_job, contents, tuple(problems), tuple(dict.fromkeys(warnings)))


class InputKeys:
    """The digest of every byte that is read for a job."""

    def __init__(self, bases: Bases, templates: tuple[Path, ...], maker: str, sender: str) -> None:
        self._bases = bases
        self._templates = templates_key(templates)
        self._maker = maker
        self._sender = sender
        self._style = functools.cache(_style_key)
        self._file = functools.cache(_file_key)

    def of(self, job: Job) -> str:
        """The digest, in hex; empty when something cannot be read, which the job will tell."""
        spec = job.spec
        base = self._bases.contents[self._bases.of_job[job.name]]
        style = self._style(spec.style)
        house = self._file(spec.house) if spec.house is not None else "none"
        scale = self._file(spec.scale) if spec.scale and is_file(spec.scale) else "none"
        if not (base and style and house and scale and self._templates):
            return ""
        parts = [self._maker, self._sender, job.said, base, self._templates, style, house, scale]
        return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


def templates_key(folders: tuple[Path, ...]) -> str:
    """A digest, in hex, of all templates in these folders; empty when one cannot be read."""
    from briefgen.brief.template.finding import template_files

    whole = hashlib.sha256()
    try:
        for file in template_files(folders):
            data = read_ordinary(file.path, MAX_YAML_BYTES)
            whole.update(f"{file.id}\n{len(data)}\n".encode() + data)
    except (OSError, BriefgenError):
        return ""
    return whole.hexdigest()


def _style_key(name: str) -> str:
    from briefgen.cite.styles import load_style

    try:
        style = load_style(name)
    except BriefgenError:
        return ""
    whole = hashlib.sha256(style.data)
    whole.update(f"{style.id} {style.default_locale} {style.parent}".encode())
    return whole.hexdigest()


def _file_key(path: str) -> str:
    try:
        return hashlib.sha256(read_ordinary(at_home(path), MAX_HOUSE_BYTES)).hexdigest()
    except (OSError, ValueError):
        return ""
