"""Names as people type them into a form, and as files have them."""

from __future__ import annotations

import pytest

from briefgen.gui.view_models.typed_values import names_as_typed, typed_names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Farwa, Ume", [{"family": "Farwa", "given": "Ume"}]),
        (
            "Statistics Office; Doe, Jo",
            [{"literal": "Statistics Office"}, {"family": "Doe", "given": "Jo"}],
        ),
        (" ; ", []),
    ],
)
def test_names_as_people_type_them(typed: str, names: list[dict[str, str]]) -> None:
    assert typed_names(typed) == names
    assert typed_names(names_as_typed(names) or "") == names


def test_names_with_more_to_them_are_not_squeezed_into_a_line() -> None:
    assert names_as_typed([{"family": "Gogh", "non-dropping-particle": "van"}]) is None
    assert names_as_typed([{"literal": "Doe; Sons"}]) is None
    assert names_as_typed("Statistics Office") == "Statistics Office"
