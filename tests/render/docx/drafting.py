"""Briefs on the shipped base, worded on a day that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefgen.brief.model import Brief
from briefgen.brief.spec.model import BriefSpec
from briefgen.pipeline.draft import Desk, draft_brief
from briefgen.pipeline.resources import Resources
from briefgen.shipped import shipped_base, shipped_templates


def drafted(spec: BriefSpec) -> Brief:
    """The brief, cited, whatever its template still asks for."""
    with Resources() as resources:
        created, today = datetime(2026, 11, 21, tzinfo=UTC), date(2026, 11, 21)
        templates = (shipped_templates(),)
        desk = Desk(shipped_base(), templates, resources, created, today, as_draft=True)
        return draft_brief(spec, desk).brief
