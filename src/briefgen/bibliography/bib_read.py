"""BibTeX and BibLaTeX as CSL items.

bibtexparser finds the entries, Pandoc understands them: types, names, inherited fields, LaTeX. What
Pandoc would change or drop is kept from it and done here: the case of titles (it lower-cases
"English Titles", Russia included), dates (it drops `199X` and `2011/..`), line ends, single
quotes, what a person forgot to escape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from briefgen.bibliography.bib_languages import LANGUAGE_TAGS
from briefgen.bibliography.bib_split import RawEntry, split_bib
from briefgen.bibliography.bounds import bounded
from briefgen.bibliography.clean import FaultyItemError, clean_item
from briefgen.bibliography.dates import MONTHS, Date, date_of_text
from briefgen.bibliography.extra import ExtraLine, lift_extra, variable_of_line
from briefgen.bibliography.model import Bibliography, Entry, Item
from briefgen.bibliography.pandoc import read_biblatex
from briefgen.bibliography.plain import spaced
from briefgen.bounds import MOST_IN_ONE
from briefgen.errors import InputError, Origin
from briefgen.facts.csl import CSL_NAMES
from briefgen.index.readers import processors
from briefgen.patterns import lazy_pattern

MANY = 300
"""Entries for which it pays to start another Pandoc."""


def read_bib(text: str, name: str) -> Bibliography:
    """A .bib file, BibTeX or BibLaTeX. Raises `InputError` when nothing or too much is in it."""
    raw = [_within_bounds(entry) for entry in split_bib(text, name)]
    if not raw:
        raise InputError(
            "there is no BibTeX entry in it",
            hint="an entry starts with @article{key, …",
            origin=Origin(name),
        )
    return bounded(_Reading(raw, name).run(), name)


_MOST_LEVELS = 100
"""Braces within braces; commands stand a few deep."""


def _levels(text: str) -> int:
    level = deepest = 0
    for mark in _BRACE.findall(text):
        level += 1 if mark == "{" else -1
        deepest = max(deepest, level)
    return deepest


_BRACE = lazy_pattern("[{}]")


def _within_bounds(entry: RawEntry) -> RawEntry:
    """The entry, faulty where it has more people than Pandoc should be asked for, or texts whose
    commands stand deeper in each other than its answer could be read.
    """
    for field, text in entry.fields.items():
        if text.count("{") > _MOST_LEVELS and _levels(text) > _MOST_LEVELS:
            return replace(entry, fields={}, fault=f"{field} is nested too deep")
    for field in _NAMES & entry.fields.keys():
        if (
            len(entry.fields[field]) > MOST_IN_ONE
            and len(_AND.split(entry.fields[field], MOST_IN_ONE)) > MOST_IN_ONE
        ):
            fault = f"{field} holds more than {MOST_IN_ONE:,} names; leave some out"
            return replace(entry, fields={}, fault=fault)
    return entry


_AND = lazy_pattern(r"(?i)\sand\s")


# --- which entry becomes what ------------------------------------------------------------------

# Types that Pandoc does not know or takes for less than CSL has.
_READ_AS = {"conference": "inproceedings", "newspaper": "newsarticle"}
_CSL_TYPES = {
    "map": "map",
    "standard": "standard",
    "performance": "performance",
    "software": "software",
    "image": "figure",
    "manual": "document",
    "legislation": "legislation",
}
_NO_TYPE = frozenset((*_CSL_TYPES, "misc"))
"""Types for which Pandoc has none, and nothing is lost by that."""
_GENRES = {"mathesis": "Master’s thesis", "phdthesis": "PhD thesis"}

_TITLES = frozenset((
    "title", "subtitle", "titleaddon", "booktitle", "booksubtitle", "booktitleaddon",
    "maintitle", "mainsubtitle", "maintitleaddon", "issuetitle", "issuesubtitle", "shorttitle",
    "eventtitle", "origtitle", "series", "journaltitle", "journalsubtitle", "journal",
    "shortjournal",
))  # fmt: skip
"""Fields whose case Pandoc would change, or whose numbers it would word."""

_NAMES = frozenset(("author", "editor", "translator", "bookauthor"))

_DATES = {"issued": "", "accessed": "url", "original-date": "orig", "event-date": "event"}
"""CSL's dates, and how the names of their fields start."""

