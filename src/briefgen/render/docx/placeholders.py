"""What a house's headers and footers leave to be filled in: "[Pick the date]" and its like.

Content controls (ECMA-376 Part 1, 17.5.2) that show a prompt or are bound to a property of the
document, fields that print such a property, and prompts in brackets in the plain text. Each gets
what the brief says, and goes where it says nothing. A text of the house's own stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from briefgen.brief.model import Brief
from briefgen.patterns import lazy_pattern
from briefgen.render.docx.cleaning import remove, unwrap
from briefgen.render.docx.xml import SPACE, holdable, value_of, w

_BOUND = {
    "title": "title", "subject": "subject", "creator": "author", "lastModifiedBy": "author",
    "keywords": "keywords", "category": "kind", "PublishDate": "date", "created": "date",
    "modified": "date", "contentStatus": "marking", "Company": "organisation", "version": "version",
    "identifier": "reference",
}  # fmt: skip
"""The last step of a control's binding -> what the brief may have for it."""
_FIELDS = {
    "TITLE": "title", "SUBJECT": "subject", "AUTHOR": "author", "LASTSAVEDBY": "author",
    "KEYWORDS": "keywords", "COMMENTS": "", "FILENAME": "", "TEMPLATE": "", "SAVEDATE": "date",
    "CREATEDATE": "date", "PRINTDATE": "date", "DATE": "date", "TIME": "date", "EDITTIME": "",
    "USERNAME": "author", "USERINITIALS": "", "USERADDRESS": "", "REVNUM": "version",
    "DOCVARIABLE": "", "FILESIZE": "",
}  # fmt: skip
"""Fields that print what a document is -> what the brief has for them."""
_WORDS = (
    ("subject", "subject", "betreff", "objet", "asunto", "oggetto"),
    ("marking", "classification", "marking", "sensitivity", "classificatie", "einstufung"),
    ("date", "date", "datum", "fecha", "data", "dato", "today", "year"),
    ("author", "author", "your name", "name of author", "auteur", "autor", "autore", "verfasser",
     "prepared by"),
    ("organisation", "company", "organisation", "organization", "department", "ministry",
     "organisationseinheit", "entreprise", "société", "firma", "empresa"),
    ("reference", "reference", "document number", "doc no", "ref"),
    ("version", "version", "revision"),
    ("contact", "contact"),
    ("title", "title", "titre", "titel", "título", "titolo", "document name", "report name"),
)  # fmt: skip
"""What prompts speak of, in the languages that Word's own come in; the first that is met counts."""
_ASKING = lazy_pattern(
    r"\b(type|enter|insert|click|tap|pick|choose|select|write|grab|your|placeholder|tapez|entrez"
    r"|saisissez|cliquez|choisir|geben sie|klicken|eingeben|wählen|escriba|haga clic|elija"
    r"|introduzca|digitare|fare clic|skriv|klik|klikk|klicka|typ|kies|e-?mail|phone|fax|address"
    r"|street|website|recipient|name)\b"
)
_BRACKETS = lazy_pattern(
    r"\[([^\[\]]{2,80})\]|«([^«»]{2,80})»|\{\{\s*([^{}]{2,80}?)\s*\}\}|<([^<>@/:]{2,80})>"
)
_HEADING = lazy_pattern(r"^\S*\s?[1-3]$")
_DATE_FORMAT = lazy_pattern(r"^[dmyjatDMYJAT\s./-]{6,12}$")


class _Told(NamedTuple):
    """Whether a prompt was understood, and what the brief has for it."""

    known: bool
    text: str = ""


