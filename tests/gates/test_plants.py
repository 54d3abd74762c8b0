"""Pipes, links and folders under every name that can be guessed: one line, no wait, no loss."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from briefgen.batch.lock import HOLDER_NAME, LOCK_NAME
from briefgen.batch.manifest import JOURNAL_NAME, MANIFEST_NAME
from briefgen.brief.spec.model import BriefSpec
from briefgen.cli import main
from briefgen.errors import BriefgenError, OutputError
from briefgen.facts.scaffold import init_base
from briefgen.files import write_whole
from briefgen.gui.view_models.brief.saving import open_brief, save_brief
from briefgen.keeping import kept_name
from briefgen.writing.plan import LOCK_NAME as BASE_LOCK
from gates.plants import LINKS_ASTRAY, PLANTS, make_own, soon, untouched
from in_this_process import settled_in, without_workers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="pipes with names are POSIX's"),
]

SECONDS = 10


class Place(NamedTuple):
    """A folder in common, a base in it, and what is the person's own."""

    shared: Path
    base: Path
    inputs: Path
    own: Path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def place(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Place]]:
    """Makes a place anew each time it is called."""
    settled_in(tmp_path, cache, monkeypatch)
    made = iter(range(1_000))

    def make() -> Place:
        root = tmp_path / str(next(made))
        place = Place(root / "shared", root / "shared" / "base", root / "inputs", root / "own")
        init_base(place.base)
        place.inputs.mkdir()
        (place.inputs / "s.json").write_text('[{"id": "w1", "type": "book", "title": "A word"}]')
        row = "A road was opened.,trade,event,gazette,2013-09-09"
        (place.inputs / "f.csv").write_text(f"statement,topics,kind,cites,date\n{row}\n")
        (place.inputs / "copy.txt").write_text("A saved copy.\n")
        one = {"name": "b", "title": "B", "base": str(place.base), "outputs": ["txt"]}
        (place.inputs / "jobs.yaml").write_text(json.dumps({"format": 1, "jobs": [one]}))
        brief = {"format": 1, "title": "B", "base": str(place.base), "email": {"to": ["a@b.org"]}}
        (place.shared / "b.brief.yaml").write_text(json.dumps(brief))
        make_own(place.own)
        return place

    with without_workers():
        yield make


def export(place: Place) -> int:
    asked = ["--base", str(place.base), "--title", "B", "--out", f"{place.shared}/b.txt"]
    return main(["export", *asked])


def export_over_others(place: Place) -> int:
    (place.shared / "b.txt").write_text("Written by hand.\n")
    return export(place)


def batch(place: Place) -> int:
    return main(["batch", f"{place.inputs}/jobs.yaml", "--out", str(place.shared)])


def import_sources(place: Place) -> int:
    return main(["import", "sources", f"{place.inputs}/s.json", "--base", str(place.base)])


def import_facts(place: Place) -> int:
    return main(["import", "facts", f"{place.inputs}/f.csv", "--base", str(place.base)])


def capture(place: Place) -> int:
    asked = [f"{place.inputs}/copy.txt", "--base", str(place.base), "--source", "gazette"]
    return main(["capture", *asked])


def save(place: Place) -> int:
    try:
        opened = open_brief(place.shared / "b.brief.yaml")
        save_brief(BriefSpec(title="New"), place.shared / "b.brief.yaml", opened.seen)
    except BriefgenError as error:
        print(f"error: {error}")
        return 2
    return 0


def save_as(place: Place) -> int:
    try:
        save_brief(BriefSpec(title="New"), place.shared / "n.brief.yaml")
    except BriefgenError as error:
        print(f"error: {error}")
        return 2
    return 0


def draft(place: Place) -> int:
    asked = [f"{place.shared}/b.brief.yaml", "--draft", f"{place.shared}/b.eml"]
    return main(["email", *asked])


def workbook(place: Place) -> int:
    return main(["facts", "--base", str(place.base), "--xlsx", f"{place.shared}/f.xlsx"])


Act = Callable[[Place], int]

