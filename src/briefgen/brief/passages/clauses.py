"""The text of a passage, taken apart into clauses, each with the facts that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.own_text.reader import read_own_line
from briefgen.brief.traversal import CONTAINERS, inlines_in, joined, plain_text
from briefgen.facts.model import Passage
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass

_PUNCTUATION = lazy_pattern(r"[.,;:!?…)\]}”’»\"']+(?=\s|\Z)")
"""What stands behind a citation and belongs to the words before it."""


@valueclass(frozen=True, slots=True)
class Clause:
    """A part of a passage, up to its citation and the punctuation behind that."""

    facts: tuple[str, ...]
    """The ids of the facts that it rests on, each once."""
    content: model.Inlines
    """With its citation, whose items name facts as yet, not sources. A space may begin it."""

    @property
    def text(self) -> str:
        """What it says, without any format or citation."""
        return plain_text(self.content, citations=False)


def clauses_of(passage: Passage, language: str = "en") -> tuple[Clause, ...]:
    """The clauses of a passage in order; together they are all of its text.

    Citations with nothing between them are one. Words at the end that no fact follows, which the
    reader of passages refuses, would belong to the last clause. `language` (BCP 47) decides about
    quotation marks and dashes, as in all own text.
    """
    line = plain_line(passage.text)
    return _clauses(line if line is not None else read_line(passage.text, language))


def read_line(text: str, language: str = "en") -> model.Inlines:
    """A passage's CommonMark as inlines; a citation's items name facts."""
    line, _ = read_own_line(text, lambda name: (model.CiteItem(name),), language)
    return line


def plain_line(text: str) -> model.Inlines | None:
    """The same of words and citations alone, without loading a parser; None where there is more."""
    parts = _CITED.split(text)
    if text != text.strip() or _LINK.search(text):
        return None
    if any(_MORE_THAN_WORDS.search(part) for part in parts[::2]):
        return None
    line: list[model.Inline] = []
    for number, part in enumerate(parts):
        if number % 2:
            line.append(model.Cite(tuple(model.CiteItem(id_) for id_ in _ID.findall(part))))
        elif part:
            # The space before a citation is layout.
            words = part.rstrip(" ") if number < len(parts) - 1 else part
            line += [model.Text(words)] if words else []
    return tuple(line)


_ID = lazy_pattern(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_CITED = lazy_pattern(rf"\[(@{_ID.pattern}(?:; @{_ID.pattern})*)\]")
_MORE_THAN_WORDS = lazy_pattern(
    r"[*_`\[\]<>&\\'\"|@~#\x00-\x1f]|--| - |\.\.\.|  |\A\s*(?:\d+[.)]|[-+])(?:\s|\Z)"
)
"""What CommonMark or a printer would make something else of."""
_LINK = lazy_pattern(r"\]\(|\A\[[^\]]*\]:")
"""Brackets that are a link or define one, whatever they hold."""


def _clauses(line: model.Inlines) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    content: list[model.Inline] = []
    cited = False
    for inline in line:
        if cited and not isinstance(inline, model.Cite):
            behind = _PUNCTUATION.match(inline.text) if isinstance(inline, model.Text) else None
            if behind is not None and isinstance(inline, model.Text):
                content.append(model.Text(behind.group()))
                inline = model.Text(inline.text[behind.end() :])
            clauses.append(_clause(content))
            content, cited = [], False
        content.append(inline)
        cited = cited or any(isinstance(one, model.Cite) for one in inlines_in((inline,)))
    if cited:
        clauses.append(_clause(content))
    elif clauses and plain_text(content).strip():
        last = clauses.pop()
        clauses.append(Clause(last.facts, joined((*last.content, *content))))
    return tuple(clauses)


def _clause(content: Iterable[model.Inline]) -> Clause:
    run = _one_citation(joined(content))
    facts = dict.fromkeys(
        name
        for inline in inlines_in(run)
        if isinstance(inline, model.Cite)
        for name in (item.source for item in inline.items)
    )
    return Clause(tuple(facts), run)


def _one_citation(run: model.Inlines) -> model.Inlines:
    """The run with citations that stand side by side made one."""
    out: list[model.Inline] = []
    for inline in run:
        if isinstance(inline, model.Cite) and out and isinstance(out[-1], model.Cite):
            before = out.pop()
            assert isinstance(before, model.Cite)
            inline = model.Cite(tuple(dict.fromkeys((*before.items, *inline.items))))
        elif isinstance(inline, CONTAINERS):
            inline = replace(inline, content=_one_citation(inline.content))
        out.append(inline)
    return tuple(out)