_LONG = {"abstract": ("abstract",), "annote": ("annotation", "annote")}
_VERBATIM = frozenset([
    "url", "doi", "isbn", "issn", "pmid", "pmcid", "eprint", "eprinttype", "archiveprefix",
])  # fmt: skip
_KEPT_FROM_PANDOC = frozenset((
    "file", "abstract", "annotation", "annote", "note", "addendum", "langid", "hyphenation",
    "langidopts", "language", "options", "ids", "keywords", "day", "month", "year", "date",
    "origdate", "origyear", "urldate", "eventdate", "timestamp", "owner", "groups",
    "bdsk-url-1", "bdsk-file-1", "__markedentry", "lastchecked",
))  # fmt: skip
"""Fields that are read here, or that are another machine's business."""

_SPECIAL = lazy_pattern(r"[\\{}$~%#&^_]|--|``|''|!`|\?`")


_INHERITING = ("crossref", "xdata")
MAX_PARENTS = 8
"""Most entries that one inherits from directly."""
MAX_GENERATIONS = 6
"""Longest chain of inheritance followed; from its end on Pandoc would be lost in circles."""
MAX_ANCESTORS = 50
"""Most entries that one inherits from, those of the ones above it counted as often as they come:
Pandoc reads each anew, and eight at each of six generations would be a quarter of a million."""


def _parents(raw: Sequence[RawEntry]) -> tuple[list[dict[str, list[int]]], frozenset[int]]:
    """By number, the numbers of the entries that an entry inherits from, without circles.

    Second, the numbers of those that inherit from nothing here although their entry says so.
    """
    numbers = {
        entry.key.lower(): number
        for number, entry in enumerate(raw)
        if entry.key and not entry.fault
    }
    found: list[dict[str, list[int]]] = []
    for entry in raw:
        above: dict[str, list[int]] = {}
        for field in _INHERITING:
            keys = [key.strip().lower() for key in entry.fields.get(field, "").split(",")]
            several = list(dict.fromkeys(keys))[:MAX_PARENTS]
            above[field] = [numbers[key] for key in several if key in numbers]
        found.append(above)
    generation = [0] * len(raw)
    """How many generations stand above an entry; grown until nothing changes, or too many."""
    for _ in range(MAX_GENERATIONS + 1):
        for number, above in enumerate(found):
            highest = [generation[n] for field in _INHERITING for n in above[field]]
            generation[number] = max(highest, default=-1) + 1
    cut: set[int] = set()
    ancestors = [0] * len(raw)
    for number in sorted(range(len(raw)), key=generation.__getitem__):
        above = found[number]
        count = sum(1 + ancestors[n] for field in _INHERITING for n in above[field])
        if generation[number] > MAX_GENERATIONS or count > MAX_ANCESTORS:
            found[number] = {field: [] for field in above}
            cut.add(number)
        else:
            ancestors[number] = count
    return found, frozenset(cut)


