"""Briefs on the shipped base, worded on a day that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefgen.brief.model import Brief
from briefgen.brief.spec.model import BriefSpec
from briefgen.pipeline.draft import draft_brief
from briefgen.shipped import shipped_base, shipped_templates


def drafted(spec: BriefSpec) -> Brief:
    """The brief, cited, whatever its template still asks for."""
    return draft_brief(
        spec,
        shipped_base(),
        (shipped_templates(),),
        created=datetime(2026, 11, 21, tzinfo=UTC),
        today=date(2026, 11, 21),
        as_draft=True,
    ).brief
