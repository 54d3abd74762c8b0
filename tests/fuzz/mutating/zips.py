"""Changes of ZIP packages: their parts, how those are packed, and what the directory says of them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

from fuzz.mutating.texts import changed_bytes, changed_text
from fuzz.mutating.xml import changed_xml

Parts = list[tuple[str, bytes]]

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_TELLING = frozenset((
    "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
    "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/header1.xml",
))  # fmt: skip
"""The parts that readers look at most closely."""
_BOMB = Path(__file__).with_name("two-gigabytes-of-zeros.bz2")


def parts_of(data: bytes) -> Parts:
    """Names and bytes of the parts. Raises `zipfile.BadZipFile` and its like."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def changed_package(data: bytes, other: bytes, tokens: tuple[str, ...], rng: Random) -> bytes:
    """The package with changed parts. One that cannot be opened is changed as bytes."""
    try:
        parts, theirs = parts_of(data), dict(parts_of(other))
    except Exception:  # whatever zipfile thinks of what earlier changes made of it
        return changed_bytes(data, rng)
    for _ in range(rng.choice((1, 1, 2))):
        _change(parts, theirs, tokens, rng)
    how = rng.random()
    if how < 0.04:
        return _with_bomb(parts, rng)
    small = sum(len(data) for _, data in parts) < 2_000_000  # others take minutes
    method = rng.choice(_METHODS) if how < 0.12 and small else zipfile.ZIP_DEFLATED
    whole = packed(parts, method)
    if how > 0.95:
        return _lying(whole, rng)
    return changed_bytes(whole, rng) if how > 0.9 else whole


def _change(parts: Parts, theirs: dict[str, bytes], tokens: tuple[str, ...], rng: Random) -> None:
    if not parts:
        return
    at = rng.randrange(len(parts))
    telling = [place for place, (name, _) in enumerate(parts) if name in _TELLING]
    if telling and rng.random() < 0.6:
        at = rng.choice(telling)
    name, data = parts[at]
    kind = rng.random()
    if kind < 0.72:
        if data.lstrip()[:1] == b"<" or name.endswith((".xml", ".rels")):
            data = changed_xml(data, theirs.get(name, data), tokens, rng, packed=True)
        elif rng.random() < 0.5:
            data = changed_text(data.decode("latin-1"), "x", tokens, rng).encode(
                "latin-1", "replace"
            )
        else:
            data = changed_bytes(data, rng)
        parts[at] = (name, data)
    elif kind < 0.79:
        del parts[at]
    elif kind < 0.85:
        parts[at] = (rng.choice((name.upper(), f"../{name}", f"/{name}", name.replace("/", "\\"), f"{name}/", "x" * 300, rng.choice(parts)[0])), data)  # fmt: skip
    elif kind < 0.89:
        parts.append((name if rng.random() < 0.5 else name.upper(), data))
    elif kind < 0.93:
        parts[at] = (name, rng.choice(parts)[1])
    elif kind < 0.96:
        parts.append(
            (rng.choice(list(theirs) or ["x"]), rng.choice(list(theirs.values()) or [b""]))
        )
    elif kind < 0.98:
        parts += [(f"x{number}", b"") for number in range(rng.choice((10, 1_000, 6_000)))]
    else:
        parts[at] = (name, bytes(rng.choice((1_000_000, 40_000_000, 170_000_000))))


def packed(parts: Parts, method: int) -> bytes:
    """A package of these parts."""
    import warnings

    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def _with_bomb(parts: Parts, rng: Random) -> bytes:
    """One part in bzip2, which packs two gigabytes into 1.5 kB."""
    at = rng.randrange(len(parts)) if parts else 0
    bomb = _BOMB.read_bytes()
    marked = [(name, bomb if number == at else data) for number, (name, data) in enumerate(parts)]
    data = bytearray(packed(marked, zipfile.ZIP_STORED))
    start = data.find(bomb)
    local = data.rfind(b"PK\x03\x04", 0, start)
    data[local + 8 : local + 10] = (12).to_bytes(2, "little")
    central = data.find(b"PK\x01\x02")
    for _ in range(at):
        central = data.find(b"PK\x01\x02", central + 4)
    if central >= 0:
        data[central + 10 : central + 12] = (12).to_bytes(2, "little")
        data[central + 24 : central + 28] = (2**31).to_bytes(4, "little")
    return bytes(data)


def _lying(data: bytes, rng: Random) -> bytes:
    """A directory that says something else of a part than is so."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02", rng.randrange(max(1, len(data))))
    if at >= 0:
        field = rng.choice(
            (8, 10, 16, 20, 24, 28, 30, 42)
        )  # flags, method, CRC, sizes, lengths, place
        changed[at + field : at + field + 2] = rng.choice(
            (b"\0\0", b"\1\0", b"\xff\xff", b"\x09\0", b"\x63\0")
        )
    return bytes(changed)
