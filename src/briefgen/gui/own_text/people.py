"""Who speaks, who is spoken to, who attends, whose posts: where the template speaks of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLabel, QWidget

from briefgen.brief.spec.model import POSTS, Post
from briefgen.gui.session import Session
from briefgen.gui.widgets.actor_chips import ActorChips
from briefgen.gui.widgets.building import STRETCH, column, label, restyle, row
from briefgen.gui.widgets.tick_box import TickBox


class People(QWidget):
    """The fields for `sides`, `attendees` and `posts`, those that are wanted in sight."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.ours = ActorChips(session, "Our side")
        self.theirs = ActorChips(session, "Their side")
        self.attendees = ActorChips(session, "Attendees", free=True)
        self.posts: dict[Post, TickBox] = {}
        for side, chips in (("ours", self.ours), ("theirs", self.theirs)):
            chips.changed.connect(lambda ids, side=side: self._name_side(side, ids))
        self.attendees.changed.connect(lambda ids: self._edit("Attendees", attendees=tuple(ids)))
        for post in POSTS:
            box = TickBox(post.replace("-", " ").capitalize())
            box.clicked.connect(lambda checked=False: self._choose_posts())
            self.posts[post] = box
        self._marks: dict[str, QLabel] = {}
        self._boxes = {
            "sides": self._box("sides", "Sides", "Who speaks, and who is spoken to.",
                               _named("Our side", self.ours), _named("Their side", self.theirs)),
            "attendees": self._box("attendees", "Attendees", "Who will be in the room.",
                                   self.attendees),
            "posts": self._box("posts", "Posts", "Whose last known holders are named.",
                               *self.posts.values()),
        }  # fmt: skip
        column(*self._boxes.values(), parent=self, spacing=16)

    def _box(self, name: str, title: str, hint: str, *fields: QWidget) -> QWidget:
        mark = self._marks[name] = required_mark()
        box = QWidget()
        head = row(label(title, "name"), mark, STRETCH, spacing=8)
        column(head, label(hint, "hint", wrap=True), *fields, parent=box, spacing=4)
        return box

    def show_brief(
        self, wanted: Collection[str], required: Collection[str], missing: Collection[str],
        *, again: bool,
    ) -> None:  # fmt: skip
        """Show what the brief says; `again`: the base may be another one."""
        spec = self._session.spec
        self.ours.show_ids(spec.sides.ours, again=again)
        self.theirs.show_ids(spec.sides.theirs, again=again)
        self.attendees.show_ids(spec.attendees, again=again)
        for post, box in self.posts.items():
            with QSignalBlocker(box):
                box.setChecked(post in spec.posts)
        for name, box_ in self._boxes.items():
            box_.setVisible(name in wanted)
            show_required(self._marks[name], name in required, name in missing)
        self.setVisible(bool(wanted))

    def field(self, name: str) -> QWidget | None:
        """Where one starts to say what is called so."""
        spec = self._session.spec
        fields: dict[str, QWidget] = {
            "sides": (self.theirs if spec.sides.ours and not spec.sides.theirs
                      else self.ours).field,
            "attendees": self.attendees.field,
            "posts": next(iter(self.posts.values())),
        }  # fmt: skip
        return fields.get(name)

    def _name_side(self, side: str, ids: tuple[str, ...]) -> None:
        sides = replace(self._session.spec.sides, **{side: tuple(ids)})
        self._edit("Our side" if side == "ours" else "Their side", sides=sides)

    def _choose_posts(self) -> None:
        ticked = tuple(post for post, box in self.posts.items() if box.isChecked())
        self._edit("Posts", posts=ticked)

    def _edit(self, what: str, **changes: Any) -> None:
        self._session.edit(what, replace(self._session.spec, **changes))


def _named(text: str, field: ActorChips) -> QWidget:
    box = QWidget()
    name = label(text, "hint")
    name.setBuddy(field.field)
    name.setMinimumWidth(70)
    row(name, (field, 1), parent=box, spacing=6)
    return box


def required_mark() -> QLabel:
    """The word `required` behind the name of a field."""
    mark = label("required", "hint")
    mark.hide()
    return mark


def show_required(mark: QLabel, required: bool, missing: bool) -> None:
    """Show it where something is required, in another colour while it is missing."""
    mark.setVisible(required)
    mark.setText("required, not said yet" if missing else "required")
    restyle(mark, "role", "warning" if missing else "hint")
