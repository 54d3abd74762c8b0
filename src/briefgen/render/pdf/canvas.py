"""ReportLab's canvas, text and document as our pages need them.

Besides what ReportLab does by itself: text that is copied as it was meant, marked content inside
a line, destinations that a web address can name, and object streams (ISO 32000-1, 7.5.7), without
which links and bookmarks would be more than half of a file. This is the only module that uses
names which ReportLab does not promise to keep; a test lists them.

Nothing in here reads a clock: two documents of the same content are the same bytes.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from threading import RLock
from typing import Any

from briefgen.deferred import defer

defer("PIL.Image")  # see `truetype`

from reportlab.pdfbase import pdfdoc, pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402
from reportlab.pdfgen.textobject import PDFTextObject  # noqa: E402

from briefgen.render.pdf.typeface import Typeface  # noqa: E402

_VERSION = (1, 7)
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FIRST_CODE = 33
"""Of the characters that a document uses: printable codes pack well."""
_MOST_ENTRIES = 100
"""Entries that one block of a CMap may hold at most (Adobe Technical Note 5411)."""
_TOGETHER = 200
"""Objects that are packed together: a reader unpacks them all to see one."""
_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})
"""What may not stand in a literal string as it is (ISO 32000-1, 7.3.4.2)."""
_LOCK = RLock()


# --- text --------------------------------------------------------------------------------------


class _OtherSubset(Exception):
    """A character that is not in the first subset of its face."""


class _Codes(dict[int, str]):
    """Characters of one face in one document as literal strings hold them, for `str.translate`.

    A face's first 223 characters are one font in the file, the next another: ReportLab calls these
    subsets. Those of the first are remembered.
    """

    def __init__(self, font: TTFont, document: pdfdoc.PDFDocument) -> None:
        super().__init__()
        self._font, self._document = font, document
        state = font.state[document] = TTFont.State(False, font)
        state.nextCode = _FIRST_CODE

    def __missing__(self, character: int) -> str:
        [(subset, code)] = self._pieces(chr(character))
        if subset:
            raise _OtherSubset
        self[character] = code
        return code

    def _pieces(self, text: str) -> list[tuple[int, str]]:
        return [
            (subset, codes.decode("latin-1").translate(_ESCAPED))
            for subset, codes in self._font.splitString(text, self._document)
        ]

    def encoded(self, text: str) -> list[tuple[int, str]]:
        """Number of the subset, and codes in it, of one stretch of `text` after the other."""
        try:
            return [(0, text.translate(self))]
        except _OtherSubset:
            return self._pieces(text)


class TextObject(PDFTextObject):
    """A text object that takes typefaces with stand-ins, and marks inside a line."""

    # What ReportLab's stubs do not tell.
    _canvas: BriefCanvas
    _code: list[str]
    _doc: _Document
    _typeface: Typeface
    _codes: _Codes
    _size: float

    def set_typeface(self, typeface: Typeface, size: float) -> None:
        """Choose the face and the type size of what follows, in points."""
        self._typeface, self._size = typeface, round(size * typeface.scale, 2)
        self._codes = self._canvas.codes(typeface)
        self._curSubset = -1

    def setTextOrigin(self, x: float, y: float) -> None:
        """Where the next text begins, in points from the sheet's lower left."""
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def setFillColor(self, colour: Any, alpha: float | None = None) -> None:
        """What follows is of this colour: red, green and blue from 0 to 1."""
        self._code.append(_fill(colour))

    def textOut(self, text: str) -> None:
        """Set text in the face chosen, stand-ins included."""
        blanks = self._typeface.blanks
        if not blanks or blanks.isdisjoint(text):
            self._show(text)
            return
        for word in re.split("( +)", text):
            if blanks.isdisjoint(word):
                self._show(word)
            else:
                self.open_actual_text(self._typeface.text(word))
                self._show("".join(character for character in word if character not in blanks))
                self.close_mark()

    def _show(self, text: str) -> None:
        if text:
            for subset, codes in self._codes.encoded(text):
                if subset != self._curSubset:
                    self._choose(subset)
                self._code.append(f"({codes}) Tj")

    def show_in_cells(self, text: str, cell: float) -> None:
        """Every character in the middle of a cell, `cell` thousandths of the size wide.

        The gaps would pass for spaces, so what the text really is goes with it.
        """
        face = self._typeface
        self.open_actual_text(face.text(text))
        for character in text:
            slack = round((face.width(character) - cell) / (2 * face.scale))
            shown = "" if character in face.blanks else character
            for subset, codes in self._codes.encoded(shown):
                if subset != self._curSubset:
                    self._choose(subset)
                self._code.append(f"[{slack} ({codes}) {slack}] TJ")
        self.close_mark()

    def _choose(self, subset: int) -> None:
        self._curSubset = subset
        name = self._typeface.font.getSubsetInternalName(subset, self._doc)
        self._code.append(f"{name} {self._size:g} Tf")

    def open_mark(self, tag: str, properties: str) -> None:
        """Begin marked content (ISO 32000-1, 14.6); `properties` are a dictionary's entries."""
        self._code.append(f"/{tag} <<{properties}>> BDC")

    def open_actual_text(self, text: str) -> None:
        """Begin what is copied as `text`, whatever is drawn (14.9.4)."""
        self.open_mark("Span", f"/ActualText <feff{_utf_16(text).hex()}>")

    def close_mark(self) -> None:
        """End the mark that was opened last."""
        self._code.append("EMC")

    def getCode(self) -> str:
        """The operators, one a line."""
        return "\n".join([*self._code, "ET"])


