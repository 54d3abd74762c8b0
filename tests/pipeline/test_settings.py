"""The settings file: what it may say, and what is told when it says something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.addresses import parse_address
from briefgen.brief.spec.model import BriefSpec, Sides
from briefgen.errors import InputError, UsageError
from briefgen.mail.account import Account
from briefgen.pipeline.settings import (
    Settings,
    needed_account,
    read_settings,
    save_settings,
)


def read(tmp_path: Path, text: str):
    path = tmp_path / "settings.yaml"
    path.write_text(text, "utf-8")
    return read_settings({"BRIEFGEN_SETTINGS": str(path)})


def test_a_whole_account(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "format: 1\nmail:\n  host: smtp.example.org\n  port: 2525\n  security: starttls\n"
        "  user: jo\n  from: Jo Doe <jo@example.org>\n",
    )
    assert settings.account == Account("smtp.example.org", 2525, "starttls", "jo", settings.sender)
    assert str(settings.sender) == "Jo Doe <jo@example.org>"
    assert needed_account(settings) is settings.account


@pytest.mark.parametrize(
    ("said", "port", "security"),
    [
        ("host: a.org", 587, "starttls"),
        ("host: a.org, security: tls", 465, "tls"),
        ("host: a.org, port: 465", 465, "tls"),
        ("host: a.org, port: 25", 25, "starttls"),
        ("host: localhost, security: none", 25, "none"),
        ('host: "[::1]", security: none, port: 1025', 1025, "none"),
    ],
)
def test_what_is_not_said(tmp_path: Path, said: str, port: int, security: str) -> None:
    account = read(tmp_path, f"mail: {{{said}}}").account
    assert account is not None
    assert (account.port, account.security) == (port, security)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mail: {host: a.org, password: hunter2}",
         "settings.yaml:1:21: a password does not belong in a file; remove it; store it with 'keyring set briefgen USER', or set BRIEFGEN_SMTP_PASSWORD"),
        ("mail: {host: a.org, passwrd: hunter2}",
         "settings.yaml:1:21: a password does not belong in a file; "),
        ("Password: hunter2", "settings.yaml:1:1: a password does not belong in a file; "),
        ("mail: {host: 'smtps://jo:hunter2@h.example.org'}",
         "settings.yaml:1:14: this is not a host's name; "),
        ("mail: {host: a.org, port: 465, security: starttls}",
         "settings.yaml:1:42: port 465 speaks TLS from the first byte, not STARTTLS; "),
        ("mail: {host: a.org, security: none}",
         "settings.yaml:1:31: mail is never sent in the clear to another machine (a.org); "),
        ("mail: {host: a.org, security: ssl}", "settings.yaml:1:31: 'ssl' is not one of starttls"),
        ("mail: {host: 'a.org:587'}", "settings.yaml:1:14: 'a.org:587' is not a host's name; "),
        ("mail: {host: a.org, port: 0}", "settings.yaml:1:27: 0 is out of range"),
        ("mail: {from: jo}", "settings.yaml:1:14: 'jo' is no e-mail address; write one like"),
        ("mail: {from: 'jo@a.org, b@a.org'}", "settings.yaml:1:14: 'jo@a.org, b@a.org' is more"),
        ("mial: {}", "settings.yaml:1:1: unknown key 'mial' in a settings file; did you mean"),
        ("format: 2", "settings.yaml:1:9: '2' is not format 1"),
        ("- a", "settings.yaml:1:1: expected a settings file with keys"),
    ],
)  # fmt: skip
def test_faults_have_their_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(said)
    assert "hunter2" not in str(caught.value) + repr(caught.value)


def test_no_file_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings = read_settings({})
    assert (settings.account, settings.sender) == (None, None)
    with pytest.raises(UsageError, match=r"settings\.yaml has no mail: \{host: …\}; add it"):
        needed_account(settings)
    assert read(tmp_path, "# nothing yet\n").account is None


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no settings file .*none\.yaml \(BRIEFGEN_SETTINGS\)"):
        read_settings({"BRIEFGEN_SETTINGS": str(tmp_path / "none.yaml")})


def test_an_account_without_a_sender_cannot_send(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no mail: {from: …}"):
        needed_account(read(tmp_path, "mail: {host: a.org}"))


def test_folders_and_what_new_briefs_start_with(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "base: bases/mine\ntemplates: /srv/templates\n"
        "defaults: {template: chronology, style: my.csl, house: h.dotx, paper: letter,\n"
        "           sides: {ours: [pakistan]}, outputs: [pdf], prepared_by: South Asia desk}\n",
    )

    assert settings.base == str(tmp_path / "bases/mine")
    assert settings.templates == "/srv/templates"
    assert settings.defaults == BriefSpec(
        template="chronology",
        style=str(tmp_path / "my.csl"),
        house=str(tmp_path / "h.dotx"),
        paper="letter",
        sides=Sides(("pakistan",)),
        outputs=("pdf",),
        prepared_by="South Asia desk",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "defaults: {title: Energy}",
            "settings.yaml:1:12: unknown key 'title' in a defaults entry",
        ),
        ("defaults: {paper: a5}", "settings.yaml:1:19: 'a5' is not one of a4, letter"),
        ("base: [a]", "settings.yaml:1:7: expected text, found a list"),
    ],
)
def test_faults_in_folders_and_defaults(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(said)


BY_HAND = """\
# Mail of the desk.
mail:
  host: smtp.example.org   # ask IT
  security: starttls
  port: 587
  from: Jo Doe <jo@example.org>
defaults:
  paper: a4   # said, though it is the default
  prepared_by: Desk
"""


def test_saved_settings_keep_what_a_person_wrote(tmp_path: Path) -> None:
    settings = read(tmp_path, BY_HAND)
    assert settings.account is not None
    assert settings.defaults is not None
    sender = parse_address("Jo <jo@example.net>")

    save_settings(
        replace(
            settings,
            base=str(tmp_path / "base"),
            sender=sender,
            account=replace(settings.account, user="jo", sender=sender),
            defaults=replace(settings.defaults, template="chronology"),
        )
    )

    assert (
        (tmp_path / "settings.yaml").read_text()
        == f"""\
# Mail of the desk.
mail:
  host: smtp.example.org   # ask IT
  security: starttls
  user: jo
  port: 587
  from: Jo <jo@example.net>
base: {tmp_path}/base
defaults:
  paper: a4   # said, though it is the default
  template: chronology
  prepared_by: Desk
"""
    )


def test_the_first_settings_make_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.yaml"

    save_settings(Settings(path, account=Account("localhost", 1025, "none")))

    assert path.read_text() == 'mail:\n  host: localhost\n  port: 1025\n  security: "none"\n'


def test_faulty_settings_are_not_saved_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    settings = read(tmp_path, "base: x\n")
    path.write_text("mial: {}\n")

    with pytest.raises(InputError, match="unknown key 'mial'"):
        save_settings(replace(settings, base="/y"))
    assert path.read_text() == "mial: {}\n"
