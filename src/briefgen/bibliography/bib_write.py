"""Sources as BibLaTeX, or as BibTeX for programs that know no other.

Texts are UTF-8 with LaTeX's own characters escaped; titles stand in a second pair of braces,
because they are written as they should be printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from briefgen.bibliography.bib_languages import LANGUAGE_NAMES
from briefgen.bibliography.dates import edtf_of_csl
from briefgen.bibliography.extra import extra_lines
from briefgen.bibliography.model import NOTHING_LEFT, Leftovers
from briefgen.patterns import lazy_pattern

_TYPES = {
    "article": "unpublished",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "legislation",
    "book": "book",
    "broadcast": "video",
    "chapter": "incollection",
    "classic": "book",
    "dataset": "dataset",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "artwork",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "regulation": "legislation",
    "report": "report",
    "review": "review",
    "review-book": "review",
    "software": "software",
    "song": "music",
    "speech": "unpublished",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "legal",
    "webpage": "online",
}
"""BibLaTeX's entry types. All others are `misc`."""

_UNKNOWN_TO_BIBTEX = (
    "dataset", "online", "video", "image", "artwork", "jurisdiction", "legislation", "movie",
    "patent", "performance", "letter", "review", "software", "music", "standard", "legal",
)  # fmt: skip
_BIBTEX_TYPES = {
    "report": "techreport",
    "inreference": "incollection",
    **dict.fromkeys(_UNKNOWN_TO_BIBTEX, "misc"),
}
"""What BibTeX calls those that it does not know."""

_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_ARTICLES = frozenset(("article", "review"))
_PARTS_OF_BOOKS = frozenset(("incollection", "inproceedings", "inreference"))
_BOOKLIKE = frozenset(("book", *_PARTS_OF_BOOKS))
_ISSUED_BY = frozenset(
    ("report", "thesis", "unpublished", "techreport", "phdthesis", "mastersthesis")
)

Lines = Mapping[str, Any]


def write_bib(
    sources: Iterable[tuple[str, Mapping[str, Any]]],
    leftovers: Mapping[str, Leftovers],
    *,
    bibtex: bool = False,
) -> str:
    """Sources, by id, as a .bib file; `leftovers`, by id, go into lines of the note."""
    return "\n".join(
        _Entry(id_, csl, leftovers.get(id_, NOTHING_LEFT), bibtex=bibtex).text()
        for id_, csl in sources
    )


class _Entry:
    def __init__(
        self, id_: str, csl: Mapping[str, Any], leftovers: Leftovers, *, bibtex: bool
    ) -> None:
        self.id = id_
        self.csl = csl
        self.leftovers = leftovers.lines
        self.hidden = leftovers.hidden
        self.bibtex = bibtex
        kind = _TYPES.get(csl["type"], "misc")
        self.kind = _bibtex_kind(kind, csl) if bibtex else kind
        self.fields: dict[str, str] = {}

    def text(self) -> str:
        self.people()
        self.titles()
        self.dates()
        self.numbers()
        self.publication()
        self.addresses()
        self.remarks()
        lines = [f"  {name} = {{{value}}}," for name, value in self.fields.items()]
        return "\n".join([f"@{self.kind}{{{self.id},", *lines, "}\n"])

    def put(self, field: str, variable: str, form: Callable[[str], str] | None = None) -> None:
        value = self.csl.get(variable)
        if value is None or variable in self.hidden or field in self.fields:
            return
        self.fields[field] = (form or latex)(str(value))

    def people(self) -> None:
        for field, variable in (
            ("author", "author"),
            ("editor", "editor"),
            ("translator", "translator"),
            ("bookauthor", "container-author"),
        ):
            names = self.csl.get(variable)
            if names and variable not in self.hidden:
                write = _bibtex_name if self.bibtex else _name
                self.fields[field] = " and ".join([write(name) for name in names])

    def titles(self) -> None:
        self.put("title", "title", _title)
        self.put("shorttitle", "title-short", _title)
        if self.kind in _PARTS_OF_BOOKS:
            self.put("booktitle", "container-title", _title)
        else:
            self.put("journal" if self.bibtex else "journaltitle", "container-title", _title)
        self.put("shortjournal", "container-title-short", _title)
        subtype = _SUBTYPES.get(self.csl["type"])
        if subtype:
            self.fields["entrysubtype"] = subtype
        self.put("series", "collection-title", _title)
        self.put("eventtitle", "event-title", _title)
        self.put("origtitle", "original-title", _title)

    def dates(self) -> None:
        issued = self.csl.get("issued")
        if issued and self.bibtex:
            self.bibtex_date(issued)
        elif issued:
            text = edtf_of_csl(issued)
            if text:
                self.fields["date"] = text
            elif issued.get("literal"):
                self.fields["year"] = latex(issued["literal"])
        for field, variable in (
            ("origdate", "original-date"),
            ("eventdate", "event-date"),
            ("urldate", "accessed"),
        ):
            date = self.csl.get(variable)
            text = edtf_of_csl(date) if date and variable not in self.hidden else None
            if text:
                self.fields[field] = text

    def bibtex_date(self, issued: Mapping[str, Any]) -> None:
        ends = issued.get("date-parts") or [[]]
        if not ends[0]:
            if issued.get("literal"):
                self.fields["year"] = latex(issued["literal"])
            return
        self.fields["year"] = edtf_of_csl({"date-parts": [ends[0][:1]]}) or str(ends[0][0])
        if len(ends) == 1 and len(ends[0]) > 1 and ends[0][1] <= 12:
            self.fields["month"] = str(ends[0][1])
            if len(ends[0]) == 3:
                self.fields["day"] = str(ends[0][2])

    def numbers(self) -> None:
        self.put("volume", "volume")
        if self.kind in _ARTICLES:
            self.put("number", "issue")
        elif self.kind in _BOOKLIKE:
            self.put("number", "collection-number")
        else:
            self.put("number", "number")
        for field, variable in (
            ("edition", "edition"),
            ("version", "version"),
            ("chapter", "chapter-number"),
            ("volumes", "number-of-volumes"),
            ("pages", "page"),
            ("pagetotal", "number-of-pages"),
        ):
            self.put(field, variable)

    def publication(self) -> None:
        self.put("type", "genre")
        if self.kind in _ISSUED_BY:
            school = self.kind in ("phdthesis", "mastersthesis")
            self.put("school" if school else "institution", "publisher", _title)
        else:
            self.put("publisher", "publisher", _title)
        if self.kind != "patent":
            self.put("address" if self.bibtex else "location", "publisher-place", _title)
        self.put("venue", "event-place")
        self.put("origpublisher", "original-publisher")
        self.put("origlocation", "original-publisher-place", _title)
        self.put("pubstate", "status")

    def addresses(self) -> None:
        for field, variable in (
            ("url", "URL"),
            ("doi", "DOI"),
            ("isbn", "ISBN"),
            ("issn", "ISSN"),
            ("pmid", "PMID"),
            ("pmcid", "PMCID"),
            ("library", "call-number"),
        ):
            self.put(field, variable, _verbatim)

    def remarks(self) -> None:
        language = self.csl.get("language")
        if language and "language" not in self.hidden:
            name = LANGUAGE_NAMES.get(language) or LANGUAGE_NAMES.get(str(language).split("-")[0])
            if name:
                self.fields["langid"] = name
            self.fields["language"] = latex(str(language))
        self.put("keywords", "keyword")
        self.put("abstract", "abstract")
        self.put("annotation", "annote")
        note = (
            [latex(line) for line in (str(self.csl["note"]),) if "note" not in self.hidden]
            if "note" in self.csl
            else []
        )
        note += [latex(line) for line in extra_lines(self.csl, self.leftovers)]
        if note:
            self.fields["note"] = "\n".join(note)


