"""Sources as RIS: UTF-8, CR LF line ends, tags as in `ris_tags`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefgen.bibliography.extra import extra_lines
from briefgen.bibliography.model import NOTHING_LEFT, Leftovers
from briefgen.bibliography.plain import escaped_markup
from briefgen.bibliography.ris_tags import NAMES, SERIAL, TEXTS, TYPE_AS, WHOLE
from briefgen.patterns import LINE_BREAK


def write_ris(
    sources: Iterable[tuple[str, Mapping[str, Any]]], leftovers: Mapping[str, Leftovers]
) -> str:
    """Sources, by id, as RIS.

    `leftovers`, by id, go into lines of the tag M2, where Zotero has its field Extra. What looks
    like HTML in them is escaped, for as HTML it is read.
    """
    references = (_reference(id_, csl, leftovers.get(id_, NOTHING_LEFT)) for id_, csl in sources)
    return "".join(["\r\n".join([*lines, "ER  - ", "", ""]) for lines in references])


def _reference(id_: str, csl: Mapping[str, Any], leftovers: Leftovers) -> list[str]:
    shown = {key: value for key, value in csl.items() if key not in leftovers.hidden}
    kind = csl["type"]
    lines: list[str] = []

    def put(tag: str, text: Any) -> None:
        if text not in (None, ""):
            lines.append(f"{tag}  - {_text(str(text))}")

    put("TY", TYPE_AS.get(kind, "GEN"))
    put("ID", id_)
    if id_.isdigit():
        put("LB", id_)
    for tag, variable in NAMES.items():
        if kind == "personal_communication" and tag == "A2":
            variable = "recipient"
        for name in shown.get(variable, ()):
            put(tag, _name(name))
    whole = kind in WHOLE
    for tag, variable in TEXTS.items():
        if tag == "IS" and kind == "report":
            continue
        if variable not in ("abstract",):
            put(tag, shown.get(variable))
    put("T3" if not whole else "T2", shown.get("collection-title"))
    if not whole:
        put("T2", shown.get("container-title"))
    _put_pages(shown, whole, put)
    put("SN", shown.get("ISSN" if kind in SERIAL else "ISBN"))
    if kind not in SERIAL:
        put("SN", shown.get("ISSN"))
    _put_date("issued", ("PY", "DA"), shown, put)
    _put_date("accessed", ("", "Y2"), shown, put)
    put("UR", shown.get("URL"))
    for word in str(shown.get("keyword", "")).split(", "):
        put("KW", word)
    put("AB", shown.get("abstract"))
    for paragraph in str(shown.get("note", "")).split("\n\n"):
        put("N1", paragraph)
    for line in extra_lines(csl, leftovers.lines):
        put("M2", escaped_markup(line))
    return lines


def _put_pages(csl: Mapping[str, Any], whole: bool, put: Any) -> None:
    if whole and re.fullmatch(r"[0-9]+", str(csl.get("number-of-pages", ""))):
        put("SP", csl["number-of-pages"])
        return
    start, dash, end = str(csl.get("page", "")).partition("-")
    if dash and start.strip() and end.strip() and start != end and "-" not in end:
        put("SP", start)
        put("EP", end)
    else:
        put("SP", csl.get("page"))


def _put_date(variable: str, tags: tuple[str, str], csl: Mapping[str, Any], put: Any) -> None:
    """`YYYY` under the first tag, `YYYY/MM/DD/` under the second; RIS has no more than a day."""
    date = csl.get(variable) or {}
    year_tag, day_tag = tags
    ends = date.get("date-parts") or []
    if not ends or not ends[0][0] > 0:
        put(year_tag or day_tag, date.get("literal"))
        return
    parts = [f"{ends[0][0]:04d}", *(f"{part:02d}" for part in ends[0][1:])]
    if len(ends[0]) > 1 and ends[0][1] > 12:
        parts = parts[:1]
    if year_tag:
        put(year_tag, parts[0])
    if len(parts) > 1 or not year_tag:
        put(day_tag, "/".join([*parts, "", ""][:3]) + "/" if len(parts) > 1 else parts[0])


def _name(name: Mapping[str, Any]) -> str:
    if "literal" in name:
        # A comma at the end says that it is one name, in Zotero and EndNote.
        return f"{name['literal']}," if "," in name["literal"] else str(name["literal"])
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    family = f"{particle} {name.get('family', '')}".strip()
    parts = [family, name.get("given", ""), name.get("suffix", "")]
    return ", ".join(parts[:3] if parts[2] else parts[:2])


def _text(text: str) -> str:
    """A text on one line: Pandoc reads no file with a line that has no tag."""
    return " ".join([line.strip() for line in LINE_BREAK.split(text) if line.strip()])
