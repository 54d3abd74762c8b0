"""The sandbox that templates' texts run in. Imported only when a text needs all of Jinja2."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST_CHARACTERS = 20_000


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox without globals, where no operator can make a giant value."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False)
        self.globals.clear()  # range() could be asked for more than memory holds

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on small numbers, joining of short texts; anything else is refused."""
        numbers = all(isinstance(value, int | float) for value in (left, right))
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            if len(left) + len(right) <= _MOST_CHARACTERS:
                return left + right
        elif numbers and abs(left) < 1e12 and abs(right) < 1e12 and operator != "**":
            return super().call_binop(context, operator, left, right)
        raise TemplateRuntimeError(f"operator {operator} is not for these values in a template")
