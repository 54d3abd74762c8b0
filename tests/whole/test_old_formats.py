"""Files of every format that there ever was are still read, and say what they always said.

`tests/fixtures/formats/1` holds one of each kind of file that briefgen reads, with every key, and
every word that a key takes. A file there is never changed to suit a new reader: people have such
files. What a format gains is added, in a place of its own; a new format gets a folder of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.addresses import Address
from briefgen.batch.jobs import _BRIEF_KEYS, _JOBS_SHAPE, _OWN_KEYS, read_jobs
from briefgen.batch.mail_record import Delivery, MailRecord
from briefgen.batch.manifest import JOURNAL_NAME, MANIFEST_NAME, Entry, MadeFile, Manifest
from briefgen.brief.spec.model import BriefSpec, Edits, EmailRequest, Judgement
from briefgen.brief.spec.reader import _SPEC_SHAPE, read_spec
from briefgen.brief.template.jinja_text import _FILTERS, CONTEXT_NAMES
from briefgen.brief.template.model import NOT_BUILT_SHOWS, Input, TextTemplate
from briefgen.brief.template.reader import _TEMPLATE_SHAPE, read_template
from briefgen.dates import parse_edtf
from briefgen.editing.importing_facts import import_facts
from briefgen.facts.fingerprint import fact_fingerprint
from briefgen.facts.formats import FILE_FORMATS
from briefgen.facts.model import Fact, Measure, Topic
from briefgen.facts.read import read_base
from briefgen.gui.view_models.brief.recovery import Unsaved, from_bytes
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.gui.view_models.keeper import leftovers
from briefgen.mail.account import Account
from briefgen.pipeline.settings import _SETTINGS, DEFAULT_KEYS, read_settings
from briefgen.reading.shapes import (
    ChoiceShape,
    EitherShape,
    ListShape,
    MapShape,
    RecordShape,
    Shape,
)
from briefgen.select.model import Selection
from briefgen.standards.files import MARKINGS_FILE, SCALE_FILE, load_scale, read_markings
from whole import held_format_1 as held

FORMAT_1 = Path(__file__).resolve().parents[1] / "fixtures" / "formats" / "1"
BASE = FORMAT_1 / "base"
BRIEFS = [FORMAT_1 / "everything.brief.yaml", FORMAT_1 / "other.brief.yaml"]
SETTINGS = sorted((FORMAT_1 / "settings").glob("*.yaml"))


def plain(path: Path) -> Any:
    """A file of YAML as text and nothing but text, read without any code of ours."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


# --- what they say -------------------------------------------------------------------------------


def test_a_base() -> None:
    read = read_base(BASE)
    (said,) = read.problems  # a path to a saved copy, which is taken no more of new ones
    assert (said.severity, said.origin.line) == ("warning", 116)
    assert said.message == "'saved/everything.pdf' is a path, not the name of a file"
    base = read.base
    assert base is not None
    assert (base.title, base.language) == ("A base with every key of format 1", "en-GB")
    assert base.topics == {
        "energy": Topic("energy", "Energy"),
        "energy.oil": Topic("energy.oil", "Oil and refined products"),
        "trade": Topic("trade", "Trade"),
    }
    assert base.measures == {
        "bilateral-trade": Measure("bilateral-trade", "Bilateral trade", "USD million"),
        "oil-delivered": Measure("oil-delivered", "Oil delivered", "tonnes"),
    }
    assert base.markings.levels == ("OFFICIAL", "OFFICIAL-SENSITIVE")
    assert base.actors == held.ACTORS
    assert base.passages == held.PASSAGES
    assert read.facts == held.FACTS + held.TIMED_FACTS


def test_the_sha_256_of_a_fact() -> None:
    facts = {fact.id: fact for fact in held.FACTS}
    assert {id_: fact_fingerprint(facts[id_]) for id_ in held.FINGERPRINTS} == held.FINGERPRINTS


def test_a_scale_and_a_marking_scheme() -> None:
    base = read_base(BASE).base
    assert base is not None
    assert load_scale(base.scale, BASE) == held.SCALE
    data = (FORMAT_1 / "markings.yaml").read_bytes()
    assert read_markings(data, "markings.yaml") == (held.MARKINGS, ())


