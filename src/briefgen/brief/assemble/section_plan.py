"""Which sections a brief has, in which order: the template's with the person's edits laid over.

Ids that the template does not have are errors; warnings where a flag or a job took another template
than the one that the edits were made for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from briefgen.brief.spec.model import BriefSpec, OwnSection
from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.errors import Origin, UsageError
from briefgen.suggestions import did_you_mean

PlannedSection: TypeAlias = "SectionTemplate | OwnSection"

LIMITED_SHOWS = frozenset(
    {"bullets", "paragraphs", "table", "chronology", "positions", "figures", "actors", "disputes",
     "gaps", "usable"}
)  # fmt: skip
"""What a limit counts for."""


class SectionNames:
    """The ids of a template's sections, those that older briefs may call them by among them.

    What is to be told of them goes to `warnings`.
    """

    def __init__(self, template: Template, spec: BriefSpec) -> None:
        self.template, self.spec = template, spec
        self.known = template.sections_by_id
        self.formerly = {old: s.id for s in template.sections for old in s.formerly}
        self.is_replaced = template_was_replaced(spec)
        self.warnings: list[str] = []

    def resolve(self, name: str, key: str, also: Iterable[str] = ()) -> str | None:
        """The section that `name` means, or None with a warning where it means none any more.

        `key` is what the brief names it under; `also` are further ids that may be meant. Raises
        `UsageError` for an id that there never was.
        """
        if name in self.known or name in also:
            return name
        new = self.formerly.get(name)
        told = f"sections.{key}: template {self.template.id!r}"
        if new is not None:
            self._warn(f"{told} calls section {name!r} {new!r} now", key, name)
            return new
        if name in self.template.retired:
            self._warn(f"{told} has no section {name!r} any more: it is passed over", key, name)
            return None
        if self.is_replaced:
            self._warn(f"{told} has no section {name!r}: it is passed over", key, name)
            return None
        raise UsageError(
            f"{told} has no section {name!r}",
            hint=did_you_mean(name, self.known) or f"it has {', '.join(self.known)}",
            origin=self._origin(key, name),
        )

    def _origin(self, key: str, name: str) -> Origin | None:
        # A section of the author's own names another one key deeper.
        under = ("add", "after") if key == "add" else (key,)
        return self.spec.place("sections", *under, name)

    def _warn(self, text: str, key: str, name: str) -> None:
        origin = self._origin(key, name) or self.spec.place("sections", key)
        text = f"{origin}: {text}" if origin is not None and origin.path else text
        if text not in self.warnings:
            self.warnings.append(text)


def template_was_replaced(spec: BriefSpec) -> bool:
    """Whether the brief's file was written for another template than the one that is taken."""
    named = {path[1] for path in spec.places if path[0] == "template" and len(path) == 2}
    if not named:
        return bool(spec.origin.path) and spec.template != BriefSpec().template
    return spec.template not in named or len(named) > 1


def plan_sections(
    template: Template, spec: BriefSpec
) -> tuple[tuple[PlannedSection, ...], tuple[str, ...]]:
    """The sections of a brief in reading order, and what the person should know of the edits.

    Raises `UsageError` for an id that does not exist or is taken.
    """
    names, edits = SectionNames(template, spec), spec.sections
    left_out = {names.resolve(name, "leave_out") for name in edits.leave_out}
    limits = {names.resolve(name, "limits"): limit for name, limit in edits.limits.items()}
    for name in limits:
        if name is not None and names.known[name].show not in LIMITED_SHOWS:
            names.warnings.append(f"sections.limits: section {name!r} has nothing to count")
    own = _own_ids(names)
    order = [names.resolve(name, "order", own) for name in edits.order]
    planned: list[PlannedSection] = [
        replace(section, limit=limits[section.id]) if section.id in limits else section
        for section in template.sections
    ]
    for section in edits.add:
        after = names.resolve(section.after, "add", own) if section.after else None
        planned.insert(_place(planned, after), section)
    ordered = _in_order(planned, [name for name in order if name is not None])
    return tuple(s for s in ordered if s.id not in left_out), tuple(names.warnings)


def _own_ids(names: SectionNames) -> tuple[str, ...]:
    """The ids of the author's own sections. Raises `UsageError` for one that is taken."""
    for section in names.spec.sections.add:
        if section.id in names.known and not names.is_replaced:
            raise UsageError(
                f"sections.add: template {names.template.id!r} has {section.id!r} already",
                hint="give yours another id",
                origin=names.spec.place("sections", "add", "id", section.id),
            )
    return tuple(section.id for section in names.spec.sections.add)


def _place(planned: Sequence[PlannedSection], after: str | None) -> int:
    """Where a section comes that follows `after`, or that is the last before the annex."""
    if after is not None:
        for number, section in enumerate(planned):
            if section.id == after:
                return number + 1
    for number, section in enumerate(planned):
        if isinstance(section, SectionTemplate) and (
            section.show == "annex" or section.show == "sources"
        ):
            return number
    return len(planned)


def _in_order(planned: Sequence[PlannedSection], order: Sequence[str]) -> list[PlannedSection]:
    """The sections, those named having changed places among themselves to stand in `order`."""
    by_id: Mapping[str, PlannedSection] = {section.id: section for section in planned}
    named = [by_id[name] for name in order if name in by_id]
    chosen, following = {section.id for section in named}, iter(named)
    return [next(following) if section.id in chosen else section for section in planned]
