"""What an export would warn of, as the window says it: in words, without keys and ids."""

from __future__ import annotations

import re

from briefgen.gui.view_models.pages.remarks import Remark, Weight
from briefgen.gui.view_models.words import counted

_REST = re.compile(r"(\d+) of (\d+) facts are printed nowhere: ")
_CHOSEN = re.compile(r"(facts\.include|facts\.key|passages\.add): '[^']*' is printed nowhere: (.*)")
_CALLED = {
    "facts.include": "a fact that you pinned",
    "facts.key": "a key point of yours",
    "passages.add": "a sentence of yours",
}


def warned(text: str, facts: tuple[str, ...]) -> Remark:
    """The remark for a warning of `facts`.

    That facts are not on the pages leads to them in the list: there each says why.
    """
    rest = _REST.search(text)
    if rest is not None:
        off, of = int(rest[1]), int(rest[2])
        are = "is" if off == 1 else "are"
        said = f"{off:,} of {counted(of, 'fact')} {are} not on the pages"
        return Remark(said, (), True, Weight.AGAINST, "facts.off")
    chosen = _CHOSEN.search(text)
    if chosen is not None:
        text = f"{_CALLED[chosen[1]]} is printed nowhere: {chosen[2]}"
    return Remark(text, facts, True, Weight.AGAINST)
