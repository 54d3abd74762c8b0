"""Sources in any format of bibliographies.

What BibLaTeX, BibTeX and RIS have no place for travels in lines of a note. Which fields these are
is found by reading back what was written, so that nothing is lost by a rule that forgot it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.bibliography.model import Bibliography, Format, Leftovers
from briefgen.bibliography.plain import gist
from briefgen.facts.csl import CSL_LONG_TEXTS, tidy_line
from briefgen.facts.files import BaseFile
from briefgen.facts.model import Source
from briefgen.facts.read import read_base_file
from briefgen.facts.tables.export import source_record

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
    items = [(source.id, _tidied(source.csl)) for source in sources]
    if not items:
        return ""
    return _written(items, format_, _leftovers(items, format_))


def _written(
    items: Sequence[tuple[str, Csl]], format_: Format, leftovers: Mapping[str, Leftovers]
) -> str:
    if format_ == "ris":
        from briefgen.bibliography.ris_write import write_ris

        return write_ris(items, leftovers)
    from briefgen.bibliography.bib_write import write_bib

    return write_bib(items, leftovers, bibtex=format_ == "bibtex")


def _leftovers(items: Sequence[tuple[str, Csl]], format_: Format) -> dict[str, Leftovers]:
    """By id, the variables that reading does not bring back as they are."""
    from briefgen.bibliography.read import read_text

    back = as_sources(read_text(_written(items, format_, {}), "export", format_))
    found: dict[str, Leftovers] = {}
    for id_, csl in items:
        read = back.get(id_, {})
        left = [
            variable
            for variable, value in csl.items()
            if variable != "id" and read.get(variable) != value
        ]
        if left:
            hidden = [v for v in left if v not in _ALWAYS_SHOWN and _is_misread(v, csl, read)]
            if format_ != "ris" and "note" in left:
                hidden.append("note")  # where the lines are: it would stand there twice
            found[id_] = Leftovers(tuple(left), frozenset(hidden))
    return found


_ALWAYS_SHOWN = frozenset(("title", "type", "issued", "author", "editor"))
"""What every program looks for: nearly right is better there than nothing. A line of the note
replaces it for those that read such lines."""


def _is_misread(variable: str, csl: Csl, read: Csl) -> bool:
    """Whether the field of a variable is read as another text, or as another variable."""
    value, found = csl[variable], read.get(variable)
    if not read or (found is not None and not isinstance(value, str)):
        return False  # a line replaces names and dates, whatever they are
    if found is not None:
        return gist(str(value)) != gist(str(found))
    return any(_is_another(csl.get(other), said) for other, said in read.items())


def _is_another(value: Any, found: Any) -> bool:
    """Whether a variable was read that the source has not, or not so."""
    if value is None or isinstance(value, str) != isinstance(found, str):
        return True
    return isinstance(value, str) and gist(value) != gist(found)


def _tidied(csl: Csl) -> Csl:
    """A source's texts as the reader of a base has them, wherever the source comes from."""
    return {key: _tidied_value(key, value) for key, value in csl.items()}


def _tidied_value(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return value if key in CSL_LONG_TEXTS else tidy_line(value)
    if isinstance(value, Mapping):
        return {name: _tidied_value(name, inner) for name, inner in value.items()}
    return [_tidied_value(key, inner) for inner in value] if isinstance(value, list) else value


def as_sources(bibliography: Bibliography) -> dict[str, Csl]:
    """The CSL of a bibliography's good entries as a base would have it, by key."""
    from briefgen.writing.emit import entry_lines

    lines = ["references:"]
    keys: list[str] = []
    for entry in bibliography.entries:
        if not entry.fault:
            keys.append(entry.key)
            lines += entry_lines({"id": f"k{len(keys)}", **entry.item}, under="references")
    data = "\n".join(lines).encode("utf-8")
    content = read_base_file(BaseFile("sources", "export", Path("export"), "export"), data)
    return {keys[int(source.id[1:]) - 1]: source.csl for source in content.sources}
