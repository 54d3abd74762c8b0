"""The invented history that very long briefs are measured on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.facts.read import read_base

BENCH = Path(__file__).resolve().parents[2] / "bench"


def made(folder: Path, *flags: str) -> Mapping[str, str]:
    """The files that the generator writes, by their paths in the folder."""
    program = str(BENCH / "make_history.py")
    subprocess.run([sys.executable, program, str(folder), *flags], check=True)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def listed(files: Mapping[str, str], start: str) -> list[dict[str, Any]]:
    return [one for name, text in files.items() if name.startswith(start)
            for one in yaml.safe_load(text)]  # fmt: skip


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    one, two = (made(tmp_path / name, "--facts", "60") for name in ("one", "two"))
    assert one == two
    assert made(tmp_path / "three", "--facts", "60", "--seed", "2") != one


def test_every_fact_is_dated_and_has_a_source_of_its_own(tmp_path: Path) -> None:
    files = made(tmp_path, "--facts", "320")
    facts = listed(files, "facts/")
    sources = {one["id"]: one for one in yaml.safe_load(files["sources.yaml"])["references"]}
    cited = [one["cites"][0]["source"] for one in facts]
    assert len(facts) == 320
    assert sorted(cited) == sorted(sources), "each source is cited by one fact"
    assert all(str(one["date"])[:4].isdigit() for one in facts)
    assert len({str(one["date"])[:3] for one in facts}) == 9, "over nine decades"
    lengths = [len(json.dumps(one, default=str)) for one in sources.values()]
    assert min(lengths) > 250
    assert max(lengths) < 700


def test_the_base_is_sound(tmp_path: Path) -> None:
    made(tmp_path, "--facts", "40")
    base = read_base(tmp_path)
    assert not base.problems
    assert len(base.facts) == 40


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="memory is read from /proc")
def test_what_a_long_brief_takes_is_told_for_new_words_and_kept_ones() -> None:
    told = subprocess.run(
        [sys.executable, str(BENCH / "bench_history.py"), "--facts", "30", "--format", "pdf"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    new, kept = (line.split() for line in told[1:])
    assert (new[2], kept[2]) == ("new", "kept")
    assert float(new[6]) > 0, "Pandoc worded the citations"
    assert float(kept[6]) == 0, "and was not asked again"
    assert new[8] == kept[8], "the bytes are the same"
