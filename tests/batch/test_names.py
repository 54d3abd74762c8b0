"""Names that name one file in one folder, on every system."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.batch.names import as_name, fault_of_name, same_file


@pytest.mark.parametrize(
    "name",
    ["energy", "energy-2011", "Énergie", "энергия", "عربي", "v1.2", "a b", "console", "com10"],
)
def test_good_names(name: str) -> None:
    assert fault_of_name(name) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("../energy", "'/'"),
        ("a/b", "'/'"),
        ("a\\b", "'\\\\'"),
        ("c:energy", "':'"),
        ("what?", "'?'"),
        ("..", "dot"),
        (".hidden", "dot"),
        ("~root", "tilde"),
        (" energy", "blank"),
        ("energy ", "blank"),
        ("a\u202eb", "cannot be seen"),
        ("a\tb", "cannot be seen"),
        ("con", "reserved"),
        ("Aux", "reserved"),
        ("nul.2011", "reserved"),
        ("LPT1", "reserved"),
        ("com¹", "reserved"),
        ("CONIN$", "reserved"),
        ("x" * 201, "too long"),
        ("я" * 101, "too long"),
    ],
)
def test_names_that_are_refused(name: str, said: str) -> None:
    fault = fault_of_name(name)
    assert fault is not None
    assert said in fault[0]


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=220))
def test_a_good_name_stays_in_its_folder_everywhere(name: str) -> None:
    if fault_of_name(name) is not None:
        return
    file = f"{name}.docx"
    assert Path("out", file).resolve().parent == Path("out").resolve()
    assert Path(file).name == file
    windows = PureWindowsPath("C:\\out") / file
    assert windows.parent == PureWindowsPath("C:\\out")
    assert not windows.is_reserved()
    assert len(file.encode()) <= 255


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("energy", "Energy", True),
        ("é", "e\u0301", True),
        ("É", "e\u0301", True),
        ("straße", "STRASSE", True),
        ("energy", "energy2", False),
        ("е", "e", False),  # Cyrillic and Latin
    ],
)
def test_names_that_some_system_takes_for_one(one: str, other: str, same: bool) -> None:
    assert (same_file(one) == same_file(other)) is same


def test_names_are_composed_as_people_type_them() -> None:
    assert as_name("e\u0301nergie") == "énergie"
