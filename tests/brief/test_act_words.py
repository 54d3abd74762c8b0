"""How far a thing has come, in a word that is never stronger than the statement."""

from __future__ import annotations

import pytest

from brief.conftest import Draft, fact
from brief.printed import section
from briefgen.brief.assemble.act_words import act_word


@pytest.mark.parametrize(
    ("kind", "statement", "word"),
    [
        ("agreement", "Arcadia and Borduria signed an accord.", "signed"),
        ("agreement", "They agreed that the line should be laid.", "agreed"),
        ("agreement", "They had an agreement on the pipeline.", "agreed"),
        ("agreement", "The accord entered into force.", "in force"),
        # Not done, or not yet.
        ("agreement", "The accord was to be signed in May.", "as stated"),
        ("agreement", "The accord was not yet signed.", "as stated"),
        ("agreement", "They agreed on an accord that was never signed.", "agreed"),
        ("agreement", "They agreed that the accord would be in force by May.", "agreed"),
        ("event", "Four helicopters were delivered.", "delivered"),
        ("event", "No helicopter was delivered.", "as stated"),
        ("event", "The helicopters might have been delivered.", "as stated"),
        ("event", "On a visit to Borduria the minister signed the accord.", "signed"),
        ("event", "It rained.", "happened"),
        ("plan", "Borduria offered ten helicopters that would be delivered.", "offered"),
        ("plan", "Arcadia might buy some.", "planned"),
    ],
)
def test_an_act_is_never_stronger_than_the_statement(kind: str, statement: str, word: str) -> None:
    assert act_word(fact("a", statement, kind=kind)) == word


def test_a_list_of_agreements_says_that_force_is_not_recorded(draft: Draft) -> None:
    facts = [
        fact("a", "They signed an accord.", kind="agreement", date="2012"),
        fact("b", "The accord entered into force.", kind="agreement", date="2013"),
    ]
    template = (
        "sections: [{id: s, heading: S, show: table, where: {kinds: [agreement]},"
        " columns: [act, statement]}, {id: t, heading: T, show: table, columns: [act, statement]}]"
    )
    brief = draft(facts, template).brief
    assert [line.partition(" | ")[0] for line in section(brief, "s")] == [
        "Status", "signed", "in force", "In force: not recorded of the others.",
    ]  # fmt: skip
    alone = draft(facts[:1], template).brief
    assert section(alone, "s")[-1] == "In force: not recorded."
    assert [line.partition(" | ")[0] for line in section(brief, "t")] == [
        "Status", "signed", "in force",
    ]  # fmt: skip
