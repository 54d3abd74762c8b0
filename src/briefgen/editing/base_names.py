"""Where the files of a base, briefs and templates name things, and other names put there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.spec.reader import parse_spec
from briefgen.brief.spec.writer import write_spec
from briefgen.errors import BriefgenError
from briefgen.facts.fingerprint import fact_fingerprint
from briefgen.facts.model import Fact
from briefgen.folders import config_folder
from briefgen.index import Index
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Scalar, parse_yaml
from briefgen.writing.entries import bytes_of
from briefgen.writing.exchange import KEY, Place, Way, exchanged, exchanged_in_lines
from briefgen.writing.plan import Plan

Named = Literal["source", "topic", "measure"]
"""What has a name that can change."""

_IN_BASE: Mapping[tuple[Named, str], frozenset[Place]] = {
    ("source", "facts"): frozenset({("cites", "source")}),
    ("source", "actors"): frozenset({("roles", "cites", "source")}),
    ("source", "sources"): frozenset({("references", "custom", "derived_from")}),
    ("topic", "facts"): frozenset({("topics",)}),
    ("topic", "base"): frozenset({("topics", KEY)}),
    ("measure", "facts"): frozenset({("figures", "measure")}),
    ("measure", "base"): frozenset({("measures", KEY)}),
}
"""By what is named and the kind of file: where its names stand."""
_OWN_TEXTS = frozenset(("text", "judgements", "sections", "changes", "email"))
"""Keys of a brief with the author's own words, in which sources may be cited."""


def exchange_in_base(
    plan: Plan, index: Index, what: Named, names: Mapping[str, str]
) -> dict[str, int]:
    """Put other names into all files of a base: by file, how often.

    Raises `InputError` for a file that cannot be read.
    """
    counts: dict[str, int] = {}
    for name, kind, digest in index.rows("SELECT name, kind, digest FROM files ORDER BY name"):
        places = _IN_BASE.get((what, kind))
        if places and not _names_nothing(index, str(name), kind, names):
            way_at = partial(_at, places)
            lines = _Lines(index, str(name), digest) if kind in ("facts", "actors") else None
            count = _exchange(plan, index.folder / str(name), names, way_at, lines)
            if count:
                counts[str(name)] = count
    return counts


class _Lines(NamedTuple):
    """Where the entries of a file start, as the index read it."""

    base: Index
    file: str
    digest: str

    def of(self, data: bytes) -> list[int]:
        """Their lines in the file; none if it says something else by now."""
        if hashlib.sha256(data).hexdigest() != self.digest:
            return []
        return [one.line for one in self.base.file_record(self.file).definitions]


def _names_nothing(index: Index, file: str, kind: str, names: Mapping[str, str]) -> bool:
    """Whether a file of sources has the names as its own ids only: reading it all takes long."""
    return kind == "sources" and not any(
        use.role == "derived-from" and use.target in names
        for definition in index.file_record(file).definitions
        for use in definition.uses
    )


def _at(places: frozenset[Place], place: Place) -> Way:
    return "name" if place in places else ""


def exchange_fingerprints(plan: Plan, index: Index, hashes: Mapping[str, str]) -> None:
    """Let passages that were compared with facts as they were count as compared with them as
    they are: the facts say the same by other names.
    """
    path = index.folder / "passages.yaml"
    _exchange(plan, path, hashes, lambda place: "name" if place[:1] == ("checked",) else "")


def other_fingerprints(pairs: Iterable[tuple[Fact, Fact]]) -> dict[str, str]:
    """From the SHA-256 of each fact as it was to that of it as it is."""
    found = ((fact_fingerprint(old), fact_fingerprint(new)) for old, new in pairs)
    return {old: new for old, new in found if old != new}


def _exchange(
    plan: Plan,
    path: Path,
    names: Mapping[str, str],
    way_at: Callable[[Place], Way],
    lines: _Lines | None = None,
) -> int:
    data = bytes_of(path) or b""
    if not any(old.encode() in data for old in names):
        return 0
    data = plan.now(path)
    found = lines.of(data) if lines is not None else []
    after, count = exchanged_in_lines(data, found, names, way_at, str(path))
    if count:
        plan.rewrite(path, after)
    return count


# --- briefs and templates ------------------------------------------------------------------------


