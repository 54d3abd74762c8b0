"""Stands in for making pages, in the process that makes them.

The brief called `slow` never ends, the one called `long` only when its pages are not wanted any more.
"""

from __future__ import annotations

import time

from briefgen.gui.pages.page_process import NotWantedError, Request, make_pages
from briefgen.gui.view_models.pages.preview import Preview


def linger(request: Request) -> Preview:
    """The pages of any other brief."""
    if request.spec.title == "slow":
        time.sleep(600)
    while request.spec.title == "long" and request.flag is not None:
        time.sleep(0.01)
        if request.flag.exists():
            raise NotWantedError("others are wanted")
    return make_pages(request)
