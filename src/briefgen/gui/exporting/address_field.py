"""A line for addresses of e-mail."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from briefgen.addresses import Address, parse_addresses
from briefgen.brief.spec.writer import address_text
from briefgen.gui.widgets.building import wait
from briefgen.gui.widgets.fields import plain_tip, set_state

_PAUSE = 700
"""Milliseconds after the last key before a half-written address is called wrong."""


class AddressField(QLineEdit):
    """Addresses, with commas between. What is none is told when the person pauses."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleDescription("Addresses, with commas between them.")
        self._whole: tuple[str, tuple[Address, ...]] | None = None
        self._pause = wait(self, _PAUSE, self.show_fault)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self.show_fault)

    def addresses(self) -> tuple[Address, ...]:
        """What stands there. Raises `ValueError` for what is no address."""
        return parse_addresses(self.text())

    def fault(self) -> str:
        """What is wrong with it; empty when nothing is."""
        try:
            self.addresses()
        except ValueError as error:
            return str(error)
        return ""

    def show_fault(self) -> None:
        """Mark the field if something is wrong with it."""
        fault = self.fault()
        set_state(self, "wrong" if fault else "")
        self.setToolTip(plain_tip(fault))

    def take_away(self, specs: set[str]) -> None:
        """Leave out those who have the message: a second try is for the others."""
        wanted = self.wanted()
        left = [one for one in self.addresses() if one.spec not in specs and str(one) not in specs]
        self.setText(", ".join(address_text(one) for one in left))
        self._whole = self.text(), wanted

    def wanted(self) -> tuple[Address, ...]:
        """For whom the brief is: those who have it already among them."""
        if self._whole is not None and self._whole[0] == self.text():
            return self._whole[1]
        return self.addresses()

    def _edited(self) -> None:
        if self.fault():
            self._pause.start()
        else:
            self._pause.stop()
            self.show_fault()

    def show_addresses(self, addresses: tuple[Address, ...]) -> None:
        """Show these."""
        self.setText(", ".join(address_text(one) for one in addresses))
