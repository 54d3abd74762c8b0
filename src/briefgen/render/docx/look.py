"""How a brief looks in Word: colours, sizes, page. One accent and one warning colour.

Lengths are twips (1/20 point), font sizes half-points, border widths eighths of a point.

The typeface is Calibri through the theme's minor font: every Word since 2007 has it, on Windows
and on the Mac, where Aptos needs Microsoft 365 and Segoe UI needs Windows; LibreOffice sets it in
Carlito, which has the same widths, so lines end at the same places there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

INK = "1C2733"
ACCENT = "0B4F6C"
GREY = "5B6B7A"
RULE = "C9D3DA"
TINT = "EEF3F6"
TINT_SHARE = 0x12 / 255
"""How much of the accent is in a tint made from it; Word counts in 255ths, hexadecimal."""
AMBER = "8A5A00"

FONT = "Calibri"
FIXED_FONT = "Consolas"

BODY = 21
SMALL = 18
HEADING = 28
TITLE = 46

MARGIN = 1417
"""25 mm."""
EDGE = 709
"""12.5 mm: from the paper's edge to header and footer."""

INSET = 240
"""From the text's edge to the text in a tinted box or beside a warning bar."""
STEP = 284
"""One level of a list."""
LABEL_COLUMN = 2100
"""The least width of the column of labels in dated entries (37 mm)."""
LABEL_COLUMN_MOST = 2600
"""Its greatest (46 mm); a longer label gets a line of its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size and margins."""

    width: int
    height: int
    left: int = MARGIN
    right: int = MARGIN

    @property
    def text_width(self) -> int:
        """What is left between the margins."""
        return self.width - self.left - self.right


PAGES: dict[Literal["a4", "letter"], Page] = {
    "a4": Page(11906, 16838),
    "letter": Page(12240, 15840),
}
