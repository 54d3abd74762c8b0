"""Files that go along: their types, and those that cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefgen.errors import BriefgenError
from briefgen.mail.attachments import MEDIA_TYPES, attachment, read_attachment
from briefgen.render import FORMATS


def test_types() -> None:
    for entry in FORMATS.values():
        assert attachment(f"a{entry.suffix}", b"x").media_type.startswith(entry.mime_type)
    assert attachment("A.PDF", b"x").media_type == "application/pdf"
    assert attachment("a.txt", "é".encode()).media_type == "text/plain; charset=UTF-8"
    assert attachment("a.txt", b"\xe9").media_type == "application/octet-stream"
    assert attachment("a.unheard", b"x").media_type == "application/octet-stream"
    assert all("/" in media_type for media_type in MEDIA_TYPES.values())


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "Öl «1».pdf"
    path.write_bytes(bytes(range(256)))
    read = read_attachment(path)
    assert (read.name, read.data) == (path.name, bytes(range(256)))


def test_what_cannot_be_attached(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "none.pdf", r"cannot attach the file \(No such file"),
        (tmp_path, "it is a folder; name the files in it"),
    ):
        with pytest.raises(BriefgenError, match=said):
            read_attachment(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
@pytest.mark.parametrize("name", [b"a\nBcc: eve@x.org.pdf", b"a\rb.pdf", b"a\x0bb", b"\xff.pdf"])
def test_names_that_no_header_can_hold(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"x")
    with pytest.raises(BriefgenError) as caught:
        read_attachment(path)
    assert str(caught.value).startswith("the file name '")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(BriefgenError, match="it is not an ordinary file"):
        read_attachment(tmp_path / "pipe.pdf")
