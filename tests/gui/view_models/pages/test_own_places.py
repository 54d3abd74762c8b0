"""Where the author's own words stand on the pages, for every template that is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from briefgen.brief.spec.model import BriefSpec, OwnSection, SectionEdits, Sides
from briefgen.brief.template.finding import find_template
from briefgen.gui.view_models.pages.preview import make_preview
from briefgen.pipeline.resources import Resources
from briefgen.shipped import shipped_templates
from gui.conftest import BASE
from written_files import write_files

TEMPLATES = ("country-brief", "chronology", "fact-sheet", "talking-points", "visit-brief")


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resources]:
    with pytest.MonkeyPatch.context() as patch, Resources() as kept:
        patch.setenv("BRIEFGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        kept.citeproc.start()  # now, not in a test: it outlives that
        yield kept


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_click_on_an_answer_finds_its_field(
    name: str, tmp_path: Path, resources: Resources
) -> None:
    template = find_template(name, (shipped_templates(),))
    printed = [asked for asked in template.inputs
               if any(one.input == asked.id for one in template.sections)]  # fmt: skip
    words = {asked.id: f"Zebra{number} runs." for number, asked in enumerate(printed)}
    spec = BriefSpec(
        template=name,
        text=words,
        sides=Sides(("pakistan",), ("russia",)),
        sections=SectionEdits(add=(OwnSection("outlook", "Outlook", "Winter comes."),)),
    )
    base = write_files(tmp_path / "base", BASE)
    preview = make_preview(
        spec, base, (shipped_templates(),), resources, datetime(2026, 1, 1), date(2026, 1, 1)
    )

    pdf = pypdfium2.PdfDocument(preview.data)
    found: dict[str, str] = {}
    for own in preview.own_places:
        text = pdf[own.page].get_textpage()
        said = text.get_text_bounded(own.left - 1, own.bottom, own.right + 1, own.top)
        found[own.field] = found.get(own.field, "") + said
        text.close()
    pdf.close()
    for id_, said in words.items():
        assert said.split()[0] in found[f"text.{id_}"]
    assert found["sections.add.outlook"].strip() == "Winter comes."


def test_what_is_to_be_written_leads_to_its_field(tmp_path: Path, resources: Resources) -> None:
    base = write_files(tmp_path / "base", BASE)
    preview = make_preview(
        BriefSpec(template="talking-points"), base, (shipped_templates(),), resources,
        datetime(2026, 1, 1), date(2026, 1, 1),
    )  # fmt: skip
    assert [one.name for one in preview.missing] == ["lines"]
    assert "text.lines" in {own.field for own in preview.own_places}
