"""What is installed of it: versions, who asks for which, and where the texts lie.

All of it from the metadata of the packages: nothing of theirs is imported, Qt least of all.
"""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from briefgen.errors import BriefgenError, OutputError
from briefgen.licences.components import FOLDER, Component, components
from briefgen.patterns import lazy_pattern
from briefgen.shipped import shipped_fonts
from briefgen.values import valueclass

_TEXT = lazy_pattern(r"(?i)(licen[cs]e|copying|copyright|notice)")
_REQUIREMENT = lazy_pattern(r"([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*\(?([^;)]*)\)?\s*(?:;(.*))?")


@valueclass(frozen=True, slots=True)
class Licence:
    """A component as it is here."""

    component: Component
    version: str
    """Empty where it is not installed, or tells none."""
    asked: tuple[tuple[str, str], ...]
    """Who asks for it, and for which versions: ("briefgen", ">=3.1.6")."""
    home: str
    texts: tuple[Path, ...]
    """Files that exist."""
    is_here: bool = False
    """Installed: by itself, or within what carries it, which need not tell its version."""


def normal_name(name: str) -> str:
    """A distribution's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_licences() -> list[Licence]:
    """Every component, in the order of the list."""
    found = {name: _distribution(name) for name in {c.inside or c.name for c in components()}}
    asked: dict[str, list[tuple[str, str]]] = {}
    for one in components():
        there = found[one.name] if one.kind == "package" else None
        for said in there.requires or () if there is not None else ():
            name, versions = requirement(said)
            asked.setdefault(name, []).append((one.name, versions))
    return [
        Licence(
            one,
            _version(one, found[one.inside or one.name]),
            tuple(asked.get(normal_name(one.name), ())) if one.kind == "package" else (),
            one.home or _home(found[one.inside or one.name]),
            tuple(_texts(one, found[one.inside or one.name])),
            one.kind == "library" and found[one.inside or one.name] is not None,
        )
        for one in components()
    ]


def requirement(said: str) -> tuple[str, str]:
    """The normal name and the versions of a Requires-Dist; no name for what is not always asked."""
    match = _REQUIREMENT.match(said)
    if match is None or "extra" in (match[3] or ""):
        return "", ""
    return normal_name(match[1]), match[2].replace(" ", "")


def text_of(licence: Licence) -> str:
    """What is to be read of a component: what it is, the note, and its texts.

    Raises `OutputError` when a text cannot be read.
    """
    one = licence.component
    version = licence.version or ("carried along" if licence.is_here else "not installed here")
    head = [f"{one.name} ({version})", f"Licence: {one.licence}"]
    head += [f"Part of {one.inside}"] if one.inside else []
    head += [f"Source: {licence.home}"] if licence.home else []
    parts = ["\n".join(head), *([one.note] if one.note else [])]
    for path in licence.texts:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be read ({error.strerror or error})", hint="install it again"
            ) from None
        parts.append(f"--- {path.name} ---\n\n{text.rstrip()}")
    return "\n\n".join(parts) + "\n"


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _home(there: Distribution | None) -> str:
    """The address of the source, else another one that the package names."""
    if there is None:
        return ""
    addresses: dict[str, str] = {}
    for line in there.metadata.get_all("Project-URL") or ():
        label, _, address = str(line).partition(",")
        addresses[re.sub("[^a-z]", "", label.lower())] = address.strip()
    for label in ("source", "sourcecode", "repository", "github", "homepage"):
        if label in addresses:
            return addresses[label]
    pages = there.metadata.get_all("Home-page") or list(addresses.values())
    return str(pages[0]) if pages else ""


def _texts(one: Component, there: Distribution | None) -> list[Path]:
    own = [_carried(text) for text in one.texts]
    if there is None or (one.kind != "package" and not one.files):
        return own
    found = []
    for file in there.files or ():
        name = file.as_posix()
        wanted = any(part in name for part in one.files) if one.files else (
            ".dist-info/" in name and _TEXT.search(name.partition(".dist-info/")[2]) is not None
        )  # fmt: skip
        path = Path(str(there.locate_file(file)))
        if wanted and path.is_file():
            found.append(path)
    return sorted(found) + own


def _carried(text: str) -> Path:
    top, _, rest = text.partition("/")
    return shipped_fonts() / rest if top == "fonts" else FOLDER.parent / text


def _version(one: Component, there: Distribution | None) -> str:
    if one.version or one.kind == "font":
        return one.version
    if there is None:
        return ""
    if one.kind == "program":
        return _pandoc_version()
    if one.name == "PDFium":
        return _pdfium_version(there)
    own = one.kind == "package" or one.name in ("Qt", "Citation styles")
    return there.version if own else ""


def _pandoc_version() -> str:
    from briefgen.cite.pandoc import find_pandoc

    try:
        done = subprocess.run(
            [str(find_pandoc()), "--version"],
            capture_output=True,
            timeout=20,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError, BriefgenError):
        return ""
    match = re.match(rb"pandoc\S*\s+([\d.]+)", done.stdout)
    return match[1].decode("ascii") if match else ""


def _pdfium_version(there: Distribution) -> str:
    for file in there.files or ():
        if file.as_posix().endswith("pypdfium2_raw/version.json"):
            try:
                told = json.loads(Path(str(there.locate_file(file))).read_text(encoding="utf-8"))
                return ".".join(str(told[part]) for part in ("major", "minor", "build", "patch"))
            except (OSError, ValueError, KeyError, TypeError):
                return ""
    return ""
