"""The author's own text: CommonMark, citations, and what is noticed in it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.conftest import Draft, fact
from brief.printed import inline, lines, section
from briefgen.brief.model import (
    Block,
    Blocks,
    Cite,
    CiteItem,
    Emphasis,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Table,
    Text,
)
from briefgen.brief.own_text import reader as own_text
from briefgen.brief.own_text.reader import (
    count_words,
    read_own_line,
    read_own_text,
    split_sentences,
)
from briefgen.brief.spec.model import Edits, Judgement, OwnSection, SectionEdits
from briefgen.errors import InputError
from briefgen.facts.locators import read_locator

KNOWN = {
    "f1": (CiteItem("s1", "9", "paragraph"),),
    "s1": (CiteItem("s1"),),
    "s2": (CiteItem("s2"),),
}


def read(text: str) -> list[str]:
    return lines(read_own_text(text, KNOWN.get).blocks)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Trade grew [@f1].", "Trade grew[s1:9]."),
        ("Trade grew. [@f1] More.", "Trade grew.[s1:9] More."),
        ("See [@s1, p. 3].", "See[s1:3]."),
        ("See [compare @s1, pp. 3-5, my stress; @f1].", "See[compares1:3-5, my stress; s1:9]."),
        ("Mail a@b.org or [a@b.org].", "Mail a@b.org or [a@b.org]."),
        (r"Not a citation: \[@f1].", "Not a citation: [@f1]."),
        # Neither HTML nor images: text like any other.
        ("<b>bold</b> <!-- x -->", "<b>bold</b> <!-- x -->"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("&lt;b&gt; &amp;", "<b> &"),
        ("a  \nb", "a/b"),
    ],
)
def test_inline_text(written: str, printed: str) -> None:
    assert read(written) == [printed]


def test_images_and_scripted_links_never_become_links() -> None:
    (block,) = read_own_text("[x](javascript:alert(1)) [y](https://y.org)", KNOWN.get).blocks
    assert isinstance(block, Paragraph)
    assert [item.url for item in block.content if isinstance(item, Link)] == ["https://y.org"]


def test_blocks() -> None:
    text = "# Top\n\n1. one\n2. two\n   - deep\n\n> said\n\n    code\n\n---"
    kinds = [type(block).__name__ for block in read_own_text(text, KNOWN.get).blocks]
    assert kinds == ["Heading", "ListBlock", "Quote", "Preformatted", "Rule"]


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("[@s1, p. 3, *emphasis added*]", ["s1|3|page||, emphasis added"]),
        ("[*see* @s1, *passim*]", ["s1|||see|, passim"]),
        ("[**@s1**, `p. 3`]", ["s1|3|page||"]),
        ("[@s1, pp. 3–5, 7 (quoting X; Y)]", ["s1|3–5, 7|page|| (quoting X; Y)"]),
        ('[@s1, "one; two"; @s2]', ['s1||||, "one; two"', "s2||||"]),
        ("[@s1, [emphasis; mine] x]", ["s1||||, [emphasis; mine] x"]),
        (r"[@s1 one\; two \[three\], me\@s2]", ["s1|||| one; two [three], me@s2"]),
        ("[see `a; b` @s1]", ["s1|||see a; b|"]),
        ("[@{s1}, p. 3]", ["s1|3|page||"]),
        ("[@s1{ii, A, D-Z}, with a suffix]", ["s1|ii, A, D-Z|page||, with a suffix"]),
        ("[@s1,\np. 3;\n@s2]", ["s1|3|page||", "s2||||"]),
        ("[@s1, [words](https://x.y)]", ["s1||||, words"]),
        ("[@s1, https://x.y/@s2/, a@s2.org]", ["s1||||, https://x.y/@s2/, a@s2.org"]),
        ("[@s1][@s2] [[@s1]]", ["s1||||", "s2||||", "s1||||"]),
        ("**so [@s1]** and [a [@s2] link](https://x.y)", ["s1||||", "s2||||"]),
        (r"[see \-@s1]", ["s1|||see -|"]),
        ("[see -@s1, p. 3; @s2]", ["s1|3|page|see||without author", "s2||||"]),
        ("[-@f1]", ["s1|9|paragraph|||without author"]),
        # A fact brings its own places.
        ("[see @f1, p. 4]", ["s1|9|paragraph|see|, p. 4"]),
        # Text like any other.
        ("@s1 says so", []),
        ("a@s1.org [a@s1.org]", []),
        (r"\[@s1] [\@s1] &lbrack;@s1]", []),
        ("`[@s1]` [`@s1`]", []),
        ("    [@s1]", []),
        ("[s1](https://x.y) [@other](https://x.y)", []),
    ],
)
def test_citations(written: str, cited: list[str]) -> None:
    own = read_own_text(written, KNOWN.get)
    assert own.faults == []
    assert [
        "|".join((item.source, item.locator, item.label, item.prefix, item.suffix))
        + ("|without author" if item.suppress_author else "")
        for item in cited_in(own.blocks)
    ] == cited


def cited_in(part: object) -> Iterator[CiteItem]:
    """Every item cited in blocks or inlines, in order."""
    if isinstance(part, Cite):
        yield from part.items
    elif isinstance(part, tuple):
        for one in part:
            yield from cited_in(one)
    elif isinstance(part, Paragraph | Emphasis | Strong | Link):
        yield from cited_in(part.content)
    elif isinstance(part, ListBlock):
        yield from cited_in(part.items)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("[@s1; see]", "'[@s1; see]' has a part 'see' that names no source"),
        ("[see; @s1]", "'[see; @s1]' has a part 'see' that names no source"),
        ("[@s1, p. 3;; @s2]", "'[@s1, p. 3;; @s2]' has an empty part"),
        ("[@s1;]", "'[@s1;]' has an empty part"),
        ("[see @s1 and @s2]", "'[see @s1 and @s2]' has 2 ids in one part"),
        ("[@s1, see [@s2]]", "'[@s1, see [@s2]]' holds a citation within another's brackets"),
        ("[@s1, p. 3", "'[@s1, p. 3' is not closed by a ]"),
        ("[@s1](https://x.y)", "[@s1] is a link, not a citation"),
        ("[@s1]: https://x.y", "[@s1]: at the start of a paragraph defines a link"),
        ("[@nope, *p. 3*]", "[@nope] names no fact and no source of the base"),
        ("[@s1; @nope]", "[@nope] names no fact and no source of the base"),
    ],
)
def test_what_cannot_be_read_as_a_citation_is_told(written: str, says: str) -> None:
    own = read_own_text(f"One.\n\nTwo\nlines.\n\n{written}", KNOWN.get)
    assert [(fault.message, fault.line) for fault in own.faults] == [(says, 6)]
    assert all(fault.hint for fault in own.faults)


def test_the_line_of_a_fault_is_its_own() -> None:
    text = "*One\ntwo* [@s1,\np. 3] `x`\n\n- item\n  and [@nope]"
    assert [fault.line for fault in read_own_text(text, KNOWN.get).faults] == [6]
    (fault,) = read_own_text("*One\ntwo* [@s1,\np. 3] x\ny [@s1", KNOWN.get).faults
    assert fault.line == 4


def test_a_faulty_citation_stays_as_it_was_written() -> None:
    assert read("So [*see* @nope, p. 3].") == ["So [see @nope, p. 3]."]


LOCATORS_AS_PANDOC = [
    (", p. 3", ("3", "page", "")),
    (", 3-5", ("3-5", "page", "")),
    (" p. 3", ("3", "page", "")),
    (", p.3", ("3", "page", "")),
    (", Page 3", ("3", "page", "")),
    (", pp. 3-5, 7", ("3-5, 7", "page", "")),
    (", pp. 3–5 (my emphasis)", ("3–5", "page", " (my emphasis)")),
    (", p. 3. My emphasis", ("3", "page", ". My emphasis")),
    (", p. A3", ("A3", "page", "")),
    (", A3", ("A3", "page", "")),
    (", pp. S12-S15", ("S12-S15", "page", "")),
    (", p. xiv", ("xiv", "page", "")),
    (", pp. iv-vi, x", ("iv-vi, x", "page", "")),
    (", p. (iv)", ("(iv)", "page", "")),
    (", xiv", ("", "", ", xiv")),
    (", I think so", ("", "", ", I think so")),
    (", passim", ("", "", ", passim")),
    (", in 2013", ("", "", ", in 2013")),
    (", p. (a)", ("", "", ", p. (a)")),
    (", para. 3(b)", ("3(b)", "paragraph", "")),
    (", para. 3 n. 2", ("3", "paragraph", " n. 2")),
    (", ¶ 4", ("4", "paragraph", "")),
    (", § 12", ("12", "section", "")),
    (", §§ 12-13", ("12-13", "section", "")),
    (", sec. 4.2.1", ("4.2.1", "section", "")),
    (", chap. 2, emphasis mine", ("2", "chapter", ", emphasis mine")),
    (", vol. 2, p. 3", ("2", "volume", ", p. 3")),
    (", vol. II, 3", ("II, 3", "volume", "")),
    (", fol. 3r", ("3r", "folio", "")),
    (", fig. 3", ("3", "figure", "")),
    (", n. 3", ("3", "note", "")),
    (", {pp. 3}, x", ("3", "page", ", x")),
    (", {chap. abc} d", ("abc", "chapter", " d")),
    (", {}, 99 years", ("", "", ", 99 years")),
    ("", ("", "", "")),
]

LOCATORS_OF_OUR_OWN = [
    (" para 12", ("12", "paragraph", "")),
    (", at 12:30", ("12:30", "timestamp", "")),
    (", at 15", ("", "", ", at 15")),
    (", no. 3/4", ("3/4", "issue", "")),
    (", art. 5(2)(a)", ("5(2)(a)", "article", "")),
    (", pp. 3, 5 and 7", ("3, 5 and 7", "page", "")),
    (", p. 1,234", ("1,234", "page", "")),
    (", p. 3: x", ("3", "page", ": x")),
    (", p. 3, I think", ("3", "page", ", I think")),
    (", p. 3, 2nd ed.", ("3", "page", ", 2nd ed.")),
    (", p. 3—mine", ("3", "page", "—mine")),
    (", 3rd edition", ("", "", ", 3rd edition")),
    (", G20 statement", ("", "", ", G20 statement")),
]


@pytest.mark.parametrize(("after", "read_as"), LOCATORS_AS_PANDOC + LOCATORS_OF_OUR_OWN)
def test_locators(after: str, read_as: tuple[str, str, str]) -> None:
    assert read_locator(after) == read_as


PLACES = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
<info><title>Places</title><id>places</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout><choose>
<if variable="locator"><text variable="locator"/><label variable="locator" prefix="|"/>
<text value="|"/></if><else><text value="||"/></else>
</choose></layout></citation></style>
"""


