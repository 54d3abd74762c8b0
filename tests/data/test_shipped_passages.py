"""The passages of the shipped base: what they cite, and that they add nothing to it."""

import hashlib
import json
import re
import unicodedata
from typing import Any

import pytest

from data.shipped import Record, cited, clauses, disputes, facts, passages

TELL_A_DISPUTE: set[str] = set()


def test_a_passage_joins_facts_that_there_are() -> None:
    unknown = {id: set(cited(p)) - facts().keys() for id, p in passages().items()}
    assert {id: names for id, names in unknown.items() if names} == {}
    assert [id for id, p in passages().items() if len(cited(p)) < 2] == []
    assert 15 <= len(passages()) <= 45


def test_a_fact_stands_in_so_few_passages_that_one_can_tell_which_is_printed() -> None:
    every = [id for passage in passages().values() for id in cited(passage)]
    assert {id for id in every if every.count(id) > 1} == {
        "postnikov-kayani-exercises-2011",
        "postnikov-kayani-training-2011",
        "postnikov-kayani-arms-2011",
    }


def test_a_passage_is_one_to_three_sentences_and_ends_with_its_facts() -> None:
    for id, passage in passages().items():
        assert re.search(r"\[@[^\]]+\]\.$", passage["text"]), id
        words = re.sub(r"\s*\[@[^\]]+\]", "", passage["text"])
        assert 1 <= len(re.findall(r"[.!?](?=\s+[A-Z]|$)", words)) <= 3, id
        assert len(words.split()) <= 85, id


def test_a_passage_rests_on_one_source_unless_it_tells_a_dispute() -> None:
    for id, passage in passages().items():
        sources = [{cite["source"] for cite in facts()[f]["cites"]} for f in cited(passage)]
        assert set.intersection(*sources) or id in TELL_A_DISPUTE, id


def test_a_disputed_fact_has_its_other_side_in_the_passage() -> None:
    """Else the passage would be taken apart, and its facts printed one by one."""
    for id, passage in passages().items():
        own = set(cited(passage))
        assert not [pair for pair in disputes() if len(pair & own) == 1], id
        told = [pair for pair in disputes() if pair <= own]
        assert bool(told) == (id in TELL_A_DISPUTE), id


LINKS = re.compile(
    r"(?i)\b(because|therefore|thus|hence|since then|as a result|owing to|thanks to|led to|so far|"
    r"increasingly|meanwhile|however|unlike|whereas|compared)\b"
)


def test_a_passage_adds_no_cause_trend_or_comparison() -> None:
    added = {
        id: found[0]
        for id, passage in passages().items()
        if (found := LINKS.search(" ".join(words for words, _ in clauses(passage))))
    }
    assert added == {}


def test_every_number_of_a_clause_is_a_number_of_its_facts() -> None:
    """Dates among them: a year may be the fact’s, or the year in which its source said it."""
    for id, passage in passages().items():
        for words, ids in clauses(passage):
            known = json.dumps([facts()[f] for f in ids], ensure_ascii=False)
            known += " ".join(c["source"] for f in ids for c in facts()[f]["cites"])
            for number in re.findall(r"(?<![\w.])\d[\d.,]*\d|(?<![\w.])\d", words):
                assert number in known, f"{id}: {number} is not told by {ids}"


def test_an_opinion_keeps_its_voice() -> None:
    """Whose opinion or position it is, is said in the same sentence or before it."""
    for id, passage in passages().items():
        text = passage["text"]
        for fact in (facts()[f] for f in cited(passage)):
            if fact["kind"] not in ("position", "assessment"):
                continue
            voice = fact["attribution"]
            known = [part for part in re.split(r", | as | and ", voice) if part in text]
            hearsay = "hearsay" in voice and "hearsay" in text
            assert known or hearsay or "Foreign Ministers" in text, f"{id}: {voice}"


def plain(value: Any) -> Any:
    """What is hashed of a value: white space folded, what says nothing left out."""
    if isinstance(value, dict):
        kept = {key: done for key, one in value.items() if (done := plain(one)) is not None}
        return kept or None
    if isinstance(value, list):
        return [plain(one) for one in value] or None
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split()) or None
    return value


def number(text: str) -> float | int:
    return float(text) if "." in text else int(text)


HASHED = (
    "id", "kind", "statement", "detail", "attribution", "date", "date_note", "date_is", "said",
)  # fmt: skip


def digest(fact: Record) -> str:
    """The SHA-256 of a fact as docs/formats.md has it, without any code of briefgen."""
    told: dict[str, Any] = {key: fact[key] for key in HASHED if key in fact}
    told["credibility"] = int(fact["credibility"])
    told["cites"] = fact["cites"]
    told["figures"] = [
        {key: number(text) if key in ("value", "value_to") else text for key, text in one.items()}
        for one in fact.get("figures", [])
    ]
    text = json.dumps(plain(told), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("id", sorted(passages()))
def test_a_passage_was_compared_with_its_facts_as_they_stand(id: str) -> None:
    checked = passages()[id]["checked"]
    assert checked == {name: digest(facts()[name]) for name in cited(passages()[id])}


def test_key_passages_are_made_of_key_facts() -> None:
    keys = {id: p for id, p in passages().items() if p.get("key") == "true"}
    assert keys.keys() == {
        "crude-june-2023",
        "defence-agreement-and-helicopters",
        "trade-july-may-2023",
    }
    assert [f for p in keys.values() for f in cited(p) if facts()[f].get("key") != "true"] == []
