"""Sources made ready as JSON: each under the id asked for, and never one for another."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest

from briefgen.cite import ready as module
from briefgen.cite.ready import ready
from briefgen.cite.request import reference
from briefgen.facts.model import Source

CSL = {"id": "s1", "type": "report", "title": 'A "quoted" r1 title', "issued": {"raw": "2011"}}


@pytest.mark.parametrize("csl", [CSL, {"id": "s1"}, MappingProxyType(CSL)])
def test_a_reference_is_the_same_as_one_made_for_its_id(csl: dict[str, object]) -> None:
    source = ready(Source("s1", csl))
    for id_ in ("r0", "r17"):
        assert json.loads(source.reference(id_)) == reference({**csl, "id": id_})


def test_a_source_read_anew_is_another_one() -> None:
    before, after = Source("s1", CSL), Source("s1", {**CSL, "title": "B"})
    assert json.loads(ready(before).record)["title"] == CSL["title"]
    assert json.loads(ready(after).record)["title"] == "B"
    assert ready(before) is ready(before)


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_SOURCES", 3)
    monkeypatch.setattr(module, "_READY", {})
    for number in range(10):
        source = Source(f"s{number}", {"id": f"s{number}", "title": str(number)})
        assert json.loads(ready(source).record)["title"] == str(number)
        assert len(module._READY) <= 3
