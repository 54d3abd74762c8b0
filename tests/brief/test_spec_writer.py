"""A brief written to its file: read again it is the same, and what a person wrote stays."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.addresses import parse_address
from briefgen.brief.spec.model import (
    POSTS,
    BriefSpec,
    Edits,
    EmailRequest,
    Judgement,
    OwnSection,
    Passages,
    ReferenceListing,
    SectionEdits,
    Sides,
)
from briefgen.brief.spec.reader import parse_spec
from briefgen.brief.spec.writer import amend_spec, path_beside, write_spec
from briefgen.dates import parse_edtf
from briefgen.direction import stray_direction
from briefgen.errors import InputError
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES, Passage
from briefgen.select.model import Selection

HERE = Path("/home/jo/briefs")


def written(spec: BriefSpec) -> str:
    return write_spec(spec, HERE).decode()


def read(text: str | bytes) -> BriefSpec:
    return parse_spec(text if isinstance(text, bytes) else text.encode(), "x.brief.yaml", HERE)


def test_only_what_is_not_the_default_is_written() -> None:
    assert written(BriefSpec()) == "format: 1\n"
    spec = BriefSpec(
        title="Energy ties: 2011–2023",
        base="/home/jo/bases/mine",
        select=Selection(
            topics=("energy", "trade"), start=parse_edtf("2011"), end=parse_edtf("2023-12")
        ),
        edits=Edits(exclude=("a",), reword={"b": "New words."}),
        sections=SectionEdits(leave_out=("gaps",)),
        text={
            "bottom_line": "One.\n\n- a\n  - b\n",
            "objective": "A paragraph of own text that goes on and on until it is too long to "
            "stand on one line of a file that people read.",
        },
        judgements=(Judgement("It will.", "likely", "moderate", ("a",)),),
        grades=False,
        max_pages=2,
        email=EmailRequest(to=(parse_address("Jo Doe <jo@example.org>"),), body="Dear Jo,\n\nhi"),
    )

    assert written(spec) == (
        "format: 1\n"
        'title: "Energy ties: 2011–2023"\n'
        "base: ../bases/mine\n"
        "select:\n"
        "  topics: [energy, trade]\n"
        "  from: 2011\n"
        "  to: 2023-12\n"
        "facts:\n"
        "  exclude: [a]\n"
        "  reword:\n"
        "    b: New words.\n"
        "sections:\n"
        "  leave_out: [gaps]\n"
        "text:\n"
        "  bottom_line: |\n"
        "    One.\n"
        "\n"
        "    - a\n"
        "      - b\n"
        "  objective: >-\n"
        "    A paragraph of own text that goes on and on until it is too long to stand on one line of "
        "a file\n    that people read.\n"
        "judgements:\n"
        "  - text: It will.\n"
        "    likelihood: likely\n"
        "    confidence: moderate\n"
        "    basis: [a]\n"
        "grades: false\n"
        "max_pages: 2\n"
        "email:\n"
        "  to: [Jo Doe <jo@example.org>]\n"
        "  body: |-\n"
        "    Dear Jo,\n"
        "\n"
        "    hi\n"
    )
    assert read(written(spec)) == replace(spec, base="/home/jo/briefs/../bases/mine")


# Any text that a document can hold, and those that YAML has something to say about.
nasty = st.one_of(
    st.sampled_from(
        ["NO", "2013", "12:30", "~", "- x", "a: b", "a #b", "'", '"', "{x}", "[@a]", "*a", "&a",
         "|", ">-", "%a", "---", "...", "x\n---\ny", " a", "a ", "a\n\n", "\n a", "a\n  b\n c",
         "a  \nb", "\ta", "a\tb", "привет", "‏مرحبا", "😀", "a\u2028b", "\ufeffa", "null", "=1+1"]
    ),
    st.text(
        st.characters(
            exclude_categories=("Cs",),
            exclude_characters=[chr(c) for c in (*range(9), 11, 12, *range(13, 32),
                                                 *range(127, 160), 0xFFFE, 0xFFFF)],
        ),
        max_size=40,
    ),
).filter(lambda text: text.strip() and not stray_direction(text))  # fmt: skip
"""What a brief may hold: of what the reader refuses, unclosed marks of direction are drawn at times."""
one_line = nasty.filter(lambda text: not any(c in text for c in "\n\r\x85\u2028\u2029"))
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,5}", fullmatch=True)
id_lists = st.lists(ids, max_size=3, unique=True).map(tuple)
dates = st.sampled_from(["2011", "2011-05", "2012~", "201X", "../2014", "2013/..", "-0100"])
addresses = st.sampled_from(
    ["jo@example.org", "Jo Doe <jo@example.org>", '"Doe, \\"Jo\\"" <jo@example.org>',
     "Doe, Jo <jo@example.org>", "a\\b; c <jo@example.org>", "d@пример.рф", "Ж <jo@xn--e1afmkfd.xn--p1ai>", "'a@b' x <jo@example.org>" ]
).filter(lambda text: "'a@b'" not in text).map(parse_address)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> Edits:
    exclude = draw(id_lists)
    include = tuple(each for each in draw(id_lists) if each not in exclude)
    key = draw(id_lists)
    unkey = tuple(each for each in draw(id_lists) if each not in key)
    return Edits(
        exclude,
        include,
        draw(id_lists),
        key,
        unkey,
        draw(id_lists),
        draw(st.dictionaries(ids, one_line)),
    )


sentences = st.sampled_from(["Oil came", "*Much*\nwas said: a #b", "- x", "привет", '"yes"'])


@st.composite
def passages(draw: st.DrawFn) -> Passages:
    added = []
    for id_ in dict.fromkeys(draw(id_lists)):
        facts = draw(st.lists(ids, min_size=2, max_size=3, unique=True))
        clauses = [f"{draw(sentences)} [@{{{fact}}}]" for fact in facts]
        checked = draw(st.dictionaries(ids, st.sampled_from(["0" * 64, "af12" * 16]), max_size=2))
        added.append(Passage(id_, ", ".join(clauses), tuple(facts), checked, draw(st.booleans())))
    return Passages(tuple(added), draw(id_lists))


selections = st.builds(
    Selection,
    topics=id_lists,
    start=st.none() | dates.map(parse_edtf),
    kinds=st.lists(st.sampled_from(FACT_KINDS), max_size=2).map(tuple),
    actors=id_lists,
    sources=id_lists,
    markings=st.lists(st.sampled_from(["OFFICIAL", "SECRET"]), unique=True).map(tuple),
    text=st.sampled_from(["", "oil", '"oil price" ship*', "нефть"]),
    min_reliability=st.none() | st.sampled_from("ABCDE"),
    min_credibility=st.none() | st.integers(1, 5),
    ungraded=st.booleans(),
    undated=st.booleans(),
    status=st.lists(st.sampled_from(FACT_STATUSES), min_size=1, max_size=2).map(tuple),
)
judgements = st.builds(
    Judgement,
    text=nasty.filter(lambda text: "onfiden" not in text),
    likelihood=st.just("") | st.just("likely") | one_line,
    confidence=st.just("") | st.just("high") | one_line,
    basis=id_lists,
    because=st.just("") | nasty,
    assumes=st.just("") | nasty,
    would_change=st.just("") | nasty,
)
specs = st.builds(
    BriefSpec,
    title=st.none() | one_line,
    template=ids,
    base=st.none() | st.sampled_from(["/home/jo/briefs/a", "/usr/share/b", "/home/jo/briefs/NO"]),
    select=selections,
    edits=edits(),
    sections=st.builds(
        SectionEdits,
        leave_out=id_lists,
        order=id_lists,
        limits=st.dictionaries(ids, st.integers(1, 99), max_size=2),
        add=st.lists(
            st.builds(OwnSection, ids, one_line, nasty, st.just("") | ids),
            max_size=2,
            unique_by=lambda section: section.id,
        ).map(tuple),
        leads=st.dictionaries(ids, nasty, max_size=2),
    ),
    attendees=st.lists(one_line, max_size=2).map(tuple),
    posts=st.lists(st.sampled_from(POSTS), max_size=3, unique=True).map(tuple),
    passages=passages(),
    sides=st.builds(Sides, id_lists, id_lists),
    text=st.dictionaries(ids, nasty, max_size=3),
    judgements=st.lists(judgements, max_size=2).map(tuple),
    scale=st.sampled_from([None, "icd203", "phia", "/home/jo/briefs/ours.yaml"]),
    style=one_line.filter(lambda text: not text.lower().endswith(".csl"))
    | st.just("/home/jo/briefs/my.CSL"),
    citations=st.sampled_from(["plain", "zotero"]),
    notes=st.sampled_from(["foot", "end"]),
    references=st.builds(
        ReferenceListing, st.booleans(), st.booleans(), st.sampled_from(["", "kind"])
    ),
    grades=st.none() | st.booleans(),
    language=st.sampled_from([None, "en", "en-GB"]),
    paper=st.sampled_from(["a4", "letter"]),
    max_pages=st.none() | st.integers(1, 99),
    marking=st.none() | one_line,
    handling=st.lists(one_line, max_size=2).map(tuple),
    cleared_by=st.just("") | one_line,
    distribution=st.lists(one_line, max_size=2).map(tuple),
    reference=st.just("") | one_line,
    version=st.just("") | one_line,
    contact=st.just("") | one_line,
    prepared_for=st.just("") | one_line,
    prepared_by=st.just("") | one_line,
    review_on=st.sampled_from(["", "2026-11-21"]),
    changes=st.just("") | nasty,
    date=st.sampled_from([None, "2026-11-21"]),
    house=st.none() | st.sampled_from(["/home/jo/briefs/h.dotx", "/other/h.dotx"]),
    outputs=st.lists(
        st.sampled_from(["docx", "pdf", "html", "md", "txt", "json"]), min_size=1, max_size=3
    ).map(tuple),
    email=st.none()
    | st.builds(
        EmailRequest,
        st.lists(addresses, max_size=2).map(tuple),
        st.lists(addresses, max_size=2).map(tuple),
        st.just("") | one_line,
        st.just("") | nasty,
        st.booleans(),
    ),
)


def assert_same(first: BriefSpec, second: BriefSpec) -> None:
    for each in fields(BriefSpec):
        if each.compare:
            assert getattr(first, each.name) == getattr(second, each.name), each.name
    # Addresses are equal without their names, which people want to keep, too.
    assert repr(first.email) == repr(second.email)


@settings(deadline=None, max_examples=60)
@given(specs)
def test_what_is_written_is_read_again(spec: BriefSpec) -> None:
    assert_same(read(write_spec(spec, HERE)), spec)


@settings(deadline=None, max_examples=40)
@given(specs, specs)
def test_a_brief_written_over_another_reads_as_itself(first: BriefSpec, second: BriefSpec) -> None:
    data = write_spec(first, HERE)

    assert_same(read(amend_spec(data, second, HERE)), second)
    assert amend_spec(data, first, HERE) == data


BY_HAND = """\
# For Thursday.
title:   'Energy'   # as she likes it
format: 1
paper: a4  # said, though it is the default

