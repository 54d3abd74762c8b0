"""Where a citation stands: before the full stop in the text, after it as a note's mark.

The text itself stays as it is. The stop that ends the words before a citation moves behind it
(`… in June. [1]` reads `… in June [1].`), unless it belongs to the last word or stands inside
quotation marks or brackets. Never two stops, never one alone; and never two brackets in a row,
`(2014) (Awan, 2023)`, but `(2014; Awan, 2023)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import is_

from briefgen.brief import model
from briefgen.brief.traversal import CONTAINERS, joined, plain_text
from briefgen.cite.inlines import trimmed
from briefgen.patterns import lazy_pattern

NO_BREAK_SPACE = "\u00a0"

_STOP = lazy_pattern(r"(?:[.。．۔।]|(?<![!?！？؟])[!?！？؟]+)(?P<space>\s*)$")
_ELLIPSIS = lazy_pattern(r"(?:\.\.|…|[!?]\.)\s*$")
_OPENING = lazy_pattern(r"[(\[{“‘«„¿¡—–/]$")
_BRACKETED_NUMBER = lazy_pattern(r"\[|[(⟨]\d{1,3}\b")
_BRACKETS_AT_END = lazy_pattern(r"\([^()]*\)$")
_BRACKETS_ALONE = lazy_pattern(r"\s*\([^()]*\)")
_MOVES_BEFORE_MARK = lazy_pattern(r"[.,;:!?…。、，]+[”’»\"')\]]*")
_ABBREVIATION = lazy_pattern(
    r"(?:^|[\s(\[{“‘«\"'\u00a0-])"
    r"(?:(?:[^\W\d_]{1,2}\.){2,}"
    r"|(?:Inc|Ltd|Co|Corp|Jr|Sr|Bros|Pvt|plc|etc|al"
    r"|г|гг|вв|др|пр|руб|млн|млрд|тыс)\.)\s*$",
    re.IGNORECASE,
)


def place_citations(
    run: model.Inlines,
    worded: Callable[[model.Cite], model.Cite],
    *,
    after_stop: bool,
    whole: bool = False,
    in_fact: bool = False,
) -> model.Inlines:
    """The run with every citation worded and put in its place.

    `worded` is called once for each citation, in reading order, and fills it in. `after_stop`
    puts all of them behind the stop; raised ones stand there in any case. Citations that stand
    side by side must have been merged (`merge_citations`). `whole` keeps each as the style words
    it, brackets and all, for a reference manager that will word it anew; `in_fact` says that the
    run begins with a fact's own words.
    """
    out: list[model.Inline] = []
    rest = list(run)
    index = 0
    while index < len(rest):
        inline = rest[index]
        index += 1
        if not isinstance(inline, model.Cite):
            out.append(
                _changed_inside(
                    inline,
                    partial(
                        place_citations,
                        worded=worded,
                        after_stop=after_stop,
                        whole=whole,
                        in_fact=isinstance(inline, model.Sentence),
                    ),
                )
            )
            continue
        cite = worded(inline)
        if after_stop or is_raised(cite):
            _behind(out, cite, rest, index)
        else:
            _before_stop(out, cite, rest[index:], whole=whole, in_fact=in_fact)
    return _same_or_changed(run, list(joined(out)) if in_fact else out)


def merge_citations(run: model.Inlines) -> model.Inlines:
    """Citations with nothing but white space between them become one that cites all."""
    out: list[model.Inline] = []
    for inline in run:
        if isinstance(inline, model.Cite):
            if len(out) > 1 and _is_blank(out[-1]) and isinstance(out[-2], model.Cite):
                out.pop()
            if out and isinstance(out[-1], model.Cite):
                before = out.pop()
                assert isinstance(before, model.Cite)
                inline = model.Cite(_merged(before.items, inline.items))
        out.append(_changed_inside(inline, merge_citations))
    return _same_or_changed(run, out)


def _merged(
    one: tuple[model.CiteItem, ...], other: tuple[model.CiteItem, ...]
) -> tuple[model.CiteItem, ...]:
    """The items of two citations, each once. Among others an author who is left out is missed."""
    items = (*one, *other)
    if len({item.suppress_author for item in items}) > 1:
        items = tuple(replace(item, suppress_author=False) for item in items)
    return tuple(dict.fromkeys(items))


def _changed_inside(
    inline: model.Inline, change: Callable[[model.Inlines], model.Inlines]
) -> model.Inline:
    """The inline with what it contains changed; itself where nothing is."""
    if not isinstance(inline, CONTAINERS):
        return inline
    content = change(inline.content)
    return inline if content is inline.content else replace(inline, content=content)


def _same_or_changed(run: model.Inlines, out: list[model.Inline]) -> model.Inlines:
    """`run` itself where nothing was changed: stages behind tell by that."""
    return run if len(out) == len(run) and all(map(is_, out, run)) else tuple(out)


def is_raised(cite: model.Cite) -> bool:
    """Whether the citation is a raised number, whose place is behind the stop."""
    return bool(cite.content) and isinstance(cite.content[0], model.Superscript)


def split_stop(text: str) -> tuple[str, str]:
    """What ends in a stop, apart: the words, and the stop with white space behind it.

    The second is empty where there is no stop to move: none at all, one inside quotation marks
    or brackets, an ellipsis, or one that is part of an abbreviation.
    """
    if _ELLIPSIS.search(text) or _ABBREVIATION.search(text):
        return text, ""
    match = _STOP.search(text)
    return (text[: match.start()], match.group()) if match else (text, "")


def _before_stop(
    out: list[model.Inline],
    cite: model.Cite,
    following: Sequence[model.Inline],
    *,
    whole: bool,
    in_fact: bool,
) -> None:
    """Put the citation at the end of `out`, in front of the stop there."""
    flags = _taken_flags(out)
    words, stop = _taken_stop(out) if _may_move(following) else ("", ())
    if not words and not stop and out and _ends_abbreviated(out) and _ends_sentence(following):
        stop = (model.Text("."),)
    _trim_end(out)
    cite = _in_one_bracket(out, cite, whole=whole, in_fact=in_fact)
    if (
        out
        and not _OPENING.search(_last_characters(out))
        and not isinstance(out[-1], model.LineBreak)
    ):
        bracketed = _BRACKETED_NUMBER.match(plain_text(cite.content))
        space = NO_BREAK_SPACE if bracketed else " "
        last = out[-1]
        if isinstance(last, model.Text):
            out[-1] = model.Text(last.text + space, last.language)
        else:
            out.append(model.Text(space))
    if stop and not flags and (not following or _first_characters(following)[:1].isspace()):
        stop = trimmed(stop)
    out.append(cite)
    out += stop
    out += flags


def _in_one_bracket(
    out: list[model.Inline], cite: model.Cite, *, whole: bool, in_fact: bool
) -> model.Cite:
    """The citation without its opening bracket where it goes on in one at the end of `out`.

    As APA asks (7th edition, 8.12): text and citation in one pair of brackets, a semicolon between.
    Numbers and whole citations stand in brackets of their own, so a fact's date loses its: `, 2014
    (1)`. What a fact says itself is never touched, whatever brackets it ends in.
    """
    last = out[-1] if out else None
    if not isinstance(last, model.Text) or not cite.content:
        return cite
    first, end = cite.content[0], cite.content[-1]
    if not (isinstance(first, model.Text) and isinstance(end, model.Text)):
        return cite
    if not (first.text.startswith("(") and end.text.endswith(")")):
        return cite
    added = len(out) > 1 and _BRACKETS_ALONE.fullmatch(last.text) is not None
    if (in_fact and not added) or not _BRACKETS_AT_END.search(last.text):
        return cite
    if not whole and not _BRACKETED_NUMBER.match(plain_text(cite.content)):
        out[-1] = model.Text(last.text[:-1] + ";", last.language)
        rest = model.Text(first.text[1:], first.language)
        return replace(cite, content=(*((rest,) if rest.text else ()), *cite.content[1:]))
    if added:
        out[-1] = model.Text(f", {last.text.strip()[1:-1]}", last.language)
    return cite


def _behind(
    out: list[model.Inline], cite: model.Cite, rest: list[model.Inline], index: int
) -> None:
    """Put a mark at the end of `out`, behind the stop; one that follows is drawn in front."""
    flags = _taken_flags(out)
    _trim_end(out)
    following = rest[index] if index < len(rest) else None
    if isinstance(following, model.Text) and not flags:
        match = _MOVES_BEFORE_MARK.match(following.text)
        if match and not re.search(r"[.!?…]$", _last_characters(out)):
            out.append(model.Text(match.group(), following.language))
            left = following.text[match.end() :]
            if left:
                rest[index] = model.Text(left, following.language)
            else:
                del rest[index]
    out.append(cite)
    out += flags


def _taken_flags(out: list[model.Inline]) -> list[model.Inline]:
    """Removes flags, and the white space before them, from the end of `out`."""
    taken: list[model.Inline] = []
    while out:
        if isinstance(out[-1], model.Flag) or (taken and _is_blank(out[-1])):
            taken.insert(0, out.pop())
        else:
            break
    return taken


def _taken_stop(out: list[model.Inline]) -> tuple[str, model.Inlines]:
    """Removes the stop from the end of `out`; ("", ()) where there is none to remove."""
    while len(out) > 1 and isinstance(out[-1], model.Text) and out[-1].text == "":
        out.pop()
    if not out:
        return "", ()
    last = out[-1]
    if isinstance(last, model.Text):
        if not last.text.strip() and len(out) > 1:
            blank = out.pop()
            words, stop = _taken_stop(out)
            if not stop:
                out.append(blank)
                return "", ()
            return words, (*stop, blank)
        words, stop_text = split_stop(last.text)
        if not stop_text or not (words.strip() or len(out) > 1):
            return "", ()
        out.pop()
        if words:
            out.append(model.Text(words, last.language))
        return words or " ", (model.Text(stop_text, last.language),)
    if isinstance(last, model.Emphasis | model.Strong | model.SmallCaps | model.Sentence):
        inner = list(last.content)
        words, stop = _taken_stop(inner)
        if stop:
            out[-1] = replace(last, content=tuple(inner))
            if isinstance(last, model.Sentence):
                return words, stop
            return words, (replace(last, content=stop),)
    return "", ()


def _may_move(following: Sequence[model.Inline]) -> bool:
    """Whether what follows leaves the stop free to move: no second stop, no sentence going on."""
    text = _first_characters(following)
    if re.match(r"[.,;:!?…]", text):
        return False
    return not text.lstrip()[:1].islower()


def _ends_sentence(following: Sequence[model.Inline]) -> bool:
    text = _first_characters(following)
    return not text.strip() or (text[:1].isspace() and text.lstrip()[:1].isupper())


def _ends_abbreviated(out: Sequence[model.Inline]) -> bool:
    return _ABBREVIATION.search(_last_characters(out)) is not None


def _trim_end(out: list[model.Inline]) -> None:
    """Removes breakable white space from the end of `out`."""
    while out and isinstance(out[-1], model.Text):
        last = out[-1]
        text = last.text.rstrip()
        if text:
            if text != last.text:
                out[-1] = model.Text(text, last.language)
            return
        out.pop()


def _is_blank(inline: model.Inline) -> bool:
    return isinstance(inline, model.Text) and not inline.text.strip()


def _first_characters(run: Sequence[model.Inline]) -> str:
    """The plain text that a run starts with; flags and citations say nothing."""
    for inline in run:
        if isinstance(inline, model.Text):
            if inline.text:
                return inline.text
        elif isinstance(inline, model.LineBreak):
            return " "
        elif isinstance(inline, CONTAINERS):
            text = _first_characters(inline.content)
            if text:
                return text
    return ""


def _last_characters(run: Sequence[model.Inline]) -> str:
    """The plain text that a run ends with."""
    for inline in reversed(run):
        if isinstance(inline, model.Text):
            if inline.text:
                return inline.text
        elif isinstance(inline, CONTAINERS):
            text = _last_characters(inline.content)
            if text:
                return text
        else:
            return ""
    return ""
