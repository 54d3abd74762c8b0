"""CSV (RFC 4180, and what spreadsheets make of it) as rows of texts."""

from __future__ import annotations

import csv
import io

from briefgen.errors import InputError, Origin
from briefgen.facts.tables.export import text_of_csv_cell
from briefgen.facts.tables.table import MOST_ROWS, Table, table_of
from briefgen.patterns import lazy_pattern

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAVE_AS = "in Excel: Save As, 'CSV UTF-8'; in LibreOffice: 'Edit filter settings', Unicode (UTF-8)"
_MOST_LINES = 2**20
"""Rows, blank ones included: as many as a sheet of Excel has."""
_SEPARATORS = (",", ";", "\t")
_TOLD = lazy_pattern("\\A(?:sep|Sep|SEP)=(.)[ \t]*(?:\r\n|\r|\n)")
"""How a file tells Excel its separator, in a line before the header."""


def decode_text(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, or in what its byte order mark says.

    Raises `InputError` for anything else, and for a file with NUL characters.
    """
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = f"byte 0x{data[error.start]:02x} is" if error.start < len(data) else "it is"
        raise InputError(
            f"{byte} not {'UTF-8' if encoding.startswith('utf-8') else 'UTF-16'}",
            hint=f"save the file as UTF-8 ({_SAVE_AS})",
            origin=Origin(name, line),
        ) from None
    if "\0" in text:
        raise InputError(
            "the file is no text, or UTF-16 without a byte order mark",
            hint=f"save it as UTF-8 ({_SAVE_AS})",
            origin=Origin(name),
        )
    return text


def read_csv(text: str, name: str) -> Table:
    """The table in `text`: commas, semicolons or tabs, whichever parts its header most.

    Rows are counted as a spreadsheet shows them, blank ones included. Raises `InputError` where
    quotes do not close or there is no header.
    """
    told = _TOLD.match(text)
    skipped = 1 if told else 0
    if told:
        separator, text = told[1], text[told.end() :]
    else:
        separator = _separator(text)
    csv.field_size_limit(16 * 2**20)  # a long quotation; the standard's limit is 128 kB
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[tuple[int, list[str], tuple[()]]] = []
    try:
        for number, cells in enumerate(reader, 1 + skipped):
            if number > _MOST_LINES or len(records) > MOST_ROWS + 1:
                raise InputError(
                    f"more than {MOST_ROWS:,} rows, or blank ones without end",
                    hint="split the table",
                    origin=Origin(name),
                )
            if any(cells):
                records.append((number, cells, ()))
    except csv.Error as error:
        said = "a quote is not closed" if "unexpected end" in str(error) else str(error)
        raise InputError(
            f"not valid CSV: {said}",
            hint='put texts with quotes in "quotes", and double those within: "say ""yes"""',
            origin=Origin(name, reader.line_num + skipped),
        ) from None
    columns, rows = table_of(records, name)
    return Table(tuple(map(text_of_csv_cell, columns)), rows, from_csv=True)


def _separator(text: str) -> str:
    """The separator that the first line with text in it has most of, outside quotes."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    quoted = seen = False
    for character in text[:100_000]:
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in counts:
            counts[character] += 1
        elif character in "\r\n":
            if seen:
                break
            counts = dict.fromkeys(_SEPARATORS, 0)
        seen = seen or not character.isspace()
    return max(_SEPARATORS, key=lambda separator: counts[separator])
