"""From sound files, by a number, an input that is nearly one: the same number gives the same input."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from fuzz.mutating.texts import MOST, changed_bytes, changed_text
from fuzz.mutating.trees import as_flow, as_yaml, changed_tree, from_json, from_yaml
from fuzz.mutating.words import chained, odd_word
from fuzz.mutating.xml import changed_xml
from fuzz.mutating.zips import changed_package

Kind = Literal["text", "yaml", "json", "xml", "zip"]
Lies = Literal[
    "file", "pipe", "device", "folder", "missing", "circle", "closed", "home", "odd name"
]
"""How what is named lies there; `home`: under a name that begins like that of a person's home."""

_ELSEWHERE: tuple[Lies, ...] = (
    "pipe",
    "device",
    "folder",
    "missing",
    "circle",
    "closed",
    "home",
    "odd name",
)


@dataclass(frozen=True)
class Case:
    """One input."""

    data: bytes
    lies: Lies = "file"


@dataclass(frozen=True)
class Chain:
    """How a format says one thing by means of another; see `words.chained`."""

    define: str
    refer: str
    join: str
    first: str = "xxxxxxxxxx"
    around: str = "{lines}\n{last}"
    """How definitions and the last reference stand in a file."""


@dataclass(frozen=True)
class Grammar:
    """What is known of a format."""

    kind: Kind
    tokens: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()
    grown: Callable[[Random], str] | None = None
    """Makes a piece of it from nothing."""
    growth: float = 0.05
    """How often a change is such a piece, or a chain."""


def made_case(
    seeds: Sequence[bytes], grammar: Grammar, by_path: bool, seed: int, number: int
) -> Case:
    """Input `number`: the seeds as they are, one that lies in each other way, then changed ones."""
    if number < len(seeds):
        return Case(seeds[number])
    if by_path and number < len(seeds) + len(_ELSEWHERE):
        return Case(seeds[-1], _ELSEWHERE[number - len(seeds)])
    rng = Random(f"{seed} {number}")
    if by_path and rng.random() < 0.02:
        return Case(rng.choice(seeds), rng.choice(_ELSEWHERE))
    data, other = rng.choice(seeds), rng.choice(seeds)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5))):
        data = _changed(data, other, grammar, rng)
    return Case(data)


def _changed(data: bytes, other: bytes, grammar: Grammar, rng: Random) -> bytes:
    kind = rng.random()
    if grammar.kind == "zip":
        if kind < 0.04:
            return changed_bytes(data, rng)
        return changed_package(data, other, grammar.tokens, rng)
    if kind < 0.03:
        return changed_bytes(data, rng)
    if kind < 0.03 + grammar.growth and (grammar.chains or grammar.grown):
        return _inserted(data, _piece(grammar, rng), rng)
    if grammar.kind == "xml" and kind < 0.8:
        return changed_xml(data, other, grammar.tokens, rng, packed=False)[: 4 * MOST]
    if grammar.kind in ("yaml", "json") and kind < 0.8:
        changed = _changed_tree(data, other, grammar, rng)
        if changed is not None:
            return changed[: 4 * MOST]
    text, beside = (each.decode("utf-8", "surrogateescape") for each in (data, other))
    return as_bytes(changed_text(text, beside, grammar.tokens, rng))


def as_bytes(text: str) -> bytes:
    """UTF-8; bytes that were none come back, other halves of characters stay what they are."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _piece(grammar: Grammar, rng: Random) -> str:
    if grammar.grown is not None and (not grammar.chains or rng.random() < 0.5):
        return grammar.grown(rng)
    chain = rng.choice(grammar.chains)
    first = chain.first if rng.random() < 0.8 else odd_word(rng, grammar.tokens)[:100]
    lines, last = chained(rng, chain.define, chain.refer, chain.join, first)
    return chain.around.replace("{lines}", lines).replace("{last}", last)


def _inserted(data: bytes, piece: str, rng: Random) -> bytes:
    """The piece in place of all, before or behind it, or somewhere where a line begins."""
    said = as_bytes(piece)
    where = rng.choice((0, 0, 0, 1, 2, 3))
    if where == 0:
        return said
    if where == 1:
        return said + b"\n" + data
    if where == 2:
        return data + b"\n" + said
    at = rng.choice([0, *(at + 1 for at, byte in enumerate(data) if byte in b"\n>")])
    return data[:at] + said + b"\n" + data[at:]


def _changed_tree(data: bytes, other: bytes, grammar: Grammar, rng: Random) -> bytes | None:
    """None where the file is no tree by now."""
    try:
        tree, beside = _tree(data, grammar), _tree(other, grammar)
        changed = tree
        for _ in range(rng.choice((1, 1, 2, 4))):
            changed = changed_tree(changed, beside, grammar.tokens, rng, grammar.kind)
        if grammar.kind == "json" or rng.random() < 0.15:
            written = as_flow(changed)
        else:
            written = as_yaml(changed).lstrip("\n")
        return (written + "\n").encode("utf-8", "surrogatepass")
    except Exception:  # what a parser says of what earlier changes made of it, or no memory
        return None


def _tree(data: bytes, grammar: Grammar) -> Any:
    if len(data) > MOST:
        raise ValueError("it would take too long")
    text = data.decode("utf-8")
    return from_json(text) if grammar.kind == "json" else from_yaml(text)


def json_grammar(*tokens: str) -> Grammar:
    """JSON with these tokens."""
    return Grammar("json", tokens)


def as_json(value: Any) -> bytes:
    """A seed that is made, not kept."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
