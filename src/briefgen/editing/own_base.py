"""A fact base of one's own: with its title and topics, and no facts yet."""

from __future__ import annotations

from pathlib import Path

from briefgen.bibliography.identity import latin
from briefgen.errors import UsageError
from briefgen.facts.scaffold import comments_of, write_base
from briefgen.folders import at_home
from briefgen.writing.emit import scalar

_BASE = """\
{comments}
format: 1
title: {title}                       # printed where a brief says what it draws on
language: en                         # a BCP 47 tag: the language of the statements

# What facts are filed under. A dot makes a child: whoever asks for energy also gets energy.oil.
topics:
{topics}

# Things counted over time. Every figure of a measure has the measure's unit.
# measures:
#   bilateral-trade: {{label: Bilateral trade, unit: USD million}}
"""


def start_own_base(folder: Path, title: str, topics: str) -> tuple[Path, ...]:
    """Write a new fact base called `title` into `folder`, made if missing; the paths written.

    `topics` are names with commas between. The comments are those of any new base; its examples
    stay away. Raises `UsageError` for names that will not do, and `OutputError`, with nothing
    written, when something lies in the folder already or it cannot be written.
    """
    if not title.strip():
        raise UsageError("the base has no name", hint="give it one")
    filed = topic_ids(topics)
    if not filed:
        raise UsageError("there is no topic", hint="name at least one: facts are filed under it")
    base = _BASE.format(
        comments=comments_of("base.yaml"),
        title=scalar(" ".join(title.split())),
        topics="\n".join(f"  {id_}: {scalar(label)}" for id_, label in filed.items()),
    )
    files = {"base.yaml": base} | {
        name: comments_of(name) for name in ("actors.yaml", "sources.yaml", "facts/first.yaml")
    }
    return write_base(
        at_home(folder).absolute(), {name: text.encode() for name, text in files.items()}
    )


def topic_ids(names: str) -> dict[str, str]:
    """Topics by their ids, from names with commas between; no id stands for two."""
    found: dict[str, str] = {}
    for name in names.replace("\n", ",").split(","):
        label = " ".join(name.split())
        if label and label not in found.values():
            stem = latin(label).strip("-") or "topic"
            id_, number = stem, 2
            while id_ in found:
                id_, number = f"{stem}-{number}", number + 1
            found[id_] = label
    return found
