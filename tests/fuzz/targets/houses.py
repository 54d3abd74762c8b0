"""House documents: what a Word file lends to a brief."""

from __future__ import annotations

from functools import cache

from briefgen.brief.model import Brief
from fuzz.mutators import Grammar
from fuzz.oracle import Target, held_line, refused
from fuzz.room import Given
from fuzz.targets.files import repacked

_TOKENS = (
    "w:val", "w:w", "w:h", "w:left", "w:right", "w:gutter", "w:type", "w:styleId", "w:basedOn", "w:next", "Normal", "Heading1", "Title", "0", "-1", "1", "99999999", "9" * 5_000, "²", "1e400", "2147483648", "auto", "none",
    "true", "off", "12.5pt", "12in", "100%", "exact", "atLeast", "dxa", "pct", "rId1", "rId99", "../x", "/word/styles.xml", "styles.xml", "http://x", "External", "FF0000", "red", "theme1.xml", "minorHAnsi", "PAGE",
    "TOC \\o", "DOCPROPERTY x", "landscape", "default", "first", "even", "application/x", "image/png", "en-GB",
)  # fmt: skip


@cache
def _brief() -> Brief:
    from render.sample_brief import many_facts_brief

    return many_facts_brief(6)


def _read(given: Given) -> None:
    from briefgen.errors import InputError
    from briefgen.render.docx import render_docx
    from briefgen.render.docx.opening import _HOUSE
    from briefgen.safe_zip import SafeZip

    with refused(given, names=False):
        try:
            made = render_docx(_brief(), house=given.data)
        except InputError as error:
            if not str(error).startswith("the house document"):
                raise AssertionError(f"does not say what is at fault: {error}") from None
            raise
        for warning in made.warnings:
            held_line(warning, given, names=False)
        SafeZip(made.data, _HOUSE).check_every_part()


def _paged(given: Given) -> None:
    from briefgen.render.docx.paging import page_layout

    with refused(given, names=False):
        page_layout(_brief(), given.data)


def _houses() -> list[bytes]:
    from render.docx.houses import foreign_office, statistics_office

    return [repacked(foreign_office()), repacked(statistics_office())]


TARGETS = [
    Target("house", "x.docx", Grammar("zip", _TOKENS), _read, _houses, by_path=False, weight=2),
    Target(
        "pages of a house",
        "x.docx",
        Grammar("zip", _TOKENS),
        _paged,
        _houses,
        by_path=False,
        weight=1.5,
    ),
]
