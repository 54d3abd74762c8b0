"""A new base of one's own has what was said, and nothing of the examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefgen.editing import base as keeping
from briefgen.editing.own_base import start_own_base, topic_ids
from briefgen.errors import OutputError, UsageError
from briefgen.facts.read import read_base
from briefgen.index import open_index


def test_it_has_its_title_and_topics_and_no_facts(tmp_path: Path) -> None:
    start_own_base(tmp_path / "own", ' Oil: "a #1 & more"', "Energy, no,  Énergie verte")
    read = read_base(tmp_path / "own")

    assert (read.problems, read.facts) == ((), ())
    assert read.base is not None
    assert read.base.title == 'Oil: "a #1 & more"'
    assert {topic.id: topic.label for topic in read.base.topics.values()} == {
        "energy": "Energy", "no": "no", "energie-verte": "Énergie verte",
    }  # fmt: skip
    assert not read.base.actors
    assert not read.base.sources


def test_what_forms_write_lands_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    start_own_base(folder, "Own", "Energy")
    fact = {
        "id": "talks", "topics": ["energy"], "kind": "event", "statement": "Talks opened.",
        "cites": [{"source": "post"}],
    }  # fmt: skip
    source = {"id": "post", "type": "article-newspaper", "title": "Talks", "issued": "2011"}
    with open_index(folder) as index:
        file = keeping.likely_file(index, ["energy"])
        by = keeping.Keeper(date(2026, 1, 2))
        keeping.plan_new_fact(index, fact, file, by, new_sources=[source]).write()
        keeping.plan_new_actor(index, {"id": "x", "name": "X", "kind": "state"}).write()
    read = read_base(folder)

    assert read.problems == ()
    assert [one.id for one in read.facts] == ["talks"]
    assert read.base is not None
    assert (list(read.base.actors), list(read.base.sources)) == (["x"], ["post"])


def test_topics_get_ids_of_their_own() -> None:
    assert topic_ids("Oil & gas, oil gas,, 石油 ,Oil & gas") == {
        "oil-gas": "Oil & gas", "oil-gas-2": "oil gas", "topic": "石油",
    }  # fmt: skip


def test_what_will_not_do_is_said_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no name"):
        start_own_base(tmp_path / "own", "  ", "Energy")
    with pytest.raises(UsageError, match="no topic"):
        start_own_base(tmp_path / "own", "Own", " , ")
    (tmp_path / "letter.txt").touch()
    with pytest.raises(OutputError, match="is not empty"):
        start_own_base(tmp_path, "Own", "Energy")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
