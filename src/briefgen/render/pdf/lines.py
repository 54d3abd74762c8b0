"""Runs to fragments to lines: greedy breaking, ragged right.

A fragment is as much text as has one face, one look and no place to break. Its width is asked of
the setter, which remembers words. A paragraph's fragments are added up once; a line's end is then
found by halving.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, groupby, islice
from operator import attrgetter
from typing import TypeAlias

from briefgen.render.pdf.looks import Look
from briefgen.render.pdf.runs import Run, SentenceMark
from briefgen.render.pdf.setter import Lacks, Part, setter, soft_hyphen
from briefgen.render.pdf.typeface import Typeface

_TOLERANCE = 0.01
_ANY = -1.0
"""Room before what begins a line: it counts for nothing."""
_MOST_WORDS = 20_000
_MOST_LOOKS = 32
"""Words remembered for one look, and looks: a long-running app must not grow without end."""
_TO_SPACES = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " ")


@dataclass(slots=True, eq=False)
class Setting:
    """What neighbours must share to be one piece of text on the page: this very object."""

    face: Typeface
    look: Look
    link: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Fragment:
    """An unbreakable piece. Never changed: words share theirs."""

    text: str
    """Begins with a space where there is room before it."""
    setting: Setting
    width: float
    advance: float
    """Its width and the room before it when it does not begin a line."""
    breakable: bool = False
    """Whether a line may begin with it."""
    tied: bool = False
    """Whether a line begins with it only where nothing better is to be had."""
    note: int = 0
    hyphen: bool = False
    """Whether a line that ends with it shows a hyphen."""
    ends_line: bool = False
    """Stands for a line's end, and has no text."""


@dataclass(slots=True, eq=False)
class Span:
    """Text on a line, `x` points from the line's beginning."""

    x: float
    width: float
    text: str
    setting: Setting


@dataclass(slots=True, eq=False)
class FactPart:
    """As much of a fact's sentence as stands on a line, in points from the line's beginning."""

    sentence: SentenceMark
    left: float
    right: float


@dataclass(slots=True)
class Line:
    """One line of text. `notes` are the numbers of the note marks that it holds."""

    spans: tuple[Span, ...]
    width: float
    notes: tuple[int, ...] = ()
    anchored: bool = False
    """Whether any of the spans has anchors."""
    facts: tuple[FactPart, ...] = ()


_Marked: TypeAlias = tuple[int, int, SentenceMark]


class Fragments(list[Fragment]):
    """The fragments of a paragraph, and which of them are a fact's sentence.

    That stands beside them: words share their fragments, and neighbours that would differ by their
    facts alone are still one piece of text on the page.
    """

    __slots__ = ("facts",)

    def __init__(self) -> None:
        self.facts: list[_Marked] = []
        """First fragment, the one after the last, and the sentence."""


_setting = attrgetter("setting")
_advances = attrgetter("advance")
_text = attrgetter("text")
_note = attrgetter("note")


