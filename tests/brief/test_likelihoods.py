"""What a judgement's words say of likelihood, and whether they contradict it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.brief.judging.contradictions import contradictions
from briefgen.brief.judging.likelihoods import likelihoods_in, says
from briefgen.brief.judging.terms import confidence_fault, likelihood_fault
from briefgen.standards.files import load_scale
from briefgen.standards.scale import Scale

ICD, PHIA = load_scale("icd203"), load_scale("phia")


def said(text: str, scale: Scale = ICD) -> list[str]:
    """Each likelihood with a mark: `!` surely the text's own, `?` perhaps, `-` not."""
    marks = {"own": "!", "unsure": "?", "aside": "-"}
    return [
        f"{one.said}{'?' if one.describes else marks[one.voice]}"
        for one in likelihoods_in(text, scale)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pakistan will probably buy more crude.", ["probably!"]),
        ("It is highly improbable that they sign.", ["highly improbable!"]),
        ("There is a roughly\neven chance of it.", ["roughly even chance!"]),
        ("Pakistan is likely to buy but unlikely to sign.", ["likely!", "unlikely!"]),
        # quotations, code and citations are not the author's
        ("Lavrov called it “very likely”.", []),
        ('He said: "it is unlikely".', []),
        ("It is ‘unlikely’, they say, and ‘it’s remote’.", []),
        ("It's unlikely, isn't it?", ["unlikely!"]),
        ("Sold [@likely-sale, p. 3] and `probably`.", []),
        # clauses that hang on another
        ("If oil falls, which is unlikely, they will probably buy.", ["unlikely-", "probably!"]),
        ("Because sanctions will probably stay, buying is unlikely.", ["probably-", "unlikely!"]),
        ("They will probably buy because sanctions are unlikely to bite.", ["probably!", "unlikely-"]),
        ("Moscow, whose sale is improbable, will likely wait.", ["improbable-", "likely!"]),
        ("They will buy (if it is likely to rain).", ["likely-"]),
        ("If Gen. Munir is likely to go, they will probably sign.", ["likely-", "probably!"]),
        # where signs do not settle it
        ("If prices fall they will probably buy.", ["probably?"]),
        ("If oil, gas and coal probably fall, they are unlikely to buy.", ["probably?", "unlikely!"]),
        ("The buyer who is likely to pay will probably leave.", ["likely-", "probably?"]),
        ("While a deal is unlikely, talks will probably go on.", ["unlikely?", "probably!"]),
        ("Moscow says it will probably sell.", ["probably?"]),
        ("They refuse a price that is probably low.", ["probably?"]),
        ("The likely next step is a contract.", ["likely?"]),
        ("Troops stay in remote areas.", ["remote?"]),
        # and where it is the judgement itself
        ("We judge that Moscow will probably sell.", ["probably!"]),
        ("It is clear that they will probably sell.", ["probably!"]),
        ("Since 2011 Moscow has probably sold arms.", ["probably!"]),
        ("Before the next visit they will probably sign.", ["probably!"]),
        # words that change a term
        ("A coup is not likely.", ["not likely?"]),
        ("A coup isn’t likely.", ["isn’t likely?"]),
        ("It is more likely than not that they sign.", ["more likely?"]),
        ("Drones are more likely than missiles.", []),
        # no terms at all
        ("The likelihood of remoteness is a matter of probability; it is likely-looking.", []),
    ],
)  # fmt: skip
def test_likelihoods_in_a_text(text: str, found: list[str]) -> None:
    assert said(text) == found


def test_each_scale_has_its_own_terms() -> None:
    assert said("A remote chance, and very likely.", PHIA) == ["remote chance!", "very likely?"]
    assert said("A realistic possibility.", PHIA) == ["realistic possibility!"]
    assert said("A realistic possibility.") == []