OWN_NAMES: dict[Act, tuple[str, ...]] = {
    export: (".b.txt.briefgen-0123456789abcdef.tmp",),
    batch: (LOCK_NAME, HOLDER_NAME, JOURNAL_NAME, ".b.txt.briefgen-0123456789abcdef.tmp"),
    import_sources: (f"base/{BASE_LOCK}", "base/.sources.yaml.briefgen-0123456789abcdef.tmp"),
    import_facts: (f"base/{BASE_LOCK}",),
    capture: (f"base/{BASE_LOCK}",),
    save: (".b.brief.yaml.lock", ".b.brief.yaml.briefgen-0123456789abcdef.tmp"),
    save_as: (".n.brief.yaml.lock",),
}
"""What each makes for itself: never followed."""

TARGETS: dict[Act, tuple[str, ...]] = {
    export: ("b.txt",),
    batch: ("b.txt", MANIFEST_NAME),
    import_sources: ("base/sources.yaml",),
    import_facts: ("base/facts/imported.yaml",),
    capture: ("base/archive",),
    save: ("b.brief.yaml",),
    save_as: ("n.brief.yaml",),
    draft: ("b.eml",),
    workbook: ("f.xlsx",),
}
"""What each is to write. A link of the person's own is followed, as ever."""


def names(place: Place) -> set[str]:
    return {str(path.relative_to(place.shared)) for path in place.shared.rglob("*")}


def done_or_told(act: Act, place: Place, capsys: pytest.CaptureFixture[str]) -> int:
    """Its exit status; whatever it says, it says in a line, soon, and leaves nothing half-done."""
    capsys.readouterr()
    with soon(SECONDS):
        status = act(place)
    heard = capsys.readouterr()
    errors = [line for line in (heard.out + heard.err).splitlines() if "error: " in line]
    assert status in (0, 1, 2), heard.err
    assert "itself failed" not in heard.err
    assert "Traceback" not in heard.err
    assert len(errors) == (0 if status == 0 else 1), heard
    return status


@pytest.mark.parametrize("act", OWN_NAMES, ids=lambda act: act.__name__)
def test_a_name_of_our_own(
    act: Act, place: Callable[[], Place], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in OWN_NAMES[act]:
        for kind, plant in PLANTS.items():
            made = place()
            before = names(made)
            plant(made.shared / name, made.own)
            status = done_or_told(act, made, capsys)
            assert untouched(made.own), (name, kind)
            left = {one for one in names(made) - before if not one.startswith(name)}
            assert [one for one in left if one.endswith((".tmp", ".lock"))] == [], (name, kind)
            if status == 2:
                assert left <= {"b.txt", "base/archive"}, (name, kind)


@pytest.mark.parametrize("act", TARGETS, ids=lambda act: act.__name__)
def test_what_is_to_be_written(
    act: Act, place: Callable[[], Place], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in TARGETS[act]:
        for kind, plant in PLANTS.items():
            made = place()
            if os.path.lexists(made.shared / name):
                (made.shared / name).unlink()
            plant(made.shared / name, made.own)
            status = done_or_told(act, made, capsys)
            if kind not in LINKS_ASTRAY:
                assert untouched(made.own), (name, kind)
            if kind in ("pipe", "socket", "link to a pipe", "link to itself"):
                assert status != 0, (name, kind)


def test_a_name_that_what_others_wrote_is_kept_under(
    place: Callable[[], Place], capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("pipe", "folder", "link to a file", "link to nothing"):
        made = place()
        plant = PLANTS[kind]
        now = datetime.now()
        for minutes in (0, 1):
            plant(made.shared / kept_name("b.txt", now + timedelta(minutes=minutes)), made.own)
        assert done_or_told(export_over_others, made, capsys) == 0, kind
        assert untouched(made.own), kind
        (kept,) = made.shared.glob("b (kept *, 2).txt")
        assert kept.read_text() == "Written by hand.\n"


def test_a_link_that_somebody_else_put_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "b.txt"
    link.symlink_to(tmp_path / "precious")
    lstat = Path.lstat

    def of_somebody_else(path: Path) -> os.stat_result:
        status = lstat(path)
        return os.stat_result((*status[:4], 65533, *status[5:10])) if path == link else status

    monkeypatch.setattr(Path, "lstat", of_somebody_else)
    tmp_path.chmod(0o1777)
    with pytest.raises(OutputError) as told:
        write_whole(link, b"new")
    assert str(told.value) == (
        f"cannot write {link}: it is a link that somebody else put there; choose another name"
    )
    assert not os.path.lexists(tmp_path / "precious")
    tmp_path.chmod(0o755)  # where nobody else may write: whoever made it may be meant
    write_whole(link, b"new")
    assert (tmp_path / "precious").read_bytes() == b"new"
