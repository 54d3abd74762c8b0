"""Headings and texts of templates: Jinja2 in its sandbox, strict about names.

Most of them only say `{{ topic.label }}`; such plain substitutions are made here without
loading Jinja2, with the same result (a test holds the two against each other).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefgen.brief.template.model import TextTemplate
from briefgen.errors import InputError, Origin, Problem
from briefgen.patterns import UNPRINTABLE, lazy_pattern

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate

    from briefgen.brief.template.jinja_sandbox import BoundedSandbox

CONTEXT_NAMES: frozenset[str] = frozenset((
    "base", "subject", "topics", "period", "ours", "theirs", "count", "sources", "date", "template",
    "language", "newest", "undated_left_out",
))  # fmt: skip
"""What every text may use; `for_each` adds `topic`, `year`, `actor` or `kind`."""

_PLAIN = lazy_pattern(r"\{\{ ?([a-z_]+)(?:\.([a-z_]+))? ?\}\}")
_MAX_OUTPUT = 20_000


def _has_marks(text: str) -> bool:
    """Whether anything in a text looks like Jinja2."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def render_text(text: TextTemplate, context: Mapping[str, Any]) -> str:
    """The text with its names filled in, white space folded at its ends.

    Raises `InputError` at the template's line when it cannot be rendered.
    """
    source = text.source
    if not _has_marks(source):
        return source.strip()
    plain = _render_plain(source, context)
    if plain is not None:
        return plain.strip()
    import jinja2

    pieces: list[str] = []
    length = 0
    environment = _environment()
    environment.begin(source)
    try:
        for piece in _compiled(source).generate(dict(context)):
            pieces.append(piece)
            length += len(piece)
            if length > _MAX_OUTPUT:
                break
    except jinja2.TemplateError as error:
        raise InputError(
            f"the template's text cannot be filled in: {error.message}",
            hint="correct it",
            origin=_origin(text.origin, getattr(error, "lineno", None)),
        ) from None
    except Exception as error:  # a template is foreign code: whatever it raises is its fault
        raise InputError(
            f"the template's text cannot be filled in: {type(error).__name__}: {error}",
            hint="correct it",
            origin=text.origin,
        ) from None
    if length > _MAX_OUTPUT:
        raise InputError(
            f"the template's text grows beyond {_MAX_OUTPUT} characters",
            hint="shorten it",
            origin=text.origin,
        )
    filled = "".join(pieces).strip()
    bad = UNPRINTABLE.search(filled)
    if bad:
        raise InputError(
            f"the template's text gives the control character U+{ord(bad.group()):04X}",
            hint="leave it out: documents cannot hold it",
            origin=text.origin,
        )
    return filled


@lru_cache(maxsize=64)
def _compiled(source: str) -> JinjaTemplate:
    return _environment().from_string(source)


def cost_of(text: TextTemplate, known: frozenset[str] | set[str]) -> int:
    """What it takes to fill in a text that is sound: see `BoundedSandbox.work`."""
    if "{%" not in text.source:
        return 0
    render_text(text, {name: _SAMPLE[name] for name in known})
    return _environment().work


def check_text(text: TextTemplate, known: frozenset[str] | set[str]) -> list[Problem]:
    """Syntax faults and unknown names, with the line in the template's file."""
    if not _has_marks(text.source):
        return []
    if not _has_marks(_PLAIN.sub("", text.source)):
        used = {match.group(1) for match in _PLAIN.finditer(text.source)}
        return _unknown(used - known, text, known) or _trial(text, known)
    import jinja2
    from jinja2 import meta

    environment = _environment()
    try:
        tree = environment.parse(text.source)
        environment.compile(text.source)  # finds unknown filters and tests, too
    except jinja2.TemplateError as error:
        return [
            Problem(
                _origin(text.origin, getattr(error, "lineno", None)), "error",
                f"not valid Jinja2: {error.message}", "correct it",
            )
        ]  # fmt: skip
    except (RecursionError, SyntaxError):  # it is Python code by then, and that has a depth too
        return [Problem(text.origin, "error", "the text is nested too deeply", "flatten it")]
    except ValueError as error:  # a number of thousands of digits
        return [Problem(text.origin, "error", f"not valid Jinja2: {error}", "correct it")]
    unknown = _unknown(set(meta.find_undeclared_variables(tree)) - known, text, known)
    return unknown or _trial(text, known)


_SAMPLE_THING = {"id": "sample", "label": "Sample", "name": "Sample"}
_SAMPLE: Mapping[str, Any] = {
    **dict.fromkeys(CONTEXT_NAMES, "Sample"),
    "base": {"title": "Sample"},
    "count": 2,
    "sources": 2,
    "undated_left_out": 2,
    "topic": _SAMPLE_THING,
    "actor": _SAMPLE_THING,
    "kind": _SAMPLE_THING,
    "year": "2012",
}
"""Values such as a brief gives them, to find by trying what no syntax check can."""


def _trial(text: TextTemplate, known: frozenset[str] | set[str]) -> list[Problem]:
    """What goes wrong when the text is filled in with sample values."""
    try:
        render_text(text, {name: _SAMPLE[name] for name in known})
    except InputError as error:
        return [Problem(error.origin or text.origin, "error", error.message, error.hint)]
    return []


def _unknown(
    names: set[str], text: TextTemplate, known: frozenset[str] | set[str]
) -> list[Problem]:
    return [
        Problem(text.origin, "error", f"unknown name {name!r} in a text",
                f"known names: {', '.join(sorted(known))}")
        for name in sorted(names)
    ]  # fmt: skip


def _render_plain(source: str, context: Mapping[str, Any]) -> str | None:
    """The text if it holds plain substitutions only and each name is there, else None."""
    if _has_marks(_PLAIN.sub("", source)):
        return None
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        value = context.get(match.group(1))
        if match.group(2) is not None:
            value = value.get(match.group(2)) if isinstance(value, Mapping) else None
        if not isinstance(value, str | int):
            missing = True
            return ""
        return str(value)

    result = _PLAIN.sub(fill, source)
    return None if missing else result


def _origin(origin: Origin, lineno: int | None) -> Origin:
    if lineno is None or origin.line is None or lineno <= 1:
        return origin
    return Origin(origin.path, origin.line + lineno - 1, 1)


_FILTERS = (
    "capitalize", "default", "first", "int", "join", "last", "length", "list", "lower", "map",
    "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "string", "title",
    "trim", "truncate", "unique", "upper",
)  # fmt: skip
"""Filters that a text may use: those that cannot blow a short text up."""

_ENVIRONMENT: BoundedSandbox | None = None


def _environment() -> BoundedSandbox:
    global _ENVIRONMENT
    if _ENVIRONMENT is None:
        from briefgen.brief.template.jinja_sandbox import BoundedSandbox

        environment = BoundedSandbox()
        environment.filters = {name: environment.filters[name] for name in _FILTERS}
        _ENVIRONMENT = environment
    return _ENVIRONMENT
