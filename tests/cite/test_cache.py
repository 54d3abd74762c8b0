"""Wordings are kept on disk, and never believed when damaged."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefgen.cite import Citeproc, load_style, word_citations
from briefgen.cite import cache as cache_module
from briefgen.cite.cache import CacheFile
from briefgen.facts.model import Source
from cite.making import cite

CLUSTERS = [
    cite(("kamran", "12:30", "timestamp")).items,
    cite("awan-a", "cruz").items,
    cite("kamran").items,
]


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "citations").glob("*.json"))


def test_a_kept_wording_starts_no_process(sources: Mapping[str, Source], tmp_path: Path) -> None:
    with Citeproc() as first, Citeproc() as second:
        style = load_style("apa")
        made = word_citations(CLUSTERS, sources, style, citeproc=first, cache_folder=tmp_path)
        again = word_citations(CLUSTERS, sources, style, citeproc=second, cache_folder=tmp_path)
        assert again == made
        assert (first.starts, second.starts) == (1, 0)


def test_whatever_the_wording_depends_on_makes_a_new_one(
    sources: Mapping[str, Source], citeproc: Citeproc, tmp_path: Path
) -> None:
    def word(style: str = "ieee", language: str = "en", **changes: str) -> None:
        record = {**sources["kamran"].csl, **changes}
        changed = {**sources, "kamran": Source("kamran", record)}
        word_citations(
            CLUSTERS[1:], changed, load_style(style), language=language,
            citeproc=citeproc, cache_folder=tmp_path,
        )  # fmt: skip

    word()
    word()
    assert len(kept(tmp_path)) == 1
    word(title="Another title")
    word(language="fr")
    word(style="vancouver")
    assert len(kept(tmp_path)) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Kamran", b"Kameran"),
        lambda data: b"\x80\x04]\x94." + data,
        lambda data: b"[" * 100_000,
    ],
    ids=["emptied", "cut short", "changed", "a pickle", "nested"],
)
def test_a_damaged_file_is_written_anew(
    damage, sources: Mapping[str, Source], citeproc: Citeproc, tmp_path: Path
) -> None:
    style = load_style("apa")
    made = word_citations(CLUSTERS[1:], sources, style, citeproc=citeproc, cache_folder=tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    again = word_citations(CLUSTERS[1:], sources, style, citeproc=citeproc, cache_folder=tmp_path)
    assert again == made
    assert file.read_bytes() == whole


def test_a_valid_file_of_another_shape_is_not_believed(tmp_path: Path) -> None:
    from briefgen.cite.wording import _unpacked

    for answer in (None, [], {"citations": [["<"]]}, {"citations": [[["a", "javascript:x", []]]],
                   "references": [], "hanging": True}):  # fmt: skip
        assert _unpacked(answer, 1) is None


def test_a_folder_that_cannot_be_written_is_no_fault(
    sources: Mapping[str, Source], citeproc: Citeproc, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    style = load_style("ieee")
    assert word_citations(
        CLUSTERS, sources, style, citeproc=citeproc, cache_folder=blocked
    ) == word_citations(CLUSTERS, sources, style, citeproc=citeproc)


def test_what_was_not_used_for_longest_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [CacheFile(tmp_path, "k", key) for key in ("old", "used", "new")]
    for age, file in zip((300, 200, 100), files, strict=True):
        file.write("x" * 1000)
        assert file.path is not None
        moment = file.path.stat().st_mtime - age
        os.utime(file.path, (moment, moment))
    assert files[0].read() == "x" * 1000  # reading marks the oldest as used
    monkeypatch.setattr(cache_module, "MAX_CACHE_BYTES", 3500)
    CacheFile(tmp_path, "k", "newest").write("x" * 1000)
    assert files[0].read() is not None
    assert files[1].read() is None
    assert files[2].read() is not None


def test_what_others_keep_is_counted_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "MAX_CACHE_BYTES", 3500)
    monkeypatch.setattr(cache_module, "COUNT_EVERY", 3)
    CacheFile(tmp_path, "k", "first").write("x")
    of_another_process = tmp_path / "k" / "large.json"
    of_another_process.write_text("x" * 4000)
    os.utime(of_another_process, (0, 0))
    for key in ("second", "third"):
        CacheFile(tmp_path, "k", key).write("x")
        assert of_another_process.exists()
    CacheFile(tmp_path, "k", "fourth").write("x")
    assert not of_another_process.exists()
    assert CacheFile(tmp_path, "k", "first").read() == "x"


def test_leftovers_are_removed_once_stale(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    folder.mkdir()
    stale, fresh = folder / ".a.1.tmp", folder / ".b.2.tmp"
    for file in (stale, fresh):
        file.write_text("half")
    os.utime(stale, (0, 0))
    CacheFile(tmp_path, "k", "key").write(1)
    assert not stale.exists()
    assert fresh.exists()
