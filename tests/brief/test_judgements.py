"""Judgements as they are printed: likelihood, then confidence and why, and the scale's key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from brief.conftest import BASE, Draft, fact
from brief.printed import section
from briefgen.brief.model import Paragraph
from briefgen.brief.spec.model import Judgement
from briefgen.brief.spec.reader import parse_spec
from briefgen.errors import InputError

TEMPLATE = "sections: [{id: s, heading: S, show: judgements}]"


def printed(draft: Draft, *judgements: Judgement, **spec: Any) -> list[str]:
    made = draft([fact("a"), fact("b", source="s2")], TEMPLATE, judgements=judgements, **spec)
    return section(made.brief, "s")


def without_key(draft: Draft, text: str, **values: Any) -> str:
    judgement = Judgement(text, **({"basis": ("a",)} | values))
    return printed(draft, judgement)[0]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "Trade will grow.[s1:3]"),
        ({"likelihood": "likely"}, "Trade will grow.[s1:3] This is likely."),
        ({"likelihood": "remote"}, "Trade will grow.[s1:3] The chance of this is remote."),
        ({"likelihood": "almost no chance"}, "Trade will grow.[s1:3] There is almost no chance of this."),
        ({"confidence": "low"}, "Trade will grow.[s1:3] Our confidence is low."),
        ({"confidence": "low", "because": "we have one source"},
         "Trade will grow.[s1:3] Our confidence is low: we have one source."),
        ({"confidence": "low", "because": "Because we have one source [@b]."},
         "Trade will grow.[s1:3] Our confidence is low: we have one source[s2:3]."),
        ({"because": "we have a treaty"}, "Trade will grow.[s1:3] We say so because we have a treaty."),
        ({"assumes": "that sanctions stay."}, "Trade will grow.[s1:3] We assume that sanctions stay."),
        ({"would_change": "a published *contract*"},
         "Trade will grow.[s1:3] A published contract would change our view."),
        ({"would_change": "If a contract is published."},
         "Trade will grow.[s1:3] Our view would change if a contract is published."),
        ({"would_change": "a contract would change that."}, "Trade will grow.[s1:3] A contract would change that."),
        ({"likelihood": "likely", "confidence": "high", "because": "we saw it", "assumes": "all goes on",
          "would_change": "A denial"},
         ("Trade will grow.[s1:3] This is likely. Our confidence is high: we saw it. We assume that all goes "
         "on. A denial would change our view.")),
    ],
)  # fmt: skip
def test_what_stands_behind_a_judgement(draft: Draft, values: dict[str, Any], line: str) -> None:
    assert without_key(draft, "Trade will grow.", **values) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Trade will grow", "Trade will grow.[s1:3]"),
        ("Will trade grow?", "Will trade grow?[s1:3]"),
        ("They call it “growth.”", "They call it “growth.”[s1:3]"),
        ("Trade will *grow*", "Trade will grow.[s1:3]"),
        ("*Trade will grow.*", "Trade will grow.[s1:3]"),
        ("Trade will grow [@b]", "Trade will grow[s2:3].[s1:3]"),
        ("Trade will grow. [@b]", "Trade will grow.[s2:3][s1:3]"),
    ],
)
def test_a_judgement_ends_with_a_full_stop(draft: Draft, text: str, line: str) -> None:
    assert without_key(draft, text) == line


def test_the_likelihood_is_not_said_twice(draft: Draft) -> None:
    line = without_key(draft, "Trade will probably grow.", likelihood="likely")
    assert line == "Trade will probably grow.[s1:3]"
    line = without_key(draft, "Trade will grow, “probably”.", likelihood="likely")
    assert line.endswith("This is likely.")


def test_the_key_stands_once_below_and_tells_of_what_is_used(draft: Draft) -> None:
    both = Judgement("A.", "likely", "low", ("a",))
    second = Judgement("B.", "unlikely", "", ("a",))
    *_, key = printed(draft, both, second, scale="phia")
    assert key == (
        "What the words mean (PHIA Probability Yardstick, 2025): unlikely 25–35%; likely or "
        "probable 55–75%. Figures are approximate, and the gaps between them are meant. Analytical "
        "confidence (low, moderate or high) says how sound evidence and reasoning are."
    )
    *_, key = printed(draft, Judgement("A.", "", "low", ("a",)))
    assert key.startswith("Confidence (low, moderate or high) says how sound")
    assert printed(draft, Judgement("A.", basis=("a",))) == ["A.[s1:3]"]


def test_the_key_is_small_print(draft: Draft) -> None:
    judgement = Judgement("A.", "likely", "low", ("a",))
    brief = draft([fact("a")], TEMPLATE, judgements=(judgement,)).brief
    last = brief.sections[0].blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.role == "small"


def test_the_briefs_scale_comes_before_the_bases(draft: Draft, tmp_path: Path) -> None:
    judgement = Judgement("A.", "", "low", ("a",))
    on_phia = replace(BASE, scale="phia")
    assert "Our confidence is low." in printed(draft, judgement)[0]
    assert "Our analytical confidence is low." in printed(draft, judgement, base=on_phia)[0]
    assert "Our confidence is low." in printed(draft, judgement, base=on_phia, scale="icd203")[0]

    (tmp_path / "house.yaml").write_text(
        "format: 1\nlabel: Own\ndocument: D\ndate: 2026\n"
        "likelihood: [{from: 0, to: 100, terms: [open]}]\nconfidence: {called: trust, terms: [low]}\n"
    )
    on_own = replace(BASE, folder=str(tmp_path), scale="house.yaml")
    line, key = printed(draft, replace(judgement, likelihood="open"), base=on_own)
    assert line == "A.[s1:3] Likelihood: open. Our trust is low."
    assert key.startswith("What the words mean (Own, 2026): open 0–100%. Trust (low) says")


BRIEF = """format: 1
scale: %s
judgements:
- text: %s
  likelihood: %s
  confidence: low
  basis: [a]
