"""The ZIP package of an Office document (ECMA-376 Part 2): parts, relationships, content types.

Bytes repeat: parts stand in the order in which they were added and carry the moment handed in.

python-docx could do this; importing it costs some 0.2 s, more than rendering a usual brief.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from posixpath import dirname, relpath

from briefgen.render.docx.xml import DECLARATION, attribute

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_PROPERTIES = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIRST_ZIP_YEAR, _LAST_ZIP_YEAR = 1980, 2107


def office(kind: str) -> str:
    """The type of one of Office's relationships: `styles`, `header`, `hyperlink`, ..."""
    return kind if ":" in kind else f"{_OFFICE}/{kind}"


_LEVEL = 4
"""Of compression: half the time of the usual 6, for files larger by a thirtieth."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A tie from a part (or the package) to a part or an address outside."""

    id: str
    type: str
    """Its full type."""
    target: str
    """The name of a part, or an address."""
    external: bool = False


@dataclass(slots=True)
class Part:
    """One part: `name` without a leading slash."""

    name: str
    content_type: str
    data: bytes
    relationships: list[Relationship] = field(default_factory=list)

    def relate(self, kind: str, target: str, *, id_: str = "", external: bool = False) -> str:
        """Tie this part to `target`; gives back the relationship's id."""
        taken = {relationship.id for relationship in self.relationships}
        number = len(taken) + 1
        while not id_ or id_ in taken:
            id_, number = f"rId{number}", number + 1
        self.relationships.append(Relationship(id_, office(kind), target, external))
        return id_


@dataclass(slots=True)
class Package:
    """An Office document in the making."""

    parts: list[Part] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)

    def add(self, name: str, content_type: str, data: str | bytes) -> Part:
        """Add a part; text becomes UTF-8."""
        raw = data.encode("utf-8") if isinstance(data, str) else data
        part = Part(name, content_type, raw)
        self.parts.append(part)
        return part

    def relate(self, kind: str, target: str) -> None:
        """Tie the package itself to one of its parts."""
        number = len(self.relationships) + 1
        self.relationships.append(Relationship(f"rId{number}", office(kind), target))

    def to_bytes(self, moment: datetime) -> bytes:
        """The finished file; every part is dated `moment` (in UTC, within what ZIP can say)."""
        out = BytesIO()
        stamp = _zip_time(moment)
        with zipfile.ZipFile(out, "w") as archive:
            _store(archive, "[Content_Types].xml", self._content_types(), stamp)
            _store(archive, "_rels/.rels", _relationships_xml("", self.relationships), stamp)
            for part in self.parts:
                _store(archive, part.name, part.data, stamp)
                if part.relationships:
                    folder, _, file = part.name.rpartition("/")
                    name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
                    _store(archive, name, _relationships_xml(part.name, part.relationships), stamp)
        return out.getvalue()

    def _content_types(self) -> bytes:
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml"}
        overrides = []
        for part in self.parts:
            suffix = part.name.rpartition(".")[2].lower()
            if (
                suffix not in ("xml", "rels")
                and defaults.setdefault(suffix, part.content_type) == part.content_type
            ):
                continue
            overrides.append(
                f'<Override PartName="/{attribute(part.name)}"'
                f' ContentType="{attribute(part.content_type)}"/>'
            )
        defaults["xml"] = "application/xml"
        listed = "".join(
            f'<Default Extension="{attribute(suffix)}" ContentType="{attribute(kind)}"/>'
            for suffix, kind in defaults.items()
        )
        types = f'<Types xmlns="{_CONTENT_TYPES}">{listed}{"".join(overrides)}</Types>'
        return f"{DECLARATION}{types}".encode()


def _relationships_xml(source: str, relationships: list[Relationship]) -> bytes:
    out = [f'{DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">']
    for relationship in relationships:
        target = relationship.target
        if not relationship.external:
            target = relpath(target, dirname(source) or ".")
        mode = ' TargetMode="External"' if relationship.external else ""
        out.append(
            f'<Relationship Id="{attribute(relationship.id)}" Type="{attribute(relationship.type)}"'
            f' Target="{attribute(target)}"{mode}/>'
        )
    out.append("</Relationships>")
    return "".join(out).encode("utf-8")


def _zip_time(moment: datetime) -> tuple[int, int, int, int, int, int]:
    at = moment.astimezone(UTC) if moment.tzinfo else moment
    if at.year < _FIRST_ZIP_YEAR:
        return (_FIRST_ZIP_YEAR, 1, 1, 0, 0, 0)
    if at.year > _LAST_ZIP_YEAR:
        return (_LAST_ZIP_YEAR, 12, 31, 23, 59, 58)
    return (at.year, at.month, at.day, at.hour, at.minute, at.second)


def _store(
    archive: zipfile.ZipFile, name: str, data: bytes, stamp: tuple[int, int, int, int, int, int]
) -> None:
    info = zipfile.ZipInfo(name, stamp)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0  # the same on every system
    info.external_attr = 0
    archive.writestr(info, data, compresslevel=_LEVEL)
