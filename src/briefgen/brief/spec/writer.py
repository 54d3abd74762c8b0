"""A `BriefSpec` as `NAME.brief.yaml`: only what differs from the defaults, in the contract's order.

What `read_spec` makes of the file is the same spec. What no file can say is left out: texts of
nothing but white space, outputs without a format.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from briefgen.addresses import Address
from briefgen.brief.spec.model import (
    BriefSpec,
    EmailRequest,
    Judgement,
    OwnSection,
    ReferenceListing,
    SectionEdits,
)
from briefgen.brief.spec.reader import SPEC_KEYS, parse_spec
from briefgen.errors import InputError
from briefgen.facts.model import Passage
from briefgen.folders import at_home
from briefgen.patterns import LINE_BREAK
from briefgen.select.model import Selection
from briefgen.standards.files import is_file
from briefgen.writing.emit import Prose
from briefgen.writing.mapping import amended_map, written_map

_LINES = (
    "title", "template", "citations", "notes", "language", "paper", "marking", "reference",
    "version", "contact", "prepared_for", "prepared_by", "cleared_by", "review_on", "date",
)  # fmt: skip
_PATHS = ("base", "house")


def write_spec(spec: BriefSpec, folder: Path, name: str = "the brief") -> bytes:
    """The brief's file, for `folder`: paths are written relative to it where that is sensible.

    `name` is how errors call the file. Raises `InputError` for what `read_spec` would refuse.
    """
    data = written_map(spec_map(spec, folder)).encode()
    parse_spec(data, name, folder)
    return data


def amend_spec(data: bytes, spec: BriefSpec, folder: Path, name: str = "the brief") -> bytes:
    """The brief's file `data` made to say `spec`; comments, order and all that is the same stay.

    Raises `InputError` as `write_spec` does, and for a file that is no brief.
    """
    there = parse_spec(data, name, folder)
    wanted = write_spec(spec, folder, name)
    changed = amended_map(data, spec_map(there, folder), spec_map(spec, folder), name)
    try:
        if parse_spec(changed, name, folder) == parse_spec(wanted, name, folder):
            return changed
    except InputError:  # pragma: no cover - amended_map reads what it wrote
        pass
    return wanted  # pragma: no cover


def spec_map(spec: BriefSpec, folder: Path) -> dict[str, Any]:
    """What the brief's file says, as texts, numbers, truth values, lists and maps of these."""
    usual = BriefSpec()
    said: dict[str, Any] = {"format": 1}
    for key in _LINES:
        value = getattr(spec, key)
        if value != getattr(usual, key) and value and value.strip():
            said[key] = _line(value)
    for key in _PATHS:
        value = getattr(spec, key)
        if value:
            said[key] = path_beside(value, folder)
    if spec.style != usual.style and spec.style.strip():
        is_path = spec.style.lower().endswith(".csl")
        said["style"] = path_beside(spec.style, folder) if is_path else _line(spec.style)
    if spec.scale is not None and spec.scale.strip():
        own = is_file(spec.scale)
        said["scale"] = path_beside(spec.scale, folder) if own else _line(spec.scale)
    said["select"] = selection_map(spec.select)
    said["facts"] = {
        name: list(getattr(spec.edits, name))
        for name in ("exclude", "include", "order", "key", "unkey", "not_for_use")
        if getattr(spec.edits, name)
    } | _filled("reword", {id_: _line(text) for id_, text in spec.edits.reword.items()})
    said["sections"] = _sections(spec.sections)
    said["passages"] = _filled("add", [_passage(each) for each in spec.passages.add]) | _filled(
        "split", spec.passages.split
    )
    said["sides"] = _filled("ours", spec.sides.ours) | _filled("theirs", spec.sides.theirs)
    for key in ("handling", "distribution"):
        said[key] = [_line(each) for each in getattr(spec, key) if each.strip()]
    said["attendees"] = [_line(each) for each in spec.attendees if each.strip()]
    said["posts"] = list(spec.posts)
    said["text"] = {id_: Prose(text) for id_, text in spec.text.items() if text.strip()}
    said["judgements"] = [_judgement(each) for each in spec.judgements if each.text.strip()]
    said["references"] = _differing(spec.references, ReferenceListing())
    said["changes"] = Prose(spec.changes) if spec.changes.strip() else None
    if spec.outputs and spec.outputs != usual.outputs:
        said["outputs"] = list(spec.outputs)
    known = {key: said[key] for key in SPEC_KEYS if said.get(key)}
    for key in ("grades", "max_pages"):
        if getattr(spec, key) is not None:
            known[key] = getattr(spec, key)
    if spec.email is not None:
        known["email"] = _email(spec.email)
    return {key: known[key] for key in SPEC_KEYS if key in known}


