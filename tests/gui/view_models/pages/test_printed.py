"""What a row says of where its fact is printed, held against the text of the very pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from briefgen.brief.model import Sentence, Text
from briefgen.brief.spec.model import BriefSpec, Edits, OwnSection, SectionEdits
from briefgen.brief.traversal import blocks_inlines, inlines_in
from briefgen.gui.view_models.pages.preview import Preview, make_preview
from briefgen.gui.view_models.pages.printed import Printed
from briefgen.index import open_index
from briefgen.pipeline.draft import MadeBrief, assemble_draft
from briefgen.pipeline.resources import Resources
from briefgen.shipped import shipped_base, shipped_templates

CREATED, TODAY = datetime(2026, 11, 21, tzinfo=UTC), date(2026, 11, 21)
TEMPLATES = sorted(path.stem for path in shipped_templates().glob("*.yaml"))


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resources]:
    with pytest.MonkeyPatch.context() as patch, Resources() as shop:
        patch.setenv("BRIEFGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        shop.citeproc.start()
        yield shop


def made(spec: BriefSpec, resources: Resources) -> tuple[Preview, MadeBrief]:
    folders = (shipped_templates(),)
    preview = make_preview(spec, shipped_base(), folders, resources, CREATED, TODAY)
    drafted = assemble_draft(
        spec, shipped_base(), folders, resources, created=CREATED, today=TODAY, unfinished=True
    )
    return preview, drafted


def bare(text: str) -> str:
    """Letters and digits alone: marks of notes, blanks and ends of lines tell nothing here."""
    return re.sub(r"[\W_]", "", text)


def pages_of(preview: Preview) -> list[str]:
    """The text of each page, as another program reads it."""
    with pypdfium2.PdfDocument(preview.data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def stands(text: str, here: str, over: str) -> bool:
    """Whether a text stands on a page, or begins there and ends on the next one.

    Of a table, whose cells are read line by line, the words are looked for.
    """
    piece = bare(text)
    ends = range(len(piece) + 1)
    broken = any(here.find(piece[:n]) >= 0 and over.find(piece[n:]) >= 0 for n in ends)
    words = text.split()
    return piece in here or broken or (len(words) < 8 and all(bare(one) in here for one in words))


def sentences_of(drafted: MadeBrief) -> dict[str, list[list[str]]]:
    """By fact, each of its sentences in the pieces between its citations."""
    found: dict[str, list[list[str]]] = {}
    for section in drafted.brief.sections:
        for inline in blocks_inlines(section.blocks):
            if isinstance(inline, Sentence):
                pieces = [one.text for one in inlines_in(inline.content) if isinstance(one, Text)]
                for id_ in inline.facts:
                    found.setdefault(id_, []).append(pieces)
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_row_is_true_of_the_pages(template: str, resources: Resources) -> None:
    preview, drafted = made(BriefSpec(template=template), resources)
    pages = [bare(text) for text in pages_of(preview)]
    sentences = sentences_of(drafted)
    index = open_index(shipped_base())
    facts = index.facts(preview.printed)
    index.close()

    assert len(preview.printed) == len(facts) > 200
    for id_, where in preview.printed.items():
        if where.on_pages:
            assert where.page, (id_, where)
            here, over = pages[where.page - 1], "".join(pages[where.page : where.page + 1])
            pieces = sentences[id_][0]
            assert all(stands(piece, here, over) for piece in pieces), (id_, where)
            assert bare(pieces[0])[:6] in here, (id_, where)
            assert not any(
                bare(" ".join(sentences[id_][0])) in page for page in pages[: where.page - 1]
            ), (id_, where)
            if where.label != "annex only":
                assert any(bare(where.label) in page for page in pages[: where.page])
        else:
            assert where.label.startswith("not printed: ")
            assert id_ not in sentences
            assert not any(bare(facts[id_].statement) in page for page in pages), (id_, where)


def test_every_reason_is_told_in_words_and_names_its_section(resources: Resources) -> None:
    spec = BriefSpec(
        template="fact-sheet",
        edits=Edits(exclude=("relations-75-years-2023",)),
        sections=SectionEdits(
            leave_out=("agreements",),
            limits={"at-a-glance": 1},
            add=(OwnSection("mine", "What I saw", "It was so [@relations-long-partnership]."),),
        ),
    )
    preview, _ = made(spec, resources)
    told = preview.printed
    by_words = {one.words: one for one in told.values()}

    assert told["relations-75-years-2023"].words == "left out"
    assert told["relations-long-partnership"].words == "cited in What I saw"
    assert told["relations-long-partnership"].on_pages
    assert by_words["not printed: section off"].section == "agreements"
    assert by_words["not printed: limit of 1"].section == "at-a-glance"
    assert by_words["not printed: no section takes it"].section == ""
    assert by_words["Energy · p. 1"] == Printed("Energy", 1, "at-a-glance")
