"""What a column of a table can be: a key of a fact, or something of the source that it rests on."""

from __future__ import annotations

from briefgen.errors import UsageError
from briefgen.facts.csl import CSL_DATES, CSL_LONG_TEXTS, CSL_NAMES, CSL_TEXTS
from briefgen.facts.formats import FACT
from briefgen.suggestions import did_you_mean, shown

SOURCE_PREFIX = "source."
"""What the fields of a source begin with: `source.title`."""
SOURCE_KEYS = ("id", "type", "title", *CSL_NAMES, *CSL_DATES, *CSL_TEXTS, *CSL_LONG_TEXTS)
"""The CSL variables that a source can be made of."""
TELLING = ("title", "URL", "DOI", "id")
"""One of these a source has to have, or nothing tells which one it is."""
FACT_FIELDS = (*FACT.keys, "quote", "locator")
"""A key of a fact, the quotes of its citations, the place in its source."""
FIELDS = (*FACT_FIELDS, *(f"{SOURCE_PREFIX}{key}" for key in SOURCE_KEYS))
DATE_FIELDS = ("date", "said", "recorded", "checked")
LISTED_FIELDS = ("topics", "actors", "supersedes", "disputes")
"""Ids, or names of topics and actors, parted by semicolons."""
TEXT_FIELDS = tuple(
    field for field in FACT_FIELDS if field not in (*LISTED_FIELDS, "cites", "figures")
)
"""Fields that hold one value."""

ALSO = {
    "topic": "topics", "actor": "actors", "figure": "figures", "quotes": "quote",
    "cite": "cites", "citation": "cites", "citations": "cites", "source": "cites",
    "sources": "cites",
}  # fmt: skip
_ALSO_OF_SOURCES = {"kind": "type", "date": "issued", "name": "title", "address": "URL"}


def folded(name: str) -> str:
    """A column's name as it is compared: case, spaces, `_` and `-` make no difference."""
    return "".join(character for character in name.casefold() if character.isalnum())


def is_of_source(field: str | None) -> bool:
    """Whether a field says something of a source, not of the fact."""
    return field is not None and field.startswith(SOURCE_PREFIX)


def field_named(name: str, flag: str) -> str:
    """The field that a person means. Raises `UsageError` for one that there is not."""
    found = known_field(name)
    if found is None:
        raise UsageError(
            f"{flag}: facts have no field {shown(name)}",
            hint=did_you_mean(name, FIELDS)
            or f"choose from {', '.join(FACT_FIELDS)}; "
            f"for a source of its own: {SOURCE_PREFIX}title, {SOURCE_PREFIX}URL and the like",
        )
    return found


def known_field(name: str) -> str | None:
    """The field called so, however it is written; None for a name that is no field's."""
    prefix, dot, key = name.strip().partition(".")
    if dot and prefix.strip().casefold() == SOURCE_PREFIX[:-1]:
        return _SOURCE_FIELDS.get(folded(key))
    return _FACT_FIELDS.get(folded(name))


_FACT_FIELDS = {folded(field): field for field in FACT_FIELDS} | ALSO
_SOURCE_FIELDS = {
    folded(key): f"{SOURCE_PREFIX}{_ALSO_OF_SOURCES.get(key, key)}"
    for key in (*SOURCE_KEYS, *_ALSO_OF_SOURCES)
}