class NamingFile(NamedTuple):
    """A brief or a template that names something by its old name."""

    path: Path
    times: int
    fault: str = ""
    """Why it cannot be changed; empty if it can."""


def is_brief(path: Path) -> bool:
    """Whether a file is a brief by its name; any other YAML is taken for a template."""
    return path.name.endswith(".brief.yaml")


def is_scopes(path: Path) -> bool:
    """Whether a file keeps scopes that were saved by name."""
    return path.parent == config_folder() / "scopes"


def scopes_of(base: Path) -> list[Path]:
    """The files in which the person keeps scopes of the base in this folder."""
    where = str(base.resolve())
    found = []
    for path in sorted((config_folder() / "scopes").glob("*.yaml")):
        try:
            root = parse_yaml(bytes_of(path) or b"", str(path)).root
        except BriefgenError:
            continue
        said = root.get("base") if isinstance(root, MappingNode) else None
        if isinstance(said, Scalar) and said.text == where:
            found.append(path)
    return found


def briefs_in(folders: Iterable[Path]) -> list[Path]:
    """The brief files in these folders, by name; folders that cannot be listed are passed over."""
    found: dict[Path, None] = {}
    for folder in folders:
        try:
            names = sorted(one for one in folder.iterdir() if is_brief(one) and one.is_file())
        except OSError:
            continue
        found.update(dict.fromkeys(names))
    return list(found)


def files_naming(
    paths: Iterable[Path],
    what: Named,
    names: Mapping[str, str],
    hashes: Mapping[str, str] | None = None,
) -> list[NamingFile]:
    """Those of the briefs and templates at `paths` that name something by a key of `names`."""
    found = []
    for path in paths:
        try:
            _, count = _renamed(path, what, names, hashes or {})
        except BriefgenError as error:
            if any(old.encode() in _raw(path) for old in names):
                found.append(NamingFile(path, 0, str(error)))
            continue
        if count:
            found.append(NamingFile(path, count))
    return found


def put_renamed(
    plan: Plan,
    path: Path,
    what: Named,
    names: Mapping[str, str],
    hashes: Mapping[str, str] | None = None,
) -> None:
    """Put other names into a brief or a template. Raises `BriefgenError` where that fails."""
    plan.now(path)
    plan.rewrite(path, _renamed(path, what, names, hashes or {})[0])


def spec_renamed(
    spec: BriefSpec,
    folder: Path,
    what: Named,
    names: Mapping[str, str],
    hashes: Mapping[str, str] | None = None,
) -> BriefSpec:
    """A brief in hand with other names put into it; `folder` is where its file lies, or would."""
    data = write_spec(spec, folder)
    after = _in_brief(data, what, names, hashes or {}, "the brief")[0]
    return spec if after == data else parse_spec(after, "the brief", folder)


def _raw(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _renamed(
    path: Path, what: Named, names: Mapping[str, str], hashes: Mapping[str, str]
) -> tuple[bytes, int]:
    data = bytes_of(path) or b""
    if is_scopes(path):
        return exchanged(data, names, lambda place: _way_in_scopes(place, what), str(path))
    if not is_brief(path):
        return exchanged(data, names, lambda place: "quoted", str(path))
    return _in_brief(data, what, names, hashes, str(path))


def _in_brief(
    data: bytes, what: Named, names: Mapping[str, str], hashes: Mapping[str, str], file: str
) -> tuple[bytes, int]:
    after, count = exchanged(data, names, lambda place: _way_in_brief(place, what), file)
    after, more = exchanged(after, hashes, _checked_in_brief, file)
    return after, count + more


def _way_in_scopes(place: Place, what: Named) -> Way:
    key = {"topic": "topics", "source": "sources"}.get(what)
    return "name" if place == ("scopes", "select", key) else ""


def _checked_in_brief(place: Place) -> Way:
    return "name" if place[:3] == ("passages", "add", "checked") else ""


def _way_in_brief(place: Place, what: Named) -> Way:
    if what == "topic":
        return "name" if place in (("select", "topics"), ("sections", "leads", KEY)) else ""
    if what == "source" and place == ("select", "sources"):
        return "name"
    if what == "source" and place[:1] and place[0] in _OWN_TEXTS and place[-1] != KEY:
        return "cited"
    return ""