select: {topics: energy, from: 2011}   # since the talks
text:
  # The minister reads this only.
  bottom_line: |
    Nothing is settled.

  objective: Know more.
judgements:
- text: It will.   # says who?
  likelihood: likely
base: ./../bases/mine
"""


def test_what_a_person_wrote_stays() -> None:
    spec = read(BY_HAND)
    changed = replace(
        spec,
        title="Energy ties",
        select=replace(spec.select, topics=("energy", "trade")),
        text={**spec.text, "objective": "Know all."},
        judgements=(replace(spec.judgements[0], confidence="low"),),
        marking="OFFICIAL",
    )

    assert (
        amend_spec(BY_HAND.encode(), changed, HERE).decode()
        == """\
# For Thursday.
title:   Energy ties   # as she likes it
format: 1
paper: a4  # said, though it is the default

select: {topics: [energy, trade], from: 2011}   # since the talks
text:
  # The minister reads this only.
  bottom_line: |
    Nothing is settled.

  objective: Know all.
judgements:
- text: It will.   # says who?
  likelihood: likely
  confidence: low
marking: OFFICIAL
base: ./../bases/mine
"""
    )


def test_what_is_undone_comes_back_byte_for_byte() -> None:
    spec = read(BY_HAND)
    data = amend_spec(BY_HAND.encode(), replace(spec, marking="X"), HERE)

    assert amend_spec(data, spec, HERE).decode() == BY_HAND


def test_line_ends_and_the_mark_at_the_start_stay() -> None:
    data = b"\xef\xbb\xbfformat: 1\r\ntitle: A # x\r\n"

    assert amend_spec(data, BriefSpec(title="B"), HERE) == (
        b"\xef\xbb\xbfformat: 1\r\ntitle: B # x\r\n"
    )


@pytest.mark.parametrize(
    "there",
    [
        "{format: 1, title: A}  # all in one\n",
        "# all in one\nformat: 1\ntitle: &t A\nreference: *t\n",
    ],
)
def test_where_lines_cannot_be_changed_one_by_one_comments_are_kept(there: str) -> None:
    spec = replace(read(there), title="B")

    data = amend_spec(there.encode(), spec, HERE)

    assert read(data) == spec
    assert b"# all in one" in data


@pytest.mark.parametrize(
    ("path", "folder", "said"),
    [
        ("/home/jo/briefs/base", "/home/jo/briefs", "base"),
        ("/home/jo/base", "/home/jo/a/b", "../../base"),
        ("/usr/share/base", "/home/jo", "/usr/share/base"),
        ("/home/jo/briefs", "/home/jo/briefs", "."),
        ("/home/jo/briefs/~x", "/home/jo/briefs", "/home/jo/briefs/~x"),
    ],
)
def test_paths_are_relative_where_that_is_sensible(path: str, folder: str, said: str) -> None:
    assert path_beside(path, Path(folder)) == said


def test_a_way_through_a_link_is_written_in_full(tmp_path: Path) -> None:
    (tmp_path / "far/away").mkdir(parents=True)
    (tmp_path / "base").mkdir()
    (tmp_path / "briefs").symlink_to(tmp_path / "far/away")

    assert path_beside(str(tmp_path / "base"), tmp_path / "briefs") == str(tmp_path / "base")


def test_what_cannot_be_read_again_is_not_written() -> None:
    wrong = BriefSpec(judgements=(Judgement("It is likely, with low confidence."),))

    with pytest.raises(InputError, match="speaks of likelihood and of confidence"):
        write_spec(wrong, HERE)
    with pytest.raises(InputError, match=r"control character U\+0007 in bottom_line"):
        write_spec(BriefSpec(text={"bottom_line": "a\x07"}), HERE)
    for key in ("base", "house"):
        for stray in ("\0", "\ud800"):
            with pytest.raises(InputError, match=f"control character.* in {key}"):
                write_spec(BriefSpec(**{key: f"{HERE}/a{stray}"}), HERE)


def test_what_says_nothing_is_left_out() -> None:
    spec = BriefSpec(title=" ", text={"a": "", "b": " \n"}, outputs=(), changes="\n", style="")

    assert written(spec) == "format: 1\n"
    assert written(BriefSpec(title="a\u2028b")) == "format: 1\ntitle: a b\n"
