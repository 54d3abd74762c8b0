"""Changes of what YAML and JSON files hold: nodes taken away, doubled, swapped, of other types."""

from __future__ import annotations

import copy
import json
import re
from random import Random
from typing import Any

import yaml

from fuzz.mutating.texts import MOST, changed_text
from fuzz.mutating.words import NUMBER, NUMBERS, TIMES, beside, chained, nested, odd_word


class Raw(str):
    """A text that is written as it stands, whatever the format makes of it."""

    __slots__ = ()


class Pairs(list[list[Any]]):
    """A mapping: lists of key and value, so that a key may stand twice."""

    __slots__ = ()


MOST_COPIED = 20_000
"""Nodes of a tree that are copied when it is repeated."""


def from_json(text: str) -> Any:
    """The tree of a JSON text. Raises `ValueError`, `RecursionError`."""
    return json.loads(text, object_pairs_hook=lambda pairs: Pairs([list(pair) for pair in pairs]))


def from_yaml(text: str) -> Any:
    """The tree of a YAML text, scalars as they stand. Raises `yaml.YAMLError`, `ValueError`."""
    return _plain(yaml.compose(text, Loader=yaml.CSafeLoader), [MOST_NODES])


MOST_NODES = 100_000
"""Of a tree that is changed once more: aliases may stand for more than there is room for."""


def _plain(node: Any, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("it would take too long")
    if isinstance(node, yaml.MappingNode):
        return Pairs([[_plain(key, left), _plain(value, left)] for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, left) for item in node.value]
    return None if node is None else str(node.value)


Slot = tuple[list[Any], int]


def slots(tree: Any) -> list[Slot]:
    """Every place of a value below the root: a list and the place in it."""
    found: list[Slot] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Pairs):
            found += [(pair, 1) for pair in node]
            pending += [pair[1] for pair in node]
        elif isinstance(node, list):
            found += [(node, at) for at in range(len(node))]
            pending += node
    return found


def keys(tree: Any) -> list[Slot]:
    """Every place of a key."""
    found: list[Slot] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Pairs):
            found += [(pair, 0) for pair in node]
            pending += [pair[1] for pair in node]
        elif isinstance(node, list):
            pending += node
    return found


def lists(tree: Any) -> list[list[Any]]:
    """Every list and mapping, the root among them."""
    own = [tree] if isinstance(tree, list) else []
    return own + [box[at] for box, at in slots(tree) if isinstance(box[at], list)]


def changed_tree(tree: Any, other: Any, tokens: tuple[str, ...], rng: Random, form: str) -> Any:
    """The tree with one change; it is changed in place where that can be."""
    places = slots(tree)
    if not places:
        return copy.deepcopy(other)
    box, at = rng.choice(places)
    value = box[at]
    kind = rng.random()
    if kind < 0.05:  # a number beside the one that stands there
        numbers = [slot for slot in places if NUMBER.fullmatch(str(slot[0][slot[1]]))]
        if numbers:
            box, at = rng.choice(numbers)
            box[at] = Raw(beside(str(box[at]), rng))
    elif kind < 0.24:  # another text or number
        if isinstance(value, str) and rng.random() < 0.4:
            box[at] = changed_text(value, "x", tokens, rng)
        elif rng.random() < 0.4:
            box[at] = Raw(rng.choice(NUMBERS))
        else:
            box[at] = odd_word(rng, tokens)
    elif kind < 0.36:  # another type
        box[at] = rng.choice(
            (None, True, 0, -1, 1.5, "", [], Pairs(), [value], [[value]], Pairs([["x", value]]),
             [value, value], 10**30, Raw("1e999"), Raw("NaN"), Raw("9" * 400), Raw("9" * 5000),
             Raw("-1e400"), Raw('"\\u0000"'), Raw('"\\ud800"'), Raw("null"), Raw("~"), Raw('""'))
        )  # fmt: skip
    elif kind < 0.46:  # gone
        holder = rng.choice(lists(tree))
        if holder:
            del holder[rng.randrange(len(holder))]
    elif kind < 0.56:  # doubled
        holder = rng.choice(lists(tree))
        if holder:
            one = holder[rng.randrange(len(holder))]
            times = min(
                rng.choice(TIMES), MOST_COPIED // (1 + len(slots([one]))), MOST // len(as_flow(one))
            )
            holder.extend(copy.deepcopy(one) for _ in range(max(1, times)))
    elif kind < 0.63:  # two change places, or one stands in both
        box_2, at_2 = rng.choice(places)
        whole = copy.deepcopy(box_2[at_2])
        if rng.random() < 0.5:
            box_2[at_2] = copy.deepcopy(value)
        box[at] = whole
    elif kind < 0.72:  # a key is called otherwise
        names = keys(tree)
        if names:
            pair, _ = rng.choice(names)
            pair[0] = rng.choice(names)[0][0] if rng.random() < 0.5 else odd_word(rng, tokens)
    elif kind < 0.80:  # a key more
        maps = [each for each in lists(tree) if isinstance(each, Pairs)]
        if maps:
            name = rng.choice(tokens) if tokens else "x"
            value = odd_word(rng, tokens) if rng.random() < 0.7 else copy.deepcopy(value)
            rng.choice(maps).append([name, value])
    elif kind < 0.90:  # what stands under the same key elsewhere
        _transplant(tree, other, box, at, rng)
    elif kind < 0.95:
        inner = as_flow(value)
        box[at] = Raw(nested(rng, *_around(tree, rng), inner if len(inner) < 2_000 else "1"))
    elif form == "yaml":
        _alias(tree, places, rng)
    else:
        box[at] = changed_text(str(value), "x", tokens, rng)
    return tree


