"""The marking scheme and the scale that base.yaml names, read from their files."""

from __future__ import annotations

from briefgen.errors import Problem
from briefgen.facts.files import BaseFile, beside, named_in, read_bytes
from briefgen.reading.shapes import Report
from briefgen.reading.yaml_tree import Mapping, Scalar, Sequence
from briefgen.standards.files import (
    SUFFIX,
    Kind,
    is_file,
    read_markings,
    read_scale,
    shipped_scheme,
    unknown_name,
)
from briefgen.standards.markings import MarkingScheme
from briefgen.suggestions import shown


def named_standards(root: Mapping, file: BaseFile, data: bytes, report: Report) -> MarkingScheme:
    """The base's markings; a scheme without levels where it has none, or none that can be used.

    `root` is what base.yaml says, `file` where it lies and `data` its bytes. Every fault of a file
    that it names is reported, and a name that nothing has. A scale is read for its faults alone.
    """
    scale, markings = root.get("scale"), root.get("markings")
    if isinstance(scale, Scalar):
        own = _own_file("scale", scale, file, data, report)
        if own is not None:
            report.problems += read_scale(*own, scale.text)[1]
    if isinstance(markings, Sequence):
        words = [item.text for item in markings.items if isinstance(item, Scalar)]
        return MarkingScheme(levels=tuple(dict.fromkeys(words)))
    if not isinstance(markings, Scalar):
        return MarkingScheme()
    own = _own_file("markings", markings, file, data, report)
    if own is not None:
        scheme, problems = read_markings(*own)
        report.problems += problems
        return scheme or MarkingScheme()
    if is_file(markings.text) or unknown_name("markings", markings.text)[0]:
        return MarkingScheme()
    return shipped_scheme(markings.text)


def _own_file(
    kind: Kind, node: Scalar, file: BaseFile, data: bytes, report: Report
) -> tuple[bytes, str] | None:
    """The bytes of a file of the base's own, and how messages call it.

    None for a shipped one's name, and after a fault, which is reported.
    """
    message, hint = unknown_name(kind, node.text)
    if message and node.text.strip():
        report.error(node, message, hint)
    if not is_file(node.text):
        return None
    if node.text not in named_in(data):  # whoever looks for changes would not find it
        report.error(
            node,
            f"{shown(node.text)} is no plain file name",
            f"name the file without spaces and signs, ending in {SUFFIX}",
        )
        return None
    own = beside(file, node.text)
    found = read_bytes(own)
    if isinstance(found, Problem):
        report.error(node, f"{node.text}: {found.message}", found.hint)
        return None
    return found, own.shown_as
