"""The Pandoc process: started early or late, replaced when it dies, never waited for forever."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefgen.cite import Citeproc, CiteprocError, load_style, word_citations
from briefgen.cite import pandoc as pandoc_module
from briefgen.cite.pandoc_document import one_line_document, reference_as_json
from briefgen.facts.model import Source
from cite.making import cite

CLUSTERS = [cite("kamran").items]


def program(folder: Path, lines: str) -> Path:
    """A shell script that stands in for Pandoc."""
    path = folder / "pandoc"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return path


needs_shell = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")


def test_a_process_started_early_answers_the_same(sources: Mapping[str, Source]) -> None:
    style = load_style("apa")
    with Citeproc() as early, Citeproc() as late:
        early.start()
        early.start()
        answers = [
            word_citations(CLUSTERS, sources, style, citeproc=process)
            for process in (early, late, early)
        ]
        assert answers[0] == answers[1] == answers[2]
        assert early.starts == 1


def test_a_process_that_died_is_replaced(sources: Mapping[str, Source]) -> None:
    style = load_style("ieee")
    with Citeproc() as process:
        before = word_citations(CLUSTERS, sources, style, citeproc=process)
        assert process._process is not None
        process._process.kill()
        process._process.wait()
        assert word_citations(CLUSTERS, sources, style, citeproc=process) == before
        assert process.starts == 2


@needs_shell
def test_a_process_that_dies_at_the_question_is_replaced(
    sources: Mapping[str, Source], tmp_path: Path
) -> None:
    """The first run reads the question and dies; the second is Pandoc itself."""
    real, mark = pandoc_module.find_pandoc(), tmp_path / "tried"
    lines = f'if [ -e "{mark}" ]; then exec "{real}" "$@"; fi\ntouch "{mark}"\nexit 3'
    with Citeproc(program(tmp_path, lines)) as process:
        process.start()
        wording = word_citations(CLUSTERS, sources, load_style("ieee"), citeproc=process)
        assert wording.citations
        assert process.starts == 2


@needs_shell
def test_a_process_that_keeps_dying_is_reported_with_its_reason(
    sources: Mapping[str, Source], tmp_path: Path
) -> None:
    dying = program(tmp_path, "echo 'libgmp.so.10: cannot open' >&2; exit 127")
    with Citeproc(dying) as process, pytest.raises(CiteprocError, match="ended with status 127"):
        word_citations(CLUSTERS, sources, load_style("ieee"), citeproc=process)
    assert process.starts <= 2


@needs_shell
def test_one_that_never_answers_is_ended(sources: Mapping[str, Source], tmp_path: Path) -> None:
    silent = program(tmp_path, "exec sleep 60")
    with (
        Citeproc(silent, timeout=0.2) as process,
        pytest.raises(CiteprocError, match=r"longer than 0\.2 seconds"),
    ):
        word_citations(CLUSTERS, sources, load_style("ieee"), citeproc=process)
    assert process._process is None


def test_a_program_that_is_not_there(sources: Mapping[str, Source], tmp_path: Path) -> None:
    with Citeproc(tmp_path / "none") as process:
        process.start()
        with pytest.raises(CiteprocError, match="cannot start Pandoc"):
            word_citations(CLUSTERS, sources, load_style("ieee"), citeproc=process)


def test_no_pandoc_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_module.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "")
    pandoc_module.find_pandoc.cache_clear()
    try:
        with pytest.raises(CiteprocError, match="not installed; install the package pypandoc"):
            pandoc_module.find_pandoc()
    finally:
        pandoc_module.find_pandoc.cache_clear()


def test_what_pandoc_refuses_is_said_and_the_process_lives_on(citeproc: Citeproc) -> None:
    bad = one_line_document([], [], "data:application/xml;base64,PHg+", "en")
    starts = citeproc.starts
    for _ in range(2):
        with pytest.raises(CiteprocError, match="Pandoc could not word the citations"):
            citeproc.ask(bad, str)
    good = one_line_document([reference_as_json('{"title":"A"}', "a")], [], _empty_style(), "en")
    assert citeproc.ask(good, str)
    assert citeproc.starts <= max(starts, 1)


def long_question(count: int) -> bytes:
    ids = [f"a{number}" for number in range(count)]
    many = [reference_as_json(f'{{"title":"{id_} b c"}}', id_) for id_ in ids]
    return one_line_document(many, [], _empty_style(), "en", all_ids=ids)


def test_a_long_answer_is_read_as_it_comes(citeproc: Citeproc) -> None:
    """All of a large brief's at once took half a gigabyte."""
    lists = citeproc.ask(long_question(450), lambda block: [e["c"][0][0] for e in block["c"][1]])
    assert len(lists) > 2
    assert max(map(len, lists)) <= 200
    assert [id_ for each in lists for id_ in each] == [f"ref-a{number}" for number in range(450)]


