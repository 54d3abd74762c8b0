"""All the styles there are to choose from, with their titles, for people who look for one.

Some ten thousand small files: their heads are scanned once and kept in the cache folder.
"""

from __future__ import annotations

import html
import json
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TypeGuard

from briefgen import folders
from briefgen.cite.cache import CacheFile
from briefgen.cite.style_files import StyleKind, renamed_styles, styles_folder
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass

_HEAD_BYTES = 4096
_TITLE = lazy_pattern(rb"<title\b[^>]*>(.*?)</title>", re.DOTALL)
_CLASS = lazy_pattern(rb"<style\b[^>]*?\bclass\s*=\s*[\"']([\w-]+)")
_FORMAT = lazy_pattern(rb"citation-format\s*=\s*[\"']([\w-]+)")
_PARENT = lazy_pattern(rb"<link\b[^<>]*?independent-parent[^<>]*?>")
_HREF = lazy_pattern(rb"href\s*=\s*[\"'][^\"']*?/?([^/\"']+?)(?:\.csl)?/?[\"']")


@valueclass(frozen=True, slots=True)
class StyleListing:
    """One style to choose: `parent` is what a dependent one takes its rules from."""

    id: str
    title: str
    kind: StyleKind
    parent: str = ""


def list_styles(
    words: Sequence[str] | str = (), *, cache_folder: Path | None = None
) -> list[StyleListing]:
    """The packaged styles in which every word occurs (in id or title), ordered by id.

    Case and accents do not count. Independent styles come before dependent ones.
    """
    asked = [folded(word) for word in (words.split() if isinstance(words, str) else words)]
    found = [
        style
        for style, text in folded_styles(cache_folder=cache_folder)
        if all(word in text for word in asked)
    ]
    found.sort(key=lambda style: (bool(style.parent), style.id))
    return found


def folded_styles(*, cache_folder: Path | None = None) -> list[tuple[StyleListing, str]]:
    """All packaged styles, each with what `list_styles` looks for words in: its id and title."""
    return [
        (style, folded(f"{style.id} {style.title}"))
        for style in _all_styles(cache_folder or folders.cache_folder())
    ]


def folded(text: str) -> str:
    """The text as the catalogue compares it: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def style_listing(style: str) -> StyleListing | None:
    """The packaged style with this id, of now or of old; one small file is looked into."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", style):
        return None
    folder = styles_folder()
    for name in dict.fromkeys((style, renamed_styles().get(style, ""))):
        for place in (folder, folder / "dependent"):
            head = _head(f"{place}/{name}.csl") if name else b""
            if head:
                return StyleListing(*_row(name, head))
    return None


def style_ids() -> list[str]:
    """The ids of all packaged styles, sorted, without looking into any: for completion."""
    folder = styles_folder()
    names = _names(folder) + _names(folder / "dependent")
    return sorted(name.removesuffix(".csl") for name in names)


def nearest_style(name: str) -> str:
    """The id that `name` was most likely meant to be, or nothing."""
    from difflib import get_close_matches

    asked = folded(name)
    styles = list_styles()
    ids = [style.id for style in styles] + list(renamed_styles())
    starting = [style for style in ids if style.startswith(f"{asked}-")]
    close = get_close_matches(asked.replace(" ", "-"), ids, n=1, cutoff=0.75)
    if close:
        return close[0]
    if starting:
        return min(starting, key=lambda style: (len(style), style))
    titled = [s for s in styles if re.search(rf"\b{re.escape(asked)}\b", folded(s.title))]
    return min(titled, key=lambda s: (bool(s.parent), len(s.title), s.id)).id if titled else ""


def _all_styles(cache_folder: Path | None) -> list[StyleListing]:
    folder = styles_folder()
    stamp = [str(folder), *(_stamp(folder / sub) for sub in ("", "dependent"))]
    cache = CacheFile(cache_folder, "styles", json.dumps(["styles", 1, *stamp]))
    kept = cache.read()
    if _is_ours(kept):
        return [StyleListing(*row) for row in kept]
    rows = _scan(folder) + _scan(folder / "dependent")
    cache.write(rows)
    return [StyleListing(*row) for row in rows]


def _is_ours(kept: object) -> TypeGuard[list[tuple[str, str, StyleKind, str]]]:
    """Whether what is kept is a list as we write it; what is none is scanned anew."""
    return isinstance(kept, list) and all(
        isinstance(row, list) and len(row) == 4 and all(isinstance(said, str) for said in row)
        for row in kept
    )


def _stamp(folder: Path) -> str:
    try:
        status = folder.stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns}"


def _scan(folder: Path) -> list[tuple[str, str, StyleKind, str]]:
    return sorted(
        _row(name.removesuffix(".csl"), _head(f"{folder}/{name}")) for name in _names(folder)
    )


def _names(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.endswith(".csl")]  # noqa: PTH208
    except OSError:
        return []


def _head(path: str) -> bytes:
    # Ten thousand files: pathlib and buffered files would take longer than reading.
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return b""
    try:
        return os.read(file, _HEAD_BYTES)
    except OSError:
        return b""
    finally:
        os.close(file)


def _row(name: str, head: bytes) -> tuple[str, str, StyleKind, str]:
    head = head.partition(b"</info>")[0]
    title = _found(_TITLE, head)
    link = _PARENT.search(head)
    parent = _found(_HREF, link.group()) if link else ""
    return (name, " ".join(html.unescape(title).split()) or name, _kind(head), parent)


def _kind(head: bytes) -> StyleKind:
    if _found(_CLASS, head) == "note":
        return "note"
    match _found(_FORMAT, head):
        case "numeric" | "author-date" | "author" | "label" | "note" as known:
            return known
        case _:
            return "other"


def _found(pattern: re.Pattern[bytes], head: bytes) -> str:
    match = pattern.search(head)
    return match.group(1).decode("utf-8", "replace") if match else ""