def test_locators_are_read_as_by_pandoc(tmp_path: Path) -> None:
    (tmp_path / "places.csl").write_text(PLACES)
    (tmp_path / "s.json").write_text('[{"id": "s1", "type": "book", "title": "x"}]')
    text = "\n\n".join(f"[@s1{after}]" for after, _ in LOCATORS_AS_PANDOC)
    arguments = ["--citeproc", "--csl=places.csl", "--bibliography=s.json", "--to=plain"]
    printed = pandoc(text, *arguments, "--wrap=none", folder=tmp_path).split("\n\n")
    plural = re.compile(r"(?<=[a-z])s(?=\|)")
    read_by_pandoc = [tuple(plural.sub("", line.strip()).split("|", 2)) for line in printed]
    wanted = [
        tuple(part.replace("-", "–") for part in read_as) for _, read_as in LOCATORS_AS_PANDOC
    ]
    assert read_by_pandoc[: len(wanted)] == wanted


def pandoc(text: str, *arguments: str, folder: Path | None = None) -> str:
    program = [pypandoc.get_pandoc_path(), "--from=markdown-smart", *arguments]
    return subprocess.run(
        program, input=text, capture_output=True, text=True, check=True, cwd=folder
    ).stdout


WORDS = st.sampled_from(
    ["see", "*see also*", "**cf.**", "`a; b`", "a@b.org", "(no)", "[sic]", r"\;", r"\[x\]",
     "p. 3", "pp. 3-5, 7", "{chap. x}", "[w](https://x.y)", "“q”", "chap. 2", "https://x.y/z"]
)  # fmt: skip
AFFIX = st.lists(WORDS, max_size=3).map(" ".join)
ITEM = st.builds(
    lambda before, name, after: f"{before} @{name}{after and ', ' + after}".strip(),
    AFFIX, st.sampled_from(["s1", "s2", "{s1}"]), AFFIX,
)  # fmt: skip
BRACKET = st.lists(ITEM, min_size=1, max_size=3).map(lambda items: f"[{'; '.join(items)}]")
AROUND = st.sampled_from(["{}", "So {}.", "*{}*", "a **b {} c**", "[{}]", "{} {}", "`{}`", "- {}"])
PARAGRAPH = st.builds(lambda around, bracket: around.replace("{}", bracket), AROUND, BRACKET)