def test_an_answer_that_cannot_be_read_is_not_taken_for_the_next() -> None:
    with Citeproc() as process:
        with pytest.raises(KeyError):
            process.ask(long_question(450), lambda block: block["nothing"])
        [listed] = process.ask(long_question(1), lambda block: block["c"][1])
    assert [each["c"][0][0] for each in listed] == ["ref-a0"]


@needs_shell
def test_one_that_dies_within_its_answer_is_asked_anew(
    sources: Mapping[str, Source], tmp_path: Path
) -> None:
    """What it said until then is not kept beside what is said again."""
    real, mark = pandoc_module.find_pandoc(), tmp_path / "tried"
    half = '{"blocks":[{"t":"Para","c":[{"t":"Str","c":"half"}]}]}'
    lines = (
        f'if [ -e "{mark}" ]; then exec "{real}" "$@"; fi\ntouch "{mark}"\n'
        f"read line\nprintf '%s\\n' '{half}'\nexit 3"
    )
    style = load_style("ieee")
    with Citeproc(program(tmp_path, lines)) as process:
        process.start(warm=False)
        wording = word_citations(CLUSTERS, sources, style, citeproc=process)
        assert process.starts == 2
    assert wording == word_citations(CLUSTERS, sources, style)


def _empty_style() -> str:
    from briefgen.cite.pandoc_style import style_address

    return style_address(load_style("ieee").data)


def test_closing_leaves_no_process(sources: Mapping[str, Source]) -> None:
    process = Citeproc()
    process.start()
    running = process._process
    assert running is not None
    process.close()
    assert running.poll() is not None
    process.close()


@needs_shell
@pytest.mark.parametrize("busy", [False, True])
def test_closing_leaves_nothing_in_the_folder_for_temporary_files(
    sources: Mapping[str, Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: bool
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Citeproc() as process:
        process.start()
        if not busy:
            word_citations(CLUSTERS, sources, load_style("ieee"), citeproc=process)
            assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


@needs_shell
def test_one_that_is_ended_for_its_slowness_leaves_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    many = [reference_as_json(f'{{"title":"{n}"}}', f"a{n}") for n in range(20_000)]
    document = one_line_document(
        many, [], _empty_style(), "en", all_ids=[f"a{n}" for n in range(20_000)]
    )
    with Citeproc(timeout=0.3) as process, pytest.raises(CiteprocError, match="took longer"):
        process.ask(document, str)
    assert not list(tmp_path.iterdir())


@needs_shell
@pytest.mark.parametrize("folder", ["/nonexistent", "/" + "x" * 5000])
def test_a_folder_for_temporary_files_that_cannot_be_used(
    sources: Mapping[str, Source], monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("TMPDIR", folder)
    monkeypatch.setenv("LUA_INIT", "error('not ours')")
    with Citeproc() as process:
        assert word_citations(CLUSTERS, sources, load_style("ieee"), citeproc=process).citations
