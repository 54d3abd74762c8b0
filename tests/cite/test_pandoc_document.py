"""What Pandoc is told of sources: each under the id asked for, and never one for another."""

from __future__ import annotations

import json

import pytest

from briefgen.brief.model import CiteItem
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, load_style, word_citations
from briefgen.cite import pandoc_document as module
from briefgen.cite.pandoc_document import reference, reference_as_json
from briefgen.facts.model import Source

CSL = {"id": "s1", "type": "report", "title": 'A "quoted" r1 title', "issued": {"raw": "2011"}}


@pytest.mark.parametrize("csl", [CSL, {"id": "s1"}, {"title": "no id"}])
def test_a_reference_is_the_same_as_one_made_for_its_id(csl: dict[str, object]) -> None:
    record = json.dumps(csl)
    for id_ in ("r0", "r17"):
        assert json.loads(reference_as_json(record, id_)) == reference({**csl, "id": id_})


def test_a_source_that_changed_is_told_anew() -> None:
    before, after = json.dumps(CSL), json.dumps({**CSL, "title": "B"})
    assert reference_as_json(before, "r0") != reference_as_json(after, "r0")


def test_no_more_is_kept_than_there_is_room_for() -> None:
    for number in range(module.MOST_SOURCES + 10):
        record = json.dumps({"title": str(number)})
        assert f'"c":"{number}"' in reference_as_json(record, "r0")
    kept = module._fields_as_json.cache_info()
    assert kept.currsize <= module.MOST_SOURCES


def test_a_note_is_not_read_as_a_list_of_variables(citeproc: Citeproc) -> None:
    """Some programs do, Pandoc among them where it reads files of references."""
    csl = {"id": "a", "type": "book", "title": "Oil", "note": "DOI: 10.1/x\n{:status: b}"}
    wording = word_citations(
        [(CiteItem("a"),)], {"a": Source("a", csl)}, load_style("apa"), citeproc=citeproc
    )
    assert "10.1/x" not in plain_text(wording.references[0].content)


def test_a_title_goes_in_as_one_piece() -> None:
    """Words and spaces apart make a question of thousands of sources twice as long."""
    [title] = reference({"title": "A  plain title\tof many words"})["c"]["title"]["c"]
    assert title == {"t": "Str", "c": "A plain title of many words"}
