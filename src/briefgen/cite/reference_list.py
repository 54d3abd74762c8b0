"""The list of references: what each entry tells besides the style's wording, and in what order.

The style words an entry; whether it tells where it is cited, how reliable the source is and
where its saved copy lies is the brief's choice (`references:`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.spec.model import ReferenceListing
from briefgen.cite.model import Wording, reference_anchor
from briefgen.facts.model import Source

GROUPS: Mapping[str, tuple[str, ...]] = {
    "official": ("bill", "hearing", "legal_case", "legislation", "patent", "regulation",
                 "standard", "treaty"),
    "press": ("article-magazine", "article-newspaper", "periodical"),
    "scholarly": ("article-journal", "book", "chapter", "classic", "collection", "entry",
                  "entry-dictionary", "entry-encyclopedia", "paper-conference", "review",
                  "review-book", "thesis"),
    "reports": ("article", "dataset", "document", "pamphlet", "report"),
    "web": ("post", "post-weblog", "software", "webpage"),
    "spoken": ("broadcast", "event", "interview", "performance", "personal_communication",
               "speech"),
    "other": (),
}  # fmt: skip
"""Kinds of documents in the order of their groups, each with its CSL types; the rest is other."""

_GROUP_OF = {csl_type: group for group, types in GROUPS.items() for csl_type in types}


def reference_entries(
    wording: Wording,
    cites: Sequence[model.Cite],
    sources: Mapping[str, Source],
    words: Mapping[str, str],
    listing: ReferenceListing,
) -> tuple[model.ReferenceEntry, ...]:
    """The entries in the style's order; `cites` are the brief's, in reading order."""
    cited_by: dict[str, list[str]] = {}
    for place, cite in enumerate(cites, start=1):
        for source in dict.fromkeys(item.source for item in cite.items):
            cited_by.setdefault(source, []).append(f"cite-{place}")
    return tuple(
        model.ReferenceEntry(
            source=reference.source,
            anchor=reference_anchor(reference.source),
            label=reference.label,
            content=reference.content,
            cited_by=tuple(cited_by.get(reference.source, ())),
            remarks=source_remarks(sources[reference.source], words) if listing.grades else (),
        )
        for reference in wording.references
    )


def source_remarks(source: Source, words: Mapping[str, str]) -> model.Inlines:
    """The source's reliability grade (NATO Admiralty), why, and its saved copy, in sentences."""
    said: list[str] = []
    if source.reliability:
        meaning = words[f"reliability_{source.reliability}"]
        why = " ".join(source.reliability_note.split())
        form = words["reliability_why" if why else "reliability"]
        text = form.format(grade=source.reliability, meaning=meaning, why=why)
        said.append(text if text.endswith((".", "!", "?")) else f"{text}.")
    if source.archive:
        said.append(words["saved_copy"].format(archive=source.archive))
    return (model.Text(" ".join(said)),) if said else ()


def list_references(
    brief: model.Brief,
    entries: tuple[model.ReferenceEntry, ...],
    sources: Mapping[str, Source],
    listing: ReferenceListing,
    *,
    hanging: bool,
) -> model.Brief:
    """The brief with every `References` block filled; by kind, under a heading for each kind."""
    whole = model.References(entries, hanging, listing.backlinks)
    if listing.group != "kind" or not entries:
        return _replaced(brief, lambda level: (whole,))
    groups: dict[str, list[model.ReferenceEntry]] = {}
    for entry in entries:
        kind = str(sources[entry.source].csl.get("type", ""))
        groups.setdefault(_GROUP_OF.get(kind, "other"), []).append(entry)

    def grouped(level: int) -> model.Blocks:
        blocks: list[model.Block] = []
        for group in GROUPS:
            if group in groups:
                heading = (model.Text(brief.words[f"sources_{group}"]),)
                blocks.append(model.Heading(level + 1, heading))
                blocks.append(replace(whole, entries=tuple(groups[group])))
        return tuple(blocks)

    return _replaced(brief, grouped)


def _replaced(brief: model.Brief, made: Callable[[int], model.Blocks]) -> model.Brief:
    """Every `References` block replaced by what is made for its section's level.

    A section that held nothing else is left out where there is nothing to list.
    """
    sections: list[model.Section] = []
    for section in brief.sections:
        if not any(isinstance(block, model.References) for block in section.blocks):
            sections.append(section)
            continue
        blocks: list[model.Block] = []
        for block in section.blocks:
            blocks += made(section.level) if isinstance(block, model.References) else (block,)
        if any(not isinstance(block, model.References) or block.entries for block in blocks):
            sections.append(replace(section, blocks=tuple(blocks)))
    return replace(brief, sections=tuple(sections))
