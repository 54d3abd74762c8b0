"""Writes a fact base of any size: the same arguments give the same bytes.

    python bench/make_base.py FOLDER [--facts 20000] [--seed 1]

What it holds is invented, but shaped like the real thing: nested topics, facts from 1991 to 2026
in every form of date, sources graded or not, two or three cites on some facts, figures with
ranges, positions with who took them, drafts, superseded and disputed facts, texts in several
scripts.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

TOPICS = {
    "politics": "Political relations",
    "politics.visits": "Visits",
    "politics.consultations": "Consultations",
    "energy": "Energy",
    "energy.oil": "Oil and refined products",
    "energy.gas": "Gas",
    "energy.gas.pipelines": "Gas pipelines",
    "energy.nuclear": "Nuclear energy",
    "trade": "Trade",
    "trade.food": "Food and farm products",
    "trade.payments": "Payments and barter",
    "transport": "Transport",
    "transport.rail": "Railways",
    "transport.ports": "Ports",
    "defence": "Defence",
    "defence.arms": "Arms transfers",
    "defence.exercises": "Exercises",
    "security": "Security",
    "security.counter-terrorism": "Counter-terrorism",
    "education": "Education and science",
    "health": "Health",
    "culture": "Culture",
    "space": "Space",
    "multilateral": "Multilateral forums",
}
MEASURES = {
    "bilateral-trade": ("Bilateral trade", "USD million"),
    "oil-imports": ("Oil imports", "thousand tonnes"),
    "students": ("Students enrolled", "persons"),
    "troops": ("Troops in exercises", "persons"),
}
KINDS = ("event", "agreement", "figure", "position", "plan", "assessment", "background")
KIND_WEIGHTS = (40, 12, 16, 12, 10, 6, 4)
STATES = {
    "pakistan": ("Pakistan", ["Islamabad", "پاکستان"]),
    "russia": ("Russia", ["Moscow", "Россия", "Russian Federation"]),
    "china": ("China", ["Beijing", "中国"]),
    "turkiye": ("Türkiye", ["Ankara"]),
    "kazakhstan": ("Kazakhstan", ["Astana", "Қазақстан"]),
}
FAMILY = [
    "Khan",
    "Iqbal",
    "Ahmed",
    "Łukasz",
    "Петров",
    "Øster",
    "Novák",
    "García",
    "Мишин",
    "Çelik",
    "Smith",
    "Haider",
    "Qureshi",
    "Лавров",
    "Tschäpe",
    "Dar",
    "Ibrahim",
    "Volkov",
    "Orlov",
    "Hussain",
]
GIVEN = [
    "Amina",
    "Boris",
    "Farid",
    "Galina",
    "Hina",
    "Igor",
    "Leyla",
    "Nadia",
    "Oleg",
    "Rashid",
    "Sergei",
    "Tariq",
    "Yusuf",
    "Zoya",
]
PLACES = [
    "Islamabad",
    "Moscow",
    "Karachi",
    "Gwadar",
    "Astana",
    "Sochi",
    "Kazan",
    "Lahore",
    "Samarkand",
    "Bishkek",
]
THINGS = (
    "crude oil", "Mi-17 helicopters", "wheat", "a gas pipeline", "railway wagons", "visa rules",
    "customs data exchange", "a joint exercise", "scholarships", "satellite images", "LNG cargoes",
    "rice exports", "direct flights", "a barter list", "steel works",
)  # fmt: skip
VERBS = (
    "discussed", "signed a protocol on", "postponed talks about", "reported progress on",
    "suspended", "renewed", "set up a working group for", "reviewed", "financed", "disputed",
)  # fmt: skip
DETAILS = (
    "The text was not published.",
    "A second round followed within the year; its date was not announced.",
    'Officials on both sides described the outcome as "constructive".',
    "Costs rose by about 12 % after the delay, according to the ministry's annual report.",
    "The ship was due in Port Qasim; see also the earlier shipment of 45,000 tonnes.",
    "По данным министерства, объём вырос; ещё одна встреча прошла в Казани.",
)
PUBLISHERS = ("The Daily Herald", "Ministry Gazette", "Reuters-like Agency", "Journal of Trade")


def make_base(folder: Path, facts: int = 20_000, seed: int = 1) -> None:
    """Write a valid base with `facts` facts into `folder`, which is made if missing."""
    chance = random.Random(seed)
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    people = [f"person-{number}" for number in range(max(5, min(200, facts // 50)))]
    sources = [f"s{number}" for number in range(1, max(5, facts // 12) + 1)]
    write_lines(folder / "base.yaml", _base_lines())
    write_lines(folder / "actors.yaml", _actor_lines(chance, people, sources))
    write_lines(folder / "sources.yaml", _source_lines(chance, sources))
    files: dict[str, list[str]] = {}
    for number in range(facts):
        topic = chance.choice(list(TOPICS))
        year = chance.randint(1991, 2026)
        name = f"{topic.partition('.')[0]}-{year // 10 * 10}s.yaml"
        record = _fact(chance, number, facts, topic, year, people, sources)
        files.setdefault(name, []).extend(item_lines(record))
    for name, lines in files.items():
        write_lines(folder / "facts" / name, lines)


def _base_lines() -> Iterable[str]:
    yield from ("format: 1", "title: An invented base", "language: en", "topics:")
    yield from (f"  {topic}: {_value(label)}" for topic, label in TOPICS.items())
    yield "measures:"
    for measure, (label, unit) in MEASURES.items():
        yield f"  {measure}: {_value({'label': label, 'unit': unit})}"
    yield "markings: [OFFICIAL, OFFICIAL-SENSITIVE]"


def _actor_lines(chance: random.Random, people: list[str], sources: list[str]) -> Iterable[str]:
    for id_, (name, aliases) in STATES.items():
        yield from item_lines({"id": id_, "name": name, "kind": "state", "aliases": aliases})
    for id_ in people:
        start = chance.randint(1991, 2020)
        role = {
            "title": chance.choice(("Foreign Secretary", "Minister of Energy", "Ambassador")),
            "of": chance.choice(list(STATES)),
            "from": str(start),
            "to": str(start + 3),
            "cites": [{"source": chance.choice(sources)}],
        }
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        yield from item_lines({"id": id_, "name": name, "kind": "person", "roles": [role]})


def _source_lines(chance: random.Random, sources: list[str]) -> Iterable[str]:
    yield "references:"
    for number, id_ in enumerate(sources):
        custom: dict[str, object] = {}
        grade = chance.choice("AABBBCCCDEF-")
        if grade != "-":
            custom["reliability"] = grade
        if number and chance.random() < 0.05:
            custom["derived_from"] = [sources[chance.randrange(number)]]
        record: dict[str, object] = {
            "id": id_,
            "type": chance.choice(("article-newspaper", "report", "webpage")),
            "title": f"{chance.choice(THINGS).capitalize()}: report {number}",
            "author": [{"family": chance.choice(FAMILY), "given": chance.choice(GIVEN)}],
            "container-title": chance.choice(PUBLISHERS),
            "issued": _day(chance, chance.randint(1991, 2026)),
            "URL": f"https://example.org/{id_}",
        }
        if custom:
            record["custom"] = custom
        yield from item_lines(record)


def _fact(
    chance: random.Random,
    number: int,
    facts: int,
    topic: str,
    year: int,
    people: list[str],
    sources: list[str],
) -> dict[str, object]:
    kind = chance.choices(KINDS, KIND_WEIGHTS)[0]
    actors = chance.sample(list(STATES), chance.choice((1, 2, 2, 2, 3)))
    if chance.random() < 0.3:
        actors.append(chance.choice(people))
    record: dict[str, object] = {"id": f"f{number:06d}"}
    date = _date(chance, year)
    if date:
        record["date"] = date
        if "~" in date:
            record["date_note"] = "inferred from the order of the reports"
    topics = [topic]
    if chance.random() < 0.2:
        topics.append(chance.choice([other for other in TOPICS if other != topic]))
    record["topics"] = topics
    record["kind"] = kind
    record["actors"] = actors
    names = " and ".join(STATES[actor][0] for actor in actors if actor in STATES)
    record["statement"] = (
        f"{names} {chance.choice(VERBS)} {chance.choice(THINGS)} in {chance.choice(PLACES)}, "
        f"item {chance.randint(1, 999)} of the agenda for {year}."
    )
    if chance.random() < 0.4:
        record["detail"] = chance.choice(DETAILS)
    if kind in ("position", "assessment"):
        record["attribution"] = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}, spokesperson"
    if kind == "figure" or chance.random() < 0.05:
        record["figures"] = [_figure(chance, year)]
    cited = chance.sample(sources, chance.choice((1, 1, 1, 2, 2, 3)))
    record["cites"] = [_cite(chance, source) for source in cited]
    if chance.random() < 0.8:
        record["credibility"] = chance.choice((1, 2, 2, 2, 3, 3, 4, 5, 6))
    if chance.random() < 0.08:
        record["key"] = True
    if number % 97 == 5:
        record["status"] = "superseded"
    elif number % 97 == 6:
        record["supersedes"] = [f"f{number - 1:06d}"]
    elif chance.random() < 0.03:
        record["status"] = "draft"
    if number % 131 == 7 and number + 1 < facts:
        record["disputes"] = [f"f{number + 1:06d}"]
    if chance.random() < 0.02:
        record["marking"] = "OFFICIAL"
    record["recorded"] = "2026-11-21"
    return record


def _cite(chance: random.Random, source: str) -> dict[str, object]:
    cite: dict[str, object] = {"source": source}
    if chance.random() < 0.6:
        cite["locator"] = {chance.choice(("paragraph", "page")): chance.randint(1, 40)}
    if chance.random() < 0.5:
        cite["quote"] = f"{chance.choice(VERBS)} {chance.choice(THINGS)}"
    return cite


def _figure(chance: random.Random, year: int) -> dict[str, object]:
    measure = chance.choice(list(MEASURES))
    value = round(chance.uniform(1, 5_000), 1)
    figure: dict[str, object] = {
        "measure": measure,
        "value": value,
        "unit": MEASURES[measure][1],
        "basis": chance.choice(("reported", "estimate", "potential", "planned")),
        "period": f"{year}-07/{year + 1}-06",
    }
    if chance.random() < 0.2:
        figure["value_to"] = round(value * 1.5, 1)
    elif chance.random() < 0.3:
        figure["qualifier"] = chance.choice(("about", "at-least", "at-most"))
    return figure


def _date(chance: random.Random, year: int) -> str:
    form = chance.random()
    if form < 0.45:
        return _day(chance, year)
    if form < 0.65:
        return f"{year}-{chance.randint(1, 12):02d}"
    if form < 0.76:
        return f"{year}"
    if form < 0.82:
        return f"{year}{chance.choice('~?')}"
    if form < 0.86:
        return f"{year}-{chance.randint(21, 24)}"
    if form < 0.93:
        return f"{year}-{chance.randint(1, 12):02d}/{year + chance.randint(1, 4)}"
    if form < 0.95:
        return f"{year}/.."
    if form < 0.96:
        return f"../{year}"
    if form < 0.97:
        return f"{year // 10}X"
    return ""


def _day(chance: random.Random, year: int) -> str:
    return f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def item_lines(record: Mapping[str, object]) -> Iterable[str]:
    for number, (key, value) in enumerate(record.items()):
        yield f"{'  ' if number else '- '}{key}: {_value(value)}"


def _value(value: object) -> str:
    """JSON is YAML; short words stand bare, as people write them."""
    if isinstance(value, str) and value.replace("-", "").replace(".", "").isalnum():
        return value
    return json.dumps(value, ensure_ascii=False)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make_base(arguments.folder, arguments.facts, arguments.seed)


if __name__ == "__main__":
    main()
