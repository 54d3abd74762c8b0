"""How wide the columns of labels of one document are: labels with their text beside them.

Text that starts at another place under each heading looks torn; one column for all of them wastes
half a line beside "1" and "2" where a name stands elsewhere. A box is framed: it has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefgen.brief import model

_NEARLY = 0.4
"""Share of the widest column from which a narrower one is made as wide."""


def label_columns(brief: model.Brief, need: Callable[[model.Entries], float]) -> dict[int, float]:
    """How wide the column of labels of each list of entries is, by the list's identity.

    `need` says what one needs alone. Those of all plain sections share, and those of all boxes of
    one tone; labels of one kind, such as dates, have one width throughout.
    """
    tones: dict[str, dict[str, list[model.Entries]]] = {}
    for section in brief.sections:
        kinds = tones.setdefault(section.tone, {})
        for block in section.blocks:
            if isinstance(block, model.Entries) and block.entries:
                kinds.setdefault(block.label_heading, []).append(block)
    found: dict[int, float] = {}
    for kinds in tones.values():
        widths = shared_columns([max(map(need, blocks)) for blocks in kinds.values()])
        for blocks, wide in zip(kinds.values(), widths, strict=True):
            found.update((id(block), wide) for block in blocks)
    return found


def shared_columns(needs: Sequence[float]) -> list[float]:
    """What each of these columns of labels gets, from what each needs alone.

    At most two widths: those that need nearly as much as the widest share its width, the others
    that of the widest among them.
    """
    widest = max(needs, default=0)
    narrow = max((need for need in needs if need < widest * _NEARLY), default=0)
    return [widest if need >= widest * _NEARLY else narrow for need in needs]
