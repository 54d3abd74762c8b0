"""Writes a long history as a fact base: the same arguments give the same bytes.

    python bench/make_history.py FOLDER [--facts 8133] [--seed 1]

Every fact is dated and rests on a source of its own, as where a chronicle is made of a newspaper's
archive: nothing is shared, so that whatever remembers references, words or lines meets each once.
Statements have one to three sentences, sources the fields and lengths that press articles, reports
and papers have, with names that recur, so that styles which tell namesakes apart have work to do.
All of it is invented: words are drawn from lists, and no sentence is anybody's.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from make_base import FAMILY, GIVEN, item_lines, write_lines

FACTS = 8133
FIRST_YEAR, LAST_YEAR = 1947, 2026
_TOPICS = {
    "talks": "Talks and visits",
    "trade": "Trade",
    "energy": "Energy",
    "transport": "Transport",
    "water": "Water",
    "science": "Science and education",
    "security": "Security",
}
_KINDS = ("event", "agreement", "position", "plan", "background")
_STATES = {"arland": "Arland", "belmark": "Belmark", "corvia": "Corvia", "dunmere": "Dunmere"}
_OFFICES = (
    "the foreign ministry", "the ministry of water and power", "the railway board", "a delegation",
    "the chamber of commerce", "the planning commission", "the customs service", "the navy",
    "the academy of sciences", "a consortium of three banks", "the national grid company",
)  # fmt: skip
_ACTS = (
    "announced", "put off", "signed a protocol on", "opened talks about", "withdrew from",
    "published figures for", "agreed to finance", "completed the first stage of", "renewed",
    "inspected", "asked for changes to", "suspended payments for", "handed over the plans of",
)  # fmt: skip
_THINGS = (
    "a line of 380 kilovolts across the northern border", "the deep-water port", "a wheat loan",
    "the treaty on the waters of the upper valley", "rolling stock for the broad-gauge line",
    "a refinery with a yearly capacity of 2.5 million tonnes", "the exchange of students",
    "scheduled flights between the two capitals", "the survey of the continental shelf",
    "spare parts for helicopters", "duties on cotton yarn", "the observatory in the highlands",
    "a joint committee on customs data", "relief goods after the spring floods",
)  # fmt: skip
_PLACES = (
    "Port Aldin", "Vesk", "Karamund", "Lower Tarn", "Ostrava Bay", "Mirabad", "Sent", "Halden",
    "Nowe Pole", "Qasr al-Wadi", "Tallinde", "Żarnów",
)  # fmt: skip
_RIDERS = (
    "No sum was named.",
    "A second round was to follow within the year.",
    "Both sides called the result useful, and neither published the text.",
    "Work had been held up since the winter by a dispute over who should pay for the crossing.",
    "Three of the five contracts went to firms that had taken part in the earlier project.",
    "The opposition asked for the papers to be laid before parliament and was told to wait.",
    "According to the annual report, the cost had risen by 12 per cent since it was first put.",
    "Delivery was to begin after the rains, by rail as far as the river and by lorry beyond it.",
)
_HEADLINES = (
    "What the agreement says about", "Doubts grow over", "A new beginning for", "Who pays for",
    "The long road to", "Ministers meet on", "Old promises and", "How the engineers see",
)  # fmt: skip
_PAPERS = (
    "The Port Aldin Courier", "Northern Gazette", "The Highland Observer", "Morning Dispatch",
    "Quarterly of River Studies", "Bulletin of the Planning Commission", "Eastern Trade Review",
)  # fmt: skip
_TYPES = ("article-newspaper", "article-newspaper", "article-journal", "report", "webpage")


def make_history(folder: Path, facts: int = FACTS, seed: int = 1) -> None:
    """Write a valid base with `facts` facts and as many sources into `folder`, made if missing."""
    chance = random.Random(seed)
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    write_lines(folder / "base.yaml", _base_lines())
    states = ({"id": id_, "name": name, "kind": "state"} for id_, name in _STATES.items())
    write_lines(folder / "actors.yaml", (line for each in states for line in item_lines(each)))
    decades: dict[int, list[str]] = {}
    sources = ["references:"]
    for number in range(facts):
        year = FIRST_YEAR + number * (LAST_YEAR - FIRST_YEAR + 1) // facts
        day = f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        sources += item_lines(_source(chance, number, day))
        record = _fact(chance, number, chance.choice((day, day, day[:7], day[:4])))
        decades.setdefault(year // 10 * 10, []).extend(item_lines(record))
    write_lines(folder / "sources.yaml", sources)
    for decade, lines in decades.items():
        write_lines(folder / "facts" / f"{decade}s.yaml", lines)


def _base_lines() -> Iterator[str]:
    yield from ("format: 1", "title: An invented history", "language: en", "topics:")
    yield from (f"  {topic}: {label}" for topic, label in _TOPICS.items())


def _fact(chance: random.Random, number: int, day: str) -> dict[str, object]:
    actors = chance.sample(list(_STATES), 2)
    first, second = (_STATES[each] for each in actors)
    said = (
        f"{first}: {chance.choice(_OFFICES)} {chance.choice(_ACTS)} {chance.choice(_THINGS)} "
        f"near {chance.choice(_PLACES)}, with {second} as the other side and "
        f"{chance.randint(2, 950)} million set aside under item {number + 1}."
    )
    return {
        "id": f"h{number + 1:05d}",
        "date": day,
        "topics": [chance.choice(list(_TOPICS))],
        "kind": chance.choice(_KINDS),
        "actors": actors,
        "statement": " ".join([said, *chance.sample(_RIDERS, chance.choice((0, 1, 1, 2)))]),
        "attribution": _spoken_by(chance),
        "cites": [{"source": f"s{number + 1}", "locator": {"page": chance.randint(1, 64)}}],
        "recorded": "2026-11-21",
    }


def _spoken_by(chance: random.Random) -> str:
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}, {chance.choice(_OFFICES)}"


def _source(chance: random.Random, number: int, day: str) -> dict[str, object]:
    thing, place = chance.choice(_THINGS), chance.choice(_PLACES)
    names = range(chance.choice((1, 1, 1, 2, 3)))
    record: dict[str, object] = {
        "id": f"s{number + 1}",
        "type": chance.choice(_TYPES),
        "title": f"{chance.choice(_HEADLINES)} {thing}: {place} and its neighbours, {number + 1}",
        "author": [{"family": chance.choice(FAMILY), "given": chance.choice(GIVEN)} for _ in names],
        "container-title": chance.choice(_PAPERS),
        "issued": day,
        "page": f"{(first := chance.randint(1, 400))}-{first + chance.randint(1, 30)}",
        "accessed": f"2026-{chance.randint(1, 10):02d}-{chance.randint(1, 28):02d}",
        "URL": f"https://archive.example.org/{day.replace('-', '/')}/{_slug(place)}-{number + 1}",
    }
    if record["type"] == "article-journal":
        record |= {"volume": chance.randint(1, 60), "issue": chance.randint(1, 12)}
        record["DOI"] = f"10.5555/{chance.randint(1000, 9999)}.{number + 1}"
    return record


def _slug(text: str) -> str:
    return "".join(character if character.isalnum() else "-" for character in text.lower())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--facts", type=int, default=FACTS)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make_history(arguments.folder, arguments.facts, arguments.seed)


if __name__ == "__main__":
    main()
