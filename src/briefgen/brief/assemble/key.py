"""What the flags and grades of a brief mean, told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefgen.brief.model import CrossReference, Flag, Grade, Inline, Inlines, Section, Text
from briefgen.brief.traversal import blocks_inlines, plain_text

_MEANT_ALIKE = ("draft", "superseded", "retracted", "one_unnamed_source")
_LOW_GRADES = ("D", "E")


def key_of(
    sections: Sequence[Section], disputes: Iterable[str], words: Mapping[str, str]
) -> Inlines:
    """A run that explains each flag and grade that `sections` print; empty where there is none.

    `disputes` are the template's sections that tell of disputes.
    """
    told = [inline for section in sections for inline in blocks_inlines(section.blocks)]
    flags = dict.fromkeys(
        flag for inline in told if isinstance(inline, Flag) for flag in inline.text.split("; ")
    )
    meant: dict[str, Inlines] = {
        words[name]: (Text(words[f"key_{name}"]),) for name in _MEANT_ALIKE
    }
    for grade in _LOW_GRADES:
        for form in ("grade_alone", "grades_alone"):
            meaning = words[f"key_{form}"].format(meaning=words[f"reliability_{grade}"])
            meant[words[form].format(grade=grade)] = (Text(meaning),)
    meant[words["disputed"]] = _disputed(sections, frozenset(disputes), words)
    parts: list[Inlines] = [
        (Flag(flag), Text(": "), *meant[flag], Text(".")) for flag in flags if flag in meant
    ]
    codes = [
        code for inline in told if isinstance(inline, Grade) for code in inline.text.split(", ")
    ]
    if codes:
        parts.append((Text("; ".join(_grades(codes, words)) + "."),))
    return tuple(_spaced(parts))


def _disputed(
    sections: Sequence[Section], disputes: frozenset[str], words: Mapping[str, str]
) -> Inlines:
    """What a dispute is, and where it is told if that is in the brief."""
    target = next((s for s in sections if s.part in disputes and s.blocks and s.anchor), None)
    if target is None:
        return (Text(words["key_disputed"]),)
    before, _, after = words["key_disputed_see"].partition("{heading}")
    heading = Text(plain_text(target.heading, citations=False))
    return Text(before), CrossReference(target.anchor, (heading,)), Text(after)


def _grades(codes: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    """The letters and figures of Admiralty codes, each with its meaning."""
    signs = sorted({sign for code in codes for sign in code})
    for key, scale, of in (
        ("key_sources", "reliability", str.isalpha),
        ("key_information", "credibility", str.isdigit),
    ):
        listed = [f"{sign} {words[f'{scale}_{sign}']}" for sign in signs if of(sign)]
        if listed:
            yield words[key].format(listed=", ".join(listed))


def _spaced(parts: Iterable[Inlines]) -> Iterator[Inline]:
    for number, part in enumerate(parts):
        if number:
            yield Text(" ")
        yield from part
