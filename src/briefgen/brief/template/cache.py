"""Templates as they were read before, so that a sound one is not parsed again.

Reading a template's YAML takes longer than drafting a short brief from it. What is kept is the
`Template` value as JSON, under a key of the file's bytes and path and of the modules that read
it; anything amiss with it, and the file is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import briefgen
from briefgen.brief.template import model as values
from briefgen.brief.template.model import Template
from briefgen.dates import Edtf
from briefgen.errors import BriefgenError, InputError, Origin
from briefgen.files import write_whole
from briefgen.folders import PRIVATE, cache_folder, make_private
from briefgen.ordinary_files import MAX_TEMPLATE_BYTES, read_ordinary
from briefgen.select.model import Selection

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Template, values.SectionTemplate, values.TextTemplate, values.Input, values.Where,
        Selection, Edtf, Origin,
    )
}  # fmt: skip
_READERS = (
    "brief/template/model.py", "brief/template/cache.py", "brief/template/reader.py",
    "brief/spec/selection_shape.py", "brief/template/jinja_text.py",
    "brief/template/jinja_sandbox.py",
    "dates/edtf.py", "dates/days.py", "reading/shapes.py", "reading/yaml_tree.py",
    "select/model.py",
)  # fmt: skip
_MOST_KEPT = 200


def load_template(path: Path) -> Template:
    """The template in a file. Raises `InputError` with every problem found in it."""
    try:
        data = read_ordinary(path, MAX_TEMPLATE_BYTES)
    except OSError:
        return _read(path)
    kept = cache_folder() / "templates" / f"{_key(path, data)}.json"
    with contextlib.suppress(
        OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError
    ):
        digest, _, body = kept.read_bytes().partition(b"\n")
        value = _decoded(json.loads(body)) if digest == _digest(body) else None
        if isinstance(value, Template):
            return value
    template = _read(path)
    with contextlib.suppress(OSError, BriefgenError):  # a cache that cannot be kept is no fault
        make_private(kept.parent)
        held = sorted(kept.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for old in held[: max(0, len(held) - _MOST_KEPT)]:
            old.unlink(missing_ok=True)
        body = json.dumps(_encoded(template)).encode()
        write_whole(kept, _digest(body) + b"\n" + body, mode=PRIVATE)
    return template


def _read(path: Path) -> Template:
    from briefgen.brief.template.reader import read_template  # brings YAML along

    template, problems = read_template(path)
    if template is None:
        raise InputError.from_problems(problems)
    return template


def _digest(body: bytes) -> bytes:
    """What stands before it: a disk may damage a file so that it still is JSON."""
    return hashlib.sha256(body).hexdigest().encode()


def _key(path: Path, data: bytes) -> str:
    root = Path(__file__).parents[2]
    stamps = [(name, (root / name).stat().st_mtime_ns) for name in _READERS]
    stamp = json.dumps([briefgen.__version__, stamps, str(path)])
    return hashlib.sha256(stamp.encode() + data).hexdigest()[:32]


def _encoded(value: Any) -> Any:
    if is_dataclass(value):
        return {
            "": type(value).__name__,
            **{each.name: _encoded(getattr(value, each.name)) for each in fields(value)},
        }
    return [_encoded(item) for item in value] if isinstance(value, tuple) else value


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        kind = _KINDS[value.pop("")]
        return kind(**{name: _decoded(item) for name, item in value.items()})
    return tuple(map(_decoded, value)) if isinstance(value, list) else value
