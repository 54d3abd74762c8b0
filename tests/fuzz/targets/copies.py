"""Saved copies of sources: PDF, HTML, MHTML, .eml, Word, text; and what is made of passages of them."""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from typing import Any

from briefgen.capture.model import CopyKind
from briefgen.capture.reading_process import ReadingProcess
from fuzz.mutators import Grammar
from fuzz.oracle import Fault, Target, refused
from fuzz.room import Given
from fuzz.targets.files import FORMATS, repacked

_HTML = (
    "<p>", "</p>", "<div>", "<article>", "<main>", "<table>", "<tr>", "<td>", "<ul><li>", "<br>", "<script>", "</script>", "<style>", "<template>", "<noscript>", "<svg>", "<math>",
    "<iframe>", "<textarea>", "<title>", "<plaintext>", "<!--", "-->", "<![CDATA[", "<?php", "&nbsp;", "&#0;", "&#xD800;", "&#9999999999;", "&amp", "<meta charset=x>", "<meta charset=utf-7>",
    '<meta http-equiv="content-type" content="text/html; charset=utf-16">', '<script type="application/ld+json">', "hidden", "style='display:none'", '<base href="//[">', "<a href=x>", "lang",
    '"datePublished": "2013-99-99"', "article:published_time", "2013-08-28T10:00:00+99:00", "<pre>", "<frameset>", "<form>", "<select><option>", "</html>", "<p hidden>", "<b><p></b>",
)  # fmt: skip
_MAIL = (
    "From: ", "To: ", "Subject: =?utf-8?B?4pi=?=", "Subject: =?x?Q?a?=", "Date: ", "Date: Wed, 99 Foo 99999 99:99:99 +9999", "Content-Type: ", "multipart/mixed; boundary=", "multipart/related", "boundary=x",
    "--x", "--x--", "--y", "Content-Transfer-Encoding: base64", "quoted-printable", "8bit", "x-uuencode", "charset=x-unknown", "charset=utf-7", "charset=idna", "charset*=utf-8''x", "message/rfc822",
    "Content-Location: http://[", "Snapshot-Content-Location: ", "\r\n\r\n", "=\n", "=ZZ", "AAAA", "begin 644 x", "text/html", "text/plain", "MIME-Version: 1.0", "Content-Disposition: attachment; filename*0*=x",
)  # fmt: skip
_PDF = (
    "obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref", "/Length", "/Filter", "/FlateDecode", "/Pages", "/Kids", "/Count", "/Parent", "/Type", "/Page", "/MediaBox", "1 0 R", "99 0 R", "<<", ">>", "[", "]", "(",
    ")", "BT", "ET", "Tj", "Tf", "-2147483648", "99999999999", "/Encrypt", "/Root", "/Info", "/Title", "/Font", "/ToUnicode", "/Contents", "/Rotate 90", "%%EOF", "/Prev 0", "/ObjStm",
)  # fmt: skip
_WORD = ("w:p", "w:r", "w:t", "w:tbl", "w:del", "w:ins", "w:moveFrom", "w:fldChar", "w:instrText", "w:br", "w:tab", "w:sym", "w:footnoteReference", "rId1", "../x", "/word/document.xml", "w:sdt", "w:val", "true", "0")  # fmt: skip


class _InThisProcess(ReadingProcess):
    """Reads PDFs here: a process for each would be most of the time."""

    def read(self, data: bytes, name: str, kind: CopyKind) -> Generator[dict[str, Any]]:
        from briefgen.capture.model import MOST_LETTERS
        from briefgen.capture.pdf_lines import read_lines

        yield from (frame for frame in read_lines(data, MOST_LETTERS) if "end" not in frame)


