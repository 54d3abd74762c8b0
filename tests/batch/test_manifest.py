"""The manifest and its journal: what they know after any end of a run."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from briefgen.batch.manifest import (
    JOURNAL_NAME,
    MANIFEST_NAME,
    Entry,
    MadeFile,
    Manifest,
    read_entries,
)
from briefgen.errors import OutputError


def made(folder: Path, name: str, data: bytes = b"a brief") -> Entry:
    """The entry of a job whose file lies in `folder`."""
    (folder / f"{name}.txt").write_bytes(data)
    return Entry(name, "written", (MadeFile.of(f"{name}.txt", data),), 3, 0.25, digest="d")


def test_it_is_as_the_contract_says(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, ["a", "b"])
    manifest.settle(Entry("b", "failed", error="no topic"))
    manifest.settle(made(tmp_path, "a"))
    manifest.finish()
    jobs = json.loads((tmp_path / MANIFEST_NAME).read_bytes())
    assert jobs["format"] == 1
    one, other = jobs["jobs"]
    assert {key: one[key] for key in ("name", "status", "files", "facts", "seconds", "error")} == {
        "name": "a",
        "status": "written",
        "files": [{"path": "a.txt", "sha256": sha256(b"a brief").hexdigest(), "bytes": 7}],
        "facts": 3,
        "seconds": 0.25,
        "error": None,
    }
    assert other == {
        "name": "b", "status": "failed", "files": [], "facts": 0, "seconds": 0.0, "error": "no topic",
    }  # fmt: skip
    assert not (tmp_path / JOURNAL_NAME).exists()


def test_what_was_announced_is_known_after_a_kill(tmp_path: Path) -> None:
    killed = Manifest(tmp_path, ["a", "b"])
    killed.announce(made(tmp_path, "a"))  # and nothing more was done
    killed.close()
    assert Manifest(tmp_path, ["a", "b"]).earlier("a") is not None
    assert Manifest(tmp_path, ["a", "b"]).earlier("b") is None


def test_what_was_announced_but_not_swapped_in_is_not_believed(tmp_path: Path) -> None:
    killed = Manifest(tmp_path, ["a"])
    entry = made(tmp_path, "a", b"new")
    killed.announce(entry)
    killed.close()
    (tmp_path / "a.txt").write_bytes(b"old")
    assert Manifest(tmp_path, ["a"]).earlier("a") is None
    (tmp_path / "a.txt").unlink()
    assert Manifest(tmp_path, ["a"]).earlier("a") is None


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_cut_short_costs_that_job_alone(tmp_path: Path, cut: int) -> None:
    killed = Manifest(tmp_path, ["a", "b", "c"])
    killed.announce(made(tmp_path, "a"))
    killed.announce(made(tmp_path, "b"))
    killed.close()
    journal = tmp_path / JOURNAL_NAME
    journal.write_bytes(journal.read_bytes()[:-cut])
    again = Manifest(tmp_path, ["a", "b", "c"])
    assert again.earlier("a") is not None
    assert (again.earlier("b") is not None) is (cut == 1)
    again.announce(made(tmp_path, "c"))  # after what was cut short
    again.close()
    last = Manifest(tmp_path, ["a", "b", "c"])
    assert last.earlier("a") is not None
    assert last.earlier("c") is not None


def test_the_last_word_counts(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, ["a"])
    entry = made(tmp_path, "a")
    manifest.announce(entry)
    manifest.announce(Entry("a", "failed", error="gone wrong"))
    manifest.close()
    assert read_entries(tmp_path)["a"].status == "failed"


def test_jobs_that_are_no_longer_asked_for_are_dropped(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, ["a", "b"])
    manifest.settle(made(tmp_path, "a"))
    manifest.settle(made(tmp_path, "b"))
    manifest.finish()
    later = Manifest(tmp_path, ["b"])
    later.finish()
    assert list(read_entries(tmp_path)) == ["b"]
    assert (tmp_path / "a.txt").exists()


@pytest.mark.parametrize("content", ["{}", "[]", "no JSON", '{"name": "web app"}', '{"format": 2}'])
def test_a_foreign_file_is_not_overwritten(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST_NAME).write_text(content)
    with pytest.raises(OutputError, match="no manifest of a batch"):
        Manifest(tmp_path, ["a"])
    assert (tmp_path / MANIFEST_NAME).read_text() == content


@pytest.mark.parametrize("key", ["facts", "seconds"])
def test_numbers_that_no_run_wrote_are_damage(tmp_path: Path, key: str) -> None:
    plain = json.dumps(made(tmp_path, "a").as_json() | {key: -1})
    line = plain.replace(f'"{key}": -1', f'"{key}": 1e999')
    (tmp_path / JOURNAL_NAME).write_text(f"{line}\n", "utf-8")
    assert read_entries(tmp_path) == {}
    (tmp_path / MANIFEST_NAME).write_text(f'{{"format": 1, "jobs": [{line}]}}', "utf-8")
    with pytest.raises(OutputError, match="no manifest of a batch"):
        read_entries(tmp_path)


def test_paths_of_a_manifest_that_lead_elsewhere_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "secret.txt").write_bytes(b"a brief")
    manifest = Manifest(tmp_path / "out", ["a"])
    file = MadeFile.of("../secret.txt", b"a brief")
    manifest.settle(Entry("a", "written", (file,), digest="d"))
    assert manifest.earlier("a") is None


def test_entries_come_back_as_they_went(tmp_path: Path) -> None:
    entry = Entry(
        "é", "written", (MadeFile("é.pdf", "0" * 64, 5),), 7, 1.5, "", "digest", "inputs",
        ("mind this",), "2 pages over",
    )  # fmt: skip
    assert Entry.from_json(json.loads(json.dumps(entry.as_json()))) == entry


def test_ten_thousand_jobs_do_not_write_the_manifest_ten_thousand_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = Manifest(tmp_path, map(str, range(10_000)))
    writes = []
    monkeypatch.setattr(manifest, "write", lambda: writes.append(1))
    for number in range(10_000):
        manifest.settle(Entry(str(number), "failed"))
        manifest.freshen()
    assert 1 <= len(writes) < 100