@lru_cache(maxsize=64)
def _fill(colour: tuple[float, float, float]) -> str:
    return "{:g} {:g} {:g} rg".format(*colour)


# --- pages -------------------------------------------------------------------------------------


class BriefCanvas(Canvas):
    """Draws pages into a document whose objects are packed."""

    # What ReportLab's stubs do not tell.
    _code: list[str]
    _doc: _Document
    _addAnnotation: Callable[[pdfdoc.PDFObject], None]
    _destinations: dict[str, pdfdoc.PDFObject]

    def __init__(self, width: float, height: float, first: Typeface, language: str) -> None:
        """Sheets of `width` by `height` points. `first` is the face of running text."""
        pdfmetrics.registerFont(first.font)
        super().__init__(
            "", (width, height), pageCompression=1, invariant=1, pdfVersion=_VERSION,
            initialFontName=first.font.fontName,  # type: ignore[arg-type]
        )  # fmt: skip
        self._doc = _Document(language)
        self._codes: dict[Typeface, _Codes] = {}

    def codes(self, typeface: Typeface) -> _Codes:
        """The codes of a face in this document."""
        found = self._codes.get(typeface)
        if found is None:
            found = self._codes[typeface] = _Codes(typeface.font, self._doc)
        return found

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> TextObject:
        """A new text object; `drawText` puts it on the page."""
        return TextObject(self, x, y, direction)

    def open_mark(self, tag: str, properties: str) -> None:
        """Begin marked content that holds text objects and drawings."""
        self._code.append(f"/{tag} <<{properties}>> BDC")

    def close_mark(self) -> None:
        """End the mark that was opened last."""
        self._code.append("EMC")

    def link_to_place(self, page: int, left: float, top: float, rectangle: Sequence[float]) -> None:
        """A link on this page to a place on a page (from 1), which may still be drawn."""
        self._addAnnotation(_Link(rectangle, _Place(page, left, top)))

    def link_to_address(self, address: str, rectangle: Sequence[float]) -> None:
        """A link on this page to a URI, in ASCII."""
        action = f"/A << /S /URI /URI ({address.translate(_ESCAPED)}) >>"
        self._addAnnotation(_Link(rectangle, action.encode("ascii")))

    def name_place(self, name: str, page: int, left: float, top: float) -> None:
        """Have bookmarks and `name_destinations` know a place on a page by a name."""
        self._destinations.setdefault(name, _Place(page, left, top))

    def name_destinations(self, names: Sequence[str]) -> None:
        """Have `file.pdf#name` open at the destination of that name."""
        listed: list[object] = []
        for name in sorted({name.encode() for name in names}):
            listed += [pdfdoc.PDFText(name), self._destinations[name.decode()]]
        if listed:
            tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArrayCompact(listed)})
            self.setCatalogEntry("Names", {"Dests": tree})

    def describe(self, texts: dict[str, str], moment: datetime, metadata: bytes) -> None:
        """Document information (14.3.3) without what is empty, and the same as XMP metadata."""
        self._doc.info = _Information(texts, moment)
        kind = pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"})
        self.setCatalogEntry("Metadata", pdfdoc.PDFStream(kind, metadata))

    def getpdfdata(self) -> bytes:
        """The file. After this the canvas must not be used further."""
        for typeface in self._codes:
            self._doc.meanings[typeface.font] = typeface
        with _LOCK:  # ReportLab's fonts keep their place in the file while they are read
            data: bytes = super().getpdfdata()  # type: ignore[no-untyped-call]
        return data


