"""Writes the bill of materials: what is installed for briefgen to run, as CycloneDX 1.6 in JSON.

    python tools/sbom.py out/briefgen.cdx.json

Packages that are here for tests or for building are not in it. The same environment gives the same
bytes; a moment stands in it where SOURCE_DATE_EPOCH says one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from briefgen import __version__
from briefgen.licences.installed import (
    Licence,
    installed_licences,
    normal_name,
    requirement,
)

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
TYPES = {
    "package": ComponentType.LIBRARY,
    "library": ComponentType.LIBRARY,
    "program": ComponentType.APPLICATION,
    "font": ComponentType.DATA,
    "styles": ComponentType.DATA,
}
LICENCES = LicenseFactory()


def needed(licences: list[Licence]) -> dict[str, set[str]]:
    """By the name of each component that is here to run briefgen, what it needs in turn.

    What briefgen itself asks for is read in pyproject.toml: an environment may be older.
    """
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    ours = {requirement(said)[0] for said in project["dependencies"]}
    asks: dict[str, set[str]] = {one.component.name: set() for one in licences}
    for one in licences:
        component = one.component
        if component.kind == "font" or normal_name(component.name) in ours:
            asks["briefgen"].add(component.name)
        if component.inside:
            asks[component.inside].add(component.name)
        for by, _ in one.asked:
            if by != "briefgen":
                asks[by].add(component.name)
    found: dict[str, set[str]] = {}
    waiting = ["briefgen"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = asks[name]
            waiting += asks[name]
    return found


def as_component(one: Licence) -> Component:
    """A component as CycloneDX has it."""
    about = one.component
    version = __version__ if about.name == "briefgen" else one.version or None
    reference = f"{normal_name(about.name)}@{version}" if version else normal_name(about.name)
    made = Component(
        name=about.name,
        version=version,
        type=ComponentType.APPLICATION if about.name == "briefgen" else TYPES[about.kind],
        bom_ref=reference.replace(" ", "-"),
        description=about.note or None,
        licenses=[LICENCES.make_from_string(about.licence)],
    )
    if about.kind == "package" and about.name != "briefgen":
        made.purl = PackageURL("pypi", name=normal_name(about.name), version=version)
    if one.home:
        made.external_references.add(
            ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(one.home))
        )
    return made


def bill() -> str:
    """The bill as JSON, valid against the schema of CycloneDX 1.6."""
    licences = installed_licences()
    needs = needed(licences)
    made = {
        one.component.name: as_component(one)
        for one in licences
        if one.component.name in needs
        and (one.version or one.component.inside or one.component.name == "briefgen")
    }
    bom = Bom(components=[one for name, one in made.items() if name != "briefgen"])
    bom.metadata.component = made["briefgen"]
    for name, component in made.items():
        bom.register_dependency(component, [made[one] for one in needs[name] if one in made])
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    bom.metadata.timestamp = (
        datetime.fromtimestamp(int(moment), UTC) if moment.isdecimal() else None
    )
    said = "\n".join(sorted(f"{one.bom_ref.value}" for one in made.values()))
    bom.serial_number = uuid5(NAMESPACE_URL, said)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise SystemExit(f"error: not valid CycloneDX 1.6: {fault}")
    return text + "\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="the file to write")
    out = parser.parse_args().out
    text = bill()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SystemExit(f"error: cannot write {out}: {error.strerror}") from None
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
