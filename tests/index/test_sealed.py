"""Databases whose pages are checked as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from briefgen.index.sealed import PAGE, DamagedIndexError, copy_unsealed, open_sealed, seal

QUESTIONS = (
    "SELECT count(*), sum(length(text)) FROM t",
    "SELECT text FROM t WHERE number BETWEEN 300 AND 320",
    "SELECT number FROM t WHERE name = 'n777'",
    "SELECT rowid FROM w WHERE w MATCH 'number777'",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sealed") / "whole"
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, name TEXT, text TEXT)")
    connection.execute("CREATE INDEX by_name ON t (name)")
    connection.execute("CREATE VIRTUAL TABLE w USING fts5(words, content='')")
    with connection:
        connection.executemany(
            "INSERT INTO t VALUES (?, ?, ?)", [(n, f"n{n}", f"text {n} " * 9) for n in range(1000)]
        )
        connection.executemany(
            "INSERT INTO w (rowid, words) VALUES (?, ?)", [(n, f"number{n}") for n in range(1000)]
        )
    connection.close()
    seal(path)
    return path.read_bytes()


def _answers(path: Path) -> Iterator[object]:
    connection = open_sealed(path)
    if connection is None:
        yield None
        return
    with connection:
        for question in QUESTIONS:
            try:
                yield connection.execute(question).fetchall()
            except DamagedIndexError:
                yield None
    connection.close()


def test_a_byte_that_is_off_never_gives_another_answer(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_bytes(whole)
    true = list(_answers(path))
    assert None not in true
    noticed = 0
    for place in range(0, len(whole), 509):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        path.write_bytes(data)
        given = list(_answers(path))
        assert all(one in (None, other) for one, other in zip(given, true, strict=False)), place
        noticed += None in given
        with pytest.raises(DamagedIndexError):
            copy_unsealed(path, tmp_path / "copy")
    assert noticed > 100


def test_a_page_in_the_place_of_another_is_noticed(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "index"
    one, other = slice(PAGE, 2 * PAGE), slice(3 * PAGE, 4 * PAGE)
    data = bytearray(whole)
    data[one], data[other] = data[other], data[one]
    path.write_bytes(data)
    assert None in _answers(path)


@pytest.mark.parametrize("length", [0, 3, 24, PAGE, PAGE + 1, -1, -24, -PAGE])
def test_what_is_cut_is_not_opened(whole: bytes, tmp_path: Path, length: int) -> None:
    path = tmp_path / "index"
    path.write_bytes(whole[:length])
    assert open_sealed(path) is None


def test_what_grows_is_not_opened_and_nothing_is_written(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_bytes(whole + bytes(PAGE))
    assert open_sealed(path) is None
    path.write_bytes(whole)
    connection = open_sealed(path)
    assert connection is not None
    with pytest.raises(apsw.ReadOnlyError):
        connection.execute("DELETE FROM t")
    connection.close()
    assert path.read_bytes() == whole


def test_only_what_is_asked_for_is_read(
    whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.index import sealed

    path = tmp_path / "index"
    path.write_bytes(whole)
    read: list[int] = []
    inner = sealed._sum
    monkeypatch.setattr(sealed, "_sum", lambda page, n: (read.append(n), inner(page, n))[1])
    connection = open_sealed(path)
    assert connection is not None
    connection.execute(QUESTIONS[2]).fetchall()
    connection.close()
    assert 0 < len(set(read)) < len(whole) / PAGE / 2


def test_a_copy_is_the_bare_database(whole: bytes, tmp_path: Path) -> None:
    path, copy = tmp_path / "index", tmp_path / "copy"
    path.write_bytes(whole)
    copy_unsealed(path, copy)
    assert copy.stat().st_size % PAGE == 0
    connection = apsw.Connection(str(copy))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
