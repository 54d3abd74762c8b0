"""The document whose look our Word files have: built from its parts, or taken apart into them.

    python tools/reference_document.py build   parts -> src/briefgen/render/docx/reference.docx
    python tools/reference_document.py unpack  the other way: after a change made in Word
    python tools/reference_document.py check   whether the two say the same

The parts lie in tools/reference_document/, as text, so that a change can be read. A test checks.
Personal data that Word adds (author, revision ids, a picture of the first page) is for whoever
unpacks to look at and take out.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree

HERE = Path(__file__).resolve().parent
PARTS = HERE / "reference_document"
DOCUMENT = HERE.parent / "src" / "briefgen" / "render" / "docx" / "reference.docx"
FIRST = "[Content_Types].xml"
"""Stands first in every package, so that programs know it by its beginning."""


def parts_as_text() -> dict[str, bytes]:
    """Part name -> content, as held in the folder."""
    names = sorted(p.relative_to(PARTS).as_posix() for p in PARTS.rglob("*") if p.is_file())
    names.sort(key=lambda name: name != FIRST)
    return {name: (PARTS / name).read_bytes() for name in names}


def built() -> bytes:
    """The document, packed from its parts; the same parts give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts_as_text().items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def as_text(part: bytes) -> bytes:
    """A part with each element on a line of its own: Word writes it all on one."""
    root = etree.fromstring(part, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True
    )


def unpacked() -> dict[str, bytes]:
    """Part name -> content, as the document holds it."""
    with zipfile.ZipFile(DOCUMENT) as archive:
        return {
            name: as_text(data) if name.endswith((".xml", ".rels")) else data
            for name in archive.namelist()
            if (data := archive.read(name))
        }


def differing() -> list[str]:
    """The parts that the document and the folder do not have alike."""
    held, inside = parts_as_text(), unpacked()
    return sorted(n for n in held.keys() | inside.keys() if held.get(n) != inside.get(n))


def main(arguments: list[str]) -> int:
    """Do what is asked for; 1 when a check finds a difference, 2 when nothing known is asked."""
    if arguments == ["build"]:
        DOCUMENT.write_bytes(built())
    elif arguments == ["unpack"]:
        inside = unpacked()
        for name in parts_as_text().keys() - inside.keys():
            (PARTS / name).unlink()
        for name, data in inside.items():
            (PARTS / name).parent.mkdir(parents=True, exist_ok=True)
            (PARTS / name).write_bytes(data)
    elif arguments == ["check"]:
        for name in (found := differing()):
            print(f"{name} differs from the part in reference.docx; build or unpack")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