@settings(max_examples=6, deadline=None)
@given(st.lists(PARAGRAPH, min_size=20, max_size=20))
def test_pandoc_finds_as_many_citations(paragraphs: list[str]) -> None:
    found = [read_own_text(paragraph, KNOWN.get) for paragraph in paragraphs]
    assert [own.faults for own in found] == [[]] * len(found)
    # A heading between them keeps one paragraph's list out of the next.
    read_by_pandoc = json.loads(pandoc("\n\n# x\n\n".join(paragraphs), "--to=json"))["blocks"]
    counts = [0]
    for block in read_by_pandoc:
        if block["t"] == "Header":
            counts.append(0)
        counts[-1] += json.dumps(block).count('"citationId"')
    assert [len(list(cited_in(own.blocks))) for own in found] == counts


@given(st.lists(st.sampled_from(
    ["[", "]", "@", "x", ";", " ", "-", "(", ")", "{", "}", "*", "`", "\\", "\n", ":", "a.b", "p. 3",
     "](", "[@", "@x", "!", "<", "\n\n", '"', "1", ",", "_", "&amp;"]), max_size=20))  # fmt: skip
def test_any_text_can_be_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert list(cited_in(read_own_text(text, lambda name: None).blocks)) == []
    for fault in read_own_text(text, lambda name: (CiteItem(name),)).faults:
        assert 1 <= fault.line <= text.count("\n") + 1


