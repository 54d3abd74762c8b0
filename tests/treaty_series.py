"""A made base like a treaty series: 311 agreements and what went with them, over 250 years and more.

Two states, some dates of antiquity, some about, some between years; more of everything than any
section of a template prints. The same seed gives the same bytes.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

AGREEMENTS = 311
OURS, THEIRS = "arcadia", "borduria"
TOPICS = {
    "commerce": "Commerce and navigation",
    "commerce.tariffs": "Tariffs",
    "commerce.fisheries": "Fisheries",
    "boundaries": "Boundaries",
    "post": "Posts and telegraphs",
    "defence": "Defence",
}
MEASURES = {
    "trade": ("Bilateral trade", "million crowns"),
    "catch": ("Catch of herring", "tonnes"),
    "mail": ("Letters exchanged", "thousand"),
    "tolls": ("Tolls of the strait", "crowns"),
}
_SUBJECTS = {
    "commerce.tariffs": ("duties on linen and glass", "most-favoured treatment of ships"),
    "commerce.fisheries": ("the herring grounds off Cape Syldav", "the marking of nets and boats"),
    "boundaries": ("the line along the river Wladir", "the waters of the strait"),
    "post": ("the exchange of closed mails", "a cable between the two capitals"),
    "defence": ("the return of deserters", "notice of manoeuvres near the frontier"),
}
_ANCIENT = (
    "-0507~", "-0278/-0277", "-0043-03-15", "-0029?", "0476", "0812~", "11XX", "138X~",
    "1494-06-07", "1648~/1650~",
)  # fmt: skip
_DETAIL = (
    "Ratifications were exchanged at the port of Klow, and the instrument was to lapse "
    "unless renewed within ten years."
)


def write_treaty_series(folder: Path, *, seed: int = 7, agreements: int = AGREEMENTS) -> Path:
    """Write the base into `folder`, which is made, and give it back."""
    chance = random.Random(seed)
    (folder / "facts").mkdir(parents=True)
    sources = _sources(chance)
    facts = [_agreement(number, chance) for number in range(agreements)]
    facts += _others(chance)
    base = {
        "format": 1,
        "title": "Arcadia–Borduria treaty series",
        "language": "en",
        "topics": TOPICS,
        "measures": {key: {"label": name, "unit": unit} for key, (name, unit) in MEASURES.items()},
    }
    _write(folder / "base.yaml", base)
    _write(folder / "actors.yaml", _actors())
    _write(folder / "sources.yaml", {"references": sources})
    _write(folder / "facts" / "series.yaml", facts)
    return folder


def _write(path: Path, what: object) -> None:
    path.write_text(json.dumps(what, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _sources(chance: random.Random) -> list[dict[str, Any]]:
    made = [
        {
            "id": f"series-{volume}",
            "type": "treaty",
            "title": f"Treaties and conventions, volume {volume}",
            "publisher": "Foreign Office of Arcadia",
            "issued": str(1825 + 4 * volume),
            "custom": {"reliability": "A"},
        }
        for volume in range(1, 51)
    ]
    made += [
        {
            "id": f"gazette-{number}",
            "type": "article-newspaper",
            "title": f"From the frontier, {number}",
            "container-title": "Klow Gazette",
            "issued": f"2023-{chance.randrange(1, 13):02d}",
            "custom": {"reliability": "D"},
        }
        for number in range(1, 16)
    ]
    return made


def _actors() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [
        {"id": OURS, "name": "Arcadia", "kind": "state"},
        {"id": THEIRS, "name": "Borduria", "kind": "state"},
    ]
    for number in range(1, 25):
        state = OURS if number % 2 else THEIRS
        role: dict[str, Any] = {"title": f"Envoy {number}", "of": state, "from": str(1990 + number),
                "to": str(1992 + number), "cites": [{"source": "gazette-1"}]}  # fmt: skip
        made.append(
            {"id": f"envoy-{number}", "name": f"Envoy No {number}", "kind": "person",
             "roles": [role]}
        )  # fmt: skip
    return made


def _date(number: int, chance: random.Random) -> str:
    if number < len(_ANCIENT):
        return _ANCIENT[number]
    year = 1773 + (number * 250) // AGREEMENTS
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    forms = (
        f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}-{day:02d}",
        f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}", f"{year}", f"{year}~",
        f"{year}-{month:02d}~", f"{year // 10}X", f"{year}-{month:02d}/{year + 1}-{day:02d}"
        if day <= 12 else f"{year}-{chance.randrange(21, 25)}",
    )  # fmt: skip
    return chance.choice(forms)


def _agreement(number: int, chance: random.Random) -> dict[str, Any]:
    topic = chance.choice(list(_SUBJECTS))
    subject = chance.choice(_SUBJECTS[topic])
    made = {
        "id": f"agreement-{number:03d}",
        "topics": [topic],
        "kind": "agreement",
        "date": _date(number, chance),
        "actors": [OURS, THEIRS],
        "statement": f"Arcadia and Borduria signed agreement No {number + 1} on {subject}.",
        "cites": [{"source": f"series-{1 + number * 50 // 400}", "locator": {"page": number + 3}}],
        "credibility": 1,
    }
    if number % 3 == 0:
        made["detail"] = _DETAIL
    if number % 12 == 0:
        made["key"] = True
    return made


def _others(chance: random.Random) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []

    def add(kind: str, name: str, statement: str, **more: Any) -> None:
        fact = {
            "id": name, "topics": [chance.choice(list(_SUBJECTS))], "kind": kind,
            "actors": [THEIRS, OURS], "statement": statement,
            "cites": [{"source": f"gazette-{chance.randrange(1, 16)}"}], "credibility": 3,
        }  # fmt: skip
        made.append(fact | more)

    for number in range(1, 31):
        year = 1860 + number * 5
        add("event", f"visit-{number}", f"Envoy No {number} of Borduria visited Klow and met the"
            " chancellor of Arcadia.", date=f"{year}-{chance.randrange(1, 13):02d}",
            key=number % 5 == 0)  # fmt: skip
    for number in range(1, 21):
        add("position", f"position-{number}", f"Borduria wanted the toll of {number} crowns waived.",
            date=f"{2000 + number}", attribution="the Bordurian foreign ministry")  # fmt: skip
    for number in range(1, 21):
        add("plan", f"plan-{number}", f"Borduria offered to build lighthouse No {number}.",
            date=f"{2024 + number}", date_is="expected")  # fmt: skip
    for number in range(1, 13):
        add("background", f"background-{number}", f"Ferry No {number} crossed the strait daily.",
            date=str(1900 + number * 9), key=number % 4 == 0)  # fmt: skip
    for measure, (label, unit) in MEASURES.items():
        for number in range(1, 8):
            value = float(chance.randrange(10, 900))
            year = 1990 + number * 4
            figure = {"measure": measure, "value": value, "unit": unit, "period": str(year),
                      "basis": "reported"}  # fmt: skip
            add("figure", f"{measure}-{year}", f"{label} came to {value:g} {unit}.",
                date=str(year), figures=[figure])  # fmt: skip
    for number in range(1, 10):
        add("event", f"one-side-{number}", f"The frontier post No {number} was closed by Arcadia.",
            date=f"{1900 + number * 10}-05", disputes=[f"other-side-{number}"])  # fmt: skip
        add("event", f"other-side-{number}", f"The frontier post No {number} was closed by"
            " Borduria.", date=f"{1900 + number * 10}-05")  # fmt: skip
    for number in range(1, 6):
        add("event", f"undated-{number}", f"Beacon No {number} was lit.")
    return made
