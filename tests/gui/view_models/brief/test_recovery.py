"""What was not saved, kept and found again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.addresses import parse_address
from briefgen.brief.spec.model import BriefSpec, Edits, EmailRequest, Judgement, Sides
from briefgen.dates import parse_edtf
from briefgen.gui.view_models.brief.recovery import Unsaved, from_bytes, to_bytes
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.gui.view_models.keeper import Keeper, leftovers
from briefgen.select.model import Selection

SPEC = BriefSpec(
    title="Energy \ud800 \x07",  # what no file of a brief may hold is not lost either
    select=Selection(topics=("energy",), start=parse_edtf("2011"), end=parse_edtf("../2014")),
    edits=Edits(exclude=("a",), include=("a",), reword={"b": "c"}),
    sides=Sides(("pakistan",)),
    text={"bottom_line": "", "objective": "x\n"},
    judgements=(Judgement("It is likely, with low confidence."),),
    max_pages=2,
    outputs=(),
    email=EmailRequest(to=(parse_address("Jo <jo@пример.рф>"),)),
)


def test_any_brief_comes_back(tmp_path: Path) -> None:
    unsaved = Unsaved(SPEC, tmp_path / "x.brief.yaml", "abc", 12.5)

    assert from_bytes(to_bytes(unsaved)) == unsaved
    assert repr(from_bytes(to_bytes(unsaved)).spec.email) == repr(SPEC.email)
    assert from_bytes(to_bytes(Unsaved(BriefSpec()))) == Unsaved(BriefSpec())


def left_behind(folder: Path, spec: BriefSpec, at: float) -> None:
    """An app that keeps a brief and is then killed."""
    code = (
        "import os, sys; from pathlib import Path\n"
        "from briefgen.gui.view_models.brief.recovery import *\n"
        "from briefgen.gui.view_models.keeper import *\n"
        "keeper = Keeper(Path(sys.argv[1]), to_bytes)\n"
        "keeper.keep(from_bytes(sys.stdin.buffer.read()))\n"
        "keeper._last.result()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        input=to_bytes(Unsaved(spec, at=at)),
        check=False,
    )


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_what_a_killed_app_kept_is_found_the_newest_first(tmp_path: Path) -> None:
    left_behind(tmp_path, BriefSpec(title="old"), 1)
    left_behind(tmp_path, BriefSpec(title="new"), 2)

    found = leftovers(tmp_path, from_bytes)
    assert [each.unsaved.spec.title for each in found] == ["new", "old"]
    assert leftovers(tmp_path, from_bytes) == []  # they are ours until they are let go

    found[0].discard()
    found[1].release()
    assert [each.unsaved.spec.title for each in leftovers(tmp_path, from_bytes)] == ["old"]


def test_windows_leave_each_others_work_alone(tmp_path: Path) -> None:
    one, other = Keeper(tmp_path, to_bytes), Keeper(tmp_path, to_bytes)
    one.keep(Unsaved(BriefSpec(title="one")))
    other.keep(Unsaved(BriefSpec(title="other")))
    one._last.result()  # type: ignore[union-attr]
    other._last.result()  # type: ignore[union-attr]

    assert leftovers(tmp_path, from_bytes) == []
    assert len(list(tmp_path.glob("*.json"))) == 2
    one.close()
    other.close()


def test_an_app_that_ends_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "recovery", to_bytes)
    keeper.keep(Unsaved(BriefSpec(title="one")))
    keeper.forget()
    keeper.keep(Unsaved(BriefSpec(title="two")))
    keeper.close()

    assert list((tmp_path / "recovery").iterdir()) == []
    Keeper(tmp_path / "unused", to_bytes).close()
    assert not (tmp_path / "unused").exists()


def test_what_cannot_be_read_is_left_for_people_to_look_at(tmp_path: Path) -> None:
    for name, text in (("1-a", '{"format": 2}'), ("1-b", "{"), ("1-c", "[]")):
        (tmp_path / f"{name}.json").write_text(text)
        (tmp_path / f"{name}.lock").touch()
    (tmp_path / "1-d.lock").touch()  # nothing was unsaved

    assert leftovers(tmp_path, from_bytes) == []
    assert sorted(path.name for path in tmp_path.glob("*.lock")) == [
        "1-a.lock", "1-b.lock", "1-c.lock"
    ]  # fmt: skip


def test_what_cannot_be_kept_is_told_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keeper = Keeper(tmp_path / "file", to_bytes)
    keeper.keep(Unsaved(BriefSpec()))
    keeper._last.exception()  # type: ignore[union-attr]  # written by now, or not

    with pytest.raises(OSError, match="exists|directory"):
        keeper.keep(Unsaved(BriefSpec()))
    keeper.close()


def test_what_was_left_behind_goes_only_once_it_is_kept_anew(tmp_path: Path) -> None:
    left_behind(tmp_path / "before", BriefSpec(title="only here"), 1)
    (left,) = leftovers(tmp_path / "before", from_bytes)
    full = tmp_path / "full"
    full.touch()  # nothing can be written there
    keeper = Keeper(full, to_bytes)
    keeper.keep(left.unsaved)
    keeper.then(left.discard)
    keeper._last.exception()  # type: ignore[union-attr]
    assert keeper.failed
    assert len(list((tmp_path / "before").glob("*.json"))) == 1

    full.unlink()  # there is room again
    with pytest.raises(OSError, match="exists|directory"):
        keeper.keep(left.unsaved)  # told, and tried again all the same
    keeper._last.result()  # type: ignore[union-attr]
    assert not keeper.failed
    assert len(list(full.glob("*.json"))) == 1
    assert list((tmp_path / "before").iterdir()) == []
    keeper.close()


def test_what_was_typed_for_another_template_comes_back_too() -> None:
    unsaved = Unsaved(BriefSpec(), aside=Aside({"objective": "Get gas."}, ("outlook",)))
    assert from_bytes(to_bytes(unsaved)) == unsaved
    older = json.loads(to_bytes(unsaved))
    del older["aside"]
    assert from_bytes(json.dumps(older).encode()) == Unsaved(BriefSpec())
