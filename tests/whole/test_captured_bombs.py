"""Saved copies that were made to take all the memory, or never to end: one line, soon, and within
limits that the system holds.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.facts.scaffold import init_base
from capture.copies import docx
from whole.limited_command import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's"),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base") / "base"
    init_base(folder)
    return folder


def refusal(file: Path, base: Path) -> str:
    """The one line that is said of a file that is not read."""
    code, said = run("capture", file, "--base", base)
    assert code == 2, said[-2000:]
    (line,) = said.splitlines()
    assert line.startswith(f"error: {file.name}: ")
    return line


# --- PDF -------------------------------------------------------------------------------------


def one_page(content: bytes, packed: bytes) -> bytes:
    """A PDF of a page with that content stream, which `packed`, a list of filters, unpacks."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>"
        ),
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), packed, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.7\n", b""
    for number, part in enumerate(parts, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + places
    return out + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def packed(piece: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


@pytest.mark.parametrize(
    "data",
    [
        lambda: one_page(zlib.compress(packed(b" " * 2**24, 90), 9), b"/FlateDecode/FlateDecode"),
        lambda: one_page(packed(b"q " * 10_000, 2_000), b"/FlateDecode"),
        lambda: one_page(
            packed(b"BT /F 9 Tf " + b"(abcdefghij) Tj 0 -1 Td " * 10_000, 400), b"/FlateDecode"
        ),
    ],
    ids=["unpacks to gigabytes", "states upon states", "text without end"],
)
def test_pdfs_that_end_their_reader(data: Callable[[], bytes], base: Path, tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(data())
    assert (tmp_path / "bomb.pdf").stat().st_size < 300_000
    assert ": the PDF " in refusal(tmp_path / "bomb.pdf", base)


# --- pages, messages, Word documents, text ---------------------------------------------------


def many(pattern: bytes, times: int) -> bytes:
    return b"".join(pattern % number for number in range(times))


def parts(*of: bytes) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b\n\n" + b"".join(of)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("attributes.html", lambda: b"<p " + many(b"a%d=1 ", 1_000_000) + b">x"),
        ("nested.html", lambda: b"<div>" * 10_000_000 + b"x"),
        ("elements.html", lambda: b"<i>x</i>" * 8_000_000),
        ("in two bytes.html", lambda: b"\xff\xfe" + ("<p>x</p>" * 3_500_000).encode("utf-16-le")),
        ("comments.html", lambda: b"<!---->" * 8_000_000),
        ("attributes.mhtml", lambda: parts(
            b"--b\nContent-Type: text/html\n\n<p ", many(b"a%d=1 ", 1_000_000), b">x")),
        ("headers.eml", lambda: b"X: y\n" * 4_000_000),
        ("a part's headers.eml", lambda: parts(b"--b\n", b"X: y\n" * 1_400_000)),
        ("a part's parameters.eml", lambda: parts(
            b"--b\nContent-Type: text/plain; ", b"a*0*=b; " * 7_000_000)),
        ("parts.eml", lambda: parts(b"--b\n\nx\n" * 2_000_000)),
        ("nested.eml", lambda: b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(90)) + b"x\n" * 1_400_000),
        ("nested without end.eml", lambda: many(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b\n", 400_000)),
        ("lines.eml", lambda: b"Subject: x\n\n" + b"x\x0b" * 30_000_000),
        ("two letters a line.txt", lambda: b"xy\n" * 20_000_000),
        ("lines.txt", lambda: b"x\n" * 30_000_000),
    ],
)  # fmt: skip
def test_text_that_never_ends(
    name: str, data: Callable[[], bytes], base: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data())
    refusal(tmp_path / name, base)


@pytest.mark.parametrize(
    ("more", "times"),
    [
        (b"<w:object/>", 2_700_000),
        (b"<w:p>", 900_000),
        (b"<w:p " + many(b"a%d='' ", 50) + b"/>", 100_000),
        (b"<w:p><w:r><w:t>x</w:t></w:r></w:p>", 300_000),
    ],
    ids=["objects", "nested", "attributes", "paragraphs"],
)
def test_word_documents(more: bytes, times: int, base: Path, tmp_path: Path) -> None:
    (tmp_path / "sound.docx").write_bytes(docx("Words"))
    bomb = tmp_path / "bomb.docx"
    sound = zipfile.ZipFile(tmp_path / "sound.docx")
    with sound, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sound.infolist():
            data = sound.read(entry)
            if entry.filename == "word/document.xml":
                data = data.replace(b"</w:body>", more * times + b"</w:body>")
            new.writestr(entry.filename, data)
    assert bomb.stat().st_size < 300_000
    refusal(bomb, base)