class _Place(pdfdoc.PDFObject):
    """An explicit destination (12.3.2.2)."""

    def __init__(self, page: int, left: float, top: float) -> None:
        self._page, self._left, self._top = f"Page{page}", left, top

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        number, _ = document.idToObjectNumberAndVersion[self._page]
        return b"[%d 0 R /XYZ %.2f %.2f null]" % (number, self._left, self._top)


class _Link(pdfdoc.PDFObject):
    """A link annotation (12.5.6.5) to a place, or with an action."""

    def __init__(self, rectangle: Sequence[float], leads: _Place | bytes) -> None:
        left, bottom, right, top = rectangle
        self._rectangle, self._leads = (left, bottom, right, top), leads

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        leads = self._leads
        if isinstance(leads, _Place):
            leads = b"/Dest " + leads.format(document)
        start = b"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] "
        return start + b"/Rect [%.2f %.2f %.2f %.2f] " % self._rectangle + leads + b" >>"


class _Information(pdfdoc.PDFInfo):
    def __init__(self, texts: dict[str, str], moment: datetime) -> None:
        super().__init__()
        self._texts, self._moment = texts, moment

    def digest(self, md5object: Any) -> None:
        md5object.update(repr((self._texts, self._moment)).encode())

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        zone = self._moment.strftime("%z") or "+0000"
        date = f"D:{self._moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
        entries = {**self._texts, "CreationDate": date, "ModDate": date}
        strings = {key: text_string(text) for key, text in entries.items() if text}
        return pdfdoc.PDFDictionary(strings).format(document)


def text_string(text: str) -> pdfdoc.PDFString:
    """Text for readers (7.9.2.2). ReportLab's own choice of encoding loses soft hyphens."""
    if text.isascii() and text.isprintable():
        return pdfdoc.PDFString(text)
    return pdfdoc.PDFString(codecs.BOM_UTF16_BE + _utf_16(text), enc="raw")


def _utf_16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


# --- the document ------------------------------------------------------------------------------


