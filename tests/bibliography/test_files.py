"""Files: which format they have, and what is no bibliography."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.bibliography.clean import first_address
from briefgen.bibliography.model import format_named, format_of
from briefgen.bibliography.read import MAX_BYTES, read_bibliography, read_text
from briefgen.errors import InputError, UsageError


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.bib", "", "biblatex"),
        ("a.RIS", "", "ris"),
        ("a.csl.json", "", "csl.json"),
        ("a.yml", "", "yaml"),
        ("export.txt", "\n @article{a,\n", "biblatex"),
        ("export", "remark\nTY  - JOUR\n", "ris"),
        ("export", '[{"id": "a"}]', "csl.json"),
        ("export", '{"DOI": "10.1/2"}', "csl.json"),
        ("export", "references:\n- id: a\n", "yaml"),
    ],
)
def test_the_format_of_a_file(name: str, text: str, format_: str) -> None:
    assert format_of(Path(name), text) == format_


def test_a_file_of_no_format_is_refused() -> None:
    with pytest.raises(InputError, match=r"^x.txt: this is no bibliography that briefgen knows; "):
        format_of(Path("x.txt"), "Dear all,")


def test_names_of_formats() -> None:
    assert format_named("bib") == format_named("BibLaTeX") == "biblatex"
    with pytest.raises(
        UsageError, match="'rsi' is no format of bibliographies; did you mean 'ris'"
    ):
        format_named("rsi")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.bib", b"", "a.bib: the file is empty; export it again"),
        ("a.bib", b" \n", "a.bib: the file is empty; export it again"),
        ("a.ris", bytes(range(256)) * 20, "a.ris: this is no text, so no bibliography; "),
        ("a.bib", b"PK\x03\x04 a zip file", "a.bib: this is no text, so no bibliography; "),
        ("a.json", b"[{", "a.json:1:3: no valid JSON ("),
        ("a.json", b"[" * 100_000, "a.json: JSON that is nested too deep or has numbers without"),
        ("a.json", b"17", "a.json: JSON, but no list of CSL items; "),
        ("a.yaml", b"references: {a: b}", "a.yaml:1:13: YAML, but no list of CSL items; "),
        ("a.yaml", b"references: [", "a.yaml:"),
    ],
)
def test_what_is_no_bibliography_is_told_in_a_line(
    name: str, data: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_bibliography(Path(name))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.bib"
    with large.open("wb") as file:
        file.truncate(50 * 10**6)
    assert large.stat().st_size > MAX_BYTES
    with pytest.raises(InputError, match="has 48 MB, and more than 32 MB are not read; split it"):
        read_bibliography(large)


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        read_bibliography(tmp_path)
    with pytest.raises(InputError, match="No such file or directory"):
        read_bibliography(tmp_path / "none.bib")


def test_encodings(tmp_path: Path) -> None:
    file = tmp_path / "a.ris"
    text = "TY  - BOOK\r\nTI  - Über Öl\r\nER  - \r\n"
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        file.write_bytes(data)
        assert read_bibliography(file).entries[0].item["title"] == "Über Öl"
    file.write_bytes(text.encode("cp1252"))
    found = read_bibliography(file)
    assert found.entries[0].item["title"] == "Über Öl"
    assert found.notes == (
        "line 2 is not UTF-8, so the file was read as Windows-1252: look at its accents",
    )


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["book", "2011", "x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "title",
                    "author",
                    "issued",
                    "date-parts",
                    "family",
                    "literal",
                    "custom",
                    "derived_from",
                    "URL",
                    "note",
                    "circa",
                    "season",
                    "raw",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(data: object) -> None:
    for format_ in ("csl.json", "yaml"):
        with suppress(InputError):
            read_text(json.dumps(data), "file", format_)  # type: ignore[arg-type]


def test_a_body_whose_name_holds_no_letter_is_no_author() -> None:
    text = '[{"type": "book", "title": "T", "author": [{"name": "\\u0007"}, {"family": "Doe"}]}]'
    (entry,) = read_text(text, "x.json", "csl.json").entries
    assert entry.item["author"] == [{"family": "Doe"}]


def test_a_note_in_a_list_gives_its_lines_as_any_other() -> None:
    text = '[{"type": "book", "title": "T", "note": ["", "original-date: 1951\\nA remark."]}]'
    (entry,) = read_text(text, "x.json", "csl.json").entries
    assert (entry.item["original-date"], entry.item["note"]) == ("1951", "A remark.")


def test_stray_control_characters_cost_no_entries(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    entries = "".join(f"@book{{k{n}, title = {{Title {n}}}}}\n" for n in range(200))
    file.write_text(f"{entries}@book{{odd, title = {{A \x01B\x02}}}}\n", "utf-8")
    found = read_bibliography(file)
    assert len(found.entries) == 201
    assert found.entries[-1].item["title"] == "A B"
    assert found.notes == (
        "2 control characters left out, from line 201 on: look at the words around",
    )
    file.write_text(f"{entries}\x00", "utf-8")
    with pytest.raises(InputError, match="this is no text"):
        read_bibliography(file)


def test_an_address_of_many_words_takes_no_time() -> None:
    words = "a " * 100_000
    assert first_address(f"https://a.example/x {words}b/c.pdf d") == (
        f"https://a.example/x%20{words.replace(' ', '%20')}b/c.pdf"
    )
