"""Who has a job's message: what a run writes down of it, and the next one believes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args

from briefgen.values import valueclass

State = Literal["accepted", "refused", "later", "unknown"]
"""`accepted`: the server has it. `refused`: it will never take it. `later`: it would not take it
yet. `unknown`: it was handed over, and nobody knows whether the server has it.
"""


@valueclass(frozen=True, slots=True)
class Delivery:
    """What became of a message for one recipient."""

    address: str
    state: State
    message_id: str
    """Without its angle brackets."""
    date: str
    """Of the message (ISO 8601): when it was first tried."""
    words: str = ""
    """The server's own, where it did not take it."""

    def as_json(self) -> dict[str, str]:
        """The delivery as it stands in the manifest."""
        plain = {
            "address": self.address,
            "state": self.state,
            "message_id": self.message_id,
            "date": self.date,
        }
        return plain | {"words": self.words} if self.words else plain

    @classmethod
    def from_json(cls, plain: Any) -> Delivery:
        """What `as_json` said. Raises `ValueError`, `TypeError` or `KeyError` for anything else."""
        if plain["state"] not in get_args(State):
            raise ValueError
        return cls(
            str(plain["address"]),
            plain["state"],
            str(plain["message_id"]),
            str(plain["date"]),
            str(plain.get("words", "")),
        )


@valueclass(frozen=True, slots=True)
class MailRecord:
    """What is known of the last message that a job sent, or began to send."""

    content: str
    """The digest of what the message says: a job that says something else is mailed anew."""
    deliveries: tuple[Delivery, ...] = ()

    def of(self, address: str) -> Delivery | None:
        """What became of it for one address; None if it was never tried."""
        return next((one for one in self.deliveries if one.address == address), None)

    def updated(self, deliveries: Iterable[Delivery]) -> MailRecord:
        """The record with these in the place of what it says of their addresses."""
        known = {one.address: one for one in self.deliveries}
        return MailRecord(
            self.content, tuple((known | {one.address: one for one in deliveries}).values())
        )

    def as_json(self) -> dict[str, Any]:
        """The record as it stands in the manifest."""
        return {"content": self.content, "recipients": [one.as_json() for one in self.deliveries]}

    @classmethod
    def from_json(cls, plain: Any) -> MailRecord:
        """What `as_json` said. Raises `ValueError`, `TypeError` or `KeyError` for anything else."""
        return cls(str(plain["content"]), tuple(map(Delivery.from_json, plain["recipients"])))
