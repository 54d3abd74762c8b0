"""The files of scales and marking schemes: each format said once, and where files are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from briefgen.dates import parse_edtf
from briefgen.errors import InputError, Origin, Problem
from briefgen.folders import at_home
from briefgen.many_problems import Problems
from briefgen.ordinary_files import read_ordinary
from briefgen.reading.shapes import (
    FAULT,
    BooleanShape,
    EitherShape,
    FormatShape,
    Key,
    ListShape,
    NumberShape,
    RecordShape,
    RecordValues,
    Report,
    Shape,
    TextShape,
)
from briefgen.reading.yaml_tree import Document, parse_yaml
from briefgen.shipped import shipped_markings, shipped_scales
from briefgen.standards.markings import MarkingScheme
from briefgen.standards.scale import Band, Scale, Term
from briefgen.suggestions import did_you_mean

SUFFIX = ".yaml"
"""What the name of a file ends in; a word without it names one of the shipped files."""
MAX_FILE_BYTES = 2**20
"""Far more than any scale or scheme needs."""

_LINE = TextShape(single_line=True)


def _date(text: str) -> str:
    parse_edtf(text)
    return text


_SOURCE_KEYS: dict[str, Key] = {
    "format": Key(FormatShape(1), True, "The version of this file format: 1"),
    "label": Key(_LINE, True, "What it is called, as printed"),
    "document": Key(_LINE, True, "The document that it is taken from"),
    "publisher": Key(_LINE, about="Who issued the document"),
    "date": Key(
        TextShape(single_line=True, expected="an EDTF date", convert=_date),
        True,
        "The date of the document (EDTF)",
    ),
    "url": Key(_LINE, about="Where the document stands"),
}

# --- scales ----------------------------------------------------------------------------------

_PER_CENT = NumberShape(whole=True, least=0, most=100)

TERM = RecordShape(
    {
        "term": Key(_LINE, True, "As it stands in a brief's file and is printed"),
        "forms": Key(ListShape(_LINE), about="Other forms of it in a sentence: probably"),
        "unsure": Key(
            BooleanShape(), about="true: alone in a text it may mean something else; only warned of"
        ),
        "sentence": Key(_LINE, about="Says it where the judgement's own words do not"),
    },
    what="term",
    convert=lambda record, report: Term(**record.values),
)


def _band(record: RecordValues, report: Report) -> Any:
    low, high = record["from"], record["to"]
    if high <= low:
        return report.error(record.node, f"the range ends at {high}, where it begins", "widen it")
    terms = tuple(each if isinstance(each, Term) else Term(each) for each in record["terms"])
    return Band(low, high, terms)


BAND = RecordShape(
    {
        "from": Key(_PER_CENT, True, "Its lower end, in per cent"),
        "to": Key(_PER_CENT, True, "Its upper end, in per cent"),
        "terms": Key(
            ListShape(EitherShape(_LINE, TERM), may_be_empty=False), True, "What it may be called"
        ),
    },
    what="range of likelihood",
    convert=_band,
)

CONFIDENCE = RecordShape(
    {
        "called": Key(_LINE, about="What the scale calls it, if not confidence"),
        "terms": Key(ListShape(_LINE, may_be_empty=False), True, "Its grades, lowest first"),
    },
    what="confidence entry",
)


def _scale(record: RecordValues, report: Report) -> Any:
    bands: tuple[Band, ...] = record["likelihood"]
    seen: dict[str, Band] = {}
    for before, band in zip((None, *bands), bands, strict=False):
        if before is not None and band.low < before.high:
            return report.error(
                record.node,
                f"the range of {band.names} begins below the end of {before.names}",
                "put ranges in order, lowest first, none over another",
            )
        for term in band.terms:
            for form in (term.term, *term.forms):
                if form.casefold() in seen:
                    return report.error(
                        record.node, f"the term {form!r} stands twice", "keep it in one place"
                    )
                seen[form.casefold()] = band
    confidence: RecordValues | None = record.get("confidence")
    return Scale(
        name="",
        label=record["label"],
        document=record["document"],
        date=record["date"],
        bands=bands,
        confidences=confidence["terms"] if confidence else (),
        confidence_name=confidence.get("called", "confidence") if confidence else "confidence",
        publisher=record.get("publisher", ""),
        url=record.get("url", ""),
        note=record.get("note", ""),
    )


SCALE_FILE = RecordShape(
    _SOURCE_KEYS
    | {
        "note": Key(_LINE, about="What the printed key should say besides"),
        "likelihood": Key(
            ListShape(BAND, may_be_empty=False), True, "Ranges and their terms, lowest first"
        ),
        "confidence": Key(CONFIDENCE, about="How sure analysts say they are"),
    },
    what="scale",
    convert=_scale,
)

# --- marking schemes -------------------------------------------------------------------------

LEVEL = RecordShape(
    {
        "marking": Key(_LINE, True, "As printed"),
        "also": Key(ListShape(_LINE), about="Other ways to write it"),
    },
    what="marking entry",
)


def _scheme(record: RecordValues, report: Report) -> Any:
    levels: list[str] = []
    spellings: list[tuple[str, str]] = []
    for each in record["markings"]:
        level = each if isinstance(each, str) else each["marking"]
        levels.append(level)
        if not isinstance(each, str):
            spellings += ((other, level) for other in each.get("also", ()))
    written = [*levels, *(other for other, _ in spellings)]
    for index, marking in enumerate(written):
        if marking in written[:index]:
            return report.error(record.node, f"marking {marking!r} stands twice", "keep one")
    return MarkingScheme(
        levels=tuple(levels),
        spellings=tuple(spellings),
        prefixes=record.get("prefixes", ()),
        handling=record.get("handling", ()),
        label=record["label"],
    )


MARKINGS_FILE = RecordShape(
    _SOURCE_KEYS
    | {
        "markings": Key(
            ListShape(EitherShape(_LINE, LEVEL), may_be_empty=False), True, "Lowest first"
        ),
        "prefixes": Key(
            ListShape(_LINE), about="What may stand before a marking and changes nothing in rank"
        ),
        "handling": Key(
            ListShape(_LINE), about="Instructions, descriptors and caveats that it names"
        ),
    },
    what="marking scheme",
    convert=_scheme,
)

# --- reading and finding ---------------------------------------------------------------------

Kind = Literal["scale", "markings"]
Found = TypeVar("Found", Scale, MarkingScheme)


def is_file(name: str) -> bool:
    """Whether `scale:` or `markings:` names a file of one's own, and not a shipped one."""
    return name.lower().endswith((SUFFIX, ".yml"))


