"""The form of an actor."""

from __future__ import annotations

from typing import Any

from briefgen.editing.base import suggest_actor_id
from briefgen.facts.model import ACTOR_KINDS
from briefgen.gui.editing.fields import FormChoice, FormLine, Named, line
from briefgen.gui.editing.form import Form
from briefgen.gui.session import Session


class NameList(FormLine):
    """Several names in a line, parted by semicolons."""

    def data(self) -> Any:
        names = [name.strip() for name in self.value().split(";")]
        return [name for name in names if name] or None

    def set_data(self, value: Any) -> None:
        super().set_data("; ".join(str(name) for name in value or ()))


class ActorForm(Form):
    """A new actor, or one to be changed. Roles stay as the file has them."""

    kind = "actor"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._own_id = False
        self.name = FormLine("Name", "As it is to be printed")
        self.put(self.left, "name", Named("Name", self.name))
        self.actor_kind = FormChoice(
            "Kind", [(None, "choose…"), *((one, one) for one in ACTOR_KINDS)]
        )
        self.put(self.left, "kind", Named("Kind", self.actor_kind))
        self.aliases = NameList("Other names", "Moscow; the Kremlin; Россия")
        named = Named("Other names, parted by semicolons", self.aliases)
        self.put(self.left, "aliases", named)
        self.id = FormLine("Id", "made of the name")
        self.put(self.left, "id", Named("Id", self.id))
        self.roles = line("Roles stay as they are; actors.yaml has them.")
        self.left.addWidget(self.roles)
        self.left.addStretch(1)
        self.name.typed.connect(lambda text: self._follow())
        self.id.typed.connect(lambda text: self._take_id())

    def filled(self) -> None:
        new = self.own_id is None
        self.id.setReadOnly(not new)
        self._own_id = bool(self.start.get("id"))
        self.roles.setVisible("roles" in self.seen)

    def _take_id(self) -> None:
        self._own_id = bool(self.id.data())

    def _follow(self) -> None:
        if self.own_id is None and not self._own_id:
            self.id.set_data(suggest_actor_id(self.session.index, self.name.data() or ""))
