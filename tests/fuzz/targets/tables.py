"""Tables of facts: CSV, Excel workbooks, JSON."""

from __future__ import annotations

import zlib
from functools import cache

from fuzz.mutators import Grammar
from fuzz.oracle import Fault, Target, held_note, refused
from fuzz.room import Given
from fuzz.targets.files import FORMATS, copy_base, read, repacked

_COLUMNS = (
    "id", "date", "statement", "topics", "kind", "cites", "actors", "detail", "attribution", "figures", "source", "locator", "quote", "status",
    "date_is", "said", "key", "marking", "credibility", "Statement", "Date", "energy", "everything", "event", "figure", "report p. 3", "report; article",
    "2011/2012", "11 June 2023", "41000", "yes", "TRUE", "#REF!", "=A1", "'=1", '"', '""', ";", "\t", ",", "|", "\r\n", "sep=;", "540 USD million", "bilateral-trade: 540",
)  # fmt: skip
_CELLS = (
    "nan", "inf", "-inf", "1e400", "1E+308", "1e-400", "-1", "60", "0.5", "99999999", "s", "str", "inlineStr", "b", "e", "d", "n", "A1:B2", "A1:XFD1048576", "A0", "XFE1",
    "ZZZZZZ99999999", "1:1", "General", "yyyy-mm-dd", "[h]:mm", "0.00%", "@", "??/??", "[$-409]d", "1904", "rId1", "rId99", "Facts", "worksheets/sheet1.xml", "../x", "http://x", "_x0000_", "_xD800_",
)  # fmt: skip


def _read(given: Given) -> None:
    from briefgen.editing.importing_facts import import_facts
    from briefgen.facts.tables.reading import read_table

    with refused(given):
        if given.case.lies == "file":
            read_table(given.data, str(given.path))
            if given.path.suffix == ".xlsx" and zlib.crc32(given.data) % 4:
                return
        made = import_facts(given.path, given.folder / "base", dry_run=True)
        for line in [*made.warnings, *(row.told for row in made.refused[:100])]:
            held_note(line)
        if len(set(made.added)) != len(made.added):
            raise Fault("two facts get one id")


def _read_foreign(given: Given) -> None:
    """A table that was not made for a base: sources of its own, and its faulty rows as a table."""
    from datetime import UTC, datetime

    from briefgen.editing.importing_facts import ComingFacts
    from briefgen.facts.tables.columns import TableMapping
    from briefgen.facts.tables.reading import read_table
    from briefgen.facts.tables.rejects import FORMATS as REJECTS

    mapping = TableMapping(
        {"Signed": "date", "Link": "source.URL", "By": "source.author", "Sort": "source.type"},
        {
            "kind": "agreement",
            "topics": "energy",
            "statement": "{Name} was signed.",
            "source.title": "{Name}",
            "source.issued": "{Signed}",
            "id": "{No}",
        },
        "day-first",
        frozenset(("NA", "-9")),
    )
    with refused(given):
        coming = ComingFacts(given.path, given.folder / "base", mapping=mapping)
        plan, made = coming.plan()
        for line in [*made.warnings, *(row.told for row in made.refused[:100])]:
            held_note(line)
        if len(set(made.added)) != len(made.added) or len(set(made.sources)) != len(made.sources):
            raise Fault("two get one id")
        assert bool(plan.changes) == bool(made.added)
        bad = {row.row for row in made.refused}
        for format_ in REJECTS if bad else ():
            data = coming.rejects(made.refused, format_, datetime(2026, 11, 21, tzinfo=UTC))
            if len(read_table(data, f"x.{format_}").rows) != len(bad):
                raise Fault(f"rows are lost among the rejects, {format_}")


def _foreign() -> list[bytes]:
    rows = (
        ("Name", "Signed", "Link", "By", "Sort", "No"),
        (
            "Treaty of Strelsau",
            "11 June 1951",
            "https://t.example/1",
            "Sea Office; Jo",
            "treaty",
            "1",
        ),
        ("Convention on Lighthouses", "11/06/1952", "//t.example/a b/c.pdf", "", "", "I-7"),
        ("Lighthouses", "41000", "NA", "Sea Office", "", "-9"),
        ("=1+1", "1953-13", "https://t.example/1", "", "treatise", ""),
        ("", "0000-00-00", "", "", "", "4"),
    )
    return ["\n".join(",".join(row) for row in rows).encode()]


@cache
def _workbook() -> bytes:
    from datetime import UTC, datetime

    from briefgen.facts.read import read_base
    from briefgen.facts.tables.export import facts_to_xlsx

    read_ = read_base(FORMATS / "base")
    assert read_.base is not None
    return facts_to_xlsx(read_.base, read_.facts[:4], datetime(2026, 11, 21, tzinfo=UTC))


def _workbooks() -> list[bytes]:
    from io import BytesIO

    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["statement", "topics", "kind", "cites", "date"])
    page.append(["A thing", "energy", "event", "report", "2011-05"])
    page.append(["Another", "energy", "figure", "article", 41000.5])
    page.merge_cells("B2:B3")
    page["E3"].number_format = "yyyy-mm-dd"
    out = BytesIO()
    book.save(out)
    return [repacked(each) for each in (_workbook(), out.getvalue())]


_FIXTURES = "fixtures/formats/1/tables"
TARGETS = [
    Target(
        "csv",
        "x.csv",
        Grammar("text", _COLUMNS),
        _read,
        read(f"{_FIXTURES}/*.csv"),
        beside=copy_base,
    ),
    Target(
        "foreign table",
        "x.csv",
        Grammar("text", _COLUMNS),
        _read_foreign,
        _foreign,
        beside=copy_base,
    ),
    Target(
        "json table",
        "x.json",
        Grammar("json", _COLUMNS),
        _read,
        read(f"{_FIXTURES}/*.json"),
        beside=copy_base,
    ),
    Target(
        "workbook",
        "x.xlsx",
        Grammar("zip", (*_CELLS, *_COLUMNS[:20])),
        _read,
        _workbooks,
        beside=copy_base,
        weight=3,
    ),
]