class Filler:
    """Fills what headers and footers ask for from one brief."""

    def __init__(self, brief: Brief) -> None:
        has = {
            "title": " ".join(brief.title.split()),
            "subject": brief.subtitle,
            "author": brief.author,
            "keywords": "; ".join(brief.keywords),
            "kind": brief.kind,
            "date": brief.printed_date,
            "marking": brief.marking_line,
            "version": brief.version,
            "reference": brief.reference,
            "contact": brief.contact,
            "organisation": "",
        }
        self._has: Mapping[str, str] = {key: holdable(text) for key, text in has.items()}

    def fill(self, root: etree._Element) -> None:
        """Fill what stands in `root`, a header or footer."""
        for control in list(root.iter(w("sdt"))):
            self._control(control)
        for paragraph in list(root.iter(w("p"))):
            self._fields(paragraph)
            self._plain(paragraph)

    # --- content controls ------------------------------------------------------------------------

    def _control(self, control: etree._Element) -> None:
        properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
        if properties is None or content is None or control.getparent() is None:
            return
        binding = properties.find(w("dataBinding"))
        bound = "" if binding is None else binding.get(w("xpath"), "")
        last = bound.rstrip("/").rpartition("/")[2].rpartition(":")[2].partition("[")[0]
        prompts = properties.find(w("showingPlcHdr")) is not None
        said = "".join(text.text or "" for text in content.iter(w("t")))
        if not prompts and last not in _BOUND and not self._is_date(properties):
            return
        if last == "Company" and not prompts and not _BRACKETS.search(said):
            unwrap(control, content)  # whose house it is, it may say
            return
        key = _BOUND.get(last, "")
        if not key:
            names = [value_of(properties, "alias"), value_of(properties, "tag"), said]
            key = "date" if self._is_date(properties) else next(filter(None, map(_key, names)), "")
        self._write(content, self._has.get(key, ""))
        unwrap(control, content)

    def _is_date(self, properties: etree._Element) -> bool:
        return properties.find(w("date")) is not None

    def _write(self, content: etree._Element, text: str) -> None:
        """`text` in place of what `content` says, in the look of its first run."""
        texts = list(content.iter(w("t")))
        for run in content.iter(w("r")):
            style = run.find(f"{w('rPr')}/{w('rStyle')}")
            if style is not None and style.get(w("val")) == "PlaceholderText":
                style.getparent().remove(style)  # type: ignore[union-attr]
        for place, found in enumerate(texts):
            _set(found, text if place == 0 else "")

    # --- fields ----------------------------------------------------------------------------------

    def _fields(self, paragraph: etree._Element) -> None:
        """Fields that begin and end in `paragraph`; their machinery goes along with what they
        showed of another document.
        """
        for simple in list(paragraph.iter(w("fldSimple"))):
            told = self._told_by_field(simple.get(w("instr"), ""))
            if told.known:
                self._write(simple, told.text)
                unwrap(simple)
        for field in list(_complex_fields(paragraph)):
            told = self._told_by_field(field.instruction)
            if told.known:
                for place, found in enumerate(field.texts):
                    _set(found, told.text if place == 0 else "")
                for piece in field.machinery:
                    remove(piece)

    def _told_by_field(self, instruction: str) -> _Told:
        words = instruction.replace('"', " ").split()
        name = words[0].upper() if words else ""
        if name in ("DOCPROPERTY", "DOCVARIABLE", "STYLEREF"):
            what = words[1] if len(words) > 1 else ""
            key = _BOUND.get(what[:1].lower() + what[1:], "") or _BOUND.get(what, "") or _key(what)
            if name == "STYLEREF" and _HEADING.search(" ".join(words[1:3])):
                return _Told(False)  # it shows what stands on the page: ours have headings too
            return _Told(True, self._has.get(key, ""))
        return _Told(True, self._has.get(_FIELDS[name], "")) if name in _FIELDS else _Told(False)

    # --- prompts in the plain text ---------------------------------------------------------------

    def _plain(self, paragraph: etree._Element) -> None:
        texts = [text for text in paragraph.iter(w("t")) if _owner(text) is paragraph]
        whole = "".join(text.text or "" for text in texts)
        for match in reversed(list(_BRACKETS.finditer(whole))):
            said = next(filter(None, match.groups()), "")
            told = self._told_by_prompt(said)
            if told.known:
                _replace(texts, match.start(), match.end(), told.text)

    def _told_by_prompt(self, said: str) -> _Told:
        key = _key(said)
        if key or _DATE_FORMAT.match(said):
            return _Told(True, self._has.get(key or "date", ""))
        return _Told(bool(_ASKING.search(said.lower())))


class _Field(NamedTuple):
    """A field from its beginning to its end."""

    instruction: str
    machinery: list[etree._Element]
    texts: list[etree._Element]


def _complex_fields(paragraph: etree._Element) -> Iterator[_Field]:
    """Fields in which no other stands (17.16.18)."""
    machinery: list[etree._Element] = []
    texts: list[etree._Element] = []
    said: list[str] = []
    depth, nested, shown = 0, False, False
    for element in paragraph.iter(w("fldChar"), w("instrText"), w("t")):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            nested = depth > 0 or nested
            depth += 1
            if depth == 1:
                machinery, texts, said, shown, nested = [], [], [], False, False
        if depth:
            if element.tag != w("t"):
                machinery.append(element)
            elif shown:
                texts.append(element)
            if element.tag == w("instrText"):
                said.append(element.text or "")
        if kind == "separate":
            shown = True
        elif kind == "end" and depth:
            depth -= 1
            if depth == 0 and not nested:
                yield _Field("".join(said), machinery, texts)


def _key(said: str) -> str:
    """What a prompt, alias or tag speaks of; empty if it is nothing that a brief has."""
    words = " ".join(said.lower().replace("_", " ").replace("-", " ").split())
    for key, *names in _WORDS:
        if any(_stands_in(name, words) for name in names):
            return key
    return ""


def _stands_in(name: str, words: str) -> bool:
    return f" {name} " in f" {words} "


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(w("p")), None)


def _replace(texts: list[etree._Element], start: int, end: int, by: str) -> None:
    """Put `by` in place of some characters of what `texts` say one after the other."""
    at = 0
    for text in texts:
        said = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        if first < last:
            _set(text, said[:first] + by + said[last:])
            by = ""
        at += len(said)


def _set(text: etree._Element, said: str) -> None:
    text.text = said
    text.set(SPACE, "preserve")
