"""Saved copies that were made to take all the memory, or never to end: one line, soon, and within
limits that the system holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.facts.scaffold import init_base

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's"),
]

LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (1_000_000_000,) * 2); "
    "resource.setrlimit(resource.RLIMIT_CPU, (10, 11)); "
    "from briefgen.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base") / "base"
    init_base(folder)
    return folder


def captured(file: Path, base: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "capture", str(file), "--base", str(base)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr


def refusal(file: Path, base: Path) -> str:
    """The one line that is said of a file that is not read."""
    code, said = captured(file, base)
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