def selection_map(selection: Selection) -> dict[str, Any]:
    """A selection as it stands under `select:`."""
    usual = Selection()
    said: dict[str, Any] = {
        "topics": list(selection.topics),
        "from": selection.start.text if selection.start is not None else None,
        "to": selection.end.text if selection.end is not None else None,
        "kinds": list(selection.kinds),
        "actors": list(selection.actors),
        "sources": list(selection.sources),
        "markings": list(selection.markings),
        "text": selection.text if selection.text.strip() else None,
        "min_reliability": selection.min_reliability,
        "min_credibility": selection.min_credibility,
        "ungraded": selection.ungraded,
        "undated": selection.undated,
        "status": list(selection.status) if selection.status != usual.status else None,
    }
    return {key: value for key, value in said.items() if value}


def path_beside(path: str, folder: Path) -> str:
    """How a file in `folder` names `path`: from there on if they have a place in common.

    Absolute where only the root of the disk is common, and where the way leads through links.
    """
    if not folder.is_absolute() or not Path(path).is_absolute():
        folder, target = Path.cwd() / folder, str(Path.cwd() / at_home(path))
    else:
        target = path
    try:
        common = Path(os.path.commonpath([os.path.normpath(each) for each in (target, folder)]))
        relative = os.path.relpath(target, folder)
        if common == Path(common.anchor) or relative.startswith("~"):
            return target
        if os.path.realpath(folder / relative) != os.path.realpath(target):
            return target
    except ValueError:  # another drive, or what no name of a file can hold: refused further on
        return target
    return Path(relative).as_posix()


def address_text(address: Address) -> str:
    """An address as `parse_address` reads it."""
    if not address.name:
        return address.spec
    name = address.name
    if any(character in name for character in '"@\\,;'):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address.spec}>"


def _line(text: str) -> str:
    return LINE_BREAK.sub(" ", text)


def _filled(key: str, value: Any) -> dict[str, Any]:
    if not value:
        return {}
    return {key: value if isinstance(value, Mapping) else list(value)}


def _differing(record: Any, usual: Any) -> dict[str, Any]:
    return {
        each.name: getattr(record, each.name)
        for each in fields(record)
        if getattr(record, each.name) != getattr(usual, each.name)
    }


def _sections(edits: SectionEdits) -> dict[str, Any]:
    said: dict[str, Any] = _filled("leave_out", edits.leave_out) | _filled("order", edits.order)
    said |= _filled("limits", edits.limits)
    said |= _filled("add", [_own_section(each) for each in edits.add])
    leads = {topic: Prose(text) for topic, text in edits.leads.items() if text.strip()}
    return said | _filled("leads", leads)


def _own_section(section: OwnSection) -> dict[str, Any]:
    said: dict[str, Any] = {"id": section.id, "heading": _line(section.heading)}
    said["text"] = Prose(section.text)
    return said | ({"after": section.after} if section.after else {})


def _passage(passage: Passage) -> dict[str, Any]:
    said: dict[str, Any] = {"id": passage.id, "text": Prose(passage.text)}
    if passage.key:
        said["key"] = True
    return said | _filled("checked", passage.checked)


def _judgement(judgement: Judgement) -> dict[str, Any]:
    said: dict[str, Any] = {"text": Prose(judgement.text)}
    said |= {
        key: _line(getattr(judgement, key))
        for key in ("likelihood", "confidence")
        if getattr(judgement, key).strip()
    }
    said |= _filled("basis", judgement.basis)
    return said | {
        key: Prose(getattr(judgement, key))
        for key in ("because", "assumes", "would_change")
        if getattr(judgement, key).strip()
    }


def _email(email: EmailRequest) -> dict[str, Any]:
    said: dict[str, Any] = {
        "to": [address_text(each) for each in email.to],
        "cc": [address_text(each) for each in email.cc],
        "subject": _line(email.subject) if email.subject.strip() else "",
        "body": Prose(email.body) if email.body.strip() else "",
        "send": email.send,
    }
    return {key: value for key, value in said.items() if value}