def _bibtex_kind(kind: str, csl: Mapping[str, Any]) -> str:
    if kind == "thesis":  # BibTeX's two types of them say what they are for
        genre = str(csl.get("genre", "")).lower()
        return "misc" if not genre else "mastersthesis" if "master" in genre else "phdthesis"
    return _BIBTEX_TYPES.get(kind, kind)


# --- LaTeX -------------------------------------------------------------------------------------

_ESCAPES = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "`": "\\textasciigrave{}",
    "%": "\\%",
    "&": "\\&",
    "$": "\\$",
    "#": "\\#",
    "_": "\\_",
}
_SPECIAL = lazy_pattern(r"[\\{}~^`%&$#_]|-(?=-)|'(?=')|(?<=[!?])(?=`)|\n+")


def latex(text: str) -> str:
    """A text as LaTeX that prints it."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(found: Any) -> str:
    mark = found.group()
    if mark.startswith("\n"):
        return "\n\n" if mark == "\n\n" else "\\\\\n" * len(mark)
    return _ESCAPES.get(mark, f"{mark}{{}}")  # -- and '' would become other characters


def _title(text: str) -> str:
    return f"{{{latex(text)}}}"


def _verbatim(text: str) -> str:
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


# --- names -------------------------------------------------------------------------------------

_COMPOUND = lazy_pattern(r"[\s,=]|(?i:\band\b)")


def _name(name: Mapping[str, Any]) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    if "non-dropping-particle" in name or "given" not in name or _odd(name):
        parts = [
            ("family", name.get("family")),
            ("given", name.get("given")),
            ("prefix", name.get("non-dropping-particle") or name.get("dropping-particle")),
            ("useprefix", "true" if "non-dropping-particle" in name else None),
            ("suffix", name.get("suffix")),
        ]
        said = [f"{part}={_part(value)}" for part, value in parts if value]
        return ", ".join(said) if len(said) > 1 else f"{{{latex(str(said[0].split('=', 1)[1]))}}}"
    return _bibtex_name(name)


def _odd(name: Mapping[str, Any]) -> bool:
    """Whether the commas of BibTeX's form would part the name elsewhere."""
    family = str(name.get("family", ""))
    return "family" not in name or family[:1].islower()


def _part(value: str) -> str:
    return f"{{{latex(value)}}}" if _COMPOUND.search(value) else latex(value)


def _bibtex_name(name: Mapping[str, Any]) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    particle = latex(name.get("dropping-particle") or name.get("non-dropping-particle") or "")
    family = _unparted(name.get("family", ""))
    last = f"{particle} {family}".strip() if particle else family
    parts = [
        last,
        _unparted(name["suffix"]) if name.get("suffix") else "",
        _unparted(name.get("given", "")),
    ]
    if not parts[2] and not parts[1]:
        return f"{{{last}}}"
    return ", ".join(part for place, part in enumerate(parts) if part or place != 1)


def _unparted(text: str) -> str:
    escaped = latex(text)
    return f"{{{escaped}}}" if "," in text or " and " in f" {text.lower()} " else escaped
