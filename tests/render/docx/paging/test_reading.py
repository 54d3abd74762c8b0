"""A body read piece by piece is what it is as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml

from briefgen.brief.model import Brief
from briefgen.render.docx.cascade import Cascade
from briefgen.render.docx.composing import compose
from briefgen.render.docx.paging import reading
from briefgen.render.docx.paging.reading import Reader, children_of_body
from render.pdf.samples import everything
from render.sample_brief import rich_brief


@pytest.mark.parametrize("at_once", [1, 97, 1 << 18])
@pytest.mark.parametrize(
    "brief",
    [rich_brief(), everything(), replace(rich_brief(), notes_at="end")],
    ids=["rich", "every block", "endnotes"],
)
def test_a_body_in_pieces_has_the_same_blocks(
    brief: Brief, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", at_once)
    composed = compose(brief, None, (("section-a", 1),), 12)
    parts = {kind: part.element for _, kind, part in composed.lent.parts}
    cascade = Cascade(parts[RT.STYLES], parts.get(RT.NUMBERING), parts.get(RT.THEME))
    reader = Reader(cascade, parts[RT.STYLES], 12)
    (whole,) = parse_xml(composed.body.xml)
    blocks = list(reader.blocks(whole))
    assert len(blocks) > 10
    assert list(reader.blocks_of(children_of_body(composed.body.xml))) == blocks


def test_what_was_read_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 500)
    most = 0
    for element in children_of_body(compose(rich_brief()).body.xml):
        body = element.getparent()
        assert body is not None
        most = max(most, len(body))
    assert 0 < most < 8