def _read(given: Given) -> None:
    from briefgen.capture.model import MOST_LETTERS
    from briefgen.capture.pdf_text import read_pdf
    from briefgen.capture.quoting import Quotations, even, locator
    from briefgen.capture.read import bytes_of_copy, kind_of, read_here
    from briefgen.errors import Origin

    with refused(given):
        data, origin = bytes_of_copy(given.path), Origin(given.path.name)
        kind = kind_of(data, given.path.name)
        if kind == "pdf":
            saved = read_pdf(data, origin, _InThisProcess())
        else:
            saved = read_here(data, kind, origin)
        paragraphs = saved.paragraphs
        if data != given.data or sum(len(one.text) for one in paragraphs) > MOST_LETTERS:
            raise Fault("other bytes, or too many")
        if paragraphs:
            last = len(paragraphs) - 1
            locator(saved, 0, last)
            quote = " ".join(paragraphs[last].text.split()[:8])
            if even(quote).strip() and not Quotations(paragraphs).find(quote):
                raise Fault(f"a copy does not hold its own words: {quote!r}")
        _propose("\n".join(one.text for one in paragraphs[:3])[:2_000])


@cache
def _opened() -> Any:
    from briefgen.index import open_index

    return open_index(FORMATS / "base")


def _propose(passage: str) -> None:
    from briefgen.capture.suggesting import suggested
    from briefgen.dates import parse_edtf

    found = suggested(_opened(), passage, parse_edtf("2013-08-28"))
    for date in found.dates:
        parse_edtf(date.edtf)


def _texts(given: Given) -> None:
    _propose(given.data.decode("utf-8", "replace")[:5_000])


def _seeds(kind: str) -> list[bytes]:
    from capture.copies import MESSAGE, MHTML, PAGE, docx

    if kind == "html":
        return [
            PAGE.encode(),
            b"<html><body><p>They met.<p>They left.<table><tr><td>1<td>2</table></body></html>",
        ]
    if kind == "mhtml":
        return [MHTML.encode(), MHTML.encode().replace(b"\n", b"\r\n")]
    if kind == "eml":
        return [
            MESSAGE.encode("latin-1"),
            b"From: jo@example.org\nSubject: x\nDate: Wed, 28 Aug 2013 21:30:00 +0500\n\nThey met.\n",
        ]
    return [
        repacked(
            docx(
                "They met in Moscow on 3 May 2011.",
                "It was said that \u201ctrade grows\u201d.",
                title="T",
            )
        )
    ]


def _pdfs() -> list[bytes]:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    found = []
    for packed in (0, 1):
        out = BytesIO()
        canvas = Canvas(out, pagesize=(400, 500), pageCompression=packed, invariant=1)
        canvas.setTitle("Talks")
        for page in (("They met in Moscow", "on 3 May 2011."), ("Trade grows.",)):
            for number, text in enumerate(page):
                canvas.drawString(40, 460 - 14 * number, text)
            canvas.showPage()
        canvas.save()
        found.append(out.getvalue())
    return found


_PASSAGES = [
    b"On 3 May 2011 ministers of Russia and Pakistan met in Moscow; trade stood at 542 million dollars last year.",
    "He will visit next Monday, said the ministry on Wednesday. “In the 1990s”, two weeks ago, in spring 2010, since June.".encode(),
]
_DATES = ("next Monday", "last year", "two weeks ago", "in the 1990s", "31 February 2011", "29 February", "3/5/2011", "the 00th of May 0000", "spring 99999", "9999 years ago", "yesterday", "mid-2011", "12 B.C.", "c. 1950", "May–June 2011", "Pakistan", "Russia")  # fmt: skip
TARGETS = [
    Target(
        "saved html", "x.html", Grammar("text", _HTML), _read, lambda: _seeds("html"), weight=1.5
    ),
    Target(
        "saved mhtml",
        "x.mhtml",
        Grammar("text", (*_MAIL, *_HTML[:20])),
        _read,
        lambda: _seeds("mhtml"),
    ),
    Target("saved message", "x.eml", Grammar("text", _MAIL), _read, lambda: _seeds("eml")),
    Target("saved pdf", "x.pdf", Grammar("text", _PDF), _read, _pdfs),
    Target("saved word", "x.docx", Grammar("zip", _WORD), _read, lambda: _seeds("docx")),
    Target("saved text", "x.txt", Grammar("text", _DATES), _read, lambda: _PASSAGES, weight=0.5),
    Target(
        "passage",
        "x.txt",
        Grammar("text", _DATES),
        _texts,
        lambda: _PASSAGES,
        by_path=False,
        weight=0.5,
    ),
]