class _Words(dict[str, tuple[Fragment, ...]]):
    """Words in one look, as they are after a space, without links: nearly all of them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.cut = setter(look.cut, look.caps)
        self.gap = look.pitch or self.cut.space * look.size / 1000 + look.tracking
        self.lacking: dict[str, str] = {}
        """What could not be set of words that were asked for."""
        self._settings: dict[Typeface, Setting] = {}

    def __missing__(self, word: str) -> tuple[Fragment, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
            self.lacking.clear()
        parts, lacking = self.cut.set_word(word)
        made: list[Fragment] = []
        for part in parts:
            setting = self._settings.get(part.face)
            if setting is None:
                setting = self._settings[part.face] = Setting(part.face, self.look)
            width = _advance(part, self.look)
            if made:
                one = Fragment(part.text, setting, width, width, part.breakable)
            else:
                one = Fragment(f" {part.text}", setting, width, width + self.gap, True)
            one.hyphen = part.hyphen
            made.append(one)
        if lacking:
            self.lacking[word] = lacking
        found = self[word] = tuple(made)
        return found


@lru_cache(maxsize=_MOST_LOOKS)
def _words(look: Look) -> _Words:
    """The words of a look: one document's are mostly the next one's, too."""
    return _Words(look)


class Measurer:
    """Runs to fragments, for one document: it counts what could not be set."""

    def __init__(self, lacks: Lacks) -> None:
        self.lacks = lacks
        self._looks: dict[Look, _Words] = {}

    def fragments(self, runs: Sequence[Run]) -> Fragments:
        """The fragments of a paragraph."""
        made = Fragments()
        space = _ANY
        anchors: tuple[str, ...] = ()
        known: _Words | None = None
        for run in runs:
            text = run.text
            anchors += run.anchors
            if text == "\n":
                made.append(_mark(run.look, anchors, ends_line=True))
                anchors, space = (), _ANY
                continue
            if not text:
                continue
            if known is None or run.look is not known.look:
                known = self._looks.get(run.look)
                if known is None:
                    known = self._looks[run.look] = _words(run.look)
            if not text.isprintable():
                text = text.translate(_TO_SPACES)
            words = text.split(" ")
            if "" in words:
                if not words[0]:
                    space = known.gap
                words = [word for word in words if word]
            if words:
                begun = len(made)
                if run.link or run.tied:
                    made += _special(known, words, run, space, anchors)
                elif anchors or run.note or (space != known.gap and space != _ANY):
                    made += _special(known, words[:1], run, space, anchors)
                    made += chain.from_iterable(map(known.__getitem__, words[1:]))
                else:
                    made += chain.from_iterable(map(known.__getitem__, words))
                if known.lacking:
                    self._count(known.lacking, words)
                if run.sentence is not None:
                    made.facts.append((begun, len(made), run.sentence))
                anchors = ()
                space = known.gap if text[-1] == " " else 0.0
        if anchors:
            made.append(_mark(runs[-1].look, anchors))
        return made

    def _count(self, lacking: Mapping[str, str], words: Sequence[str]) -> None:
        for word in words:
            for character in lacking.get(word, ""):
                self.lacks.count(character)


def _mark(look: Look, anchors: tuple[str, ...], *, ends_line: bool = False) -> Fragment:
    """A fragment without text."""
    setting = Setting(setter(look.cut).primary, look, "", anchors)
    return Fragment("", setting, 0.0, 0.0, ends_line=ends_line)


def _special(
    known: _Words, words: list[str], run: Run, space: float, anchors: tuple[str, ...]
) -> list[Fragment]:
    """Words of a run of which the first, or all, are not just words after a space."""
    made: list[Fragment] = []
    settings: dict[Setting, Setting] = {}
    for word in words:
        for part in known[word]:
            first = not made
            setting = part.setting
            if first and anchors:
                setting = Setting(setting.face, setting.look, run.link, anchors)
            elif run.link:
                own = settings.get(setting)
                if own is None:
                    own = settings[setting] = Setting(setting.face, setting.look, run.link)
                setting = own
            if first and space != _ANY:
                text = part.text if space else part.text[1:]
                advance, breakable = part.width + space, space > 0.0
            else:
                text, advance, breakable = part.text, part.advance, part.breakable
            made.append(
                Fragment(
                    text,
                    setting,
                    part.width,
                    advance,
                    breakable,
                    run.tied and not first,
                    run.note if first else 0,
                    part.hyphen,
                )
            )
    return made


def _advance(part: Part, look: Look) -> float:
    if look.pitch:
        return look.pitch * len(part.text)
    return part.width * look.size / 1000 + look.tracking * len(part.text)


def fixed_fragments(text: str, look: Look, lacks: Lacks) -> list[Fragment]:
    """Lines of fixed-width text as they stand: spaces kept, tabs to every fourth column."""
    made: list[Fragment] = []
    cut = setter(look.cut)
    settings = {cut.primary: Setting(cut.primary, look)}
    for row, line in enumerate(text.splitlines()):
        if row:
            made.append(_mark(look, (), ends_line=True))
        for blank, characters in groupby(line.expandtabs(4), " ".__eq__):
            word = "".join(characters)
            if blank:
                width = look.pitch * len(word)
                made.append(Fragment(word, settings[cut.primary], width, width))
                continue
            for number, part in enumerate(cut.parts(word, lacks)):
                setting = settings.setdefault(part.face, Setting(part.face, look))
                width = look.pitch * len(part.text)
                made.append(Fragment(part.text, setting, width, width, not number))
    return made


def natural_widths(parts: Sequence[Fragment]) -> tuple[float, float]:
    """The widest piece that cannot be broken, and the longest line if none were."""
    widest = longest = piece = line = 0.0
    begins = True
    for part in parts:
        if part.ends_line:
            piece = line = 0.0
            begins = True
            continue
        line += part.width if begins else part.advance
        begins = False
        piece = part.width if part.breakable else piece + part.width
        if piece > widest:
            widest = piece
        if line > longest:
            longest = line
    return widest, longest


# --- breaking ---------------------------------------------------------------------------------


def break_lines(parts: Sequence[Fragment], width: float, first: float | None = None) -> list[Line]:
    """Lines no wider than `width` points (the first no wider than `first`). At least one line."""
    lines: list[Line] = []
    room = width if first is None else first
    start = 0
    facts = parts.facts if isinstance(parts, Fragments) else []
    for end in [number for number, part in enumerate(parts) if part.ends_line]:
        _fill(list(parts[start:end]), room, width, lines, parts[end].setting, _from(start, facts))
        start, room = end + 1, width
    if start < len(parts) or not lines:
        _fill(list(parts[start:]), room, width, lines, None, _from(start, facts))
    return lines


def _from(start: int, facts: list[_Marked]) -> list[_Marked]:
    """`facts` as they are for fragments that are counted from `start`."""
    if not start:
        return facts
    return [(max(first - start, 0), last - start, sentence) for first, last, sentence in facts]


def _fill(
    parts: list[Fragment],
    room: float,
    width: float,
    lines: list[Line],
    ended: Setting | None,
    facts: list[_Marked],
) -> None:
    """Add the lines of what stands between two forced ends, at least one."""
    places = [0.0, *accumulate(map(_advances, parts))]
    start, begun, told = 0, len(lines), 0
    while start < len(parts):
        # Where the line would begin if it were the only one.
        origin = places[start] + parts[start].advance - parts[start].width
        limit = origin + room + _TOLERANCE
        end = bisect_right(places, limit, start + 1) - 1
        if end < len(parts):
            torn, count = end, len(parts)
            end = _line_end(parts, places, start, end, limit) or _forced_end(
                parts, places, start, end, limit, width
            )
            if not end:
                if facts:
                    facts = _after_tearing(facts, torn, len(parts) - count)
                continue
        line = _line(parts, places, start, end, limit)
        if facts:
            while told < len(facts) and facts[told][1] <= start:
                told += 1
            if told < len(facts) and facts[told][0] < end:
                line.facts = _fact_parts(facts, told, parts, places, start, end, line.width)
        lines.append(line)
        start, room = end, width
    if len(lines) == begun:
        lines.append(Line((), 0.0))
    if ended is not None:
        line = lines[-1]
        if line.spans:
            # A space that nobody sees keeps the words apart when the text is copied.
            line.spans[-1].text += " "
        if ended.anchors:
            line.spans += (Span(line.width, 0.0, "", ended),)
            line.anchored = True


def _after_tearing(facts: list[_Marked], torn: int, more: int) -> list[_Marked]:
    """`facts` when the fragment `torn` has become `more` than the one that it was."""
    return [
        (first + more if first > torn else first, last + more if last > torn else last, sentence)
        for first, last, sentence in facts
    ]


def _fact_parts(
    facts: list[_Marked],
    told: int,
    parts: list[Fragment],
    places: list[float],
    start: int,
    end: int,
    width: float,
) -> tuple[FactPart, ...]:
    """What the line of `parts[start:end]` holds of `facts[told:]`. Neighbours are one part."""
    first, last, sentence = facts[told]
    if first <= start and last >= end:
        return (FactPart(sentence, 0.0, width),)
    found: list[FactPart] = []
    origin = places[start] + parts[start].advance - parts[start].width
    before = -1
    for first, last, sentence in islice(facts, told, None):
        if first >= end:
            break
        first = max(first, start)
        right = width if last >= end else places[last] - origin
        if found and before == first and found[-1].sentence is sentence:
            found[-1].right = right
        else:
            left = places[first] + parts[first].advance - parts[first].width - origin
            found.append(FactPart(sentence, max(left, 0.0), right))
        before = last
    return tuple(found)


def _line_end(
    parts: list[Fragment], places: list[float], start: int, end: int, limit: float
) -> int:
    """The last good place to break at or before `end`, beyond which nothing fits; 0 for none."""
    second_best = 0
    for place in range(end, start, -1):
        part = parts[place]
        if part.breakable:
            before = parts[place - 1]
            if before.hyphen and places[place] + _hyphen_width(before) > limit:
                continue
            if not part.tied:
                return place
            second_best = max(second_best, place)
    return second_best


def _forced_end(
    parts: list[Fragment], places: list[float], start: int, end: int, limit: float, width: float
) -> int:
    """Where to break that is no good place; 0 if a fragment was cut, and there is one now."""
    part = parts[end]
    room = limit - places[end] - (part.advance - part.width)
    if end > start and (part.breakable or next(_units(part))[1] > room):
        # A soft hyphen that has no room to show, or a letter that does not fit either.
        return end
    torn = _tear(part, room, width)
    if len(torn) == 1:
        return end + 1
    parts[end : end + 1] = torn
    places[end:] = accumulate(map(_advances, parts[end:]), initial=places[end])
    return 0


def _tear(part: Fragment, room: float, width: float) -> list[Fragment]:
    """An over-long fragment, cut where it must be: the first piece fits `room`, the rest `width`.

    Marks stay with their letters, and a piece holds at least one, however narrow the room.
    """
    pieces: list[tuple[str, float]] = []
    text, taken = "", 0.0
    for unit, advance in _units(part):
        if text and taken + advance > room:
            cut = _last_hyphen(text)
            kept = text[cut:]
            kept_width = sum(_unit_advance(part, character) for character in kept)
            pieces.append((text[:cut], taken - kept_width))
            text, taken, room = kept, kept_width, width
        text += unit
        taken += advance
    pieces.append((text, taken))
    setting = part.setting
    plain = Setting(setting.face, setting.look, setting.link) if setting.anchors else setting
    torn = [
        Fragment(text, plain if number else setting, taken, taken, number > 0)
        for number, (text, taken) in enumerate(pieces)
    ]
    first, last = torn[0], torn[-1]
    if part.advance > part.width:
        first.text = f" {first.text}"
        first.advance += part.advance - part.width
    first.breakable, first.tied, first.note = part.breakable, part.tied, part.note
    last.hyphen = part.hyphen
    return torn


def _last_hyphen(text: str) -> int:
    """The place after the last hyphen if one stands late in `text`, else the end."""
    cut = max(text.rfind(sign) for sign in "-\u2010") + 1
    return cut if cut >= len(text) / 2 else len(text)


def _unit_advance(part: Fragment, character: str) -> float:
    look = part.setting.look
    if look.pitch:
        return look.pitch
    return part.setting.face.width(character) * look.size / 1000 + look.tracking


def _units(part: Fragment) -> Iterator[tuple[str, float]]:
    """Characters with their widths, each together with what takes no room of its own."""
    unit, width = "", 0.0
    for character in part.text[1:] if part.advance > part.width else part.text:
        advance = _unit_advance(part, character)
        if unit and advance > 0:
            yield unit, width
            unit, width = "", 0.0
        unit += character
        width += advance
    if unit:
        yield unit, width


def _hyphen_width(part: Fragment) -> float:
    return part.setting.face.width("-") * part.setting.look.size / 1000


def _line(parts: list[Fragment], places: list[float], start: int, end: int, limit: float) -> Line:
    """One line of `parts[start:end]`, neighbours of the same setting joined."""
    spans: list[Span] = []
    anchored = False
    members = parts[start:end]
    settings = list(map(_setting, members))
    texts = list(map(_text, members))
    origin = places[start] + members[0].advance - members[0].width
    index, count, right = 0, len(members), 0.0
    while index < count:
        lead, setting, first = members[index], settings[index], index
        index += 1
        while index < count and settings[index] is setting:
            index += 1
        text = "".join(texts[first:index])
        left = 0.0
        if lead.advance > lead.width:
            text = text[1:]
            if spans:
                spans[-1].text += " "
        if spans:
            # Adding up in another order may come out a hair below nothing.
            left = max(places[start + first] + lead.advance - lead.width - origin, 0.0)
        right = places[start + index] - origin
        spans.append(Span(left, right - left, text, setting))
        anchored = anchored or bool(setting.anchors)
    if end < len(parts):
        final = spans[-1]
        if parts[end - 1].hyphen:
            width = _hyphen_width(parts[end - 1])
            if origin + right + width <= limit:
                final.text = final.text[:-1] + soft_hyphen(final.setting.face)
                final.width += width
                right += width
        elif parts[end].advance > parts[end].width:
            final.text += " "
    notes = tuple(filter(None, map(_note, members)))
    return Line(tuple(spans), right, notes, anchored)
