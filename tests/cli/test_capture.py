"""`briefgen capture`, and what `briefgen check --archive` says of saved copies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.capture import reading_process
from capture.copies import PAGE, pdf


@pytest.fixture
def page(run, tmp_path: Path) -> Path:
    path = tmp_path / "here" / "talks.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_copy_is_kept_and_told(run, base, page) -> None:
    result = run("capture", page, "--base", base)
    path = base / "archive" / "pipeline-talks-open.html"
    assert (result.status, result.lines) == (0, ["example-2013-pipeline", str(path)])
    assert result.err.startswith("a new source: Pipeline talks open; ")
    assert path.read_bytes() == page.read_bytes()
    again = run("capture", page, "--base", base)
    assert (again.status, again.lines) == (0, result.lines)
    assert again.err == "example-2013-pipeline has this very copy already; nothing was changed\n"


def test_json_says_all_of_it(run, base, page) -> None:
    said = json.loads(run("capture", page, "--base", base, "--source", "s2", "--json").out)
    assert said.pop("sha256") in (base / "sources.yaml").read_text("utf-8")
    archive = said["archive"]
    assert said == {
        "source": "s2",
        "new": False,
        "archive": archive,
        "path": str(base / "archive" / archive),
        "kept": True,
        "paragraphs": 6,
        "pages": None,
    }


def test_a_scan_is_kept_and_said_to_be_one(run, base, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf([]))
    result = run("capture", tmp_path / "scan.pdf", "--base", base)
    assert result.status == 0
    assert result.err.splitlines()[-1].startswith("it has pages, and no text on them")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{page}"], "no fact base is named to add to"),
        (["{page}", "--base", "{shipped}"], "This is the fact base that comes with briefgen"),
        (["none.html", "--base", "{base}"], "none.html: the file is not there"),
        (["{page}", "--base", "{base}", "--source", "s"], "the base has no source 's'"),
    ],
)
def test_what_cannot_be_done_is_one_line(run, base, page, arguments: list[str], said: str) -> None:
    from briefgen.shipped import shipped_base

    places = {"page": page, "base": base, "shipped": shipped_base()}
    before = (base / "sources.yaml").read_bytes()
    result = run("capture", *(one.format(**places) for one in arguments))
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"error: {said}")
    assert (base / "sources.yaml").read_bytes() == before
    assert not (base / "archive").exists()


# --- check --archive -------------------------------------------------------------------------


def checked(run, base, *more: str) -> list[str]:
    """What is said of saved copies, without the places."""
    lines = run("check", "--base", base, "--archive", *more).lines
    told = [line.partition(": ")[2] for line in lines]
    return [line for line in told if "pipeline-talks-open.html" in line]


def test_copies_are_held_against_their_hashes(run, base, page) -> None:
    run("capture", page, "--base", base)
    assert checked(run, base) == []
    copy = base / "archive" / "pipeline-talks-open.html"
    kept = copy.read_bytes()
    copy.write_bytes(kept + b"<p>More</p>")
    assert "its hash is another" in checked(run, base)[0]
    copy.unlink()
    assert "error: pipeline-talks-open.html: the saved copy is not there" in checked(run, base)[0]
    page.write_bytes(kept)
    copy.symlink_to(page)
    assert "the saved copy is a link" in checked(run, base)[0]
    elsewhere = page.parent / "copies"
    elsewhere.mkdir()
    (elsewhere / copy.name).write_bytes(kept)
    assert checked(run, base, str(elsewhere)) == []


def test_all_pdfs_are_read_by_one_process(run, base, tmp_path: Path, monkeypatch) -> None:
    for title in ("One report", "Another report"):
        (tmp_path / f"{title}.pdf").write_bytes(pdf([title], title=title))
        assert run("capture", tmp_path / f"{title}.pdf", "--base", base).status == 0
    started = []
    start = reading_process.start_own

    def counted(*given, **how):
        started.append(given)
        return start(*given, **how)

    monkeypatch.setattr(reading_process, "start_own", counted)
    assert checked(run, base) == []
    assert len(started) == 1


def test_a_hash_that_nobody_noted_is_asked_for(run, base, page) -> None:
    run("capture", page, "--base", base)
    sources = base / "sources.yaml"
    lines = sources.read_text("utf-8").splitlines(keepends=True)
    sources.write_text("".join(line for line in lines if "archive_sha256" not in line), "utf-8")
    (told,) = checked(run, base)
    assert told.startswith("warning: pipeline-talks-open.html: nobody noted its hash")


@pytest.mark.parametrize(
    ("cite", "told"),
    [
        ("locator: {paragraph: 3}, quote: 'Trade stood at 542 million dollars'", []),
        ("locator: {paragraph: 2}, quote: 'Trade stood at 542 million dollars'",
         ["stand in paragraph 3 of pipeline-talks-open.html, not in 2"]),
        ("quote: 'Trade stood at 543 million dollars'", ["are not in pipeline-talks-open.html"]),
        ("quote: 'Trade stood … the ministry said'", []),
        ("locator: {paragraph: 9}", []),
        (f"locator: {{paragraph: '{'9' * 5_000}'}}, quote: 'Trade stood at 542 million dollars'", []),
        (f"locator: {{paragraph: '{'9' * 5_000}'}}", []),
    ],
)  # fmt: skip
def test_quotations_are_held_against_their_copy(
    run, base, page, cite: str, told: list[str]
) -> None:
    id_ = run("capture", page, "--base", base).lines[0]
    (base / "facts" / "more.yaml").write_text(
        "- id: trade-542\n  date: 2012\n  topics: [trade]\n  kind: event\n"
        f"  statement: Trade was counted.\n  cites: [{{source: {id_}, {cite}}}]\n"
    )
    found = checked(run, base)
    assert len(found) == len(told)
    assert all(words in line for line, words in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("own", "paragraph", "told"),
    [
        ("2-3", 2, []),
        ("2-3", 3, ["stand in paragraph 2 of pipeline-talks-open.html, not in 3"]),
        ("1-2", 2, ["stand outside the own text of pipeline-talks-open.html, not in 2"]),
        ("2-99", 2, ["archive_paragraphs names paragraph 99, and the copy has"]),
    ],
)  # fmt: skip
def test_places_count_the_own_paragraphs_of_a_copy(
    run, base, page, own: str, paragraph: int, told: list[str]
) -> None:
    id_ = run("capture", page, "--base", base).lines[0]
    sources = base / "sources.yaml"
    text = sources.read_text("utf-8")
    at = text.index("archive_sha256:", text.index(id_))
    sources.write_text(f"{text[:at]}archive_paragraphs: {own}\n    {text[at:]}", "utf-8")
    (base / "facts" / "more.yaml").write_text(
        "- id: trade-542\n  date: 2012\n  topics: [trade]\n  kind: event\n"
        f"  statement: Trade was counted.\n  cites: [{{source: {id_}, "
        f"locator: {{paragraph: {paragraph}}}, quote: 'Trade stood at 542 million dollars'}}]\n"
    )
    found = checked(run, base)
    assert len(found) == len(told), found
    assert all(words in line for line, words in zip(found, told, strict=True))


def test_a_folder_that_is_not_there_is_said(run, base, page) -> None:
    run("capture", page, "--base", base)
    result = run("check", "--base", base, "--archive", "nowhere")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: the folder of saved copies 'nowhere' is not there")
    result = run("check", "--base", base, "--archive", page)
    assert result.err.startswith(f"error: the folder of saved copies {str(page)!r} is a file; ")


FACT = """\
- id: told
  date: {date}
  date_note: {note}
  topics: [trade]
  kind: event
  actors: [russia, lavrov]
  statement: Trade was counted.
  figures: [{{measure: trade, value: {value}, unit: USD million, period: 2012, basis: reported}}]
  cites: [{{source: {source}, locator: {{paragraph: {paragraph}}}}}]
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, []),
        ({"value": 543}, ["the figure 543 USD million is not in the place that it cites"]),
        ({"paragraph": 4}, ["the figure 542 USD million is not in the place that it cites"]),
        ({"paragraph": "2-4"}, []),
        ({"date": 2011}, ["the year 2011 is not in its saved copy, and no date_note says how"]),
        ({"date": 2011, "note": "told by another"}, []),
        ({"name": "Igor Example"}, ["the name Igor Example is not in its saved copy"]),
    ],
)  # fmt: skip
def test_facts_are_held_against_their_copy(
    run, base, page, said: dict[str, object], told: list[str]
) -> None:
    source = run("capture", page, "--base", base).lines[0]
    says = {"date": 2013, "note": "", "value": 542, "paragraph": 3, "name": "Sergey Lavrov"} | said
    with (base / "actors.yaml").open("a", encoding="utf-8") as file:
        file.write(f"- {{id: lavrov, name: {says['name']}, kind: person}}\n")
    fact = FACT.format(source=source, **{key: says[key] for key in says if key != "name"})
    if not says["note"]:
        fact = fact.replace("  date_note: \n", "")
    (base / "facts" / "more.yaml").write_text(fact)
    lines = run("check", "--base", base, "--archive").lines
    found = [line.partition("told: ")[2].partition(";")[0] for line in lines if "told: " in line]
    assert found == told