def test_sentences_are_told_apart() -> None:
    text = "Gen. A. Smith met Dr. Doe. It rose to 3.5 per cent. Was it so? “Yes.” The end"
    assert split_sentences(text) == [
        "Gen. A. Smith met Dr. Doe.",
        "It rose to 3.5 per cent.",
        "Was it so?",
        "“Yes.”",
        "The end",
    ]
    assert split_sentences(
        "See fig. 3 and Vol. 2. He said no. Then [@a, ch. 3, P. 9. Yes] so."
    ) == [
        "See fig. 3 and Vol. 2.",
        "He said no.",
        "Then [@a, ch. 3, P. 9. Yes] so.",
    ]


@pytest.mark.parametrize(
    "place",
    ["fig. 3", "n. 3", "vol. 2, p. 3", "ch. 3, p. 9", "chap. 2", "p. 3. My emphasis", "*Ibid.* 7"],
)
def test_a_place_ends_no_sentence(place: str) -> None:
    text = f"Trade grew [@s1, {place}]. It fell. [see @s1, {place}; @f1] Nobody knows why."
    assert read_own_text(text, KNOWN.get).uncited == ["Nobody knows why."]


def test_sentences_without_a_source_are_named(draft: Draft) -> None:
    text = "Trade grew. [@a] Nobody knows why. It fell [@s1]."
    made = draft([fact("a")], text={"bottom_line": text, "unknown": "Why."})
    assert made.warnings == (
        "bottom_line: no source for “Nobody knows why.”; add [@fact-id] or [@source-id, p. 3]",
    )
    assert section(made.brief, "bottom-line") == [
        "Trade grew.[s1:3] Nobody knows why. It fell[s1:]."
    ]