def test_sources() -> None:
    base = read_base(BASE).base
    assert base is not None
    said = {source["id"]: source for source in plain(BASE / "sources.yaml")["references"]}
    assert list(base.sources) == list(said)
    everything = base.sources["everything"]
    texts = {key: value for key, value in said["everything"].items() if key not in held.NAMES}
    del texts["custom"]
    assert everything.csl == texts | held.NAMES | held.DATES
    assert everything.reliability == "A"
    assert everything.reliability_note == "a paper of record"
    assert everything.archive == "saved/everything.pdf"
    assert everything.derived_from == ("repeats",)
    assert everything.marking == "OFFICIAL-SENSITIVE"
    kept = base.sources["with-its-copy"]
    assert (kept.archive, kept.archive_sha256[:8]) == ("with-its-copy.html", "9f86d081")
    assert kept.archive_paragraphs == "2-5, 7"
    for source in base.sources.values():
        assert source.csl["type"] == said[source.id]["type"]
        assert source.csl["title"] == said[source.id]["title"]
        assert source.reliability == said[source.id].get("custom", {}).get("reliability")


def test_briefs() -> None:
    everything, other = map(read_spec, BRIEFS)
    assert everything == replace(
        held.BRIEF,
        base=str(FORMAT_1 / "base"),
        house=str(FORMAT_1 / "house.docx"),
        scale=str(BASE / "ours.yaml"),
        judgements=held.JUDGEMENTS,
    )
    assert other == held.OTHER_BRIEF


def test_a_template() -> None:
    template, problems = read_template(FORMAT_1 / "templates" / "everything.yaml")
    assert problems == []
    assert template is not None
    assert (template.id, template.label) == ("everything", "Everything")
    assert template.description == "A template that uses every key there is."
    assert template.title == TextTemplate("{{ base.title }}: {{ topics | join(', ') }}")
    assert template.subtitle == TextTemplate(
        "{{ count }} facts from {{ sources }} sources, {{ period }}"
    )
    assert template.inputs == (
        Input("outlook", "Outlook", "What to watch for.", 80),
        Input("line", "Line to take"),
        Input("unknown", "What we do not know", offers="gaps"),
        Input("programme", "Programme", cites=False, formerly=("agenda",)),
    )
    assert not template.contents
    assert not template.tells_selection
    assert template.requires == ("sides", "attendees", "posts", "outlook")
    assert template.retired == ("maps",)
    assert template.sections == held.TEMPLATE_SECTIONS


def test_jobs() -> None:
    common: dict[str, Any] = {"template": "chronology", "style": "ieee", "outputs": ("md",)}
    jobs = {job.name: job.spec for job in read_jobs(FORMAT_1 / "jobs.yaml")}
    made = {
        f"{topic}-{year}": BriefSpec(
            title=f"{{{topic}}}",
            select=Selection((topic,), parse_edtf(year), parse_edtf(year)),
            **common,
        )
        for topic in ("energy", "trade")
        for year in ("2013", "2023")
    }
    assert jobs == {
        "energy": BriefSpec(
            title="Energy ties",
            select=Selection(("energy",), parse_edtf("2011")),
            email=EmailRequest((Address("jo", "example.org"),), send=True),
            **common,
        ),
        "other": BriefSpec(
            title="From a file",
            select=Selection(
                ("energy",), kinds=("event",), actors=("pakistan",), min_reliability="A"
            ),
            edits=Edits(exclude=("draft",)),
            grades=False,
            email=EmailRequest((Address("jo", "example.org"),)),
            **common | {"outputs": ("docx",)},
        ),
        **made,
    }


def test_settings() -> None:
    none, starttls, tls = (read_settings({"BRIEFGEN_SETTINGS": str(path)}) for path in SETTINGS)
    jo, folder = Address("jo", "example.org", "Jo Doe"), SETTINGS[0].parent
    assert starttls.sender == jo
    assert starttls.account == Account("smtp.example.org", 2587, "starttls", "jo", jo)
    assert starttls.base == str(folder / "bases/south-asia")
    assert starttls.templates == str(folder / "templates")
    kept = {each.name: getattr(held.BRIEF, each.name) for each in fields(BriefSpec)}
    assert starttls.defaults == BriefSpec(
        **{key: kept[key] for key in DEFAULT_KEYS}
        | {
            "template": "country-brief",
            "sides": replace(held.BRIEF.sides, theirs=("minister",)),
            "scale": str(folder / "scales/ours.yaml"),
            "style": str(folder / "styles/own.csl"),
            "house": str(folder / "house.docx"),
            "handling": ("COMMERCIAL",),
            "distribution": ("Director South Asia",),
            "outputs": ("docx", "pdf"),
        }
    )
    plain_jo = Address("jo", "example.org")
    assert tls.account == Account("smtp.example.org", 465, "tls", "", plain_jo)
    assert none.account == Account("localhost", 25, "none", "", plain_jo)


