"""BibTeX and BibLaTeX: what stays as written, what is mended, what is refused."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.bibliography.clean import first_address
from briefgen.bibliography.model import Bibliography, Entry
from briefgen.bibliography.pandoc import read_biblatex
from briefgen.bibliography.read import read_text
from briefgen.errors import InputError


def read(text: str) -> Bibliography:
    return read_text(text, "file.bib", "biblatex")


def item(fields: str, kind: str = "misc") -> dict[str, Any]:
    """An entry with these fields, as read; those of the tables below are read together."""
    known = items_of_tables()
    entry = known.get((fields, kind)) or read(f"@{kind}{{key,\n{fields}\n}}").entries[0]
    assert entry.fault == ""
    return dict(entry.item)


@cache
def items_of_tables() -> dict[tuple[str, str], Entry]:
    """The entries of all tables in one file: starting Pandoc for each would take a minute."""
    asked = [
        *((f"title = {{{latex}}}", "misc") for latex, _ in TITLES),
        *((f"title = {{T}}, {fields}", "misc") for fields, _ in [*DATES, *LANGUAGES]),
        *((f"title = {{T}}, author = {{{author}}}", "misc") for author, _ in NAMES),
        *((f"title = {{T}}, {fields}", kind) for kind, fields, _ in TYPES),
    ]
    text = "\n".join(f"@{kind}{{k{n},\n{fields}\n}}" for n, (fields, kind) in enumerate(asked))
    return dict(zip(asked, read(text).entries, strict=True))


TITLES = [
    ("The Politics of Russia and Pakistan", "The Politics of Russia and Pakistan"),
    ("{The {NATO} Question}", "The NATO Question"),
    (r"M{\"u}ller, Stra{\ss}e, {\'E}cole, \v{C}ech", "Müller, Straße, École, Čech"),
    ("Pakistan--Russia --- a note", "Pakistan–Russia — a note"),
    ("``quoted'' and 'single' and don't", "“quoted” and 'single' and don't"),
    (r"$x^2$ of \emph{all} \textbf{things}", "x² of all things"),
    ("<i>no markup here</i>", "<i>no markup here</i>"),
    ("50% of R&D, #1, a_b", "50% of R&D, #1, a_b"),
    (r"50\% of R\&D, \#1, a\_b", "50% of R&D, #1, a_b"),
    ("It cost $5", "It cost $5"),
    (r"\{a \} b", "{a } b"),
    ("a~b", "a\u00a0b"),
    ("two\n   lines", "two lines"),
    ("Стратегический диалог", "Стратегический диалог"),
    (r"a \input{/etc/passwd} b", "a /etc/passwd b"),
    (r"a \write18{rm -rf /} b", "a rm -rf / b"),
    (r"\def\x{\x\x}\x a", "a"),
]


@pytest.mark.parametrize(("latex", "title"), TITLES)
def test_a_title_is_what_it_says(latex: str, title: str) -> None:
    assert " ".join(item(f"title = {{{latex}}}")["title"].split(" ")) == title


DATES = [
    ("date = {1948~}", "1948~"),
    ("date = {199X}", "199X"),
    ("date = {2011/2013}", "2011/2013"),
    ("date = {/2013}", "/2013"),
    ("date = {2011/..}", "2011/.."),
    ("year = 2011, month = jun", "2011-06"),
    ('year = 2011, month = jun # "~4"', "2011-06-04"),
    ('year = 2011, month = "4~" # jun', "2011-06-04"),
    ("year = 2011, month = 6, day = 4", "2011-06-04"),
    ("year = 2011, month = {June--July}", "2011-06/2011-07"),
    ("year = 2011, month = jun # {/} # jul", "2011-06/2011-07"),
    ("year = {c. 1948}", "1948~"),
    ("year = {1990--1995}", "1990/1995"),
    ("year = {n.d.}", None),
    ("year = {forthcoming}", {"literal": "forthcoming"}),
    ("note = {x}", None),
]


@pytest.mark.parametrize(("fields", "date"), DATES)
def test_dates(fields: str, date: Any) -> None:
    assert item(f"title = {{T}}, {fields}").get("issued") == date


NAMES = [
    ("{{Ministry of Foreign Affairs}}", [{"literal": "Ministry of Foreign Affairs"}]),
    ("{Smith and Sons, Ltd.}", [{"literal": "Smith and Sons, Ltd."}]),
    ("King, Jr., Martin Luther", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
    ("Jan van der Berg", [{"family": "Berg", "given": "Jan", "dropping-particle": "van der"}]),
    ("family=Berg, given=Jan, prefix={van der}, useprefix=true", [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}]),
    (r"{\'E}mile Zola and {\O}sten {\r{A}}s", [{"family": "Zola", "given": "Émile"}, {"family": "Ås", "given": "Østen"}]),
    ("O'Neill, Siobhán and others", [{"family": "O'Neill", "given": "Siobhán"}]),
]  # fmt: skip


@pytest.mark.parametrize(("author", "names"), NAMES)
def test_names(author: str, names: list[dict[str, str]]) -> None:
    assert item(f"title = {{T}}, author = {{{author}}}")["author"] == names


TYPES = [
    ("article", "", "article-journal"),
    ("article", "entrysubtype = {newspaper}", "article-newspaper"),
    ("misc", "url = {http://example.org}", "webpage"),
    ("misc", r"howpublished = {\url{http://example.org}}", "webpage"),
    ("misc", "", "document"),
    ("online", "", "webpage"),
    ("conference", "", "paper-conference"),
    ("unheardof", "", "document"),
    ("misc", "note = {Type: treaty}", "treaty"),
]


@pytest.mark.parametrize(("kind", "fields", "csl_type"), TYPES)
def test_types(kind: str, fields: str, csl_type: str) -> None:
    assert item(f"title = {{T}}, {fields}", kind)["type"] == csl_type


LANGUAGES = [
    ("langid = {english}", "en"),
    ("langid = {british}", "en-GB"),
    ("langid = {ngerman}", "de"),
    ("langid = {english}, language = {en-PK}", "en-PK"),
    ("language = {German}", "de"),
    ("language = {Klingon}", "Klingon"),
]


@pytest.mark.parametrize(("fields", "language"), LANGUAGES)
def test_languages(fields: str, language: str) -> None:
    assert item(f"title = {{T}}, {fields}")["language"] == language


def test_macros_and_inheritance() -> None:
    found = read(
        '@string{p = "Press"}\n@incollection{a, title = {Part}, crossref = {B}}\n'
        "@collection{B, title = {Whole Book}, booktitle = {Whole Book}, publisher = p # { House},"
        " address = nowhere, year = 2005}"
    )
    part, whole = (dict(entry.item) for entry in found.entries)
    assert part["container-title"] == "Whole Book"
    assert part["publisher"] == whole["publisher"] == "Press House"
    assert part["issued"] == whole["issued"] == "2005"
    assert whole["publisher-place"] == "nowhere"  # a macro that nobody defined says its name


def test_entries_that_inherit_from_each_other_are_read_all_the_same() -> None:
    """Pandoc would go round in circles."""
    found = read(
        "@misc{a, title={A}, crossref={b}}\n@misc{b, title={B}, crossref={a}}\n"
        "@misc{c, title={C}, xdata={c}}\n@misc{d, title={D}, crossref={a}}\n"
        "@misc{e, title={E}, crossref={f}}\n@misc{f, title={F}, year={2011}}"
    )
    assert [entry.item["title"] for entry in found.entries] == list("ABCDEF")
    assert found.entries[4].item["issued"] == "2011"
    told = "it inherits nothing: crossref leads round in circles, or to too many entries"
    assert [told in entry.notes for entry in found.entries] == [True] * 4 + [False] * 2


def test_many_at_each_of_some_generations_are_not_inherited() -> None:
    """Five generations of eight are 37,448 readings of one entry: Pandoc took two minutes."""
    eight = [f"p{number}" for number in range(8)]
    text = "".join(f"@book{{{key}0, title={{T}}, year={{2011}}}}\n" for key in eight)
    for generation in range(1, 6):
        above = ",".join(f"{key}{generation - 1}" for key in eight)
        text += "".join(
            f"@book{{{key}{generation}, title={{T}}, crossref={{{above}}}}}\n" for key in eight
        )
    found = read(text)
    assert len(found.entries) == 48
    assert [entry.item.get("issued") for entry in found.entries[:24]] == ["2011"] * 16 + [None] * 8
    assert "too many entries" in found.entries[16].notes[0]


def test_months_and_days_that_are_no_numbers() -> None:
    assert (
        item(f"title = {{T}}, year = 2011, month = {{²}}, day = {{{'9' * 5000}}}")["title"] == "T"
    )


def test_paths_of_another_machine_are_left_out() -> None:
    found = item("title = {T}, file = {/home/x/secret.pdf}, bdsk-file-1 = {YnBsaXN0}")
    assert found == {"type": "document", "title": "T"}


def test_lines_of_a_note_give_what_bibtex_has_no_field_for() -> None:
    found = item(
        "title = {T}, note = {A remark.\nOriginal Date: 1948\nrecipient: Khan || Aisha\n"
        "Source: the archive\nunheard-of: stays}"
    )
    assert found["original-date"] == "1948"
    assert found["recipient"] == [{"family": "Khan", "given": "Aisha"}]
    assert found["source"] == "the archive"
    assert found["note"] == "A remark. unheard-of: stays"


def test_a_type_that_nobody_knows_is_told() -> None:
    found = read(
        "@weird{a, title={A}}\n@misc{b, title={B}}\n@weird{c, title={C}, note={type: treaty}}"
    )
    assert [entry.notes for entry in found.entries] == [
        ("BibLaTeX has no type 'weird': taken for a document",),
        (),
        (),
    ]


def test_lines_of_a_note_replace_what_says_the_same_in_other_characters() -> None:
    found = item(
        "title = {The Kursk affair}, publisher = {Press}, note = {title: The <i>Kursk</i> affair"
        "\nPublisher: Another}"
    )
    assert found["title"] == "The <i>Kursk</i> affair"
    assert (found["publisher"], found["note"]) == ("Press", "Publisher: Another")


def test_a_line_of_a_note_replaces_no_author() -> None:
    found = item("title = {T}, author = {Khan, Aisha}, note = {Author: somebody else}")
    assert found["author"] == [{"family": "Khan", "given": "Aisha"}]
    assert found["note"] == "Author: somebody else"


def test_faulty_entries_are_named_and_the_others_read() -> None:
    found = read(
        "@book{one, title = {One}}\n@book{two, title = {never closed}\n\n"
        "@book{three, title = {Three}}\n@book{, title = {keyless}}\n@book{four, title = {Four"
    )
    assert [(e.key, e.place.line, bool(e.fault)) for e in found.entries] == [
        ("one", 1, False),
        ("two", 2, True),
        ("three", 4, False),
        ("", 5, False),
        ("four", 6, True),
    ]


def test_an_entry_without_a_key_is_read_and_lends_nothing() -> None:
    found = read(
        "@book{, title = {Keyless}, publisher = {P}}\n@inbook{a, title = {A}, crossref = {}}\n@misc{,}"
    )
    assert [(e.key, e.item.get("title"), bool(e.fault)) for e in found.entries] == [
        ("", "Keyless", False), ("a", "A", False), ("", None, True)
    ]  # fmt: skip
    assert "publisher" not in found.entries[1].item


def test_entries_are_found_as_bibtex_finds_them() -> None:
    found = read(
        "@my-type{a, title={A}}\n@misc\n{b, title={B},\n note={ends in a break\\\\}}\n"
        'Write to @us (or them).\n@Misc(c, title = "C {"}", title = {twice}) @misc{d, title={D}}\n'
        "@misc{e, title={E} junk}\n@misc{two words, title={F}}\n@misc{g, year=}"
    )
    assert [(e.key, e.place.line) for e in found.entries] == [
        ("a", 1), ("b", 2), ("c", 6), ("d", 6), ("e", 7), ("two", 8), ("g", 9)
    ]  # fmt: skip
    assert [e.fault for e in found.entries if e.fault] == [
        "not valid BibTeX ('{E} junk' is no text, number or name)",
        "not valid BibTeX (a key of one word expected)",
        "not valid BibTeX (field value expected)",
    ]
    assert found.entries[2].item["title"] == 'C "'


def test_a_quotation_mark_inside_braces_ends_no_text() -> None:
    found = read(
        '@article{a, author = "Rainer Sch{\\"o}pf", title = "The {\\TeX} of M{\\"u}ller", year = 1990}\n'
        '@article(b, title = "a {"so"} and {\\"{o}}", year = 1991)\n'
        '@article{c, title = {He said "so" {"} \\"o}, note = "x" # {"y"} # "z", year = 1992}\n'
        '@article{d, title = "ends with {\\"o}", note = "open {, year = 1993}\n'
        '@article{e, title = "{\\"O}sterreich", year = 1994}\n'
    )
    assert [(e.key, e.item.get("title"), bool(e.fault)) for e in found.entries] == [
        ("a", "The TeX of Müller", False),
        ("b", 'a "so" and ö', False),
        ("c", 'He said "so" " ö', False),
        ("d", None, True),
        ("e", "Österreich", False),
    ]
    assert found.entries[0].item["author"] == [{"family": "Schöpf", "given": "Rainer"}]
    assert found.entries[2].item["note"] == 'x"y"z'


def test_remarks_between_fields_are_none_of_them() -> None:
    found = read(
        '@article{a, % the first {one\n  title = {50% of "it"}, % "odd\n'
        '%  author = {Nobody},\n  note = "100% {sure} % yes", year = 1990}% end\n'
        "@misc(b, title = {B}, % with a ) and a }\n  year = 1991)\n"
        "@misc{c, title = {C}, url = http://example.org/a%20b, year = 1992}\n"
    )
    assert [(e.key, e.place.line, e.fault) for e in found.entries] == [
        ("a", 1, ""), ("b", 5, ""), ("c", 7, "")
    ]  # fmt: skip
    first, _, third = (dict(entry.item) for entry in found.entries)
    assert (first["title"], first["note"]) == ('50% of "it"', "100% sure % yes")
    assert "author" not in first
    assert third["URL"] == "http://example.org/a%20b"


def test_types_that_begin_like_a_word_of_bibtex_are_entries() -> None:
    found = read(
        "@commentary{a, title = {Civil Code}, editor = {Roe, R.}}\n@Comment{x, title = {none}}\n"
        '@string{m = "M"}\n@strings{b, title = m}\n@preamble{"x"}\n'
    )
    assert [(e.key, e.item.get("title"), e.item.get("type")) for e in found.entries] == [
        ("a", "Civil Code", "book"), ("b", "M", "document")
    ]  # fmt: skip
    assert found.entries[1].notes == ("BibLaTeX has no type 'strings': taken for a document",)


@pytest.mark.parametrize("text", ["nothing at all", "@comment{x}", "me@example.org"])
def test_a_file_without_entries_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="there is no BibTeX entry in it"):
        read(text)


def test_an_endless_row_of_open_braces_is_given_up_soon() -> None:
    with pytest.raises(InputError, match="more than 200 faulty entries"):
        read("@a{x, b={\n" * 100_000)


def test_pandoc_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(InputError, match=r"^file.bib: Pandoc had not read it after 0.001 seconds"):
        read_biblatex("@misc{a, title={x}}" * 1000, "file.bib", timeout=0.001)


PIECES = [
    "@article{", "@misc{k,", "@string{a=", "title={", "author={", "date={", " = ", "{", "}", "\\{",
    "\\}", "\\", '"', "$", "%", "#", " and ", ",", "\n", "\n\n", "x", "É", "中", "&", "~", "\\emph{",
    "\\begin{itemize}", "\\item", "\\def\\x{\\x\\x}", "\\x", "}\n", "'", "``", "\\input{a}",
    "note={Type: book\n", "crossref={k}", "2011", "jun",
]  # fmt: skip


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_rubbish_is_too_much(text: str) -> None:
    for body in (text, f"@misc{{k, title={{{text}}}, abstract={{{text}}}, author={{{text}}}}}"):
        try:
            read(body)
        except InputError as refused:
            said = str(refused)
            assert "Pandoc" not in said, "what we hand on, Pandoc reads"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (",https://a.example/1", "https://a.example/1"),
        (" ; https://a.example/1; https://a.example/2", "https://a.example/1"),
        (";", ""),
        ("", ""),
    ],
)
def test_marks_before_an_address_are_none_of_it(said: str, address: str) -> None:
    assert first_address(said) == address


def test_an_address_before_a_long_text_is_found_in_one_pass() -> None:
    words = " ".join(["word"] * 200_000)
    assert first_address(f"https://t.example/a b/c.pdf {words}") == "https://t.example/a%20b/c.pdf"
    assert first_address(f"https://t.example/a {words} x/y").endswith("%20word%20x/y")


def test_what_the_parser_quotes_of_a_faulty_entry_is_cut() -> None:
    """It quotes all that stands where it stopped."""
    faulty = f"@book{{k,\n abstra{'> ' * 3_000}\n arbook}},\n number = {{7}},\n}}\n"
    (entry,) = read(f"@book{{b, title = {{B}}}}\n{faulty}").entries[1:]
    assert "not valid BibTeX" in entry.fault
    assert len(entry.fault) < 1_000
    (unknown,) = read(f"@{'a' * 3_000}{{k, title = {{T}}}}\n").entries
    assert "BibLaTeX has no type" in unknown.notes[0]
    assert len(unknown.notes[0]) < 1_000


def test_commands_within_commands_without_end_are_told() -> None:
    deep = "\\emph{" * 600 + "x" + "}" * 600
    sound, nested = read(f"@book{{a, title = {{A}}}}\n@book{{b, title = {{{deep}}}}}\n").entries
    assert sound.item["title"] == "A"
    assert nested.fault == "title is nested too deep"
    deepest = "{" * 99 + "x" + "}" * 99
    assert read(f"@book{{a, title = {{{deepest}}}}}").entries[0].item["title"] == "x"
