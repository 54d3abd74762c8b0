"""A fact survives its JSON text unchanged."""

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.errors import Origin
from briefgen.facts.codec import fact_from_json, to_json
from briefgen.facts.model import (
    BASES,
    CSL_LOCATOR_LABELS,
    DATE_MEANINGS,
    FACT_KINDS,
    FACT_STATUSES,
    QUALIFIERS,
    Citation,
    Fact,
    Figure,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,6}", fullmatch=True)
id_lists = st.lists(ids, max_size=3).map(tuple)
dates = st.none() | st.sampled_from(
    ["2013", "2012~", "201X", "2013/..", "../2014", "../..", "Y170000002", "-0043-03-15"]
).map(parse_edtf)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
cites = st.builds(
    Citation,
    ids,
    st.lists(st.tuples(st.sampled_from(CSL_LOCATOR_LABELS), texts), max_size=2).map(tuple),
    texts,
)
figures = st.builds(
    Figure,
    ids,
    numbers,
    texts,
    st.sampled_from(BASES),
    st.none() | numbers,
    dates,
    st.none() | st.sampled_from(QUALIFIERS),
)
facts = st.builds(
    Fact,
    id=ids,
    topics=id_lists,
    kind=st.sampled_from(FACT_KINDS),
    statement=texts,
    cites=st.lists(cites, max_size=3).map(tuple),
    date=dates,
    date_note=texts,
    date_is=st.none() | st.sampled_from(DATE_MEANINGS),
    said=dates,
    actors=id_lists,
    detail=texts,
    attribution=texts,
    figures=st.lists(figures, max_size=2).map(tuple),
    credibility=st.none() | st.integers(1, 6),
    key=st.booleans(),
    status=st.sampled_from(FACT_STATUSES),
    status_note=texts,
    supersedes=id_lists,
    disputes=id_lists,
    marking=texts,
    recorded=texts,
    checked=texts,
    recorded_by=texts,
    checked_by=texts,
    origin=st.builds(Origin, texts, st.none() | st.integers(1), st.none() | st.integers(1)),
)


@settings(deadline=None, max_examples=80)
@given(facts)
def test_there_and_back(fact: Fact) -> None:
    back = fact_from_json(to_json(fact))
    assert back == fact
    assert back.origin == fact.origin  # not part of equality
    assert repr(back) == repr(fact)  # 1 stays 1 and 1.0 stays 1.0


def test_the_path_can_be_replaced() -> None:
    fact = Fact("x", ("t",), "event", "s", (), origin=Origin("old.yaml", 3, 1))
    assert fact_from_json(to_json(fact), "new.yaml").origin == Origin("new.yaml", 3, 1)
