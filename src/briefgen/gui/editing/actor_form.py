"""The form of an actor."""

from __future__ import annotations

from typing import Any

from briefgen.editing.base import suggest_actor_id
from briefgen.facts.model import ACTOR_KINDS
from briefgen.gui.editing.fields import FormChoice, FormLine, note
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
        left, put = self.left, self.put
        self.name = put(left, "name", FormLine("Name", "As it is to be printed"))
        kinds = [(one, one) for one in ACTOR_KINDS]
        self.actor_kind = put(left, "kind", FormChoice("Kind", kinds, none="choose…"))
        aliases = NameList("Other names", "Moscow; the Kremlin; Россия")
        self.aliases = put(left, "aliases", aliases, "Other names, parted by semicolons")
        self.put_id(left, "made of the name")
        self.roles = note("Roles stay as they are; actors.yaml has them.")
        left.addWidget(self.roles)
        left.addStretch(1)
        self.name.changed.connect(self.follow)

    def filled(self) -> None:
        self.roles.setVisible("roles" in self.seen)

    def follow(self) -> None:
        if self.own_id is None and not self.id_is_typed:
            self.id.set_data(suggest_actor_id(self.session.index, self.name.data() or ""))
