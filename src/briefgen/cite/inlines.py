"""Pandoc's inlines as ours, and ours as compact JSON for the cache.

Whatever Pandoc says, no markup comes through: raw inlines and mathematics are text, and only
http, https and mailto addresses are links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from briefgen.brief import model
from briefgen.brief.traversal import joined, plain_text
from briefgen.patterns import lazy_pattern

_SAFE_URL = lazy_pattern(
    r"(?i)https?://(?:[^\s/?#@]*@)?(?:\[[0-9a-f:.]+\]|[^\s/:?#\[\]@]+)(?::\d*)?(?:[/?#]\S*)?"
    r"|mailto:\S+"
)
_WRAPPED: dict[
    str, type[model.Emphasis | model.Strong | model.SmallCaps | model.Superscript | model.Subscript]
] = {
    "Emph": model.Emphasis,
    "Underline": model.Emphasis,
    "Strong": model.Strong,
    "SmallCaps": model.SmallCaps,
    "Superscript": model.Superscript,
    "Subscript": model.Subscript,
}
_BLOCKS = frozenset(("csl-block", "csl-indent"))
_BESIDE = frozenset(("csl-left-margin", "csl-right-inline"))
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def is_safe_url(url: str) -> bool:
    """Whether `url` is an absolute http, https or mailto address."""
    return _SAFE_URL.fullmatch(url) is not None


class FromPandoc:
    """Turns Pandoc's JSON inlines into the model's.

    `anchors` maps Pandoc's own anchors (`ref-ID`) to the document's; a link to any other place
    becomes its text. `unguard` restores characters that were hidden from Pandoc.
    """

    def __init__(
        self, anchors: dict[str, str], unguard: Callable[[str], str] = lambda text: text
    ) -> None:
        self._anchors = anchors
        self._unguard = unguard

    def inlines(self, nodes: Iterable[Any]) -> model.Inlines:
        """The nodes, neighbouring characters joined, white space at both ends removed."""
        found = joined(_whole_addresses(joined(self._many(nodes, in_link=False))))
        return _without_indents(trimmed(found))

    def _many(self, nodes: Iterable[Any], in_link: bool) -> list[model.Inline]:
        found: list[model.Inline] = []
        words: list[str] = []
        for node in nodes:
            # Nearly all nodes are words and the spaces between them.
            kind = node["t"]
            if kind == "Str":
                words.append(node["c"])
            elif kind == "Space" or kind == "SoftBreak":
                words.append(" ")
            else:
                if words:
                    found.append(self._said(words))
                    words.clear()
                self._one(kind, node.get("c"), found, in_link)
        if words:
            found.append(self._said(words))
        return found

    def _said(self, words: list[str]) -> model.Text:
        text = "".join(words)
        if "Http" in text:
            text = "".join([_SCHEME.sub(_lowered, word) for word in words])
        return model.Text(self._unguard(text))

    def _one(self, kind: str, inside: Any, found: list[model.Inline], in_link: bool) -> None:
        if kind in _WRAPPED:
            content = joined(self._many(inside, in_link))
            if content:
                found.append(_WRAPPED[kind](content))
            return
        match kind:
            case "LineBreak":
                found.append(model.LineBreak())
            case "Strikeout":
                found += self._many(inside, in_link)
            case "Quoted":
                before, after = _QUOTES[inside[0]["t"]]
                found += (model.Text(before), *self._many(inside[1], in_link), model.Text(after))
            case "Span":
                self._span(inside, found, in_link)
            case "Link":
                self._link(inside, found, in_link)
            case "Code":
                found.append(model.Code(self._unguard(inside[1])))
            case "Math" | "RawInline":
                found.append(model.Text(self._unguard(inside[1])))
            case "Note":
                for block in inside:
                    found += self._many(block.get("c") or (), in_link)
            case "Cite" | "Image":
                found += self._many(inside[1], in_link)

    def _span(self, inside: Any, found: list[model.Inline], in_link: bool) -> None:
        """A piece that a style displays in a way of its own (CSL 1.0.2, `display`)."""
        classes = frozenset(inside[0][1])
        block = bool(classes & _BLOCKS)
        if found and not isinstance(found[-1], model.LineBreak):
            if block:
                found.append(model.LineBreak())
            elif classes & _BESIDE and not plain_text((found[-1],)).endswith((" ", "\u00a0")):
                found.append(model.Text(" "))
        content = self._many(inside[1], in_link)
        found += content
        if block and content:
            found.append(model.LineBreak())

    def _link(self, inside: Any, found: list[model.Inline], in_link: bool) -> None:
        target = self._unguard(inside[2][0])
        content = joined(self._many(inside[1], in_link=True))
        anchor = self._anchors.get(target[1:]) if target.startswith("#") else None
        if not content:
            return
        if in_link or not (anchor or is_safe_url(target)):
            found += content
        elif anchor:
            found.append(model.CrossReference(anchor, content))
        else:
            found.append(model.Link(target, content))


def _whole_addresses(inlines: model.Inlines) -> list[model.Inline]:
    """Links that take in what stands of their address in front of them.

    Styles write `https://doi.org/` as a prefix, which citeproc leaves outside the link.
    """
    found: list[model.Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        if isinstance(inline, model.Link) and isinstance(last, model.Text):
            shown = plain_text(inline.content)
            before = inline.url.removesuffix(shown)
            if before and before + shown == inline.url and last.text.endswith(before):
                found[-1] = model.Text(last.text.removesuffix(before), last.language)
                inline = model.Link(inline.url, (model.Text(before), *inline.content))
        elif isinstance(inline, model.Emphasis | model.Strong | model.SmallCaps):
            content = joined(_whole_addresses(inline.content))
            if content != inline.content:
                inline = replace(inline, content=content)
        found.append(inline)
    return found


_SCHEME = lazy_pattern(r"(?<!\S)Https?(?=://)")
"""The beginning of an address that was taken for the first word of a sentence."""


def _lowered(match: re.Match[str]) -> str:
    return match.group().lower()


def trimmed(inlines: model.Inlines) -> model.Inlines:
    """Without breakable white space at either end, as far as plain text reaches."""
    found = list(inlines)
    while found and isinstance(found[-1], model.LineBreak):
        del found[-1]
    while found and isinstance(found[0], model.Text):
        text = found[0].text.lstrip(" \n\t")
        if text:
            found[0] = model.Text(text, found[0].language)
            break
        del found[0]
    while found and isinstance(found[-1], model.Text):
        text = found[-1].text.rstrip(" \n\t")
        if text:
            found[-1] = model.Text(text, found[-1].language)
            break
        del found[-1]
    return tuple(found)


def _without_indents(inlines: model.Inlines) -> model.Inlines:
    """Without breakable white space at the beginning of a line."""
    found: list[model.Inline] = []
    for inline in inlines:
        if isinstance(inline, model.Text) and found and isinstance(found[-1], model.LineBreak):
            inline = replace(inline, text=inline.text.lstrip(" \n\t"))
        found.append(inline)
    return tuple(found)


def bind_locators(inlines: model.Inlines, values: Iterable[str]) -> model.Inlines:
    """The inlines with no line break between a locator's label and its value (`para. 8`)."""
    for value in dict.fromkeys(values):
        first = re.match(r"\w+", value.strip())
        if first:
            label = rf"(?:(?<=[\s(,;\[])|^)([^\W\d_]{{1,5}}\.?|[¶§]+) (?={first.group()}(?!\w))"
            inlines = tuple(_bind(list(inlines), re.compile(label)))
    return inlines


