"""What the writer has to know of the look by numbers; all else stands in reference.docx.

Lengths are twips (1/20 point), font sizes half-points.
"""

from __future__ import annotations

from typing import Literal

BODY = 21
"""The size of ordinary text in the reference document: what other sizes are measured by."""
INK = "1C2733"
"""Our colour of text, for where a house's cannot be read."""
ACCENT = "0B4F6C"
INSET = 240
"""From the text's edge to the text in a tinted box or beside a warning bar."""
LABEL_COLUMN = 1140
"""The least width of a column of labels in dated entries (20 mm)."""
LABEL_COLUMN_MOST = 2800
"""Its greatest (46 mm); a longer label gets a line of its own."""

PAPERS: dict[Literal["a4", "letter"], tuple[int, int]] = {
    "a4": (11906, 16838),
    "letter": (12240, 15840),
}
"""Width and height."""
