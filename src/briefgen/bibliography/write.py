"""Sources in any format of bibliographies.

What BibLaTeX, BibTeX and RIS have no place for travels in lines of a note. Which fields these are
is found by reading back what was written, so that nothing is lost by a rule that forgot it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.bibliography.model import Bibliography, Format
from briefgen.facts.export import source_record
from briefgen.facts.files import BaseFile
from briefgen.facts.model import Source
from briefgen.facts.read import read_base_file

Csl = Mapping[str, Any]


def write_bibliography(sources: Sequence[Source], format_: Format) -> str:
    """The sources as a file's text: UTF-8, `\\n` line ends but in RIS, which has `\\r\\n`.

    CSL-JSON and CSL-YAML keep everything. The others keep all of CSL, but not `custom`: what a
    base thinks of its sources is nobody else's business. Raises `CiteprocError` without Pandoc.
    """
    if format_ in ("csl.json", "yaml"):
        from briefgen.bibliography.csl_data import write_csl_json, write_csl_yaml

        records = [source_record(source) for source in sources]
        return write_csl_json(records) if format_ == "csl.json" else write_csl_yaml(records)
    items = [(source.id, source.csl) for source in sources]
    if not items:
        return ""
    return _written(items, format_, _leftovers(items, format_))


def _written(
    items: Sequence[tuple[str, Csl]], format_: Format, leftovers: Mapping[str, Sequence[str]]
) -> str:
    if format_ == "ris":
        from briefgen.bibliography.ris_write import write_ris

        return write_ris(items, leftovers)
    from briefgen.bibliography.bib_write import write_bib

    return write_bib(items, leftovers, bibtex=format_ == "bibtex")


def _leftovers(items: Sequence[tuple[str, Csl]], format_: Format) -> dict[str, list[str]]:
    """By id, the variables that reading does not bring back as they are."""
    from briefgen.bibliography.read import read_text

    back = as_sources(read_text(_written(items, format_, {}), "export", format_))
    found: dict[str, list[str]] = {}
    for id_, csl in items:
        read = back.get(id_, {})
        left = [
            variable
            for variable, value in csl.items()
            if variable != "id" and read.get(variable) != value
        ]
        if left:
            found[id_] = left
    return found


def as_sources(bibliography: Bibliography) -> dict[str, Csl]:
    """The CSL of a bibliography's good entries as a base would have it, by key."""
    from briefgen.keeping.emit import entry_lines

    lines = ["references:"]
    keys: list[str] = []
    for entry in bibliography.entries:
        if not entry.fault:
            keys.append(entry.key)
            lines += entry_lines({"id": f"k{len(keys)}", **entry.item}, under="references")
    data = "\n".join(lines).encode("utf-8")
    content = read_base_file(BaseFile("sources", "export", Path("export"), "export"), data)
    return {keys[int(source.id[1:]) - 1]: source.csl for source in content.sources}
