"""Which base and which templates are used, and what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefgen.errors import BriefgenError, InputError, UsageError
from briefgen.pipeline import places
from briefgen.pipeline.clock import moment
from briefgen.pipeline.places import find_base, template_folders
from briefgen.shipped import shipped_base, shipped_templates


def test_flag_before_brief_before_environment_before_shipped(tmp_path: Path) -> None:
    for name in ("flag", "brief", "env"):
        (tmp_path / name).mkdir()
    flag, brief, env = (str(tmp_path / name) for name in ("flag", "brief", "env"))

    assert find_base(flag, brief, {"BRIEFGEN_BASE": env}) == tmp_path / "flag"
    assert find_base(None, brief, {"BRIEFGEN_BASE": env}) == tmp_path / "brief"
    assert find_base(None, None, {"BRIEFGEN_BASE": env}) == tmp_path / "env"
    assert find_base(None, None, {"BRIEFGEN_BASE": ""}) == shipped_base()
    assert find_base(None, None, {}) == shipped_base()


def test_the_settings_folders_come_before_the_shipped_ones(tmp_path: Path) -> None:
    for name in ("mine", "env", "templates"):
        (tmp_path / name).mkdir()
    file = tmp_path / "settings.yaml"
    asked = {"BRIEFGEN_SETTINGS": str(file)}
    file.write_text("base: mine\ntemplates: templates\nmail: {faulty: but not asked for}\n")

    assert find_base(None, None, asked) == tmp_path / "mine"
    assert find_base(None, None, {**asked, "BRIEFGEN_BASE": str(tmp_path / "env")}) == (
        tmp_path / "env"
    )
    assert template_folders(None, asked)[0] == tmp_path / "templates"
    assert template_folders(str(tmp_path), asked)[:2] == (tmp_path, tmp_path / "templates")

    file.write_text("base: none\ntemplates: none\n")
    with pytest.raises(InputError, match=r"none \(base in .*settings\.yaml\) does not exist; name"):
        find_base(None, None, asked)
    with pytest.raises(InputError, match=r"templates in .*settings\.yaml: .* does not exist; name"):
        template_folders(None, asked)
    file.write_text("base: [\n")
    with pytest.raises(InputError, match=r"settings\.yaml:"):
        find_base(None, None, asked)
    file.write_text("base: {a: b}\n")
    with pytest.raises(InputError, match=r"settings\.yaml:1:7: expected text, found keys"):
        find_base(None, None, asked)


def test_yaml_is_not_read_for_settings_that_name_no_folder(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("mail: [\n")

    assert find_base(None, None, {"BRIEFGEN_SETTINGS": str(tmp_path / "settings.yaml")}) == (
        shipped_base()
    )


def test_a_base_that_is_no_folder_is_named_with_who_named_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    hint = "name the folder that holds base.yaml, or start one with 'briefgen init DIR'"

    with pytest.raises(InputError) as caught:
        find_base(None, str(tmp_path / "file"), {})
    assert str(caught.value) == (
        f"the fact base {tmp_path / 'file'} (base in the brief) is a file, not a folder; {hint}"
    )
    with pytest.raises(InputError) as caught:
        find_base(None, None, {"BRIEFGEN_BASE": str(tmp_path / "none")})
    assert str(caught.value) == (
        f"the fact base {tmp_path / 'none'} (BRIEFGEN_BASE) does not exist; {hint}"
    )
    with pytest.raises(InputError, match=r"the fact base '' \(--base\) does not exist; name the"):
        find_base("", None, {})
    with pytest.raises(BriefgenError):
        find_base("nul\0byte", None, {})


def test_templates_are_looked_for_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    users = tmp_path / "config" / "templates"
    monkeypatch.setattr(places, "user_templates", lambda: users)

    assert template_folders() == (shipped_templates(),)
    users.mkdir(parents=True)
    assert template_folders(str(tmp_path)) == (tmp_path, users, shipped_templates())
    with pytest.raises(InputError, match=r"--templates: .* does not exist; name a folder"):
        template_folders(str(tmp_path / "none"))


def test_the_moment_can_be_set() -> None:
    then, today = moment({"SOURCE_DATE_EPOCH": "1700000000"})

    assert then == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert today == date(2023, 11, 14)


def test_without_it_the_clock_is_read() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    now, _ = moment({})

    assert now.tzinfo is not None
    assert before <= now <= datetime.now(UTC)


@pytest.mark.parametrize("text", ["soon", "-1", "1.5", "9" * 30, "١٢"])
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"SOURCE_DATE_EPOCH: .* is not a moment"):
        moment({"SOURCE_DATE_EPOCH": text})