class _Document(pdfdoc.PDFDocument):
    """Fonts whose text is copied as meant; objects that are no streams packed together."""

    # What ReportLab's stubs do not tell.
    Catalog: pdfdoc.PDFCatalog
    Reference: Callable[..., pdfdoc.PDFObject]
    idToObject: dict[str, Any]
    numberToId: dict[int, str]

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=_VERSION, lang=language or None)
        self.signature = hashlib.md5(usedforsecurity=False)  # of the content alone
        self.meanings: dict[TTFont, Typeface] = {}

    def addPage(self, page: pdfdoc.PDFPage) -> None:
        """Take a page, its content compressed whatever a person's ReportLab settings say."""
        content = page.stream.encode("latin-1")
        self.updateSignature(content)
        page.Contents = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
        page.__NoDefault__ = [*page.__NoDefault__, "Tabs"]
        setattr(page, "Tabs", "/S" if page.Annots else None)  # noqa: B010  (unknown to its stubs)
        super().addPage(page)

    def GetPDFData(self, canvas: Canvas) -> bytes:
        """The file: fonts and outline are made first."""
        subsets = {font: font.state[self].subsets for font in self.delayedFonts}
        names: dict[bytes, int] = {}
        fonts, self.delayedFonts = self.delayedFonts, []
        for font in fonts:
            # Two files may hold different fonts of one name.
            own = font.face.name
            number = names[own] = names.get(own, -1) + 1
            font.face.name = own + b"-%d" % number if number else own
            try:
                font.addObjects(self)
            finally:
                font.face.name = own
            for place, subset in enumerate(subsets[font]):
                self._mend(f"{self.fontMapping[font.fontName][1:]}+{place}", font, subset)
        return super().GetPDFData(canvas)

    def _mend(self, name: str, font: TTFont, subset: list[int]) -> None:
        """What a font's codes say: ReportLab's own map knows no stand-ins, among other faults."""
        written = self.idToObject["BasicFonts"].dict[name]
        # Numbers at once: ReportLab writes them one by one, which takes longer than all else.
        widths = [
            f"{round(font.face.charWidths.get(code, font.face.defaultWidth), 3):g}"
            for code in subset
        ]
        written.Widths = f"[{' '.join(widths)}]"
        typeface = self.meanings[font]
        self.idToObject[written.ToUnicode.name].content = _to_unicode(
            [(code, typeface.text(chr(subset[code]))) for code in _used(subset)]
        )

    def format(self) -> bytes:
        """All objects, the cross-references and the trailer (7.5)."""
        root, information = self.Reference(self.Catalog), self.Reference(self.info)
        parts, rows = [_HEADER], {0: b"\0" + bytes(4) + b"\xff\xff"}
        size = len(_HEADER)
        plain: list[tuple[int, bytes]] = []

        def add(number: int, body: bytes) -> None:
            nonlocal size
            rows[number] = b"\1" + size.to_bytes(4, "big") + bytes(2)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            size += len(parts[-1])

        number = 0
        while (number := number + 1) in self.numberToId:  # formatting may bring new objects
            thing = self.idToObject[self.numberToId[number]]
            body = pdfdoc.format(thing, self, toplevel=1).rstrip(b"\n")
            if isinstance(thing, pdfdoc.PDFStream):
                # An end of line belongs before the last word (7.3.8.1; PDF/A insists).
                add(number, body.removesuffix(b"endstream") + b"\nendstream")
            else:
                plain.append((number, body))
        for start in range(0, len(plain), _TOGETHER):
            together = plain[start : start + _TOGETHER]
            for place, (each, _) in enumerate(together):
                rows[each] = b"\2" + number.to_bytes(4, "big") + place.to_bytes(2, "big")
            add(number, self._packed(together))
            number += 1
        start = size
        rows[number] = b"\1" + start.to_bytes(4, "big") + bytes(2)
        identifier = pdfdoc.PDFText(self.signature.digest(), enc="raw").format(self).decode()
        entries = {
            "Type": "/XRef", "Size": number + 1, "W": "[1 4 2]", "Root": root,
            "Info": information, "ID": f"[{identifier} {identifier}]",
        }  # fmt: skip
        add(number, self._stream(entries, b"".join(row for _, row in sorted(rows.items()))))
        return b"".join([*parts, b"startxref\n%d\n%%%%EOF\n" % start])

    def _packed(self, together: list[tuple[int, bytes]]) -> bytes:
        places, offset = [], 0
        for number, body in together:
            places.append(f"{number} {offset}")
            offset += len(body) + 1
        head = " ".join(places).encode() + b"\n"
        content = head + b"\n".join(body for _, body in together)
        return self._stream({"Type": "/ObjStm", "N": len(together), "First": len(head)}, content)

    def _stream(self, entries: dict[str, object], content: bytes) -> bytes:
        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content, [pdfdoc.PDFZCompress])
        return stream.format(self).removesuffix(b"endstream\n") + b"\nendstream"


def _used(subset: list[int]) -> list[int]:
    """The codes of a subset that stand for something: the first ones only fill up."""
    return [code for code in range(1, len(subset)) if code >= ord(" ") or subset[code] != 32]


def _to_unicode(entries: list[tuple[int, str]]) -> bytes:
    """A ToUnicode map (9.10.3): each code and the text that it stands for."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _MOST_ENTRIES):
        block = entries[start : start + _MOST_ENTRIES]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{_utf_16(text).hex().upper()}>" for code, text in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode("ascii")
