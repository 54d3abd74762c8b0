"""Text of sources is data: it comes out as it went in, whatever it looks like.

All but the shapes of quotation marks and apostrophes, which are the style's and language's.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, CslStyle, load_style, word_citations
from briefgen.facts.model import Source
from cite.making import cite

PLAIN = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Title only</title><id>plain</id></info>
  <citation><layout><text variable="title" prefix="&#171;" suffix="&#187;"/></layout></citation>
</style>
"""

NASTY = [
    "75 <b>years</b> & more",
    "$x$ *a* _b_ `c` ~d~ ^e^ [f](g) ![h](i)",
    "[@kamran, p. 3] and @awan",
    "{{ 7 * 7 }} {% raw %}",
    "=1+1",
    r"\textbf{x} C:\new",
    '"straight" and \'single\' quotes, it\'s',
    "“curly” ‘quotes’",
    "A -- B --- C ... D",
    "<script>alert(1)</script>",
    "family \u200d joiner, soft\u00adhyphen, a\u00a0no-break space",
    "عنوان اردو میں",
    "О торговле",
    "貿易と👩‍👩‍👧",
    "http://example.org/?a=1&b=2",
    "<!-- not a comment -->",
    "{} [ ] | #^ :::",
]  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> CslStyle:
    path: Path = tmp_path_factory.mktemp("style") / "plain.csl"
    path.write_text(PLAIN, encoding="utf-8")
    return load_style(str(path))


def worded_title(title: str, style: CslStyle, citeproc: Citeproc) -> str:
    source = Source("s", {"id": "s", "type": "book", "title": title})
    wording = word_citations([cite("s").items], {"s": source}, style, citeproc=citeproc)
    return plain_text(wording.citations[0])


@pytest.mark.parametrize("title", NASTY)
def test_titles_come_out_as_they_went_in(title: str, plain: CslStyle, citeproc: Citeproc) -> None:
    assert folded(worded_title(title, plain, citeproc)) == f"«{folded(title)}»"


@pytest.mark.parametrize("title", NASTY)
def test_also_through_a_style_with_quotes(title: str, citeproc: Citeproc) -> None:
    """MLA sets English titles in title case; otherwise they stay as they are."""
    worded = worded_title(title, load_style("modern-language-association"), citeproc)
    assert folded(title).casefold() in folded(worded).casefold()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1)
    .map(lambda text: " ".join(text.split(" ")).strip(" "))
    .filter(lambda text: text.strip() and "  " not in text)
)
def test_any_title_comes_out_as_it_went_in(plain: CslStyle, citeproc: Citeproc, title: str) -> None:
    assert folded(worded_title(title, plain, citeproc)) == f"«{folded(title)}»"


def folded(text: str) -> str:
    """The text with all quotation marks and apostrophes made one."""
    return re.sub("[\"'“”‘’]", "'", text)


SET = [
    # as typed, and as an American style that adds no marks of its own sets it
    ("The \"silk\" road", "The “silk” road"),
    ("Awan's Blog, the ministers' choice", "Awan’s Blog, the ministers’ choice"),
    ("It's 'quoted' here", "It’s “quoted” here"),
    ("“He said ‘no’”", "“He said ‘no’”"),
    ("rock 'n' roll in the '90s", "rock “n” roll in the ’90s"),
    ("Height 5'10\", a 12\" disc", "Height 5'10\", a 12\" disc"),
    ("a 'b", "a ’b"),
    ("\" \" ''", "\" \" ''"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "printed"), SET)
def test_straight_marks_are_set(
    typed: str, printed: str, plain: CslStyle, citeproc: Citeproc
) -> None:
    assert worded_title(typed, plain, citeproc) == f"«{printed}»"


def test_addresses_keep_their_marks(citeproc: Citeproc) -> None:
    url = "https://example.org/it's"
    record = {"id": "s", "type": "webpage", "title": "T", "URL": url}
    wording = word_citations(
        [cite("s").items], {"s": Source("s", record)}, load_style("ieee"), citeproc=citeproc
    )
    assert url in plain_text(wording.references[0].content)


def test_names_and_publishers_are_literal_too(citeproc: Citeproc) -> None:
    record = {
        "id": "s",
        "type": "book",
        "title": "T",
        "author": [{"literal": "Ministry of <i>X</i> & *Y*"}],
        "publisher": "$z$ [@p]",
    }
    wording = word_citations(
        [cite("s").items], {"s": Source("s", record)}, load_style("apa"), citeproc=citeproc
    )
    assert plain_text(wording.references[0].content) == (
        "Ministry of <i>X</i> & *Y*. (n.d.). T. $z$ [@p]."
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "//x", "data:a,b"])
def test_only_web_addresses_become_links(url: str, citeproc: Citeproc) -> None:
    record = {"id": "s", "type": "webpage", "title": "T", "URL": url}
    wording = word_citations(
        [cite("s").items], {"s": Source("s", record)}, load_style("ieee"), citeproc=citeproc
    )
    assert url in plain_text(wording.references[0].content)
    assert "Link" not in repr(wording.references)
