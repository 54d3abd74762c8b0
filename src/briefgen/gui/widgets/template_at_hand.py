"""The template of the brief in the window: read once, and again when its file has changed."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject

from briefgen.brief.template.model import Template
from briefgen.errors import BriefgenError
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.switching import switch_template


class _Kept(QObject):
    """The template that was asked for last."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.name = ""
        self.stamp: tuple[int, int] | None = None
        self.template: Template | None = None
        session.base_opened.connect(self.forget)

    def forget(self) -> None:
        """Look again: other folders may hold it."""
        self.stamp = None

    def now(self) -> Template | None:
        """The brief's template."""
        from briefgen.brief.template.finding import find_template

        name = self.session.spec.template
        kept = self.template if self.name == name and self.stamp is not None else None
        if kept is not None and self.stamp == _stamp(kept.path):
            return kept
        try:
            self.template = find_template(name, self.session.templates)
        except (BriefgenError, OSError):
            self.template = None
        self.name = name
        self.stamp = _stamp(self.template.path) if self.template is not None else None
        return self.template


def template_of(session: Session) -> Template | None:
    """The brief's template; None if there is none of that name or it has faults."""
    return (session.findChild(_Kept) or _Kept(session)).now()


def take_template(session: Session, template: Template) -> str:
    """Give the brief another template, or tidy it for its own. What was set aside, in words."""
    before = template_of(session)
    spec, aside = switch_template(session.spec, before, template, session.aside)
    known = session.aside
    session.aside = aside
    if spec.template == session.spec.template:
        session.edit("Set aside what the template does not ask for", spec)
    else:
        session.edit(f"Take the template “{template.label}”", spec)
    fresh = [id_ for id_ in aside.text if id_ not in known.text]
    names = [
        asked.label if before is not None and (asked := before.input(id_)) is not None else id_
        for id_ in fresh
    ]
    return ", ".join(f"“{name}”" for name in names)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - asked for with every change of the brief
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
