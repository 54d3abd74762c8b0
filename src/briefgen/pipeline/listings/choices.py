"""What there is to choose from: templates, styles, topics, sources, actors; as plain records.

Records are what `--json` prints: dicts with the keys of the files that people write.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefgen.errors import InputError, Problem

if TYPE_CHECKING:
    from briefgen.brief.template.model import Template
    from briefgen.cite.catalogue import StyleListing

Record = dict[str, Any]


def topics(folder: Path) -> tuple[list[Record], tuple[Problem, ...]]:
    """The topics of a base with the number of current facts under each, children included."""
    from briefgen.facts.tables.export import topic_record
    from briefgen.pipeline.bases import open_base
    from briefgen.select.model import Selection
    from briefgen.select.pick import count_by_topic

    with open_base(folder) as index:
        counts = count_by_topic(index, Selection())
        records = [
            topic_record(topic) | {"facts": counts.get(topic.id, 0)}
            for topic in index.base.topics.values()
        ]
        return records, index.errors


def actors(folder: Path) -> tuple[list[Record], tuple[Problem, ...]]:
    """The actors of a base, in the file's order."""
    from briefgen.facts.tables.export import actor_record
    from briefgen.pipeline.bases import open_base

    with open_base(folder) as index:
        return [actor_record(actor) for actor in index.base.actors.values()], index.errors


def sources(
    folder: Path,
) -> tuple[list[Record], list[tuple[str, str, str, str]], tuple[Problem, ...]]:
    """The sources of a base as CSL-JSON with `custom`, and as rows: id, date, grade, title."""
    from briefgen.facts.csl_dates import csl_date_text
    from briefgen.facts.tables.export import source_record
    from briefgen.pipeline.bases import open_base

    with open_base(folder) as index:
        found = index.base.sources.values()
        rows: list[tuple[str, str, str, str]] = [
            (one.id, csl_date_text(one.csl.get("issued")), one.reliability or "-", one.title)
            for one in found
        ]
        return [source_record(source) for source in found], rows, index.errors


def templates(folders: tuple[Path, ...]) -> list[Record]:
    """The templates that are in order, by name; where a name stands twice, the first folder's.

    Raises `InputError` for a folder that cannot be listed.
    """
    from briefgen.brief.template.finding import template_files
    from briefgen.brief.template.reader import read_template

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
                        | ({} if one.cites else {"cites": False})
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


class TemplateChoice(NamedTuple):
    """A template to choose; one with faults says which and has no value."""

    id: str
    label: str
    description: str
    template: Template | None
    fault: str = ""


def template_choices(folders: tuple[Path, ...]) -> list[TemplateChoice]:
    """All templates, by name, those with faults among them: somebody may wonder where they are.

    Raises `InputError` for a folder that cannot be listed.
    """
    from briefgen.brief.template.cache import load_template
    from briefgen.brief.template.finding import template_files

    choices = []
    for file in template_files(folders):
        try:
            found = load_template(file.path)
        except InputError as error:
            choices.append(TemplateChoice(file.id, file.id, "", None, str(error)))
        else:
            description = " ".join(found.description.split())
            choices.append(TemplateChoice(found.id, found.label, description, found))
    return choices


def styles(words: str) -> list[Record]:
    """The CSL styles whose id or title has all of `words`."""
    from briefgen.cite.catalogue import list_styles

    return [
        {"id": style.id, "title": style.title, "kind": style.kind}
        | ({"parent": style.parent} if style.parent else {})
        for style in list_styles(words)
    ]


USUAL_STYLES = (
    "chicago-notes-bibliography", "chicago-author-date", "apa", "ieee",
    "modern-language-association", "harvard-cite-them-right", "oscola", "vancouver-nlm",
    "american-political-science-association", "bluebook-law-review",
)  # fmt: skip
"""What to offer before a word is typed: one or two of each way of citing."""


class StyleFinder:
    """All citation styles in memory, for somebody who types: a search takes milliseconds."""

    def __init__(self) -> None:
        """Reads the catalogue, which takes a moment; the first time ever, several."""
        from briefgen.cite.catalogue import folded_styles

        self._styles = folded_styles()
        self._by_id = {style.id: style for style, _ in self._styles}

    def __len__(self) -> int:
        return len(self._styles)

    def find(self, words: str, limit: int = 60) -> list[StyleListing]:
        """The styles with all words in id or title, the likeliest first; the usual for no words."""
        from briefgen.cite.catalogue import folded

        asked = folded(words).split()
        if not asked:
            return [self._by_id[id_] for id_ in USUAL_STYLES if id_ in self._by_id][:limit]
        found = [
            (style, text) for style, text in self._styles if all(word in text for word in asked)
        ]
        start = "-".join(asked)

        def place(entry: tuple[StyleListing, str]) -> tuple[object, ...]:
            style, text = entry
            starts = sum(f" {word}" in text or f"-{word}" in text for word in asked)
            return (
                style.id != start,
                style.id not in USUAL_STYLES,
                not style.id.startswith(start),
                bool(style.parent),
                -starts,
                len(style.title),
                style.id,
            )

        return [style for style, _ in sorted(found, key=place)[:limit]]

    def get(self, id_: str) -> StyleListing | None:
        """The style with this id, if it is a packaged one."""
        return self._by_id.get(id_)


def style_title(name: str) -> str:
    """What a style calls itself, by id or path; `name` again for one that cannot be read."""
    from briefgen.cite.catalogue import style_listing
    from briefgen.cite.styles import load_style
    from briefgen.errors import BriefgenError

    try:
        # Not by `load_style`, which checks the whole style and looks for what was perhaps meant.
        if "/" not in name and "\\" not in name and not name.lower().endswith(".csl"):
            listing = style_listing(name)
            return listing.title if listing is not None else name
        return load_style(name).title
    except (BriefgenError, OSError):
        return name


def languages() -> list[tuple[str, str]]:
    """Tags (BCP 47) and names of the languages that briefs can be written in."""
    return [
        ("en", "English"),
        ("en-GB", "English, United Kingdom"),
        ("en-US", "English, United States"),
        ("en-AU", "English, Australia"),
        ("en-CA", "English, Canada"),
        ("en-IE", "English, Ireland"),
        ("en-IN", "English, India"),
        ("en-NZ", "English, New Zealand"),
        ("en-PK", "English, Pakistan"),
        ("en-ZA", "English, South Africa"),
    ]


def ids(what: str) -> list[str]:
    """The ids of `topics`, `actors`, `sources`, `templates` or `styles`, for completion."""
    from briefgen.pipeline.places import find_base, template_folders

    if what == "templates":
        return [record["id"] for record in templates(template_folders())]
    if what == "styles":
        return [record["id"] for record in styles("")]
    if what == "sources":
        return [record["id"] for record in sources(find_base())[0]]
    records, _ = topics(find_base()) if what == "topics" else actors(find_base())
    return [record["id"] for record in records]
