"""What a laid-out document tells of its pages, whatever it is a file of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from briefgen.values import valueclass

CONTENTS_FROM = 4
"""Pages from which a document opens with a list of its contents."""


class Extents(NamedTuple):
    """How much room a brief takes, in points of height."""

    page_body: float
    """Height of the text on a full page."""
    filled: tuple[float, ...]
    """Height of the text on each page, its notes included."""


@valueclass(frozen=True, slots=True)
class PagedLayout:
    """Where everything stands on the pages."""

    pages: int
    heading_pages: Mapping[str, int]
    """Anchor of each heading to the page, from 1, on which it stands."""
    extents: Extents
