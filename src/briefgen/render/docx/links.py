"""Where links lead: bookmarks inside the document, relationships out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlsplit
from zlib import crc32

from briefgen.patterns import lazy_pattern

_NOT_IN_A_NAME = lazy_pattern("[^A-Za-z0-9_]")
_STRAY_PERCENT = lazy_pattern("%(?![0-9A-Fa-f]{2})")
_HOST = lazy_pattern(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?")
_ADDRESS = lazy_pattern(r"[^@\s<>\"]+@[^@\s<>\"]+")
_LONGEST_NAME = 40
"""Word's limit for a bookmark's name."""


@dataclass(slots=True)
class Bookmarks:
    """The document's bookmarks: a legal, unique name and a number for each anchor.

    Names keep to ASCII letters, digits and underscores, start with a letter, have at most 40
    characters and differ in more than case, as Word wants. The same anchors met in the same
    order get the same names.
    """

    unlinkable: frozenset[str] = frozenset()
    """Anchors that stand nowhere in the document: links to them are printed as text."""
    defined: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def name(self, anchor: str) -> str:
        """The bookmark's name for `anchor`."""
        known = self._names.get(anchor)
        if known is not None:
            return known
        plain = _NOT_IN_A_NAME.sub("_", anchor)
        if not plain[:1].isalpha():
            plain = f"a_{plain}"
        name, attempt = plain, 0
        while len(name) > _LONGEST_NAME or name.lower() in self._taken:
            digest = f"{crc32(f'{anchor} {attempt}'.encode('utf-8', 'replace')):08x}"
            name, attempt = f"{plain[: _LONGEST_NAME - 9]}_{digest}", attempt + 1
        self._taken.add(name.lower())
        self._names[anchor] = name
        return name

    def reserve(self, anchor: str, name: str) -> None:
        """Give `anchor` a name of its own: a legal one, that begins with an underscore.

        Word keeps such bookmarks out of its lists. No other anchor's name begins so.
        """
        self._names.setdefault(anchor, name)

    def around(self, anchor: str, content: str) -> str:
        """`content` within the bookmark for `anchor`; only an anchor's first place gets one."""
        if not anchor or anchor in self.defined:
            return content
        self.defined.add(anchor)
        number = len(self.defined)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{self.name(anchor)}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def target(self, anchor: str) -> str:
        """The name to link to, or nothing where a link would lead nowhere."""
        if not anchor or anchor in self.unlinkable:
            return ""
        self.linked.add(anchor)
        return self.name(anchor)

    @property
    def dangling(self) -> frozenset[str]:
        """Anchors that were linked to and never defined."""
        return frozenset(self.linked - self.defined)


@dataclass(slots=True)
class OutwardLinks:
    """Links out of the document, one relationship an address."""

    targets: dict[str, str] = field(default_factory=dict)
    """Address as Word takes it -> relationship id."""

    def relationship(self, url: str) -> str:
        """The relationship's id, or nothing for an address that Word must not get."""
        address = link_address(url)
        if not address:
            return ""
        return self.targets.setdefault(address, f"link{len(self.targets) + 1}")


@lru_cache(maxsize=4096)
def link_address(url: str) -> str:
    """`url` as a valid http, https or mailto URI (RFC 3986), or nothing if it cannot be one.

    Word calls a whole document damaged when one link's address is no URI, so spaces and other
    strays are percent-encoded, hosts put into ASCII (RFC 5890), and what is beyond help refused.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        path = _encoded(parts.path)
        if not _ADDRESS.fullmatch(parts.path):
            return ""
        return f"mailto:{path}" + (f"?{_encoded(parts.query)}" if parts.query else "")
    if scheme not in ("http", "https") or not parts.hostname:
        return ""
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    address = f"{scheme}://{host}{f':{port}' if port is not None else ''}{_encoded(parts.path)}"
    address += f"?{_encoded(parts.query)}" if parts.query else ""
    return address + (f"#{_encoded(parts.fragment)}" if parts.fragment else "")


def _encoded(part: str) -> str:
    whole = _STRAY_PERCENT.sub("%25", part)
    return quote(whole, safe="%/:?#@!$&'()*+,;=-._~", errors="replace")
