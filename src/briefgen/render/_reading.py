"""What several renderers ask of a brief. Reads the model; knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.traversal import ended, joined, plain_text, walk_blocks
from briefgen.brief.words import ENGLISH

WARNING_SIGN = "▲"
"""Stands before a caution: colour is never the only signal."""

_GLUED = 24
"""Characters up to which a flag stands on one line."""
_KEY_ANCHOR = "section-key-to-flags"

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def standing_word(brief: model.Brief, key: str) -> str:
    """A standing word in the brief's language, else in English."""
    return brief.words.get(key) or ENGLISH[key]


def held_together(flag: str) -> str:
    """A flag of a few words on one line; a longer one may be broken between its words."""
    return flag.replace(" ", "\u00a0") if len(flag) <= _GLUED else flag


def key_to_flags(brief: model.Brief) -> model.Inlines:
    """The key to flags and grades' codes as a run, behind its sign; empty where there is none."""
    line = brief.key_line
    sign = f"{WARNING_SIGN}\u00a0" if brief.flag_key else ""
    return (model.Text(sign + line),) if line else ()


def with_key_last(brief: model.Brief) -> model.Brief:
    """The brief with its key to flags as a last small paragraph: for documents without pages.

    It stands before lists of sources and notes that close the document.
    """
    content = key_to_flags(brief)
    if not content:
        return brief
    end = len(brief.sections)
    while end and _is_a_list(brief.sections[end - 1]):
        end -= 1
    key = model.Section("key-to-flags", _KEY_ANCHOR, (), (model.Paragraph(content, "small"),))
    return replace(brief, sections=(*brief.sections[:end], key, *brief.sections[end:]))


def _is_a_list(section: model.Section) -> bool:
    return bool(section.blocks) and all(
        isinstance(block, model.References | model.Notes) for block in section.blocks
    )


def is_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left, going by its usual script."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT


def announces(block: model.Block) -> bool:
    """Whether a block is a line that means nothing away from the next ("According to Dawn:")."""
    return isinstance(block, model.Paragraph) and plain_text(block.content).rstrip().endswith(":")


def reference_anchors(brief: model.Brief) -> dict[str, str]:
    """Where each source stands in the list of references: source id to anchor."""
    return {entry.source: entry.anchor for entry in reference_entries(brief)}


def notes_by_mark(notes: Iterable[model.Note]) -> dict[str, int]:
    """Which note each mark belongs to: the citation's anchor to the note's number."""
    return {anchor: note.number for note in notes for anchor in note.cited_at}


def notes_citing(brief: model.Brief) -> dict[str, tuple[int, ...]]:
    """The notes that cite each source: source id to note numbers, ascending, each once.

    A note cites what its `items` say, and what an entry's `cited_by` says of the note's marks.
    Sources that no note cites are left out: all of them in an in-text style.
    """
    citing: dict[str, set[int]] = {}
    for note in brief.notes:
        for item in note.items:
            citing.setdefault(item.source, set()).add(note.number)
    marks = notes_by_mark(brief.notes)
    if marks:
        for entry in reference_entries(brief):
            numbers = {marks[anchor] for anchor in entry.cited_by if anchor in marks}
            if numbers:
                citing.setdefault(entry.source, set()).update(numbers)
    return {source: tuple(sorted(numbers)) for source, numbers in citing.items()}


def reference_entries(brief: model.Brief) -> Iterator[model.ReferenceEntry]:
    """Every entry of every list of references, in reading order."""
    for block in walk_blocks(brief):
        if isinstance(block, model.References):
            yield from block.entries


def ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Whole numbers as runs, first and last of each: 9, 3, 8, 7 are ((3, 3), (7, 9))."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)


def ranges_in_words(numbers: Iterable[int]) -> str:
    """Whole numbers as they are printed: `3, 7–9`."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in ranges(numbers)
    )


def cited_in_notes(brief: model.Brief, numbers: Sequence[int]) -> tuple[str, str]:
    """What stands before and after the numbers of the notes that cite a source.

    `("Cited in nn. ", ".")`; in the singular for one note. No line breaks before the numbers.
    """
    many = len(numbers) > 1
    return _around(standing_word(brief, "cited_in_notes" if many else "cited_in_note"), "notes")


def entry_with_notes(
    brief: model.Brief, entry: model.ReferenceEntry, numbers: Sequence[int] = ()
) -> model.Inlines:
    """An entry's wording and remarks, then the notes that cite it as plain text, if any."""
    said = ended(entry.content) if entry.remarks or numbers else entry.content
    if entry.remarks:
        said = (*said, model.Text(" "), *entry.remarks)
    if not numbers:
        return said
    before, after = cited_in_notes(brief, numbers)
    return (*said, model.Text(f" {before}{ranges_in_words(numbers)}{after}"))


def cited_at_places(brief: model.Brief) -> tuple[str, str]:
    """What stands before and after the links to the places that cite a source."""
    return _around(standing_word(brief, "cited_at"), "places")


def without_marks(content: model.Inlines) -> model.Inlines:
    """Inlines without the marks of notes, at the top and within sentences.

    For a heading that is said again elsewhere: a list of contents has no notes of its own.
    """
    kept: list[model.Inline] = []
    for inline in content:
        if isinstance(inline, model.Sentence):
            kept.append(replace(inline, content=without_marks(inline.content)))
        elif not (isinstance(inline, model.Cite) and inline.note is not None):
            kept.append(inline)
    return tuple(kept)


def has_notes_block(brief: model.Brief) -> bool:
    """Whether the brief itself says where its notes are printed."""
    return any(isinstance(block, model.Notes) for block in walk_blocks(brief))


def foot_parts(brief: model.Brief) -> tuple[str, ...]:
    """What stands at the foot of a page on the left: reference, version, contact."""
    version = f"{standing_word(brief, 'version')} {brief.version}" if brief.version else ""
    return tuple(part for part in (brief.reference, version, brief.contact) if part)


def is_only(section: model.Section, kind: type[model.Block]) -> bool:
    """Whether a section holds exactly one block, of this kind."""
    return len(section.blocks) == 1 and isinstance(section.blocks[0], kind)


def is_bibliography(section: model.Section) -> bool:
    """Whether a section holds references and nothing else but headings between their groups."""
    kinds = {type(block) for block in section.blocks}
    return model.References in kinds and kinds <= {model.References, model.Heading}


def flattened(inlines: model.Inlines) -> model.Inlines:
    """Inlines with sentences opened and neighbouring texts of one language joined."""
    return joined(_opened(inlines))


def with_cautions(inlines: model.Inlines) -> str:
    """What inlines say, cautions included."""
    return plain_text(inlines, warning=WARNING_SIGN)


def _around(sentence: str, name: str) -> tuple[str, str]:
    before, _, after = sentence.partition(f"{{{name}}}")
    return (f"{before[:-1]}\u00a0" if before.endswith(" ") else before), after


def _opened(inlines: model.Inlines) -> Iterator[model.Inline]:
    for inline in inlines:
        if isinstance(inline, model.Sentence):
            yield from _opened(inline.content)
        else:
            yield inline