def _bind(inlines: list[model.Inline], label: re.Pattern[str]) -> list[model.Inline]:
    # The last place is the locator's: a title, which may hold the same number, stands before it.
    for place in range(len(inlines) - 1, -1, -1):
        inline = inlines[place]
        if isinstance(inline, model.Text):
            found = list(label.finditer(inline.text))
            if found:
                end = found[-1].end()
                text = f"{inline.text[: end - 1]}\u00a0{inline.text[end:]}"
                return [*inlines[:place], model.Text(text, inline.language), *inlines[place + 1 :]]
        elif isinstance(inline, model.CrossReference):
            content = _bind(list(inline.content), label)
            if tuple(content) != inline.content:
                bound = model.CrossReference(inline.anchor, tuple(content))
                return [*inlines[:place], bound, *inlines[place + 1 :]]
    return inlines


# --- compact JSON ------------------------------------------------------------------------------

_WRAPPERS: dict[
    str, type[model.Emphasis | model.Strong | model.SmallCaps | model.Superscript | model.Subscript]
] = {
    "e": model.Emphasis,
    "b": model.Strong,
    "c": model.SmallCaps,
    "u": model.Superscript,
    "d": model.Subscript,
}
_LETTERS = {kind: letter for letter, kind in _WRAPPERS.items()}


def to_json(inlines: model.Inlines) -> list[Any]:
    """Inlines that citations and references are made of, as lists and strings."""
    packed: list[Any] = []
    for inline in inlines:
        match inline:
            case model.Text():
                packed.append(inline.text)
            case (
                model.Emphasis()
                | model.Strong()
                | model.SmallCaps()
                | model.Superscript()
                | model.Subscript()
            ):
                packed.append([_LETTERS[type(inline)], to_json(inline.content)])
            case model.Link():
                packed.append(["a", inline.url, to_json(inline.content)])
            case model.CrossReference():
                packed.append(["x", inline.anchor, to_json(inline.content)])
            case model.Code():
                packed.append(["k", inline.text])
            case model.LineBreak():
                packed.append(["n"])
            case _:
                raise TypeError(f"{type(inline).__name__} is no part of a citation's wording")
    return packed


def from_json(packed: Any) -> model.Inlines:
    """What `to_json` made. Raises `ValueError` for anything else."""
    if not isinstance(packed, list):
        raise ValueError("not inlines")
    found: list[model.Inline] = []
    for item in packed:
        match item:
            case str():
                found.append(model.Text(item))
            case ["a", str(url), content] if is_safe_url(url):
                found.append(model.Link(url, from_json(content)))
            case ["x", str(anchor), content]:
                found.append(model.CrossReference(anchor, from_json(content)))
            case ["k", str(text)]:
                found.append(model.Code(text))
            case ["n"]:
                found.append(model.LineBreak())
            case [str(letter), content] if letter in _WRAPPERS:
                found.append(_WRAPPERS[letter](from_json(content)))
            case _:
                raise ValueError("not inlines")
    return tuple(found)
