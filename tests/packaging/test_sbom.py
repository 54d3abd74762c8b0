"""The bill of materials: valid, whole, and the same twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from briefgen.licences.installed import installed_licences

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def make(folder: Path, name: str, **environment: str) -> bytes:
    pytest.importorskip(
        "cyclonedx", reason="cyclonedx-python-lib is not installed; make test brings it"
    )
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    out = folder / "new" / name
    done = subprocess.run(
        [sys.executable, "tools/sbom.py", str(out)],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", f"{out}\n")
    return out.read_bytes()


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make(tmp_path_factory.mktemp("bill"), "a.json", PYTHONHASHSEED="1")


@pytest.fixture(scope="module")
def read(bill: bytes) -> dict[str, Any]:
    return dict(json.loads(bill))


def test_the_same_environment_gives_the_same_bytes(bill: bytes, tmp_path: Path) -> None:
    assert make(tmp_path, "b.json", PYTHONHASHSEED="2") == bill


def test_a_moment_stands_in_it_where_one_is_said(read: dict[str, Any], tmp_path: Path) -> None:
    told = json.loads(make(tmp_path, "c.json", SOURCE_DATE_EPOCH="1763683200"))
    assert told["metadata"]["timestamp"].startswith("2025-11-21T00:00:00")
    assert "timestamp" not in read["metadata"]
    assert told["serialNumber"] == read["serialNumber"]


def test_it_is_valid(bill: bytes) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(bill.decode()) is None
    broken = json.loads(bill)
    broken["components"][0]["licenses"] = [{"license": {"id": "no licence"}}]
    assert validator.validate_str(json.dumps(broken)) is not None


def test_it_holds_what_a_run_needs_and_nothing_of_tests(read: dict[str, Any]) -> None:
    held = {one["name"]: one for one in read["components"]}
    here = {one.component.name: one for one in installed_licences()}
    for name in (
        "Pandoc",
        "Qt",
        "PDFium",
        "Citation styles",
        "Source Sans Pro",
        "Roboto",
        "MarkupSafe",
    ):
        assert held[name]["version"] == here[name].version
    assert held["Jinja2"]["purl"] == f"pkg:pypi/jinja2@{here['Jinja2'].version}"
    assert held["Pandoc"]["licenses"] == [{"license": {"id": "GPL-2.0-or-later"}}]
    assert not {"pytest", "distributed", "hypothesis", "hatchling"} & set(held)
    assert read["metadata"]["component"]["licenses"] == [
        {"expression": "MIT AND OFL-1.1 AND Apache-2.0"}
    ]


def test_it_says_what_needs_what(read: dict[str, Any]) -> None:
    references = {one["bom-ref"]: one["name"] for one in read["components"]}
    needs = {
        references.get(one["ref"], "briefgen"): {
            references[need] for need in one.get("dependsOn", ())
        }
        for one in read["dependencies"]
    }
    assert {"Jinja2", "Roboto", "pypandoc_binary"} <= needs["briefgen"]
    assert needs["pypandoc_binary"] == {"Pandoc"}
    assert needs["Jinja2"] == {"MarkupSafe"}
    waiting, reached = ["briefgen"], set()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting += needs[name] - reached
    assert reached == {"briefgen", *references.values()}
