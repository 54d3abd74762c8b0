"""A fact as it stood, as a SHA-256: what tells later whether it says something else.

What is hashed is canonical JSON, so that another program can come to the same digest: UTF-8, the
keys sorted, no white space between signs, nothing escaped that need not be (RFC 8259), and keys
without a value left out. Its keys are those that `facts/*.yaml` has:

- `id`, `kind`, `statement`, `detail`, `attribution`, `date_note`: texts;
- `date` and `said`: EDTF, and `date_is`, a word: as they stand in the file. What a fact leaves to
  its kind or to its source is left out here, too;
- `figures`: an array of objects with `measure`, `value`, `value_to`, `unit`, `period`, `basis` and
  `qualifier`; a whole number has no decimal point;
- `cites`: an array of objects with `source`, `locator` (an object) and `quote`;
- `credibility`: a number.

Every text is in Unicode's normal form C, with each run of white space made one space and none at
its ends: a line wrapped elsewhere is no change.

What a fact is filed under and linked to (`topics`, `actors`, `key`, `supersedes`, `disputes`), how
it is handled (`status`, `status_note`, `marking`) and who kept it and when (`recorded`,
`recorded_by`, `checked`, `checked_by`) are not in it: the fact says the same without them. Whoever
must know whether it still stands asks for its status and its disputes besides.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from briefgen.dates import Edtf
from briefgen.facts.model import Citation, Fact, Figure

NOT_HASHED = frozenset(
    ("topics", "actors", "key", "status", "status_note", "supersedes", "disputes", "marking",
     "recorded", "recorded_by", "checked", "checked_by", "origin")
)  # fmt: skip
"""Fields of a fact that say nothing of what it says."""


def fact_fingerprint(fact: Fact) -> str:
    """The SHA-256 of what a fact says: 64 hexadecimal digits in lower case."""
    return hashlib.sha256(canonical_json(fact).encode()).hexdigest()


def canonical_json(fact: Fact) -> str:
    """What a fact says as the JSON text that is hashed; see above for its keys."""
    return _encode(_said({name: getattr(fact, name) for name in _HASHED}))


_HASHED = tuple(name for name in Fact.__match_args__ if name not in NOT_HASHED)
_FIGURE = Figure.__match_args__
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """The values that say something, as JSON has them."""
    return {key: said for key, value in values.items() if (said := _plain(value)) is not None}


def _plain(value: Any) -> Any:
    """A value as JSON has it; None for one that says nothing."""
    kind = type(value)
    if kind is str:
        return " ".join(unicodedata.normalize("NFC", value).split()) or None
    if kind is tuple:
        return [_plain(one) for one in value] or None
    if kind is float:
        return int(value) if value.is_integer() else value
    if kind is Edtf:
        return value.text
    if kind is Citation:
        locator = _said(dict(value.locators)) or None
        return _said({"source": value.source, "quote": value.quote}) | (
            {"locator": locator} if locator else {}
        )
    if kind is Figure:
        return _said({name: getattr(value, name) for name in _FIGURE})
    return value
