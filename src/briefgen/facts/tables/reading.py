"""Tables that people hand in: CSV, Excel workbooks, JSON."""

from __future__ import annotations

from briefgen.errors import InputError, Origin
from briefgen.facts.tables.table import Table


def read_table(data: bytes, name: str, *, sheet: str | None = None) -> Table:
    """The table in a file, told by its contents: a workbook, JSON, else CSV.

    `sheet` names the sheet of a workbook (else `Facts`, else the first). Raises `InputError`, one
    line, for what cannot be read as a table.
    """
    if data[:4] == b"PK\x03\x04":
        from briefgen.facts.tables.xlsx_table import read_workbook

        return read_workbook(data, name, sheet)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise InputError(
            "this is an old Excel file, or one with a password",
            hint="save it as an Excel workbook (.xlsx) without a password",
            origin=Origin(name),
        )
    if sheet is not None:
        raise InputError(
            "only Excel workbooks have sheets", hint="leave --sheet out", origin=Origin(name)
        )
    from briefgen.facts.tables.csv_table import decode_text, read_csv
    from briefgen.facts.tables.json_table import read_json_table

    suffix = name.lower().rpartition(".")[2]
    if suffix in _WORKBOOKS or (suffix == "xls" and not _is_text(data)):
        raise InputError(
            f"this is no workbook, though it is called .{suffix}; it may be damaged",
            hint="save it again as an Excel workbook (.xlsx), or name it .csv if it is CSV",
            origin=Origin(name),
        )
    text = decode_text(data, name)
    if name.lower().endswith(".json") or text.lstrip()[:2].rstrip() in ("[", "[{", "[]", "{"):
        return read_json_table(text, name)
    return read_csv(text, name)


_WORKBOOKS = frozenset(("xlsx", "xlsm", "xltx", "xltm", "xlsb", "ods"))


def _is_text(data: bytes) -> bool:
    """Whether this may be a table that some program calls .xls to have Excel open it."""
    return b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))
