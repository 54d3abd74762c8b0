"""Scales of likelihood and confidence: those that are shipped, and files of one's own."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from briefgen.dates import parse_edtf
from briefgen.errors import InputError
from briefgen.shipped import shipped_scales
from briefgen.standards.files import SCALE_FILE, load_scale, read_scale, shipped_names
from briefgen.standards.scale import Band, Term

OWN = """format: 1
label: Ours
document: How we judge
date: 2026-04
likelihood:
- {from: 0, to: 50, terms: [doubtful]}
- {from: 50, to: 100, terms: [{term: expected, forms: [to be expected], unsure: true}]}
"""


def test_the_shipped_ones_say_where_they_are_from() -> None:
    assert shipped_names("scale") == ("icd203", "phia")
    for name in shipped_names("scale"):
        scale = load_scale(name)
        assert scale.name == name
        assert scale.document
        assert scale.publisher
        assert scale.url.startswith("https://")
        assert parse_edtf(scale.date).first_day is not None
        assert scale.confidences == ("low", "moderate", "high")
        assert all(term.sentence.endswith(".") for _, term in scale.terms())


def test_the_yardstick_as_it_was_published_in_2025() -> None:
    phia = load_scale("phia")
    assert phia.date == "2025-03-24"
    assert [(band.low, band.high, band.names) for band in phia.bands] == [
        (0, 5, "remote chance"),
        (10, 20, "highly unlikely"),
        (25, 35, "unlikely"),
        (40, 50, "realistic possibility"),
        (55, 75, "likely or probable"),
        (80, 90, "highly likely"),
        (95, 100, "almost certain"),
    ]
    assert phia.confidence_name == "analytical confidence"


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN)
    scale = load_scale("ours.yaml", tmp_path)
    assert (scale.name, scale.label, scale.confidences) == ("ours.yaml", "Ours", ())
    assert scale.bands == (
        Band(0, 50, (Term("doubtful"),)),
        Band(50, 100, (Term("expected", ("to be expected",), unsure=True),)),
    )
    assert scale.find("expected") == (scale.bands[1], scale.bands[1].terms[0])
    assert scale.find("to be expected") is None, "a form is no term"
    assert load_scale(str(tmp_path / "ours.yaml")) != scale, "it is called by its path"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (OWN.replace("document: How we judge\n", ""), "o.yaml:1:1: error: a scale needs the key 'document'"),
        (OWN.replace("date: 2026-04\n", ""), "o.yaml:1:1: error: a scale needs the key 'date'"),
        (OWN.replace("2026-04", "lately"), "o.yaml:4:7: error: "),
        (OWN.replace("from: 50", "from: 40"), "o.yaml:1:1: error: the range of expected begins below"),
        (OWN.replace("to: 100", "to: 50"), "o.yaml:7:3: error: the range ends at 50, where it begins"),
        (OWN.replace("to: 100", "to: 120"), "o.yaml:7:18: error: 120 is out of range"),
        (OWN.replace("[doubtful]", "[doubtful, EXPECTED]"), "o.yaml:1:1: error: the term 'expected' stands twice"),
        (OWN.replace("[doubtful]", "[]"), "o.yaml:6:28: error: the list is empty"),
        (OWN + "likely: 3\n", "o.yaml:8:1: error: unknown key 'likely' in a scale"),
        ("", "o.yaml: error: the file is empty; start it with 'format: 1'"),
    ],
)  # fmt: skip
def test_faults_are_one_clear_line(wrong: str, says: str) -> None:
    scale, problems = read_scale(wrong.encode(), "o.yaml", "o.yaml")
    assert scale is None
    assert str(problems[0]).startswith(says)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read the scale .*ours\.yaml.* \(there is none\)"):
        load_scale("ours.yaml", tmp_path)
    (tmp_path / "ours.yaml").mkdir()
    with pytest.raises(InputError, match="it is no file"):
        load_scale("ours.yaml", tmp_path)
    with pytest.raises(InputError, match="there is no scale 'phiia'; did you mean 'phia'"):
        load_scale("phiia")


def test_the_schema_takes_what_the_reader_takes() -> None:
    judge = jsonschema.Draft202012Validator(SCALE_FILE.json_schema())
    for text in (OWN, *(path.read_text("utf-8") for path in shipped_scales().glob("*.yaml"))):
        said = yaml.load(text, Loader=yaml.BaseLoader)
        said["format"] = 1
        for band in said["likelihood"]:
            band["from"], band["to"] = int(band["from"]), int(band["to"])
            for term in band["terms"]:
                if isinstance(term, dict) and "unsure" in term:
                    term["unsure"] = True
        judge.validate(said)
