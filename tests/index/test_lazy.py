"""What a large base has by id is fetched when it is asked for, many in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefgen.index.database import Database
from briefgen.index.lazy import FEW
from briefgen.pipeline.bases import list_facts
from briefgen.select.model import Selection


def test_the_sources_of_listed_facts_are_fetched_in_one_go(
    make_base: Callable[..., Path],
    fact: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = FEW + 5
    sources = [{"id": f"s{n}", "type": "report", "title": f"Title {n}"} for n in range(many)]
    facts = [fact(f"f{n}", cites=[{"source": f"s{n}"}, {"source": "s7"}]) for n in range(50)]
    folder = make_base({"a.yaml": facts}, sources=sources)
    found = list_facts(folder, Selection())
    asked: list[str] = []
    rows = Database.rows

    def asking(self: Database, sql: str, parameters: Sequence[object] = ()) -> Any:
        asked.append(sql)
        return rows(self, sql, parameters)

    monkeypatch.setattr(Database, "rows", asking)
    titles = [found.base.sources[cite.source].title for one in found.facts for cite in one.cites]
    assert titles[:2] == ["Title 0", "Title 7"]
    assert len(titles) == 100
    assert not asked
    assert found.base.sources["s60"].title == "Title 60"  # others are still to be had
    assert "nowhere" not in found.base.sources
    assert len(found.base.sources) == many
