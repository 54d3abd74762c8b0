"""CSL-JSON and CSL-YAML, in and out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefgen.bibliography.bounds import bounded
from briefgen.bibliography.clean import FaultyItemError, clean_item, note_of
from briefgen.bibliography.dates import edtf_of_csl
from briefgen.bibliography.extra import lift_extra, without_extra
from briefgen.bibliography.model import Bibliography, Entry
from briefgen.bounds import refuse_large_json
from briefgen.errors import InputError, Origin
from briefgen.facts.csl import CSL_DATES
from briefgen.reading.yaml_tree import Mapping as YamlMapping
from briefgen.reading.yaml_tree import Node, Scalar, parse_yaml
from briefgen.reading.yaml_tree import Sequence as YamlSequence

# --- in --------------------------------------------------------------------------------------


def read_csl_json(text: str, name: str) -> Bibliography:
    """CSL-JSON: an array of items, one item alone, or an object that holds them under `items`
    or `references`. Raises `InputError` for text that is no such JSON, or too much of it.
    """
    refuse_large_json(text, name)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"no valid JSON ({error.msg})",
            hint="export it again, as CSL JSON",
            origin=Origin(name, error.lineno, error.colno),
        ) from None
    except (RecursionError, ValueError):
        raise InputError(
            "JSON that is nested too deep or has numbers without end",
            hint="export it again, as CSL JSON",
            origin=Origin(name),
        ) from None
    if isinstance(data, Mapping):
        for holder in ("references", "items"):
            if isinstance(data.get(holder), list):
                data = data[holder]
                break
        else:
            message = data.get("message")  # Crossref's own answer has the item in there
            if isinstance(message, Mapping) and "type" not in data:
                data = message
            data = [data]
    if not isinstance(data, list):
        raise InputError(
            "JSON, but no list of CSL items",
            hint="export it again, as CSL JSON",
            origin=Origin(name),
        )
    items = enumerate(data, start=1)
    return bounded((_entry(item, Origin(f"{name}: item {number}")) for number, item in items), name)


def read_csl_yaml(text: str, name: str) -> Bibliography:
    """CSL-YAML as Pandoc, Better BibTeX and sources.yaml have it: `references:`, or the list.

    Raises `InputError` for text that is no such YAML.
    """
    body = text.rstrip()
    for end in ("\n---", "\n..."):  # how Pandoc closes a block of metadata
        body = body.removesuffix(end)
    document = parse_yaml(f"{body}\n".encode("utf-8", "replace"), name)
    errors = [problem for problem in document.problems if problem.severity == "error"]
    if errors:
        raise InputError.from_problems(errors)
    root = document.root
    if isinstance(root, YamlMapping):
        root = root.get("references")
    if isinstance(root, Scalar) and not root.text:
        root = None
    if root is not None and not isinstance(root, YamlSequence):
        raise InputError(
            "YAML, but no list of CSL items",
            hint="put them under references:",
            origin=Origin(name, root.line, root.column),
        )
    nodes = root.items if root is not None else ()
    return bounded(
        (_entry(_plain(node), Origin(name, node.line, node.column)) for node in nodes), name
    )


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.plain and node.text in ("", "~", "null") else node.text
    if isinstance(node, YamlSequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.pairs}


def _entry(raw: Any, place: Origin) -> Entry:
    if not isinstance(raw, Mapping):
        return Entry("", {}, place, "it is no CSL item")
    key = raw.get("id", raw.get("citation-key", ""))
    name = str(key).strip() if isinstance(key, (str, int)) else ""
    raw = dict(raw)
    try:
        raw["note"], lines = without_extra(note_of(raw))  # where Zotero puts its field Extra
        lift_extra(raw, lines)
        item, notes = clean_item(raw)
    except FaultyItemError as error:
        title = raw.get("title")
        return Entry(name or (title if isinstance(title, str) else ""), {}, place, str(error))
    return Entry(name, item, place, notes=tuple(notes))


# --- out -------------------------------------------------------------------------------------


def write_csl_json(records: Iterable[Mapping[str, Any]]) -> str:
    """CSL-JSON (CSL 1.0.2): records with `id` and `custom`, as `facts.export` makes them."""
    encode = json.JSONEncoder(ensure_ascii=False, indent=2).encode
    return encode(list(records)) + "\n"


def write_csl_yaml(records: Sequence[Mapping[str, Any]]) -> str:
    """CSL-YAML as in sources.yaml: dates as EDTF where it can say them."""
    from briefgen.writing.emit import entry_lines

    if not records:
        return "references: []\n"
    lines = ["references:"]
    for record in records:
        lines += entry_lines(yaml_record(record), under="references")
    return "\n".join(lines) + "\n"


def yaml_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL-JSON record with EDTF dates."""
    return {
        key: (edtf_of_csl(value) or value) if key in CSL_DATES else value
        for key, value in record.items()
    }
