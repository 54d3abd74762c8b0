"""What a careful reader asks of a passage: each rule with a sentence that keeps it and one that
does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brief.conftest import BASE, fact
from briefgen.brief.acts import furthest_act
from briefgen.brief.passages.checks import Reviewer
from briefgen.brief.passages.numbers import months_in, numbers_in
from briefgen.brief.passages.voices import Voices
from briefgen.dates import parse_edtf
from briefgen.facts.cited_facts import cited_facts
from briefgen.facts.model import Fact, Figure, Passage

FACTS = {
    one.id: one
    for one in (
        fact("visit", "General Ann Smith, Arcadia's army chief, visited Borduria.",
             date="2011-05-17", actors=("smith", "arcadia")),
        fact("talks", "The two discussed possible joint exercises.", date="2011-05"),
        fact("deal", "Arcadia and Borduria agreed to build a power station of 600 MW.",
             kind="agreement", date="2012"),
        fact("memo", "A memorandum on gas.", kind="agreement", date="2012"),
        fact("ship", "A first shipment of crude oil reached Arcadia.", date="2023-06",
             detail="The rest was not delivered.",
             figures=(Figure("oil", 45000, "tonnes", "reported"),
                      Figure("ordered", 100000, "tonnes", "planned"))),
        fact("trade", "Trade came to about USD 760 million in eleven months.", kind="figure",
             date="2022-07/2023-05",
             figures=(Figure("trade", 760.5, "USD million", "reported", qualifier="about"),)),
        fact("loan", "At least USD 2 billion were lent in the 1970s.", kind="background", date="197X"),
        fact("promise", "Arcadia could gain from potential pipelines.", kind="assessment",
             date="2023", attribution="Jo Doe"),
        fact("wish", "The ministry wants closer ties.", kind="position", date="2013",
             attribution="the Bordurian ministry", source="s2"),
    )
}  # fmt: skip


def asked(text: str, facts: dict[str, Fact] = FACTS, base=BASE) -> list[str]:
    """What is asked, without the clause that it is asked of."""
    passage = Passage("p", text, cited_facts(text))
    found = Reviewer(base).warnings(passage, facts, {})
    return [one.partition("” ")[2].partition("; ")[0] or one.partition("; ")[0] for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Arcadia's army chief visited Borduria on 17 May 2011 [@visit] and discussed exercises [@talks].",
        "General Smith came in May 2011 [@visit]; she discussed exercises [@talks] and training [@talks].",
        "In 2012 the two agreed on a power station of 600 MW [@deal] and on gas [@memo].",
        "The first oil, 45,000 tonnes of a planned 100,000, came in June 2023 [@ship], when trade had reached about 760 million dollars [@trade].",
        "None of the rest [@ship] was in that total of about USD 760.5 million in 2023 [@trade].",
        "At least 2 billion dollars were lent in the 1970s [@loan]; trade in 2023 was about 760 million [@trade].",
        "Doe thinks that Arcadia could gain in 2023 [@promise], as the ministry wants [@wish].",
        "In 2013 Borduria said that it wants closer ties [@wish]; potential pipelines would help, Jo Doe argues [@promise].",
        "The *Gazette* tells of a wish for closer ties in 2013 [@wish] and Doe of potential gains [@promise].",
    ],
)  # fmt: skip
def test_what_its_facts_say_is_not_asked(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        # a figure, date, name or office that no fact of the clause has
        ("In May 2011 she came [@visit] and spent 30 hours on exercises [@talks].",
         ["has the number 30, which no fact of this clause states"]),
        ("She came in 2011 [@visit] and they talked in 2014 of possible exercises [@talks].",
         ["has the year 2014, which no fact of this clause states"]),
        ("She came in May 2011 [@visit] and in June they discussed exercises [@talks].",
         ["has June, which no fact of this clause states"]),
        ("In May 2011 Ann Smith [@visit] and Tapioca discussed exercises [@talks].",
         ["names Tapioca, which no fact of this clause names"]),
        ("In May 2011 a visit [@visit]. Arcadia discussed exercises [@talks].",
         ["names Arcadia, which no fact of this clause names"]),
        ("In May 2011 the president came [@visit] and discussed exercises [@talks].",
         ["gives the office “president”, which no fact of this clause gives"]),
        ("Lent in the 1980s [@loan] and grown to 760 thousand in 2023 [@trade].",
         ["has the 1980s, which no fact of this clause states",
          "has the number 760 thousand, which no fact of this clause states"]),
        # an act that is stronger than those of its facts
        ("In May 2011 she came [@visit] and they agreed on exercises [@talks].",
         ["says “agreed”, and the strongest act of its facts is “discussed”"]),
        ("In 2012 a station of 600 MW was built [@deal] and gas delivered [@memo].",
         ["says “built”, and the strongest act of its facts is “agreed”",
          "says “delivered”, and the strongest act of its facts is “agreed”"]),
        ("Oil came in June 2023 [@ship]; about 760 million dollars were paid for it [@trade].",
         ["says “paid for”, and none of its facts tells such an act"]),
        # a position or an assessment without its voice
        ("In 2013 it wants closer ties [@wish] and could gain [@promise].",
         ["tells a position without its voice", "tells an assessment without its voice"]),
        ("Borduria has closer ties in 2013 [@wish], and there are potential gains, says Doe [@promise].",
         ["tells a position without its voice"]),
        # a negation, "first", "only" or "all" that is not theirs
        ("In May 2011 she did not come [@visit] and never discussed exercises [@talks].",
         ["has a negation, which no fact of this clause has",
          "has a negation, which no fact of this clause has"]),
        ("In May 2011 came the first visit [@visit] and only exercises were discussed [@talks].",
         ["has “first”, which no fact of this clause has",
          "has “only”, which no fact of this clause has"]),
        ("In May 2011 she came [@visit] and discussed all exercises [@talks].",
         ["has “all”, which no fact of this clause has"]),
        # a lost "about", "at least", "potential" or "planned"
        ("In 2023 trade came to 760 million dollars [@trade] and 100,000 tonnes of oil [@ship].",
         ["has lost the “about” of 760 million", "has lost the “planned” of 100,000"]),
        ("2 billion dollars were lent in the 1970s [@loan], about 760 million traded [@trade].",
         ["has lost the “at least” of 2 billion"]),
        ("In 2023 there is gain from pipelines, writes Doe [@promise], and joint exercises [@talks].",
         ["has lost the “potential” of 'promise'", "has lost the “potential” of 'talks'"]),
        # the whole
        ("She came [@visit] and discussed exercises [@talks].",
         ["it does not say when: none of its years is that of a fact"]),
        ("It was May 2011. She came. They met [@visit]. They discussed exercises [@talks].",
         ["it has 4 sentences"]),
    ],
)  # fmt: skip
def test_what_no_fact_says_is_asked(text: str, questions: list[str]) -> None:
    assert asked(text) == questions


def test_a_question_names_the_clause_and_what_to_do() -> None:
    text = "In May 2011 she came to Borduria [@visit], and exercises were agreed [@talks]."
    (told,) = Reviewer(BASE).warnings(Passage("p", text, cited_facts(text)), FACTS, {})
    assert told == (
        "“and exercises were agreed.” says “agreed”, and the strongest act of its facts is "
        "“discussed”; use the word of the fact"
    )


def test_of_another_language_numbers_alone_are_asked() -> None:
    base = replace(BASE, language="fr")
    text = "En 2011 première visite de Tapioca [@visit], tout signé: 30 pages [@talks]."
    assert asked(text, base=base) == ["has the number 30, which no fact of this clause states"]


def test_a_dispute_within_needs_both_voices() -> None:
    facts = {
        "a": fact("a", "Cooperation began in 2014.", attribution="Jo Doe", date="2014"),
        "b": fact("b", "Cooperation was under way in 2013.", date="2013", source="s2"),
    }
    disputes = {"a": ("b",), "b": ("a",)}
    silent = "Cooperation began in 2014 [@a] or was under way in 2013 [@b]."
    voiced = "Doe has cooperation begin in 2014 [@a]; the Gazette had it under way in 2013 [@b]."
    reviewer = Reviewer(BASE)
    assert reviewer.silent_voices(Passage("p", silent, ("a", "b")), facts, disputes) == ("a", "b")
    assert reviewer.warnings(Passage("p", silent, ("a", "b")), facts, disputes) == (
        "it does not name the voice of 'a', which is in dispute, so its facts are printed one by one; say who says so",
        "it does not name the voice of 'b', which is in dispute, so its facts are printed one by one; say who says so",
    )
    assert reviewer.silent_voices(Passage("p", voiced, ("a", "b")), facts, disputes) == ()
    assert reviewer.warnings(Passage("p", voiced, ("a", "b")), facts, disputes) == ()


# --- what it is made of --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("US$500 million and €2.5bn", {"US$500 million": 5e8, "€2.5bn": 2.5e9}),
        ("45,000 tonnes, four Mi-35 and two ships", {"45,000": 45000, "four": 4, "two": 2}),
        ("the two countries; one of them; the second", {}),
        ("the third round, the 21st of twenty-one", {"third": 3, "21": 21, "twenty-one": 21}),
        ("in the 1970s and mid-2023, 2014–2017",
         {"1970s": 1970, "2023": 2023, "2014": 2014, "2017": 2017}),
        ("12.5 per cent. Then 3.", {"12.5": 12.5, "3": 3}),
    ],
)  # fmt: skip
def test_numbers(text: str, said: dict[str, float]) -> None:
    assert {number.words: number.value for number in numbers_in(text)} == said


def test_months_are_told_from_words_that_look_like_them() -> None:
    assert months_in("It may march in May 2011, in March and on 3 June") == {3, 5, 6}
    assert months_in("It may. They march.") == set()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("They discussed it.", (1, "discussed")),
        ("They agreed to sign it.", (2, "agreed")),
        ("It came to Moscow and signed.", (3, "signed")),
        ("It was never signed, and is to be delivered.", (0, "")),
        ("No arms were delivered; talks were held.", (1, "talks")),
        ("It would have been bought.", (0, "")),
    ],
)
def test_an_act_that_did_not_come_about_is_none(text: str, act: tuple[int, str]) -> None:
    assert furthest_act(text) == act


@pytest.mark.parametrize(
    ("who", "text", "named"),
    [
        ("Jo Example, Minister of Commerce", "Jo Example expects more", True),
        ("Jo Example, Minister of Commerce", "the minister expects more", False),
        ("an unnamed diplomatic source", "a source said so", True),
        ("an unnamed diplomatic source", "the source of the river", False),
        ("an unnamed diplomatic source", "it is so", False),
        ("the Bordurian government", "Borduria's army came", False),
        ("the Bordurian government", "the Bordurian government came", False),
        ("the Bordurian government", "the Bordurian government wanted it", True),
        ("", "Doe tells of it", True),
        ("", "it is so", False),
    ],
)
def test_voices(who: str, text: str, named: bool) -> None:
    said = fact("x", attribution=who, date="2012", actors=())
    assert Voices(BASE).named_in(text, said) is named


def test_dates_of_when_it_was_said_may_be_told() -> None:
    facts = {
        "a": fact("a", "Ties were good.", date="", said=parse_edtf("2013-08")),
        "b": fact("b", "Ties were close.", date=""),
    }
    assert asked("As reported in August 2013, ties were good [@a] and close [@b].", facts) == []


def test_an_office_that_is_called_first_is_no_first_time() -> None:
    facts = {
        id_: fact(id_, f"{id_.title()} is wanted.", kind="position", date="2013",
                  attribution="Jo Doe, first secretary of the embassy")
        for id_ in ("gas", "oil")
    }  # fmt: skip
    assert asked("In 2013 Doe, first secretary, wanted gas [@gas] and oil [@oil].", facts) == []
