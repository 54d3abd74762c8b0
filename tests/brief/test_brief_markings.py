"""The marking of a brief, what is printed behind it, and errors that never propose a lower one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from brief.conftest import BASE, Draft, fact
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Source
from briefgen.standards.files import shipped_scheme
from briefgen.standards.markings import MarkingScheme

TEMPLATE = "sections: [{id: s, heading: S, show: bullets}]"


def base_with(scheme: MarkingScheme, marking: str = "") -> Base:
    """The base with another scheme; its source s1 carries `marking`."""
    source = Source("s1", {"type": "book", "title": "One"}, marking=marking)
    return replace(BASE, markings=scheme, sources={"s1": source})


UK = shipped_scheme("uk-gscp")


@pytest.mark.parametrize(
    ("scheme", "material", "asked", "line"),
    [
        (UK, "", "UK OFFICIAL", "UK OFFICIAL - COMMERCIAL - UK EYES ONLY"),
        (UK, "UK OFFICIAL", "OFFICIAL", "OFFICIAL - COMMERCIAL - UK EYES ONLY"),
        (UK, "UK SECRET", None, "UK SECRET - COMMERCIAL - UK EYES ONLY"),
        (UK, "SECRET", "UK TOP SECRET", "UK TOP SECRET - COMMERCIAL - UK EYES ONLY"),
        (shipped_scheme("tlp"), "AMBER", None, "TLP:AMBER - COMMERCIAL - UK EYES ONLY"),
        (shipped_scheme("tlp"), "AMBER", "RED", "TLP:RED - COMMERCIAL - UK EYES ONLY"),
        (MarkingScheme(), "", "OUR OWN", "OUR OWN - COMMERCIAL - UK EYES ONLY"),
    ],
)
def test_marking_and_handling(
    draft: Draft, scheme: MarkingScheme, material: str, asked: str | None, line: str
) -> None:
    base = base_with(scheme, material)
    handling = ("COMMERCIAL", "UK EYES ONLY")
    made = draft([fact("a")], TEMPLATE, base=base, marking=asked, handling=handling)
    assert made.brief.marking_line == line


@pytest.mark.parametrize(
    ("scheme", "material", "spec", "says"),
    [
        (UK, "SECRET", {"marking": "OFFICIAL"},
         "marking 'OFFICIAL' is lower than 'SECRET', which source 's1' carries; write marking: SECRET or TOP SECRET"),
        (UK, "UK SECRET", {"marking": "UK OFFICIAL"},
         ("marking 'UK OFFICIAL' is lower than 'UK SECRET', which source 's1' carries; write marking: UK SECRET or "
         "TOP SECRET")),
        (UK, "TOP SECRET", {"marking": "SECRET"},
         "marking 'SECRET' is lower than 'TOP SECRET', which source 's1' carries; write marking: TOP SECRET"),
        # near, but lower than the material: not proposed
        (UK, "SECRET", {"marking": "OFICIAL"},
         "marking 'OFICIAL' is not one of the base's; add it to markings in base.yaml, in its place among them"),
        (UK, "", {"marking": "OFICIAL"}, "marking 'OFICIAL' is not one of the base's; did you mean 'OFFICIAL'?"),
        (UK, "OFFICIAL-SENSITIVE", {"marking": "TOP SECRT"},
         "marking 'TOP SECRT' is not one of the base's; did you mean 'TOP SECRET'?"),
        (MarkingScheme(("OPEN", "CLOSED")), "", {"marking": "MOST SECRET"},
         "marking 'MOST SECRET' is not one of the base's; add it to markings in base.yaml, in its place among them"),
        (UK, "", {"handling": ("COMMERCIAL",)},
         "handling (COMMERCIAL) without a marking; add marking: OFFICIAL or OFFICIAL-SENSITIVE or SECRET or TOP SECRET"),
        (MarkingScheme(), "", {"handling": ("A", "B")},
         "handling (A, B) without a marking; add marking: and what it is"),
    ],
)  # fmt: skip
def test_errors_never_propose_a_lower_marking(
    draft: Draft, scheme: MarkingScheme, material: str, spec: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        draft([fact("a")], TEMPLATE, base=base_with(scheme, material), **spec)
    assert str(caught.value) == says
