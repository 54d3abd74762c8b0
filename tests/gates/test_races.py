"""Two processes that write at one moment: nothing is lost, and nothing is a mixture of both."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from briefgen.cli import main
from briefgen.editing.base import Keeper, plan_retraction
from briefgen.facts.scaffold import init_base
from briefgen.index import open_index
from in_this_process import settled_in
from test_locks import together

pytestmark = pytest.mark.slow


class NotDoneError(Exception):
    """Told by exit status."""


def run(*arguments: str) -> None:
    if main([*arguments]) != 0:
        raise NotDoneError


def import_one(base: str, number: int) -> None:
    file = Path(base).with_name(f"{number}.json")
    entry = {"id": f"w{number}", "type": "book", "title": f"Work {number}", "DOI": f"10.1/{number}"}
    file.write_text(json.dumps([entry]))
    run("import", "sources", str(file), "--base", base)


def import_facts(base: str, number: int) -> None:
    file = Path(base).with_name(f"{number}.csv")
    row = f"Road {number} was opened.,trade,event,gazette,201{number}"
    file.write_text(f"statement,topics,kind,cites,date\n{row}\n")
    run("import", "facts", str(file), "--base", base, "--to", "first.yaml")


def retract(base: str, id_: str) -> None:
    with open_index(Path(base)) as index:
        facts = index.facts([id_]).values()
        plan = plan_retraction(index, facts, "it was wrong", Keeper(date(2026, 11, 21)))
    plan.write()


def export(base: str, out: str, title: str) -> None:
    run("export", "--base", base, "--title", title, "--force", "--out", out)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    settled_in(tmp_path, tmp_path / "cache", monkeypatch)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).resolve().parents[1])]))
    init_base(tmp_path / "base")
    return str(tmp_path / "base")


def test_an_import_and_a_retraction_are_both_there(base: str) -> None:
    tasks = [(retract, (base, "trade-2013")), (import_facts, (base, 1)), (import_facts, (base, 2))]
    said = together(_do, *tasks)
    text = (Path(base) / "facts" / "first.yaml").read_text()
    # A retraction that saw the file before an import is refused, and told: nothing is lost.
    assert said in (["done"] * 3, ["InputError", "done", "done"])
    retracted = "  status: retracted" in text.splitlines()  # the head of the file names it, too
    assert retracted == (said == ["done"] * 3)
    assert all(f"Road {number} was opened." in text for number in (1, 2))
    assert main(["check", "--base", base]) == 0


def test_of_two_exports_to_one_place_each_file_is_whole(base: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = {}
    for title in ("One", "Two"):
        export(base, f"{tmp_path}/{title}/b.txt", title)
        wanted[title] = (tmp_path / title / "b.txt").read_bytes()
    tasks = [(export, (base, str(out / "b.txt"), title)) for title in ("One", "Two")]
    assert together(_do, *tasks) == ["done", "done"]
    assert (out / "b.txt").read_bytes() in wanted.values()
    assert [path.name for path in out.iterdir()] == ["b.txt"]


def _do(work: object, arguments: tuple[object, ...]) -> None:
    work(*arguments)  # type: ignore[operator]
