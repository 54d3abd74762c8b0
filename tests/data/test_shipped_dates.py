"""What the dates of the shipped facts mean, and that none goes beyond what its sources know."""

from data.shipped import facts


def first_year(date: str) -> int:
    """The year in which `date` may begin at the earliest; 0 for an open start."""
    start = date.split("/")[0]
    return 0 if start == ".." else int(start[:4].replace("X", "0"))


def last_year(date: str) -> int:
    end = date.split("/")[-1]
    return 9999 if end == ".." else int(end[:4].replace("X", "9"))


def test_nothing_is_dated_before_relations_began_or_after_the_sources_end() -> None:
    """A search for 1900 finds nothing, one for 2024 neither: no end of a date is open.

    But for one, whose author says "earlier" and no more.
    """
    without_a_beginning = {"confined-to-defence-before-2013"}
    astray = {
        id: fact["date"]
        for id, fact in facts().items()
        if "date" in fact
        and not 1948 <= first_year(fact["date"]) <= last_year(fact["date"]) <= 2023
    }
    assert astray == dict.fromkeys(without_a_beginning, "../2013")


DATE_MEANINGS = ("occurrence", "within", "state", "expected", "statement")


def test_a_deed_of_unknown_day_says_so() -> None:
    """Left out, an event or agreement counts as having gone on for the whole of its date."""
    silent = [
        id
        for id, fact in facts().items()
        if fact["kind"] in ("event", "agreement")
        and "/" in fact.get("date", "")
        and "date_is" not in fact
    ]
    assert silent == []
    assert {f["date_is"] for f in facts().values() if "date_is" in f} <= set(DATE_MEANINGS)


def test_a_date_means_what_it_must() -> None:
    meant = {id: fact.get("date_is") for id, fact in facts().items()}
    assert meant["mi-35-delivered"] == "within"
    assert meant["offshore-pipeline-agreed-2017"] == "within"
    assert meant["strategic-dialogue-2013"] == "expected"
    assert meant["mi-17-offer-2011"] == "state"
    assert {meant[id] for id in facts() if id.endswith("-soviet-built")} == {"within"}


def test_what_was_on_offer_is_a_state_and_not_a_saying() -> None:
    """A plan without `date_is` counts as said on its day: only forecasts and one hearsay were."""
    said = {
        id
        for id, fact in facts().items()
        if fact["kind"] == "plan" and "date_is" not in fact and fact["date"] != "2011-11"
    }
    assert said == {
        "casa-1000-investment-2011",
        "duty-cuts-2023",
        "local-currency-agreements-2023",
        "superjet-trial-2011",
    }


def test_what_was_said_on_a_day_bears_that_day_and_not_the_articles() -> None:
    assert facts()["lavrov-jilani-trade-2023"]["said"] == "2023-09-21"
    two = [f for f in facts().values() if f.get("attribution", "").count("in like words")]
    assert len(two) == 4
    assert {fact["said"] for fact in two} == {"2023-07~/2023-09~"}


def test_a_key_that_only_repeats_the_kind_is_left_out() -> None:
    """The defaults keep the files readable; a deed's long date is told all the same."""
    implied = {"figure": "state", "background": "state", "position": "statement"}
    repeated = [
        id
        for id, fact in facts().items()
        if "date_is" in fact and implied.get(fact["kind"]) == fact["date_is"]
    ]
    assert repeated == []