ACCEPTED = Delivery("jo@example.org", "accepted", "d09a@example.org", "2026-11-22T09:30:00+01:00")
REFUSED = Delivery(
    "desk@example.org", "refused", "d09a@example.org", "2026-11-22T09:30:00+01:00",
    "550 5.1.1 no such user",
)  # fmt: skip
LATER = Delivery(
    "jo@example.org", "later", "e2c5@example.org", "2026-11-22T09:30:00+01:00",
    "451 4.7.1 try again",
)  # fmt: skip
UNKNOWN = Delivery("desk@example.org", "unknown", "e2c5@example.org", "2026-11-22T09:30:00+01:00")


def test_a_manifest_and_the_journal_of_a_run_that_was_killed(tmp_path: Path) -> None:
    shutil.copy(FORMAT_1 / "batch" / "manifest.json", tmp_path / MANIFEST_NAME)
    shutil.copy(FORMAT_1 / "batch" / "journal", tmp_path / JOURNAL_NAME)
    manifest = Manifest(tmp_path, ["energy", "trade", "gas", "wind"])
    said = json.loads((tmp_path / MANIFEST_NAME).read_text(encoding="utf-8"))
    energy, trade, _ = said["jobs"]

    def files(job: Mapping[str, Any]) -> tuple[MadeFile, ...]:
        return tuple(MadeFile(each["path"], each["sha256"], each["bytes"]) for each in job["files"])

    assert manifest.entry("energy") == Entry(
        "energy", "written", files(energy), 35, 0.21, "", "60303a", "fd61a0",
        ("a sentence without a citation",), "3 pages are 1 more than the 2 allowed", "5b1c0e",
    )  # fmt: skip
    assert manifest.entry("trade") == Entry(
        "trade", "unchanged", files(trade), 3, 0.0, "", "b5bb9d", "8014f1"
    )
    assert manifest.entry("gas") == Entry(
        "gas", "failed", (), 0, 0.01, "the base has no topic 'gaz'"
    )
    wind = manifest.entry("wind")
    assert wind is not None
    assert (wind.status, wind.files[0].path, wind.digest, wind.inputs) == (
        "written", "wind.md", "aa", "bb",
    )  # fmt: skip
    assert manifest.mail("energy") == MailRecord("5b1c0e", (ACCEPTED, REFUSED))
    assert manifest.mail("of another run") == MailRecord("7d865e", (LATER, UNKNOWN))
    assert manifest.mail("trade") == MailRecord(
        "cc", (replace(ACCEPTED, message_id="f3@example.org"),)
    )


def test_a_manifest_is_written_as_it_was(tmp_path: Path) -> None:
    shutil.copy(FORMAT_1 / "batch" / "manifest.json", tmp_path / MANIFEST_NAME)
    before = (tmp_path / MANIFEST_NAME).read_bytes()
    manifest = Manifest(tmp_path, ["energy", "trade", "gas"])
    assert json.loads(manifest.as_bytes()) == json.loads(before)


RECOVERED = FORMAT_1 / "recovery" / "1234-0a1b2c3d.json"


def test_what_was_not_saved(tmp_path: Path) -> None:
    unsaved = Unsaved(
        replace(
            held.BRIEF,
            base="/home/jo/base",
            house="/home/jo/house.docx",
            scale="/home/jo/ours.yaml",
            judgements=held.JUDGEMENTS,
        ),
        Path("/home/jo/energy.brief.yaml"),
        "format: 1\ntitle: Energy\n",
        1795219200.5,
        Aside(
            {"line": "To be taken."},
            ("who",),
            (Judgement("Not finished", "likely", "", ("draft",)),),
        ),
    )
    assert from_bytes(RECOVERED.read_bytes()) == unsaved
    shutil.copy(RECOVERED, tmp_path)
    (left,) = leftovers(tmp_path, from_bytes)
    left.release()
    assert left.unsaved == unsaved


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize(
    ("name", "facts"), [("facts", held.FACTS), ("what-dates-mean", held.TIMED_FACTS)]
)
def test_tables_of_facts(kind: str, name: str, facts: tuple[Fact, ...], tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "base", ignore=shutil.ignore_patterns("facts"))
    made = import_facts(FORMAT_1 / "tables" / f"{name}.{kind}", tmp_path / "base")
    assert (made.refused, made.duplicates, made.warnings) == ((), (), ())
    assert read_base(tmp_path / "base").facts == facts