@cache
def shipped_names(kind: Kind) -> tuple[str, ...]:
    """The names of the shipped files of a kind: `scale` or `markings`. Sorted."""
    folder = shipped_scales() if kind == "scale" else shipped_markings()
    return tuple(sorted(path.stem for path in folder.glob(f"*{SUFFIX}")))


def unknown_name(kind: Kind, name: str) -> tuple[str, str]:
    """What is wrong with a name that no shipped file has, and what to do; empty if it has."""
    known = shipped_names(kind)
    if is_file(name) or name in known:
        return "", ""
    what = "scale" if kind == "scale" else "marking scheme"
    near = did_you_mean(name, known)
    return (
        f"there is no {what} {name!r}",
        near or f"there are {', '.join(known)}; a file of your own ends in {SUFFIX}",
    )


def read_scale(data: bytes, shown_as: str, name: str) -> tuple[Scale | None, tuple[Problem, ...]]:
    """A scale's file; None when it has an error. `shown_as` is how problems call it."""
    scale, problems = _read(data, shown_as, SCALE_FILE)
    return (replace(scale, name=name) if isinstance(scale, Scale) else None), problems


def read_markings(data: bytes, shown_as: str) -> tuple[MarkingScheme | None, tuple[Problem, ...]]:
    """A marking scheme's file; None when it has an error."""
    scheme, problems = _read(data, shown_as, MARKINGS_FILE)
    return (scheme if isinstance(scheme, MarkingScheme) else None), problems


def _read(data: bytes, shown_as: str, shape: Shape) -> tuple[Any, tuple[Problem, ...]]:
    document: Document = parse_yaml(data, shown_as)
    report = Report(shown_as, Problems(document.problems))
    if document.root is None:
        if not report.problems:
            report.problems.append(
                Problem(Origin(shown_as), "error", "the file is empty", "start it with 'format: 1'")
            )
        return None, tuple(report.problems)
    value = shape.read(document.root, report)
    faulty = value is FAULT or any(each.severity == "error" for each in report.problems)
    return None if faulty else value, tuple(report.problems)


def load_scale(name: str, folder: Path | None = None) -> Scale:
    """The scale called `name`: a shipped one, or a file, whose path starts from `folder`.

    Raises `InputError` for a name that nothing has and for a file that cannot be used.
    """
    if not is_file(name):
        return _shipped_scale(name)
    path = at_home(name) if folder is None else folder / at_home(name)
    scale, problems = read_scale(_bytes(path, "scale"), str(path), name)
    if scale is None:
        raise InputError.from_problems(each for each in problems if each.severity == "error")
    return scale


@cache
def _shipped_scale(name: str) -> Scale:
    return _shipped("scale", name, lambda data, shown: read_scale(data, shown, name))


@cache
def shipped_scheme(name: str) -> MarkingScheme:
    """The shipped marking scheme called `name`. Raises `InputError` if there is none."""
    return _shipped("markings", name, read_markings)


def _shipped(
    kind: Kind,
    name: str,
    read: Callable[[bytes, str], tuple[Found | None, tuple[Problem, ...]]],
) -> Found:
    message, hint = unknown_name(kind, name)
    if message:
        raise InputError(message, hint=hint)
    folder = shipped_scales() if kind == "scale" else shipped_markings()
    path = folder / f"{name}{SUFFIX}"
    found, problems = read(path.read_bytes(), str(path))
    if found is None:
        raise InputError.from_problems(problems)
    return found


def _bytes(path: Path, what: str) -> bytes:
    try:
        if path.is_file() and path.stat().st_size <= MAX_FILE_BYTES:
            return read_ordinary(path, MAX_FILE_BYTES)
        reason = "it is no file" if path.exists() else "there is none"
        if path.is_file():
            reason = f"it is larger than {MAX_FILE_BYTES // 2**20} MB"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    raise InputError(f"cannot read the {what} {str(path)!r} ({reason})", hint="correct its path")