@pytest.mark.parametrize(
    ("text", "likelihood", "does"),
    [
        ("It is likely that they buy.", "likely", True),
        ("They will probably buy.", "likely", True),  # the band's other term
        ("They will buy.", "likely", False),
        ("Officials call it “likely”.", "likely", False),
        ("The likely buyer is China.", "likely", False),
        ("It is not likely.", "likely", False),
        ("The chance of a sale is remote.", "remote", True),
        ("It is very likely.", "likely", False),
    ],
)
def test_whether_the_text_says_it_itself(text: str, likelihood: str, does: bool) -> None:
    found = ICD.find(likelihood)
    assert found is not None
    assert says(found[0], text, ICD) is does


@pytest.mark.parametrize(
    ("text", "likelihood", "told"),
    [
        ("They will probably buy.", "likely", []),
        ("They will buy.", "remote", []),
        ("They will probably buy.", "remote", ["error: 'remote' (1–5%) says 'probably' (55–80%)"]),
        ("They are likely to buy but unlikely to sign.", "likely",
         ["error: 'likely' (55–80%) says 'unlikely' (20–45%)"]),
        ("They will buy if it is unlikely to rain.", "likely", []),
        ("The likely buyer will wait.", "unlikely",
         ["warning: 'unlikely' (20–45%) speaks of 'likely' (55–80%)"]),
        ("If it rains they will probably buy.", "remote",
         ["warning: 'remote' (1–5%) speaks of 'probably' (55–80%)"]),
        ("It is not likely.", "likely",
         ["warning: 'likely' says 'not likely', which is no term of ICD 203"]),
        ("It will probably rain. Floods are unlikely, and fires are unlikely.", "likely",
         ["error: 'likely' (55–80%) says 'unlikely' (20–45%)"]),
        ("They will probably buy.", "no term", []),
        ("They will probably buy.", "", []),
    ],
)  # fmt: skip
def test_contradictions(text: str, likelihood: str, told: list[str]) -> None:
    found = contradictions(text, likelihood, ICD)
    assert [
        f"{one.severity}: {one.message.removeprefix('a judgement that is ')}" for one in found
    ] == told
    assert all(one.hint for one in found)


@given(
    st.text(st.sampled_from("likely un very that if, which. “”\"'‘’()—;:not remote\n"), max_size=60)
)
def test_any_text_can_be_looked_through(text: str) -> None:
    for likelihood in ("likely", "remote"):
        contradictions(text, likelihood, ICD)
    assert contradictions(f"“{text.replace('”', '')}”", "remote", ICD) == ()


@pytest.mark.parametrize(
    ("likelihood", "scale", "message", "hint"),
    [
        ("likely", PHIA, "", ""),
        ("roughly even chance", PHIA, "likelihood 'roughly even chance' is no term of PHIA Probability Yardstick",
         "in ICD 203 it means 45–55%; here that is among: realistic possibility (40–50%)"),
        ("very likely", PHIA, "likelihood 'very likely' is no term of PHIA Probability Yardstick",
         "in ICD 203 it means 80–95%; here that is among: highly likely (80–90%)"),
        ("realistic possibility", ICD, "likelihood 'realistic possibility' is no term of ICD 203",
         ("in PHIA Probability Yardstick it means 40–50%; here that is among: unlikely or improbable "
          "(20–45%); roughly even chance or roughly even odds (45–55%)")),
        ("improbable", PHIA, "likelihood 'improbable' is no term of PHIA Probability Yardstick",
         "in ICD 203 it means 20–45%; here that is among: unlikely (25–35%); realistic possibility (40–50%)"),
        ("likley", ICD, "likelihood 'likley' is no term of ICD 203", "did you mean 'likely'?"),
        ("xyz", PHIA, "likelihood 'xyz' is no term of PHIA Probability Yardstick",
         ("they are remote chance, highly unlikely, unlikely, realistic possibility, likely, probable, "
          "highly likely, almost certain")),
    ],
)  # fmt: skip
def test_a_term_of_another_scale_is_never_taken_for_one(
    likelihood: str, scale: Scale, message: str, hint: str
) -> None:
    assert likelihood_fault(likelihood, scale) == (message, hint)


def test_a_confidence_outside_the_scale() -> None:
    assert confidence_fault("high", PHIA) == ("", "")
    assert confidence_fault("fair", ICD) == (
        "confidence 'fair' is no grade of ICD 203", "they are low, moderate, high",
    )  # fmt: skip