class _Reading:
    def __init__(self, raw: Sequence[RawEntry], name: str) -> None:
        self.raw = raw
        self.name = name
        self.texts: list[str] = []
        """LaTeX that Pandoc is to turn into text, beside the entries."""
        self.parents, self.cut_off = _parents(raw)

    def run(self) -> tuple[Entry, ...]:
        own = [self.own_fields(entry) for entry in self.raw]
        asked = [self.rewritten(number, entry) for number, entry in enumerate(self.raw)]
        asked += [
            f"@misc{{t{number}, abstract={{{text}}}}}" for number, text in enumerate(self.texts)
        ]
        found = {item["id"]: item for item in self.understood(asked)}
        texts = [str(found.get(f"t{n}", {}).get("abstract", "")) for n in range(len(self.texts))]
        return tuple(
            self.entry(number, raw, found.get(f"e{number}", {}), own[number], texts)
            for number, raw in enumerate(self.raw)
            if raw.kind not in ("xdata", "set", "control")
        )

    def understood(self, asked: Sequence[str]) -> list[dict[str, Any]]:
        """What Pandoc makes of entries; of many, in several processes side by side.

        Entries that inherit have to be read together with those that they inherit from.
        """
        inherits = any(any(above.values()) for above in self.parents)
        processes = min(4, processors(), len(asked) // MANY)
        if inherits or processes < 2:
            return read_biblatex("\n".join(asked), self.name)
        shares = ["\n".join(asked[first::processes]) for first in range(processes)]
        with ThreadPoolExecutor(processes) as pool:
            parts = list(pool.map(lambda share: read_biblatex(share, self.name), shares))
        return [item for part in parts for item in part]

    # --- before Pandoc -------------------------------------------------------------------------

    def own_fields(self, entry: RawEntry) -> dict[str, list[int | str]]:
        """Texts that are read here: each a list of paragraphs, as text or as a number of LaTeX."""
        own: dict[str, list[int | str]] = {}
        for variable, names in _LONG.items():
            said = next((entry.fields[n] for n in names if entry.fields.get(n, "").strip()), "")
            if said:
                own[variable] = [self.latex(part) for part in _paragraphs(said)]
        keywords = entry.fields.get("keywords", "")
        if keywords.strip():
            own["keyword"] = [self.latex(spaced(keywords))]
        remarks = [entry.fields.get(name, "") for name in ("note", "addendum")]
        plain, lines = _parted("\n\n".join(part for part in remarks if part.strip()))
        if plain:
            own["note"] = [self.latex(part) for part in plain]
        for number, (variable, label, said) in enumerate(lines):
            own[f"{number} {variable} {label}"] = [self.latex(said)]
        for variable, prefix in _DATES.items():
            said = _date_text(entry.fields, prefix)
            if said:
                # In a date `~` is EDTF's sign and no space.
                own[f"date {variable}"] = [self.latex(said) if "\\" in said else said]
        genre = entry.fields.get("type", "").strip()
        if genre and entry.kind in ("phdthesis", "mastersthesis", "techreport"):
            own["genre"] = [self.latex(genre)]  # Pandoc takes the entry's type before it
        language = entry.fields.get("language", "").strip()
        if language:
            own["language"] = [self.latex(language)]
        return own

    def latex(self, text: str) -> int | str:
        """The text itself if it has nothing of LaTeX, else the number by which to find it."""
        text = text.strip()
        if not _SPECIAL.search(text):
            return text
        self.texts.append(_mended(text))
        return len(self.texts) - 1

    def rewritten(self, number: int, entry: RawEntry) -> str:
        """The entry as BibLaTeX whose reading changes nothing that should stay."""
        if entry.fault:
            return ""
        fields: dict[str, str] = {}
        for field, value in entry.fields.items():
            if not value.strip() or field in _KEPT_FROM_PANDOC or not _FIELD.fullmatch(field):
                continue
            if field in _INHERITING:
                fields[field] = ",".join(f"e{above}" for above in self.parents[number][field])
            elif field in _VERBATIM:
                fields[field] = _verbatim(value)
            elif field in _NAMES:
                fields[field] = _mended(_ACCENTED.sub(_bare_accent, value))
            elif field in _TITLES:
                fields[field] = f"{{{_mended(value)}}}"
            else:
                fields[field] = _mended(value)
        published = fields.get("howpublished", "")
        address = _ADDRESS.fullmatch(published.strip())
        if address:
            fields.setdefault("url", _verbatim(address[1] or address[2]))
            del fields["howpublished"]
        if re.search(r"useprefix\s*=\s*true", entry.fields.get("options", "")):
            fields["options"] = "useprefix=true"
        for key in ("langid", "hyphenation", "langidopts"):
            if re.fullmatch(r"[A-Za-z=-]+", entry.fields.get(key, "").strip()):
                fields[key] = entry.fields[key].strip()
        # A parent's year is the child's where it has none of its own; _date_text knows no parents.
        for key in ("date", "year"):
            if entry.fields.get(key) and _PLAIN_DATE.fullmatch(entry.fields[key].strip()):
                fields[key] = entry.fields[key].strip()
        kind = _READ_AS.get(entry.kind, entry.kind)
        if not kind.isascii() or not kind.isalpha():
            kind = "misc"
        body = ",\n".join(f"{field}={{{value}}}" for field, value in fields.items())
        return f"@{kind}{{e{number},\n{body}}}"

    # --- after Pandoc --------------------------------------------------------------------------

    def entry(
        self,
        number: int,
        raw: RawEntry,
        found: Mapping[str, Any],
        own: Mapping[str, Sequence[int | str]],
        texts: Sequence[str],
    ) -> Entry:
        if raw.fault:
            return Entry(raw.key, {}, raw.place, raw.fault)

        def text_of(name: str) -> str:
            parts = [texts[part] if isinstance(part, int) else part for part in own.get(name, ())]
            return "\n\n".join(part for part in parts if part)

        item: Item = {
            _SPELT.get(key, key): value for key, value in found.items() if key not in _NOT_CSL
        }
        item["type"] = _csl_type(raw, item)
        if item.get("genre") in _GENRES:
            item["genre"] = _GENRES[item["genre"]]
        if "event" in item:
            item["event-title"] = item.pop("event")
        if not ({"shorttitle", "subtitle", "titleaddon"} & raw.fields.keys()):
            item.pop("title-short", None)  # Pandoc takes what stands before a colon for one
        for variable in ("abstract", "annote", "note", "keyword", "genre"):
            said = text_of(variable)
            if said:
                item[variable] = said
        for variable in _DATES:
            said = text_of(f"date {variable}")
            date: Date | None = date_of_text(said) if said else None
            if date is not None:
                item[variable] = date
            elif said or _DATES[variable]:
                item.pop(variable, None)
        langid = raw.fields.get("langid") or raw.fields.get("hyphenation") or ""
        language = _language(text_of("language"), langid, item.pop("language", ""))
        if language:
            item["language"] = language
        for variable in CSL_NAMES:
            if variable in item:
                item[variable] = [_name(name) for name in item[variable]]
        lines = []
        for name in own:
            if name[0].isdigit():
                _, variable, label = name.split(" ", 2)
                said = text_of(name)
                lines.append(ExtraLine(variable, said, f"{label}: {said}"))
        lift_extra(item, lines)
        told = (
            [f"BibLaTeX has no type {raw.kind!r}: taken for a document"]
            if not found.get("type") and raw.kind not in _NO_TYPE and item["type"] == "document"
            else []
        )
        if number in self.cut_off:
            told.append(
                "it inherits nothing: crossref leads round in circles, or to too many entries"
            )
        try:
            clean, notes = clean_item(item, markup=False)
            notes = [*told, *notes]
            cut = [v for v in CSL_NAMES if {"literal": "others"} in item.get(v, ())]
            notes += [f"more {cut[0]}s than the file names ('and others')"] if cut else []
        except FaultyItemError as error:
            return Entry(raw.key, {}, raw.place, str(error))
        return Entry(raw.key, clean, raw.place, notes=tuple(notes))


_FIELD = lazy_pattern("[a-z][a-z0-9_+:-]*")
_SPELT = {name.lower(): name for name in ("URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID")}
_NOT_CSL = frozenset(("id", "other-ids"))
_ADDRESS = lazy_pattern(r"\\url\s*\{([^{}]*)\}|(https?://\S+)")
_PLAIN_DATE = lazy_pattern(r"[0-9]{4}(-[0-9]{2}){0,2}")


def _csl_type(raw: RawEntry, item: Mapping[str, Any]) -> str:
    if raw.kind in _CSL_TYPES:
        return _CSL_TYPES[raw.kind]
    found = str(item.get("type", ""))
    if found:
        return found
    # BibTeX has no type for web pages: @misc with an address is how they are written there.
    web = raw.kind == "misc" and item.get("URL") and not item.get("publisher")
    return "webpage" if web else "document"


def _name(name: Any) -> Any:
    """A name as Pandoc gives it, truth values as such."""
    if not isinstance(name, Mapping):
        return name
    return {key: value for key, value in name.items() if value not in ("", False, "false")}


# --- dates -------------------------------------------------------------------------------------


def _date_text(fields: Mapping[str, str], prefix: str) -> str:
    """What an entry says of a date, as one text; empty if nothing."""
    said = spaced(fields.get(f"{prefix}date", ""))
    if said:
        return said
    year = spaced(fields.get(f"{prefix}year", ""))
    if not year:
        return ""
    month, day = fields.get(f"{prefix}month", ""), fields.get(f"{prefix}day", "")
    if not month:
        return year
    if re.fullmatch(r"\d{4}", year) is None:
        return f"{month} {year}" if month else year
    # `month = jul # "~4"` and `month = "4~" # jul` are in BibTeX's own manual.
    words = re.sub(r"[~,.{}/–-]", " ", month).split()
    numbers = [word for word in words if word.isdecimal() and len(word) < 3]
    names = [word.lower()[:3] for word in words if word.isalpha()]
    if len(names) == 1 and names[0] in MONTHS:
        days = [*numbers, *([day] if day else [])]
        return _joined(year, MONTHS.index(names[0]) + 1, days)
    if not names and len(numbers) == 1:
        return _joined(year, int(numbers[0]), [day] if day else [])
    if names and all(name in MONTHS for name in names) and len(names) == 2 and not numbers:
        ends = [f"{year}-{MONTHS.index(name) + 1:02d}" for name in names]
        return "/".join(ends)
    return f"{month} {year}"


def _joined(year: str, month: int, days: Sequence[str]) -> str:
    day = (
        f"-{int(days[0]):02d}"
        if len(days) == 1
        and days[0].strip().isdecimal()
        and len(days[0]) < 5
        and int(days[0])  # 0 is none
        else ""
    )
    # A month that there is not stays with the year, so that whoever reads dates tells it.
    return f"{year}-{month:02d}{day}" if month else year


# --- languages ---------------------------------------------------------------------------------

_TAG = lazy_pattern(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


_VARIETIES = frozenset((
    "american", "usenglish", "british", "ukenglish", "australian", "canadian", "newzealand",
    "austrian", "naustrian", "swissgerman", "nswissgerman", "acadian", "canadien", "brazil",
    "brazilian",
))  # fmt: skip
"""BibLaTeX's names that do say a country. To the others Pandoc adds one, which nobody said."""


def _language(said: str, langid: str, by_pandoc: str) -> str:
    """BCP 47 where the entry has it, then what its `langid` means, then words."""
    langid = langid.strip()
    if said and _TAG.fullmatch(said):
        return said.replace("_", "-")
    if said.lower() in LANGUAGE_TAGS:
        return LANGUAGE_TAGS[said.lower()]
    if "-" in langid and _TAG.fullmatch(langid):
        return langid
    if by_pandoc and _TAG.fullmatch(by_pandoc) and langid.lower() != by_pandoc.lower():
        return by_pandoc if langid.lower() in _VARIETIES else by_pandoc.split("-")[0]
    return said or langid


# --- names -------------------------------------------------------------------------------------

_ACCENTED = lazy_pattern(
    r"\{\\(?:([`'^\"~=.])\s*\{?(\\?[A-Za-z])\}?|([uvHcdbtkr])(?:\{(\\?[A-Za-z])\}|\s+([A-Za-z]))|"
    r"(ss|SS|o|O|l|L|aa|AA|ae|AE|oe|OE|i|j|dh|DH|dj|DJ|th|TH|ng|NG))\s*\}"
)
"""BibTeX's "special characters"."""


def _bare_accent(found: re.Match[str]) -> str:
    """An accented letter without its braces, for Pandoc would take a word that begins with a
    brace for one in small letters: `{\\'E}mile` for a particle."""
    sign, letter, word, first, second, special = found.groups()
    if special:
        return f"\\{special}{{}}"
    return f"\\{sign}{{{letter}}}" if sign else f"\\{word}{{{first or second}}}"


# --- LaTeX -------------------------------------------------------------------------------------

_UNESCAPED = lazy_pattern(r"(?<!\\)([%#&])")
_DOLLAR = lazy_pattern(r"(?<!\\)\$")
_QUOTE = lazy_pattern(r"(?<!['\\])'(?!')")
_BRACE = lazy_pattern(r"\\\\|\\?[{}]|\\\Z")
_PROGRAM = lazy_pattern(
    r"\\(?:input|include|includegraphics|verbatiminput|lstinputlisting|write\s*[0-9]*|immediate|"
    r"openin|openout|read|[egx]?def|let|(?:re)?newcommand|providecommand|newenvironment|"
    r"catcode|csname|endcsname|expandafter|loop|repeat|newpage|clearpage|(?:begin|end)\s*\{[a-z*]*\})"
    r"(?![A-Za-z])\s*\*?"
)
"""What makes a program of LaTeX, or several blocks of a text."""
_ITEM = lazy_pattern(r"\\item(?![A-Za-z])")
_HREF = lazy_pattern(r"\\href\s*\{[^{}]*\}\s*\{")


def _mended(text: str) -> str:
    """LaTeX whose text comes out as people meant it.

    A bare `%` would hide what follows, a single dollar turn the rest into a formula; a single
    quote would be curled, and then `'` would not come back as `'`.
    """
    text = _UNESCAPED.sub(r"\\\1", spaced(text))
    if len(_DOLLAR.findall(text)) % 2:
        text = _DOLLAR.sub(r"\\$", text)
    if "\\" in text and "#" in text:
        text = _HREF.sub(lambda found: found.group().replace("\\#", "#"), text)
    text = _ITEM.sub("• ", _PROGRAM.sub("", text))
    return _QUOTE.sub(r"\\textquotesingle{}", _balanced(text))


def _balanced(text: str) -> str:
    """LaTeX in which every brace is either of a pair or a character.

    BibTeX counts `\\{` as a brace, Pandoc does not: what one takes for balanced would end the
    other's entry too early.
    """
    pieces: list[str] = []
    opened: list[int] = []
    at = 0
    for found in _BRACE.finditer(text):
        pieces.append(text[at : found.start()])
        at = found.end()
        mark = found.group()
        if mark == "{":
            opened.append(len(pieces))
        elif mark == "}":
            if opened:
                opened.pop()
            else:
                mark = ""
        elif mark == "\\":
            mark = ""
        else:
            mark = {"\\{": "\\textbraceleft{}", "\\}": "\\textbraceright{}"}.get(mark, mark)
        pieces.append(mark)
    pieces.append(text[at:])
    for place in opened:
        pieces[place] = ""
    return "".join(pieces)


def _verbatim(text: str) -> str:
    """An address or number, in which LaTeX has no business though some escape it."""
    text = re.sub(r"\\([_%&#~$])", r"\1", spaced(text))
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


_BLANK = lazy_pattern(r"\n[ \t\r]*\n\s*|\\par\b\s*")


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; line ends within them are nothing but where a file was wrapped."""
    parts = [spaced(part) for part in _BLANK.split(text)]
    return [part for part in parts if part]


def _parted(note: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The paragraphs of a note; its lines that give variables, with their labels: see `extra`."""
    remain: list[str] = []
    lines: list[tuple[str, str, str]] = []
    for line in re.split(r"\n|\\par\b", note):
        said = line.strip().removesuffix("\\\\").strip()
        found = variable_of_line(said.replace("\\_", "_"))
        if found is not None:
            label, _, text = said.partition(":")
            lines.append((found[0], label.replace("\\_", "_").strip(), text.strip()))
        else:
            remain.append(line)
    return _paragraphs("\n".join(remain)), lines
