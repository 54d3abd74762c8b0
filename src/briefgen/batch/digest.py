"""What a job's files depend on, as one digest: the same digest, the same files.

The assembled document says all that facts, template and request bring into it, so it stands for
them. Added are what comes in after: the sources as they are cited, the style, the house document,
the formats and the program. Today's date is left out; a date that the request names is in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from briefgen.brief.traversal import cited_sources

if TYPE_CHECKING:
    from briefgen.addresses import Address
    from briefgen.brief.model import Brief
    from briefgen.facts.model import Source
    from briefgen.pipeline.draft import MadeBrief

_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


def digest_of(
    drafted: MadeBrief, house: bytes | None, program: str, sender: Address | None = None
) -> str:
    """The digest, in hex, of all that the files of an assembled brief depend on.

    `program` tells one version of what makes them from another; `sender` is whom a draft of the
    brief's message is from.
    """
    spec = drafted.spec
    undated, sources = _undated(drafted.uncited), _sources(drafted)
    email = replace(spec.email, send=False) if spec.email is not None else None
    options = [
        spec.outputs, spec.citations, spec.notes, spec.references, spec.max_pages,
        spec.date, drafted.style.id, drafted.template_sections, email,
        sender if email is not None else None, spec.edits.key,
    ]  # fmt: skip
    whole = hashlib.sha256()
    for part in (
        program.encode(),
        _json([undated, options]),
        b"\n".join(map(_source_json, sources)),
        drafted.style.data,
        b"" if house is None else b"house" + house,
    ):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def content_of(drafted: MadeBrief, house: bytes | None) -> str:
    """A digest, in hex, of what a message with the brief has to say: the same, nothing new.

    It tells whether people who have a message need another, so less counts than for files: not to
    whom it goes, not from whom, and not which version of the program made it. Of the document all
    that it says counts, in order, but not how the program keeps it: a later version whose records
    have more fields, as long as they are empty, finds nothing new either.
    """
    spec = drafted.spec
    email = spec.email
    whole = hashlib.sha256()

    def add(text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)

    for part in (
        replace(_undated(drafted.uncited), words={}),
        _sources(drafted),
        spec.outputs, spec.citations, spec.notes, spec.references, spec.date, drafted.style.id,
        (email.subject, email.body) if email is not None else (),
    ):  # fmt: skip
        for leaf in _leaves(part):
            add(leaf)
        add("")
    whole.update(hashlib.sha256(drafted.style.data).digest())
    whole.update(hashlib.sha256(house).digest() if house is not None else b"")
    return whole.hexdigest()


def _undated(brief: Brief) -> Brief:
    """The brief without what today's date brings into it."""
    prepared, newest = (brief.words.get(key) for key in ("prepared", "newest_information"))
    return replace(
        brief,
        created=_NO_MOMENT,
        printed_date="",
        masthead=tuple(
            # How old the newest information is depends on the day; what it is does not.
            replace(line, content=line.content[:1]) if line.label == newest else line
            for line in brief.masthead
            if line.label != prepared
        ),
    )


def _sources(drafted: MadeBrief) -> list[Source]:
    cited = sorted(cited_sources(drafted.uncited))
    return [drafted.sources[name] for name in cited if name in drafted.sources]


def _leaves(value: Any) -> Iterator[str]:
    """Every text and number in a value that is not empty, in order."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, int | float):
        if value:
            yield repr(value)
    elif isinstance(value, Mapping):
        for key in sorted(value):
            inner = [*_leaves(value[key])]
            if inner:
                yield str(key)
                yield from inner
    elif isinstance(value, Sequence):
        for item in value:
            yield from _leaves(item)
    elif value is not None and not isinstance(value, datetime):
        told = plain(value)  # of a record: its type and fields
        yield from _leaves(told[1:] if is_dataclass(value) else told)


_TOLD: dict[type, Callable[[Any], Any]] = {}
_PLACES = ("origin", "places", "text_origins")
"""Fields that say where something stands in a file: nothing depends on that."""


def plain(value: Any) -> Any:
    """Records as JSON knows them: a list of their type and fields; mappings and moments, too.

    For `json.dumps(..., default=plain)`, which asks for what it does not know: a whole brief takes
    a third of the time that it takes to render it as JSON.
    """
    kind = type(value)
    told = _TOLD.get(kind)
    if told is None:
        told = _TOLD[kind] = _way_to_tell(kind, value)
    return told(value)


def _way_to_tell(kind: type, value: Any) -> Callable[[Any], Any]:
    if is_dataclass(value):
        names = [each.name for each in fields(value) if each.name not in _PLACES]
        if len(names) < 2:
            return lambda record: [kind.__name__, *(getattr(record, name) for name in names)]
        values = attrgetter(*names)
        return lambda record: [kind.__name__, *values(record)]
    if isinstance(value, Mapping):
        return dict
    if isinstance(value, datetime):
        return datetime.isoformat
    if isinstance(value, Sequence):
        return list
    raise TypeError(f"no JSON for a {kind.__name__}")


_MOST_SOURCES = 4000
_SOURCES: dict[int, tuple[Source, bytes]] = {}
"""Sources as JSON, by identity: a batch cites the same ones in many briefs."""


def _source_json(source: Source) -> bytes:
    known = _SOURCES.get(id(source))
    if known is None:
        if len(_SOURCES) >= _MOST_SOURCES:
            _SOURCES.clear()
        # The source is kept, so that no other comes to have its identity meanwhile.
        known = _SOURCES[id(source)] = source, _json(source)
    return known[1]


def _json(value: Any) -> bytes:
    return json.dumps(value, default=plain, sort_keys=True, separators=(",", ":")).encode()
