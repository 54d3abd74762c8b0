"""Which bibliographies sources can be exported as."""

from __future__ import annotations

EXPORTS = (
    ("BibLaTeX", ".bib"),
    ("BibTeX", ".bibtex"),
    ("RIS", ".ris"),
    ("CSL-JSON", ".json"),
    ("CSL-YAML", ".yaml"),
)
"""What each is called, and what the names of its files end in."""
_FORMATS = {
    ".bib": "bib", ".biblatex": "bib", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl.json",
    ".yaml": "yaml", ".yml": "yaml",
}  # fmt: skip


def format_of_name(name: str) -> str:
    """The format that a file's name ends in, BibLaTeX where it tells none."""
    return next((to for end, to in _FORMATS.items() if name.lower().endswith(end)), "bib")
