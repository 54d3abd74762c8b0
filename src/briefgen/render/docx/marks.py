"""Marks of notes in the text: Word's own references, numbered by Word as the model numbers them.

The first mark of a note is the reference that Word ties to it (ECMA-376 Part 1, 17.11.14 and
17.11.7), within a hidden bookmark. Word knows no note with two marks, so every later one is a
`NOTEREF` field (17.16.5.41) on that bookmark, its result in place: nothing is out of date when
the document opens, and the numbers follow when a person adds a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from re import Match
from typing import Literal

from briefgen.brief.model import Brief, Note
from briefgen.patterns import lazy_pattern
from briefgen.render.docx.links import Bookmarks
from briefgen.render.docx.runs import Format, field_runs, run, run_properties

NoteKind = Literal["footnote", "endnote"]

_REFERENCE = lazy_pattern(r'<w:(?:foot|end)noteReference w:id="(\d+)"/>')
KEY = 0
"""The number of the note that is the key to flags: it shows none. Its mark is the sign of the first
flag, so that it stands at the foot of that page."""
_MOST_PIECES = 60
"""Numbers and ranges that a reference is cited in; more would print a page of them."""


def key_is_note(brief: Brief) -> bool:
    """Whether the key to flags is a footnote: where there is a flag for it to hang on, and notes
    stand at the foot of pages.
    """
    return bool(brief.flag_key) and note_kind(brief) == "footnote"


def note_kind(brief: Brief) -> NoteKind:
    """Which of Word's two kinds of notes the brief's are."""
    return "endnote" if brief.notes_at == "end" else "footnote"


@dataclass(slots=True)
class NoteMarks:
    """The marks of one brief's notes; knows which note was referred to first, and where."""

    kind: NoteKind
    style: str
    """The id of the character style of a mark."""
    bookmarks: Bookmarks
    notes: Mapping[int, Note]
    """The notes that say something, by number."""
    first_id: int = 1
    """The id of the first note in its part; separators have those below."""
    ids: dict[int, int] = field(default_factory=dict)
    """Number -> id of each note referred to, in the order of writing."""
    by_hand: set[int] = field(default_factory=set)
    """Notes whose number Word would count otherwise: theirs is written out."""
    _fields: dict[tuple[int, Format, str], str] = field(default_factory=dict)
    _by_source: dict[str, tuple[int, ...]] | None = None

    @property
    def format(self) -> Format:
        """The format of a mark."""
        return Format(self.style)

    def mark(self, number: int, *, may_refer: bool = True) -> str:
        """The mark of note `number`. `may_refer`: in the text itself, where a note may begin."""
        if number not in self.notes or not (may_refer or number in self.ids):
            return run(str(number), self.format)
        if number in self.ids:
            return self.number_field(number, self.format, "\\f \\h")
        self.ids[number] = id_ = self.first_id + len(self.ids)
        mark = f'<w:r>{run_properties(self.format)}<w:{self.kind}Reference w:id="{id_}"/></w:r>'
        return self.bookmarks.around(self.anchor(number), mark)

    def key_reference(self) -> str:
        """What goes before the sign of the first flag, whose note is the key; else nothing."""
        if KEY not in self.notes or KEY in self.ids:
            return ""
        self.ids[KEY] = id_ = self.first_id + len(self.ids)
        return f'<w:{self.kind}Reference w:customMarkFollows="1" w:id="{id_}"/>'

    def anchor(self, number: int) -> str:
        """What a link to the mark of note `number` leads to."""
        note = self.notes.get(number)
        anchor = (note.anchor if note else "") or f"note {number}"
        self.bookmarks.reserve(anchor, f"_RefNote{number}")
        return anchor

    def number_field(self, number: int, format_: Format, switches: str = "\\h") -> str:
        """The number of a note as a field that follows it; as text where its mark is nowhere."""
        key = (number, format_, switches)
        made = self._fields.get(key)
        if made is None:
            name = self.bookmarks.target(self.anchor(number))
            shown = str(number)
            made = field_runs(f"NOTEREF {name} {switches}", shown, format_) if name else (
                run(shown, format_)
            )  # fmt: skip
            self._fields[key] = made
        return made

    def cited_in(self, source: str, cited_by: Iterable[str]) -> list[tuple[int, int]]:
        """The notes that cite a source, as runs of numbers: `3, 7–9` is [(3, 3), (7, 9)]."""
        if self._by_source is None:
            self._by_source = _numbers_by_source(self.notes.values())
        numbers = set(self._by_source.get(source, ()))
        for anchor in cited_by:
            numbers.update(self._by_source.get(f"\0{anchor}", ()))
        return _runs(sorted(numbers))

    def in_words(self, pattern: str, runs: list[tuple[int, int]], format_: Format) -> str:
        """`pattern` with `{notes}` as numbers that lead to their notes: `Cited in nn. 3, 7–9.`"""
        before, _, after = pattern.partition("{notes}")
        if before.endswith(" "):
            before = f"{before[:-1]}\u00a0"
        pieces = []
        for first, last in runs[:_MOST_PIECES]:
            piece = self.number_field(first, format_)
            if last > first:
                dash = "–" if last > first + 1 else ", "
                piece += run(dash) + self.number_field(last, format_)
            pieces.append(piece)
        if len(runs) > _MOST_PIECES:
            pieces.append(run("…"))
        return run(before) + run(", ").join(pieces) + run(after)

    def counted(self, text: str) -> str:
        """`text`, the document's body, with each number written out that Word counts otherwise.

        Word counts marks in the order in which they stand. The model numbers them in that order
        too; where it could not (a table that is read by columns), the mark carries its number.
        """
        number_of = {str(id_): number for number, id_ in self.ids.items()}
        met = [number_of[id_] for id_ in _REFERENCE.findall(text)] if number_of else []
        if met == list(range(1, len(met) + 1)):
            return text
        count = 1
        for number in met:
            if number == count:
                count += 1
            else:
                self.by_hand.add(number)

        def written(match: Match[str]) -> str:
            number = number_of[match.group(1)]
            if number not in self.by_hand:
                return match.group()
            return (
                f'<w:{self.kind}Reference w:customMarkFollows="1" w:id="{match.group(1)}"/>'
                f"<w:t>{number}</w:t>"
            )

        return _REFERENCE.sub(written, text)


def _numbers_by_source(notes: Iterable[Note]) -> dict[str, tuple[int, ...]]:
    """Source id, or an anchor after a NUL -> the numbers of the notes that cite it."""
    found: dict[str, list[int]] = {}
    for note in notes:
        keys = [item.source for item in note.items] + [f"\0{anchor}" for anchor in note.cited_at]
        for key in dict.fromkeys(keys):
            found.setdefault(key, []).append(note.number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
