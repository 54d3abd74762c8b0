"""An author's table, line breaks and quotation marks come out of every format alike."""

from __future__ import annotations

import email
import email.policy
import json
import re
from pathlib import Path

import docx
import pypdfium2
import pytest

from briefgen.cli import main

BASE = Path(__file__).resolve().parents[1] / "fixtures" / "formats" / "1" / "base"
TEMPLATE = """
format: 1
label: Programme
description: d
title: Visit
inputs: [{id: programme, label: Programme, cites: false}]
sections: [{id: programme, heading: Programme, show: input, input: programme, tone: accent}]
"""
TEXT = r"""Arrive in time -- the minister's "shadow" waits.\
Bring passports.

| Time | With whom |
|-----:|-----------|
| 09:00 - 10:30 | Minister *Novak* [@everything] |
| 11:00 | "Lunch" |
"""
ROWS = [("09:00–10:30", "Minister Novak"), ("11:00", "‘Lunch’")]
FIRST = "Arrive in time – the minister’s ‘shadow’ waits."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own-text")
    (folder / "templates").mkdir()
    (folder / "templates" / "programme.yaml").write_text(TEMPLATE, encoding="utf-8")
    brief = folder / "visit.brief.yaml"
    request = {
        "format": 1, "template": "programme", "base": str(BASE), "text": {"programme": TEXT},
        "language": "en-GB", "style": "apa", "select": {"topics": ["energy"]},
        "outputs": ["docx", "pdf", "html", "md", "txt"],
    }  # fmt: skip
    brief.write_text(json.dumps(request), encoding="utf-8")
    where = ["--templates", str(folder / "templates")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFGEN_CACHE", str(folder / "cache"))
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        assert main(["export", str(brief), *where, "--out", str(folder)]) == 0
        draft = folder / "visit.eml"
        assert main(["email", str(brief), *where, "--to", "a@b.org", "--draft", str(draft)]) == 0
    return folder


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_nothing_is_said_of_sources(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no source" not in capsys.readouterr().err


def test_word(made: Path) -> None:
    document = docx.Document(str(made / "visit.docx"))
    table = next(
        t for t in document.tables if t.style is not None and t.rows[0].cells[0].text == "Time"
    )
    read = [tuple(squeezed(cell.text) for cell in row.cells) for row in table.rows]
    assert read[0] == ("Time", "With whom")
    assert [
        (time, who[: len(name)]) for (time, who), (_, name) in zip(read[1:], ROWS, strict=True)
    ] == ROWS
    assert 'w:tblCaption w:val="Programme"' in table._tbl.xml
    assert "<w:tblHeader/>" in table._tbl.xml
    paragraph = next(p for p in document.paragraphs if p.text.startswith("Arrive"))
    assert squeezed(paragraph.text.split("\n")[0]) == FIRST
    assert paragraph.text.split("\n")[1] == "Bring passports."


def test_pdf(made: Path) -> None:
    page = pypdfium2.PdfDocument(made / "visit.pdf")[0]
    lines = [squeezed(line) for line in page.get_textpage().get_text_range().splitlines()]
    assert FIRST in lines
    assert "Bring passports." in lines
    assert "Time With whom" in lines
    assert "11:00 ‘Lunch’" in lines


def test_html(made: Path) -> None:
    page = (made / "visit.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert re.search(r"waits\.<br>\s*Bring passports\.", page)
    assert '<caption class="unseen">Programme</caption>' in page
    assert re.search(r'<th scope="col"[^>]*>Time</th>', page)
    assert re.search(r"<td[^>]*>09:00–10:30</td>", page)
    assert "<em>Novak</em>" in page


def test_markdown(made: Path) -> None:
    text = (made / "visit.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "waits.\\\nBring passports." in text
    assert re.search(r"\| 09:00–10:30 \| Minister \*Novak\*", squeezed(text))
    assert ": Programme" in text


def test_plain_text(made: Path) -> None:
    lines = (made / "visit.txt").read_text(encoding="utf-8").splitlines()
    at = lines.index(FIRST)
    assert lines[at + 1] == "Bring passports."
    assert "11:00  ‘Lunch’" in " ".join(lines)
    # The heading of the section stands once: a caption would look like another.
    assert lines.count("Programme") == 2  # the kind of document above its title, and the section


def test_mail(made: Path) -> None:
    message = email.message_from_bytes(
        (made / "visit.eml").read_bytes(), policy=email.policy.default
    )
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    plain, page = (body.get_content().replace("\r\n", "\n") for body in bodies if body is not None)
    assert f"{FIRST}\nBring passports." in plain
    assert "11:00  ‘Lunch’" in plain
    assert "‘Lunch’</td>" in page
    assert "Bring passports." in page