"""


@pytest.mark.parametrize(
    ("scale", "text", "likelihood", "says"),
    [
        ("phia", "A.", "very likely",
         ("x.yaml:5:15: likelihood 'very likely' is no term of PHIA Probability Yardstick; in ICD 203 it means "
         "80–95%; here that is among: highly likely (80–90%)")),
        ("icd203", "They will probably buy.", "remote",
         ("x.yaml:4:9: a judgement that is 'remote' (1–5%) says 'probably' (55–80%); say one of the two, or "
         "make two judgements of it")),
        ("gone.yaml", "A.", "likely", "x.yaml:2:8: cannot read the scale 'gone.yaml' (there is none); correct its path"),
    ],
)  # fmt: skip
def test_faults_are_told_where_they_stand(
    draft: Draft, scale: str, text: str, likelihood: str, says: str
) -> None:
    spec = parse_spec((BRIEF % (scale, text, likelihood)).encode(), "x.yaml", Path())
    with pytest.raises(InputError) as caught:
        printed(draft, *spec.judgements, scale=spec.scale, places=spec.places)
    assert str(caught.value) == says


def test_a_scale_that_is_not_there_is_refused_without_a_judgement(draft: Draft) -> None:
    spec = parse_spec(b"format: 1\nscale: gone.yaml\n", "x.yaml", Path())
    with pytest.raises(InputError) as caught:
        draft([fact("a")], TEMPLATE, scale=spec.scale, places=spec.places)
    assert str(caught.value) == (
        "x.yaml:2:8: cannot read the scale 'gone.yaml' (there is none); correct its path"
    )


def test_what_may_contradict_is_a_warning(draft: Draft) -> None:
    judgement = Judgement("If it rains they will probably buy.", "remote", "low", ("a",))
    made = draft([fact("a")], TEMPLATE, judgements=(judgement,))
    assert made.warnings == (
        (
            "a judgement that is 'remote' (1–5%) speaks of 'probably' (55–80%); make sure that it is "
            "something else that you mean"
        ),
    )


def test_a_reason_that_speaks_of_likelihood_is_a_warning(draft: Draft) -> None:
    judgement = Judgement("A.", "", "low", ("a",), because="it is likely that the source is wrong")
    (warning,) = draft([fact("a")], TEMPLATE, judgements=(judgement,)).warnings
    assert "speaks of likelihood, “it is likely that the source is wrong”" in warning


def test_what_a_reason_cites_must_be_there(draft: Draft) -> None:
    with pytest.raises(InputError, match="nope"):
        printed(draft, Judgement("A.", "", "low", ("a",), because="so says [@nope]"))