# --- that nothing is missing in them -------------------------------------------------------------

Said = set[tuple[str, str]]
"""A record or key, and a key or word of it that is used."""


def used(shape: Shape, value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The keys, and the words of choices, in a plain value that a shape reads."""
    if isinstance(shape, RecordShape):
        for name, inner in value.items():
            yield shape.what, name
            yield from used(shape.keys[name].shape, inner, name)
    elif isinstance(shape, ChoiceShape):
        yield f"{key}:", value
    elif isinstance(shape, ListShape):
        for item in [value] if shape.single_allowed and isinstance(value, str) else value:
            yield from used(shape.item, item, key)
    elif isinstance(shape, MapShape):
        for inner in value.values():
            yield from used(shape.value, inner, key)
    elif isinstance(shape, EitherShape):
        yield from used(shape.keyed if isinstance(value, dict) else shape.single, value, key)


def known(shape: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """All keys, and all words of choices, that a shape takes."""
    if isinstance(shape, RecordShape):
        for name, inner in shape.keys.items():
            if not inner.not_built:
                yield shape.what, name
                yield from known(inner.shape, name)
    elif isinstance(shape, ChoiceShape):
        yield from ((f"{key}:", word) for word in shape.words if word not in NOT_BUILT_SHOWS)
    elif is_dataclass(shape):
        for part in fields(shape):
            if isinstance(getattr(shape, part.name), Shape):
                yield from known(getattr(shape, part.name), key)


FILES: dict[str, tuple[Shape, list[Path]]] = {
    "base": (FILE_FORMATS["base"], [BASE / "base.yaml"]),
    "actors": (FILE_FORMATS["actors"], [BASE / "actors.yaml"]),
    "sources": (FILE_FORMATS["sources"], [BASE / "sources.yaml"]),
    "facts": (FILE_FORMATS["facts"], sorted((BASE / "facts").rglob("*.yaml"))),
    "passages": (FILE_FORMATS["passages"], [BASE / "passages.yaml"]),
    "scale": (SCALE_FILE, [BASE / "ours.yaml"]),
    "markings": (MARKINGS_FILE, [FORMAT_1 / "markings.yaml"]),
    "brief": (_SPEC_SHAPE, BRIEFS),
    "template": (_TEMPLATE_SHAPE, [FORMAT_1 / "templates" / "everything.yaml"]),
    "jobs": (_JOBS_SHAPE, [FORMAT_1 / "jobs.yaml"]),
    "settings": (_SETTINGS, SETTINGS),
}


@pytest.fixture(scope="module")
def there() -> Said:
    """All that the files use, whichever of them: a word of one key counts wherever it stands."""
    return {
        each
        for shape, paths in FILES.values()
        for path in paths
        for each in used(shape, plain(path))
    }


@pytest.mark.parametrize("kind", FILES)
def test_every_key_and_every_word_is_there(kind: str, there: Said) -> None:
    assert set(known(FILES[kind][0])) - there == set()


def test_every_default_and_every_key_of_a_job_is_there() -> None:
    assert set(plain(FORMAT_1 / "settings" / "starttls.yaml")["defaults"]) == set(DEFAULT_KEYS)
    jobs = plain(FORMAT_1 / "jobs.yaml")["jobs"]
    assert {key for job in jobs for key in job} >= set(_OWN_KEYS)
    assert set(plain(BRIEFS[0])) == {"format", *_BRIEF_KEYS}


def test_every_name_and_every_filter_of_texts_is_there() -> None:
    text = (FORMAT_1 / "templates" / "everything.yaml").read_text(encoding="utf-8")
    for name in CONTEXT_NAMES:
        assert f"{{{{ {name}" in text, name
    for name in _FILTERS:
        assert f"| {name}" in text, name


def test_everything_that_a_recovered_brief_holds_is_there() -> None:
    spec = json.loads(RECOVERED.read_text(encoding="utf-8"))["spec"]
    kept = {each.name for each in fields(BriefSpec) if each.compare}
    assert set(spec) == {"=", *kept}
    assert all(spec[name] != getattr(BriefSpec(), name) for name in kept)
