"""From request to cited brief: when Pandoc is started ahead, and what travels along."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefgen.brief.spec.model import BriefSpec
from briefgen.cite import Citeproc
from briefgen.errors import UsageError
from briefgen.facts.scaffold import init_base
from briefgen.pipeline.draft import Desk, MadeBrief, draft_brief
from briefgen.pipeline.render import load_renderers
from briefgen.pipeline.resources import Resources
from briefgen.shipped import shipped_templates


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows when a Pandoc process is started ahead of its first question."""
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    starts: list[str] = []
    monkeypatch.setattr(Citeproc, "start", lambda self: starts.append("start"))
    return starts


@pytest.fixture
def base(tmp_path: Path) -> Path:
    init_base(tmp_path / "base")
    return tmp_path / "base"


def draft(base: Path, spec: BriefSpec | None = None) -> MadeBrief:
    with Resources() as resources:
        created, today = datetime(2026, 11, 21, tzinfo=UTC), date(2026, 11, 21)
        desk = Desk(base, (shipped_templates(),), resources, created, today)
        return draft_brief(spec or BriefSpec(title="T"), desk)


def test_pandoc_is_started_ahead_for_a_request_that_is_new(base: Path, started: list[str]) -> None:
    first = draft(base)
    again = draft(base)

    assert started == ["start"]
    assert again.brief == first.brief

    draft(base, BriefSpec(title="Another"))
    assert started == ["start", "start"]


def test_what_travels_along(base: Path, started: list[str]) -> None:
    drafted = draft(base)

    assert drafted.brief.style == "chicago-notes-bibliography"
    assert "key-points" in drafted.template_sections
    assert drafted.fact_ids
    assert drafted.problems == ()


def test_a_style_that_is_not_there_stops_before_the_base_is_read(
    tmp_path: Path, started: list[str]
) -> None:
    with pytest.raises(UsageError, match="no style is called 'no-such-style'"):
        draft(tmp_path / "no-base", BriefSpec(style="no-such-style"))

    assert started == []


def test_loading_ahead_never_fails() -> None:
    load_renderers(("pdf", "no-such-format"))  # type: ignore[arg-type]