def test_an_answer_that_needs_no_sources_is_not_judged_by_its_sentences(draft: Draft) -> None:
    sections = """
inputs:
- {id: programme, label: Programme, cites: false}
- {id: purpose, label: Purpose}
sections:
- {id: programme, show: input, input: programme}
- {id: purpose, show: input, input: purpose}
- {id: all, heading: All, show: bullets}
"""
    made = draft([fact("a")], sections, text={"programme": "Talks at 9.", "purpose": "To talk."})
    assert [warning.split(" for ")[0] for warning in made.warnings] == ["purpose: no source"]
    with pytest.raises(InputError, match="names no fact and no source"):
        draft([fact("a")], sections, text={"programme": "Talks at 9 [@nope]."})


def test_an_unknown_citation_is_refused(draft: Draft) -> None:
    with pytest.raises(InputError, match=r"\[@nope\] names no fact and no source"):
        draft([fact("a")], text={"bottom_line": "It is so [@nope]."})
    with pytest.raises(InputError, match=r"'\[@a; see\]' has a part.*line 3 of the text"):
        draft([fact("a")], text={"bottom_line": "It is so.\n\n[@a; see]"})


def test_a_faulty_citation_in_a_template_is_refused(draft: Draft) -> None:
    sections = "sections: [{id: t, heading: T, show: text, text: 'So [@a; see].'}]"
    with pytest.raises(InputError, match="has a part 'see' that names no source") as caught:
        draft([fact("a")], sections)
    assert caught.value.origin is not None
    assert caught.value.origin.line == 5


def test_too_many_words_are_told(draft: Draft) -> None:
    made = draft([fact("a")], text={"bottom_line": "word " * 61 + "[@a]."})
    told = "bottom_line has 61 words; the template asks for at most 60"
    assert told in made.warnings  # without a place: no file has said it


def test_a_judgement_may_cite(draft: Draft) -> None:
    judgement = Judgement("Trade will *grow* [@a].", "likely", "low")
    made = draft([fact("a")], judgements=(judgement,))
    line, _key = section(made.brief, "judgements")
    assert line.startswith("Trade will grow[s1:3]. This is likely. Our confidence is low.")
    assert inline(()) == ""


@given(st.lists(st.sampled_from(
    ["Trade", " ", ".", ", ", "\n", "\n\n", "2011", "1.", "- ", "(x)", "a–b", "*", "_", "#", "=",
     "“q”", "; ", "é", "[@s1]", "\t", "  \n", "&amp;", "<b>", "-", "~", "http://x.y", ":",
     "\u00a0"]),
    max_size=12))  # fmt: skip
def test_plain_text_reads_the_same_without_the_parser(pieces: list[str]) -> None:
    text = "".join(pieces)
    quick = read_own_text(text, KNOWN.get)
    with patch.object(own_text, "_MAY_BE_MARKUP", re.compile("")):
        parsed = read_own_text(text, KNOWN.get)
    assert [flat(b) for b in quick.blocks] == [flat(b) for b in parsed.blocks]
    assert quick.uncited == parsed.uncited


def flat(block: object) -> object:
    """Neighbouring texts of a paragraph as one: how it is cut makes no difference."""
    if not isinstance(block, Paragraph) or not all(isinstance(i, Text) for i in block.content):
        return block
    return "".join(item.text for item in block.content if isinstance(item, Text))


TABLE = """
| Time | With whom | Press |
|------|:---------:|------:|
| 09:00 | Minister *Novak* [@f1] | `open` |
| 11:00 | a\\|b | |
"""


def test_a_pipe_table() -> None:
    (table,) = read_own_text(TABLE, KNOWN.get).blocks
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["left", "centre", "right"]
    assert lines((table,)) == [
        "Time | With whom | Press",
        "09:00 | Minister Novak[s1:9] | open",
        "11:00 | a|b | ",
    ]
    wide, narrow = table.columns[1].width, table.columns[0].width
    assert wide > narrow >= 4


