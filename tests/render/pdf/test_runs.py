"""Inlines flattened: what stays together on a line."""

from __future__ import annotations

import pytest

from briefgen.brief.model import Cite, CiteItem, Flag, Text
from briefgen.render.pdf.looks import Look, Style
from briefgen.render.pdf.runs import RunMaker

BODY = Look("regular", 10.0)


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("[1, Para. 15]", "[1,_Para._15]"),
        ("[4, Para. 34], [7, p. 18]", "[4,_Para._34], [7,_p._18]"),
        ("(Kamran 2023, para. 8; Awan 2019)", "(Kamran 2023, para. 8; Awan 2019)"),
        ("[see the long one in chapter 3 of it]", "[see the long one in chapter 3 of it]"),
    ],
)
def test_a_short_citation_does_not_break(cited: str, expected: str) -> None:
    cite = Cite((CiteItem("s"),), content=(Text(cited),))
    (run,) = RunMaker(Style(), (), set()).runs((cite,), BODY)
    assert run.text.replace("\u00a0", "_") == expected


def test_a_flag_is_tied_and_its_sign_never_stands_alone() -> None:
    *_, run = RunMaker(Style(), (), set()).runs((Text("Said."), Flag("one unnamed source")), BODY)
    assert run.tied
    assert run.text == "▲\u00a0one unnamed source"
