"""What a new brief starts with: the person's defaults, and facts that can be looked over."""

from __future__ import annotations

from dataclasses import replace

from briefgen.brief.spec.model import BriefSpec
from briefgen.dates import parse_edtf
from briefgen.dates.days import calendar_day
from briefgen.index import Index
from briefgen.index.schema import OPEN_END
from briefgen.pipeline.settings import Settings
from briefgen.select.model import Selection
from briefgen.select.pick import count_facts

MANY = 300
"""Facts that a new brief may take: about twenty pages."""


def new_brief(settings: Settings) -> BriefSpec:
    """A brief as the person starts each of them."""
    return settings.defaults if settings.defaults is not None else BriefSpec()


def fitted(spec: BriefSpec, index: Index) -> BriefSpec:
    """A brief that asks for everything, made to ask for the newest facts of a base of very many."""
    if spec.select != Selection() or count_facts(index, spec.select) <= MANY:
        return spec
    days = [
        day
        for (day,) in index.rows(
            "SELECT last FROM facts WHERE good AND status = 'current' AND last < ?"
            f" ORDER BY last DESC LIMIT {MANY + 1}",
            (OPEN_END,),
        )
    ]
    if not days or calendar_day(days[-1])[0] < 1:
        return spec
    newest, last_left_out = days[0], days[-1]
    if len(days) <= MANY or newest == last_left_out:
        start = days[0]
    else:
        start = last_left_out + 1
    year, month, day = calendar_day(start)
    text = f"{year:04}-{month:02}-{day:02}"
    if calendar_day(newest)[:2] != (year, month):  # from the start of a month, where there is one
        if day > 1:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        text = f"{year:04}-{month:02}"
    return replace(spec, select=replace(spec.select, start=parse_edtf(text)))