def test_a_table_without_headings_has_none() -> None:
    (table,) = read_own_text("| | |\n|-|-|\n| a | b |", KNOWN.get).blocks
    assert isinstance(table, Table)
    assert not table.has_header
    assert len(table.rows) == 1


def test_a_table_wants_a_source_for_each_row_but_not_for_each_cell() -> None:
    own = read_own_text(TABLE, KNOWN.get)
    assert own.uncited == ["11:00, a|b"]
    assert count_words(TABLE) == 10
    assert [fault.line for fault in read_own_text(TABLE + "| [@nope] |", KNOWN.get).faults] == [6]


def test_a_table_in_a_line_of_text_is_read_on() -> None:
    content, _ = read_own_line("So:\n\n| a | b |\n|---|---|\n| c | d |\n\n> said", KNOWN.get)
    assert inline(content) == "So: a b c d said"


def test_a_table_is_called_as_what_it_stands_under(draft: Draft) -> None:
    sections = """
inputs: [{id: p, label: P, cites: false}]
sections:
- {id: p, heading: Programme, show: input, input: p}
- {id: q, show: input, input: p}
"""
    table = "| a |\n|---|\n| b |\n"
    text = f"{table}\n- x\n\n  {table.replace(chr(10), chr(10) + '  ')}\n\n## Day *two*\n\n{table}"
    brief = draft([fact("a")], sections, title="Visit", text={"p": text}).brief
    captions = [
        [block.caption for block in walk_blocks(part.blocks) if isinstance(block, Table)]
        for part in brief.sections
    ]
    assert captions == [["Programme", "Programme", "Day two"], ["Visit", "Visit", "Day two"]]


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from walk_blocks(item)


def test_own_text_is_set_in_the_briefs_language(draft: Draft) -> None:
    said = {"bottom_line": "It's 'so' -- they say [@a]."}
    assert section(draft([fact("a")], text=said).brief, "bottom-line") == [
        "It’s ‘so’ – they say[s1:3]."
    ]
    american = draft(
        [fact("a", "It's 'so' -- they say.")], text=said, language="en-US",
        judgements=(Judgement("It's 'likely' to be so."),),
    ).brief  # fmt: skip
    assert section(american, "bottom-line") == ["It’s “so”—they say[s1:3]."]
    assert section(american, "judgements") == ["It’s “likely” to be so."]
    # A fact is what it is.
    told = [line for part in american.sections for line in lines(part.blocks)]
    assert any("It's 'so' -- they say" in line for line in told)


def test_what_the_author_says_elsewhere_is_set_alike(draft: Draft) -> None:
    brief = draft(
        [fact("a", "It's 'said'."), fact("b", "It's 'said'.")],
        "sections: [{id: s, heading: S, show: bullets}]",
        title='Borduria\'s "turn" -- 2011--2023',
        edits=Edits(reword={"a": "It's 'so'."}),
        sections=SectionEdits(add=(OwnSection("own", "The minister's view", "It's so [@a]."),)),
    ).brief
    assert brief.title == "Borduria’s ‘turn’\u00a0– 2011–2023"
    assert [inline(part.heading) for part in brief.sections] == ["S", "The minister’s view"]
    assert section(brief, "s") == ["- It’s ‘so’ (2012).[s1:3]", "- It's 'said' (2012).[s1:3]"]


def test_marks_within_marks_without_end_are_printed_as_typed() -> None:
    (line,) = read("**" * 1_000 + "x [@f1]" + "**" * 1_000)
    assert line.count("x") == 1
    assert "**x [s1:9]**" in line or "**x[s1:9]**" in line


def test_an_address_amid_letters_is_exact_however_long_the_word() -> None:
    (line,) = read('"M' + "*" * 20_000 + '" and (see http://a.example/x--y "z" jo--x@a.example)')
    assert line.startswith("‘M*")
    assert line.endswith("’ and (see http://a.example/x--y ‘z’ jo--x@a.example)")
