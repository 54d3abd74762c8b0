"""What there is to choose from: templates, styles, topics, sources, actors; as plain records.

Records are what `--json` prints: dicts with the keys of the files that people write.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.errors import Problem

if TYPE_CHECKING:
    from briefgen.facts.model import Source

Record = dict[str, Any]


def topics(folder: Path) -> tuple[list[Record], tuple[Problem, ...]]:
    """The topics of a base with the number of current facts under each, children included."""
    from briefgen.facts.export import topic_record
    from briefgen.select.model import Selection
    from briefgen.select.pick import count_by_topic
    from briefgen.workspace.bases import open_base

    with open_base(folder) as index:
        counts = count_by_topic(index, Selection())
        records = [
            topic_record(topic) | {"facts": counts.get(topic.id, 0)}
            for topic in index.base.topics.values()
        ]
        return records, index.problems


def actors(folder: Path) -> tuple[list[Record], tuple[Problem, ...]]:
    """The actors of a base, in the file's order."""
    from briefgen.facts.export import actor_record
    from briefgen.workspace.bases import open_base

    with open_base(folder) as index:
        return [actor_record(actor) for actor in index.base.actors.values()], index.problems


def sources(
    folder: Path,
) -> tuple[list[Record], list[tuple[str, str, str, str]], tuple[Problem, ...]]:
    """The sources of a base as CSL-JSON with `custom`, and as rows: id, date, grade, title."""
    from briefgen.facts.export import source_record
    from briefgen.workspace.bases import open_base

    with open_base(folder) as index:
        found = index.base.sources.values()
        rows: list[tuple[str, str, str, str]] = [
            (source.id, _issued(source), source.reliability or "-", source.title)
            for source in found
        ]
        return [source_record(source) for source in found], rows, index.problems


def templates(folders: tuple[Path, ...]) -> list[Record]:
    """The templates that are in order, by name; where a name stands twice, the first folder's.

    Raises `InputError` for a folder that cannot be listed.
    """
    from briefgen.brief.template_reader import read_template
    from briefgen.brief.templates import template_files

    records = []
    for file in template_files(folders):
        template, _ = read_template(file.path)
        if template is not None:
            records.append(
                {
                    "id": template.id,
                    "label": template.label,
                    "description": " ".join(template.description.split()),
                    "title": template.title.source,
                    "inputs": [
                        {"id": one.id, "label": one.label, "hint": one.hint}
                        | ({"max_words": one.max_words} if one.max_words else {})
                        for one in template.inputs
                    ],
                    "sections": [
                        {"id": one.id, "heading": one.heading.source, "show": one.show}
                        for one in template.sections
                    ],
                    "path": str(file.path),
                }
            )
    return records


def styles(words: str) -> list[Record]:
    """The CSL styles whose id or title has all of `words`."""
    from briefgen.cite.catalogue import list_styles

    return [
        {"id": style.id, "title": style.title, "kind": style.kind}
        | ({"parent": style.parent} if style.parent else {})
        for style in list_styles(words)
    ]


def ids(what: str) -> list[str]:
    """The ids of `topics`, `actors`, `templates` or `styles`, for completion."""
    from briefgen.workspace.places import find_base, template_folders

    if what == "templates":
        return [record["id"] for record in templates(template_folders())]
    if what == "styles":
        return [record["id"] for record in styles("")]
    records, _ = topics(find_base()) if what == "topics" else actors(find_base())
    return [record["id"] for record in records]


def _issued(source: Source) -> str:
    """The day of issue as the CSL date says it: `2013-08`, an interval with a slash."""
    issued = source.csl.get("issued")
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts") or []
    written = "/".join(
        "-".join(str(part).zfill(4 if number == 0 else 2) for number, part in enumerate(date))
        for date in parts
    )
    return written or str(issued.get("literal") or issued.get("raw") or "")
