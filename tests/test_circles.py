"""No two modules or rooms that lie side by side import each other, at whatever distance.

Whoever reads a room can begin with what imports nothing of its neighbours. Imports inside of
functions and those for types alone count like all others.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"


def modules() -> dict[str, ast.Module]:
    """The modules of the program by their names; `briefgen.cli.__init__` is one like others."""
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts): ast.parse(path.read_bytes())
        for path in sorted(SOURCE.rglob("*.py"))
    }


def imported(node: ast.AST, known: dict[str, ast.Module]) -> Iterator[str]:
    """The modules of `known` that are imported in `node`, more than once perhaps."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [name.name for name in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        within = [f"{node.module}.{name.name}" for name in node.names]
        names = [name if is_module(name, known) else str(node.module) for name in within]
    for name in names:
        if name in known:
            yield name
        elif f"{name}.__init__" in known:
            yield f"{name}.__init__"
    for child in ast.iter_child_nodes(node):
        yield from imported(child, known)


def is_module(name: str, known: dict[str, ast.Module]) -> bool:
    return name in known or f"{name}.__init__" in known


def neighbours(one: str, other: str) -> tuple[str, str]:
    """The two that lie side by side, in whatever room, and in which one and the other are."""
    parts = list(zip(one.split("."), other.split("."), strict=False))
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], parts)))
    return ".".join(one.split(".")[: shared + 1]), ".".join(other.split(".")[: shared + 1])


def imports_of_neighbours() -> dict[str, set[str]]:
    known = modules()
    found: dict[str, set[str]] = defaultdict(set)
    for name, tree in known.items():
        for other in imported(tree, known):
            if other != name:
                one, neighbour = neighbours(name, other)
                found[one].add(neighbour)
    return found


def test_no_module_imports_in_a_circle() -> None:
    found = imports_of_neighbours()
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        raise AssertionError("these import in a circle: " + " <- ".join(error.args[1])) from None
