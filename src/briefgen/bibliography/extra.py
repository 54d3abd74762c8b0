"""Fields that a format has no place for, as lines of a note: `original-date: 1948`.

The convention of Zotero's field Extra, which Zotero and Better BibTeX read back: a line a
variable, the name in CSL's spelling or in words ("Original Date"), dates as EDTF (or, in
quotation marks, in words), names as `family || given`. Here a third part of a name holds what
Zotero's names lack:
`Berg || Jan || non-dropping-particle: van der; suffix: Jr.`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from briefgen.bibliography.dates import date_of_text, edtf_of_csl
from briefgen.bibliography.model import Item
from briefgen.bibliography.plain import gist
from briefgen.facts.csl import CSL_DATES, CSL_LONG_TEXTS, CSL_NAMES, CSL_TEXTS, CSL_TYPES
from briefgen.patterns import lazy_pattern

_LINE = lazy_pattern(r"\s*([A-Za-z][A-Za-z_ -]{1,40}?)\s*:\s+(\S.*?)\s*")
_VARIABLES = {
    name.lower().replace("_", "-"): name
    for name in (*CSL_TEXTS, *CSL_DATES, *CSL_NAMES, *CSL_LONG_TEXTS, "type", "categories")
}
_LINE_END = " ¶ "
"""Stands for a line end in a text that has to stand on one line."""
_NAME_PARTS = ("dropping-particle", "non-dropping-particle", "suffix")
_NAME_FLAGS = ("comma-suffix", "static-ordering", "parse-names")


def extra_lines(csl: Mapping[str, Any], variables: Iterable[str]) -> list[str]:
    """Lines that say these variables of a source's CSL item, in the order given."""
    lines: list[str] = []
    for variable in variables:
        value = csl[variable]
        if variable in CSL_NAMES:
            lines += [f"{variable}: {_name_text(name)}" for name in value]
        elif variable in CSL_DATES:
            literal = value.get("literal")
            said = edtf_of_csl(value) or (f'"{literal}"' if literal else "")
            if said:
                lines.append(f"{variable}: {said}")
        elif variable == "categories":
            lines.append(f"{variable}: {'; '.join(value)}")
        else:
            lines.append(f"{variable}: {str(value).replace(chr(10), _LINE_END)}")
    return lines


def _name_text(name: Mapping[str, Any]) -> str:
    if set(name) == {"literal"}:
        return f"{name['literal']} || || literal"
    more = [f"{part}: {name[part]}" for part in _NAME_PARTS if part in name]
    more += [f"{part}: {str(name[part]).lower()}" for part in _NAME_FLAGS if part in name]
    if "literal" in name:
        more.append(f"literal: {name['literal']}")
    parts = [name.get("family", ""), name.get("given", ""), "; ".join(more)]
    return " || ".join(parts if more else parts[:2]).strip()


_PIECES = lazy_pattern(
    r"(?<!\s)\s*;\s*(?=(?:non-dropping-particle|dropping-particle|suffix|comma-suffix|static-ordering|"
    r"parse-names|literal):)"
)


def _name_of(text: str) -> dict[str, Any]:
    parts = [part.strip() for part in text.split("||", 2)]
    if len(parts) == 1:
        return {"literal": parts[0]}
    family, given, more = [*parts, "", ""][:3]
    if more == "literal":
        return {"literal": family}
    name: dict[str, Any] = {}
    if family:
        name["family"] = family
    if given:
        name["given"] = given
    for piece in _PIECES.split(more):
        part, _, value = (side.strip() for side in piece.partition(":"))
        if value and part in (*_NAME_PARTS, "literal"):
            name[part] = value
        elif value in ("true", "false") and part in _NAME_FLAGS:
            name[part] = value == "true"
    return name


def variable_of_line(line: str) -> tuple[str, str] | None:
    """The CSL variable that a line of a note gives, and its text; None for any other line."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    variable = _VARIABLES.get(re.sub(r"[ _]+", "-", found[1].lower()))
    if variable is None or (variable == "type" and found[2] not in CSL_TYPES):
        return None
    return variable, found[2]


class ExtraLine(NamedTuple):
    """A line of a note that gives a variable."""

    variable: str
    text: str
    written: str
    """The whole line as it stands there."""


def lift_extra(item: Item, lines: Iterable[ExtraLine]) -> None:
    """Put what lines of a note say into `item`; those that it has no use for stay in its note.

    They fill what is empty. The type, dates, names written with `||`, and texts that say the same
    in other characters replace what is there, because whoever wrote the line knew that the format
    could not say it.
    """
    unused: list[str] = []
    names: dict[str, list[dict[str, Any]]] = {}
    long: dict[str, list[str]] = {}
    for variable, text, written in lines:
        if variable in CSL_NAMES:
            if "||" in text or variable not in item:
                names.setdefault(variable, []).append(_name_of(text))
            else:
                unused.append(written)
        elif variable in CSL_DATES:
            quoted = len(text) > 2 and text[0] == text[-1] == '"'
            date = {"literal": text[1:-1]} if quoted else date_of_text(text)
            if date is not None:
                item[variable] = date
            else:
                unused.append(written)
        elif variable == "type":
            item["type"] = text
        elif variable == "categories":
            item.setdefault(variable, [part.strip() for part in text.split(";") if part.strip()])
        elif variable in CSL_LONG_TEXTS:
            long.setdefault(variable, []).append(re.sub(" ?¶ ?", "\n", text))
        else:
            there = str(item.get(variable, ""))
            if not there or gist(there) == gist(text):
                item[variable] = text
            else:
                unused.append(written)
    for variable, found in names.items():
        item[variable] = found
    for variable, texts in long.items():
        said, there = "\n".join(texts), str(item.get(variable, ""))
        item[variable] = f"{there}\n{said}" if there and gist(there) != gist(said) else said
    if unused:
        item["note"] = "\n".join([*([item["note"]] if item.get("note") else []), *unused])


def without_extra(note: str) -> tuple[str, list[ExtraLine]]:
    """A note without its lines that give variables, and those lines."""
    kept: list[str] = []
    lines: list[ExtraLine] = []
    for line in note.split("\n"):
        found = variable_of_line(line)
        if found is None:
            kept.append(line)
        else:
            lines.append(ExtraLine(*found, line.strip()))
    return "\n".join(kept) if any(kept) else "", lines