def _transplant(tree: Any, other: Any, box: list[Any], at: int, rng: Random) -> None:
    if not isinstance(other, list):
        return
    wanted = rng.choice(keys(tree))[0][0] if keys(tree) else None
    theirs = [pair for pair, _ in keys(other) if pair[0] == wanted]
    ours = [pair for pair, _ in keys(tree) if pair[0] == wanted]
    if theirs and ours and rng.random() < 0.8:
        rng.choice(ours)[1] = copy.deepcopy(rng.choice(theirs)[1])
        return
    found = slots(other)
    if found:
        theirs_box, theirs_at = rng.choice(found)
        box[at] = copy.deepcopy(theirs_box[theirs_at])


def _around(tree: Any, rng: Random) -> tuple[str, str]:
    """What a node may be nested in: lists, and maps under a key of its own kind."""
    names = keys(tree)
    own = json.dumps(str(rng.choice(names)[0][0])) if names and rng.random() < 0.5 else '"a"'
    return rng.choice((("[", "]"), (f"{{{own}:", "}"), (f"[{{{own}:", "}]")))


def _alias(tree: Any, places: list[Slot], rng: Random) -> None:
    box, at = rng.choice(places)
    kind = rng.random()
    if kind < 0.3:
        own = as_flow(box[at])
        first = own if len(own) < 500 and rng.random() < 0.5 else "x"
        lines, last = chained(rng, "&{name} [{value}]", "*{name}", ",", first)
        box[at] = Raw(f"[{lines.replace(chr(10), ',')},{last}]")
    elif kind < 0.5:  # an item over and over, whatever is wrong with it
        holders = [each for each in lists(tree) if each and not isinstance(each, Pairs)]
        if holders:
            holder = rng.choice(holders)
            place, name = rng.randrange(len(holder)), f"a{rng.randrange(100)}"
            holder[place] = Raw(f"&{name} {as_flow(holder[place])}")
            holder[place + 1 : place + 1] = [Raw(f"*{name}")] * rng.choice(TIMES)
    elif kind < 0.7:
        box[at] = Raw(f"&a {as_flow(box[at])}")
        box_2, at_2 = rng.choice(places)
        box_2[at_2] = Raw("*a")
    else:
        said = ("*a", "&a", "&a *a", "!!python/object:x {}", "!!binary AA==", "!x y", "? [a]", "<<: *a", "|", ">-",
                "--- x", "... ", "%YAML 3.0", "&a [*a]", "{<<: [*a]}", "!!str 1", "! x", "- - - x", "@x", "`x", "%")  # fmt: skip
        box[at] = Raw(rng.choice(said))


# --- as text -------------------------------------------------------------------------------------


def as_flow(tree: Any) -> str:
    """The tree as JSON, which is YAML as well."""
    if isinstance(tree, Raw):
        return str(tree)
    if isinstance(tree, Pairs):
        return (
            "{"
            + ", ".join(f"{json.dumps(str(key))}: {as_flow(value)}" for key, value in tree)
            + "}"
        )
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_flow, tree)) + "]"
    return json.dumps(tree, ensure_ascii=False)


_SIMPLE = re.compile(r"[A-Za-z0-9_./][\w ,./~-]*(?<! )")


def as_yaml(tree: Any, depth: int = 0) -> str:
    """The tree as YAML in blocks."""
    margin = "  " * depth
    if isinstance(tree, Pairs) and tree:
        return "".join(f"\n{margin}{_scalar(key)}:{_inner(value, depth)}" for key, value in tree)
    if isinstance(tree, list) and not isinstance(tree, Pairs) and tree:
        return "".join(f"\n{margin}-{_inner(item, depth)}" for item in tree)
    return f" {_scalar(tree)}"


def _inner(value: Any, depth: int) -> str:
    return f" {as_flow(value)}" if depth > 60 else as_yaml(value, depth + 1)


def _scalar(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, str) and _SIMPLE.fullmatch(value):
        return value
    return as_flow(value)
