"""What Pandoc makes of our page: a reader that knows notes by their roles."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pypandoc
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from briefgen.brief.model import Brief
from briefgen.render.html import render_html
from render.noted import noted_briefs
from render.sample_brief import many_facts_brief, plain_text, rich_brief, statements

pytestmark = pytest.mark.slow


def read_by_pandoc(brief: Brief, to: str = "plain") -> tuple[str, str]:
    """The page in another format, and what Pandoc warns of."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "html", "-t", to, "--wrap=none"],
        input=render_html(brief),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def bare(text: str) -> str:
    """A text without white space, which HTML does not keep."""
    return "".join(text.split())


def test_each_statement_arrives() -> None:
    brief = many_facts_brief(60, cited="notes")
    text = bare(read_by_pandoc(brief)[0])
    assert [statement for statement in statements(brief) if bare(statement) not in text] == []


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(noted_briefs())
def test_endnotes_are_notes_to_pandoc(brief: Brief) -> None:
    """It makes one note of each mark, as many as there are marks, each with its note's text."""
    native, warnings = read_by_pandoc(replace(brief, notes_at="end"), "native")
    assert warnings == ""
    assert native.count("Note [") + native.count("Note\n") == sum(
        len(note.cited_at) for note in brief.notes
    )


def test_footnotes_stay_a_numbered_list() -> None:
    """Pandoc 3.9 looks for notes among endnotes alone; of footnotes no word is lost."""
    brief = rich_brief(notes_at="foot")
    text = bare(read_by_pandoc(brief)[0])
    assert [n.number for n in brief.notes if bare(plain_text(n.content)) not in text] == []
