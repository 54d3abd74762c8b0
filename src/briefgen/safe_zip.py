"""ZIP files of XML from elsewhere (Word and Excel documents), trusted with nothing.

What is unpacked is bounded, whatever the file says of its own sizes; no entity is resolved, no
document type accepted and nothing fetched. Every fault is an `InputError` in words that a person
understands.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from struct import error as struct_error
from typing import NamedTuple, NoReturn

from lxml import etree

from briefgen.errors import InputError, Origin

_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, struct_error, EOFError, NotImplementedError, RuntimeError,
    KeyError, ValueError, OSError, OverflowError, MemoryError,
)  # fmt: skip
_A_PIECE = 2**20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What packages are packed by (ISO/IEC 29500-2, 7.2): others unpack to far more."""


class Expected(NamedTuple):
    """What kind of file is expected: its bounds, and the words in which a wrong one is refused."""

    called: str
    """What a person calls the file: `the workbook`. Begins every sentence."""
    program: str
    """Who writes such files: `Excel`."""
    no_package: str
    """Said of a file that is no ZIP at all: `is damaged`."""
    save_again: str
    """What to do about a damaged one."""
    too_large: str
    """Said of one that unpacks beyond its bounds: `unpacks to a size that no table has`."""
    make_smaller: str
    """What to do about that."""
    most_unpacked: int
    """Bytes that may be unpacked from one file in all."""
    most_in_a_part: int
    """Bytes that one part may unpack to."""
    most_parts: int
    most_elements: int
    """XML elements of a part that is read as a whole: each takes far more room than its letters."""


class SafeZip:
    """The parts of a package, by name without regard to case, unpacked when asked for.

    Every method raises `InputError` for what cannot be used.
    """

    def __init__(self, data: bytes, expected: Expected, origin: Origin | None = None) -> None:
        """Open `data`. `origin` is the file's place, for the errors."""
        self.expected = expected
        self._origin = origin
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except _BROKEN_ZIP:
            self.refuse(expected.no_package)
        if len(entries) > expected.most_parts:
            self.refuse(f"has more than {expected.most_parts:,} parts")
        if any(entry.compress_type not in _PACKED for entry in entries):
            self.refuse(f"is packed in a way that {expected.program} does not use")
        self._entries = {entry.filename.lower(): entry for entry in entries}
        if len(self._entries) != len(entries):
            self.refuse("is damaged: two of its parts have the same name")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def refuse(self, what: str, hint: str = "") -> NoReturn:
        """Raise `InputError`: the file is `what`; do `hint` (else: save it again)."""
        expected = self.expected
        said = f"{expected.called} {what}"
        raise InputError(said, hint=hint or expected.save_again, origin=self._origin)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        return b"".join(self._pieces(name))

    def beginning(self, name: str) -> bytes:
        """The first bytes of a part, up to a million."""
        return next(self._pieces(name), b"")

    def check_every_part(self) -> None:
        """Unpack all parts and keep none: so that another library may read the file unbounded."""
        for name in self._entries:
            for _ in self._pieces(name):
                pass

    def root(self, name: str) -> etree._Element:
        """The root of an XML part."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_pis=True,
        )  # fmt: skip
        return self.parsed(name, parser)

    def parsed(self, name: str, parser: etree.XMLParser) -> etree._Element:
        """The root of an XML part, as `parser` reads it: one that resolves no entities."""
        data = self.read(name)
        if data.count(b"<") > 2 * self.expected.most_elements:  # beginnings and ends
            self.refuse(self.expected.too_large, self.expected.make_smaller)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            self.refuse(f"is damaged: {name} is not XML")
        self.refuse_document_type(root, name)
        return root

    def refuse_document_type(self, root: etree._Element, name: str) -> None:
        """Refuse a part that declares a document type: entities live there, and no program's own
        files have one.
        """
        if getattr(root.getroottree().docinfo, "doctype", ""):
            self.refuse(f"is not as {self.expected.program} writes it: {name} has a document type")

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part in pieces, counted while they are unpacked."""
        entry = self._entries.get(name.lower())
        if entry is None:
            self.refuse(f"is damaged: {name} is missing")
        expected, in_this_part = self.expected, 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_A_PIECE):
                    in_this_part += len(piece)
                    self._unpacked += len(piece)
                    if (
                        in_this_part > expected.most_in_a_part
                        or self._unpacked > expected.most_unpacked
                    ):
                        self.refuse(expected.too_large, expected.make_smaller)
                    yield piece
        except _BROKEN_ZIP:
            self.refuse(f"is damaged: {name} cannot be unpacked")
