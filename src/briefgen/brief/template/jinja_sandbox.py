"""The sandbox that templates' texts run in. Imported only when a text needs all of Jinja2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, nodes, pass_environment
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MOST_CHARACTERS = 20_000
MOST_STEPS = 20_000
"""Rounds of loops and calls of macros in one text."""
MOST_VALUES = 20_000
"""Values and characters in one list, lists within it counted as often as they stand there."""
MOST_WORK = 1_000_000
"""What a text may cost: its loops' rounds times what stands in them, and the values looked at."""

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset((
        "capitalize", "casefold", "count", "endswith", "find", "isalpha", "isdigit", "islower",
        "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind",
        "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip",
        "swapcase", "title", "upper",
    )),
    dict: frozenset(("get", "items", "keys", "values")),
    list: frozenset(("count", "index")),
    tuple: frozenset(("count", "index")),
    int: frozenset(),
    float: frozenset(),
}  # fmt: skip
"""What a text may ask of values: nothing by which a short one becomes a long one."""


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox without globals, in which no text takes long or grows large."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False)
        self.globals.clear()  # range() could be asked for more than memory holds
        self.filters |= {"join": _join, "round": _round}
        self.filters = {name: _counted(self, each) for name, each in self.filters.items()}
        self.begin("")

    def begin(self, source: str) -> None:
        """A new text is about to be filled in."""
        self._steps = 0
        self.work = 0
        """What the text has cost so far."""
        self._largest = len(source) // 10
        """Size of the largest value that the text may compare: in each round, once more."""

    def step(self, size: int) -> str:
        """One more round, of `size` expressions. Raises where there were too many."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TemplateRuntimeError("it goes on for too long")
        self.count(size * (1 + self._largest // 100))
        return ""

    def count(self, work: int) -> None:
        """Add to what the text costs. Raises where it is too much."""
        self.work += work
        if self.work > MOST_WORK:
            raise TemplateRuntimeError("it goes on for too long")

    def gathered(self, values: Any) -> Any:
        """A list that the text made, unless it grew beyond any list's size."""
        size = 0
        waiting = [values]
        while waiting:
            value = waiting.pop()
            size += 1
            if isinstance(value, str):
                size += len(value)
            elif isinstance(value, Mapping):
                size += len(value)
                waiting += islice(value.values(), MOST_VALUES)
            elif isinstance(value, list | tuple):
                waiting += islice(value, MOST_VALUES)
            if size + len(waiting) > MOST_VALUES:
                raise TemplateRuntimeError(f"a list grows beyond {MOST_VALUES:,} values")
        self.count(size)
        self._largest = max(self._largest, size)
        return values

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Jinja2's own, which counts what a method of a value looks at."""
        on = getattr(called, "__self__", None)
        if isinstance(on, str | list | tuple | dict):
            self.count(len(on))
        made = super().call(context, called, *args, **kwargs)
        return self.gathered(made) if isinstance(made, list | tuple) else made

    def together(self, *values: Any) -> str:
        """What `~` makes of values."""
        made = _bounded("".join(map(str, values)))
        self._largest = max(self._largest, len(made))
        return made

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Counted().visit(super()._parse(source, name, filename))
        return parsed

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a text may ask a value for this."""
        for kind, allowed in _METHODS.items():
            if isinstance(obj, kind):
                return attr in allowed
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No text may ask for `format`, which can make it as wide as it likes."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on small numbers, joining of short texts; anything else is refused."""
        numbers = all(isinstance(value, int | float) for value in (left, right))
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            if len(left) + len(right) <= MOST_CHARACTERS:
                self._largest = max(self._largest, len(left) + len(right))
                return left + right
        elif numbers and abs(left) < 1e12 and abs(right) < 1e12 and operator != "**":
            return super().call_binop(context, operator, left, right)
        raise TemplateRuntimeError(f"operator {operator} is not for these values in a template")


class _Counted(NodeTransformer):
    """Loops and macros that count their rounds, and `~` and lists with a bound."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.body.insert(0, _step(node))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:
        self.generic_visit(node)
        node.body.insert(0, _step(node))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return _call("together", node.nodes, node)

    def visit_List(self, node: nodes.List) -> nodes.Node:
        self.generic_visit(node)
        return _call("gathered", [node], node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:
        self.generic_visit(node)
        return _call("gathered", [node], node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        self.generic_visit(node)
        return _call("gathered", [node], node) if node.ctx == "load" else node


def _step(beside: nodes.For | nodes.Macro) -> nodes.Node:
    size = nodes.Const(1 + sum(map(_size, beside.body)), lineno=beside.lineno)
    return nodes.ExprStmt(_call("step", [size], beside), lineno=beside.lineno)


def _size(node: nodes.Node) -> int:
    return 1 + sum(map(_size, node.iter_child_nodes()))


def _counted(environment: BoundedSandbox, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that counts the values which it is given, and bounds the list that it makes."""
    place = 1 if hasattr(filter_, "jinja_pass_arg") else 0

    @wraps(filter_)
    def counted(*args: Any, **kwargs: Any) -> Any:
        environment.count(len(args[place]) if hasattr(args[place], "__len__") else 1)
        made = filter_(*args, **kwargs)
        return environment.gathered(made) if isinstance(made, list) else made

    return counted


def _call(method: str, arguments: list[nodes.Expr], beside: nodes.Node) -> nodes.Call:
    asked = nodes.EnvironmentAttribute(method, lineno=beside.lineno)
    return nodes.Call(asked, arguments, [], None, None, lineno=beside.lineno)


def _bounded(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise TemplateRuntimeError(f"it grows beyond {MOST_CHARACTERS:,} characters")
    return text


@pass_environment
def _join(environment: BoundedSandbox, value: Any, d: str = "", attribute: Any = None) -> str:
    """Jinja2's `join`, which counts what it makes before it makes it."""
    from jinja2.filters import make_attrgetter

    items = [*map(make_attrgetter(environment, attribute), value)] if attribute else [*value]
    texts = [str(item) for item in items]
    if sum(map(len, texts)) + len(str(d)) * len(texts) > MOST_CHARACTERS + len(str(d)):
        raise TemplateRuntimeError(f"it grows beyond {MOST_CHARACTERS:,} characters")
    return str(d).join(texts)


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    """Jinja2's `round`, to digits that numbers have."""
    from jinja2.filters import do_round

    if not -15 <= precision <= 15:
        raise TemplateRuntimeError("round is to at most 15 digits")
    return do_round(value, precision, method)  # type: ignore[arg-type]
