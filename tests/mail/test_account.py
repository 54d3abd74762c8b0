"""Where a password comes from, and where it never goes."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from briefgen.errors import UsageError
from briefgen.mail.account import (
    Account,
    MailError,
    Password,
    check_account,
    find_password,
    is_this_machine,
    store_password,
)

ACCOUNT = Account("smtp.example.org", 587, "starttls", user="jo")


def keyring(monkeypatch: pytest.MonkeyPatch, get_password) -> None:
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)  # importing it would fail
    found = find_password(ACCOUNT, {"BRIEFGEN_SMTP_PASSWORD": "hunter2"})
    assert found is not None
    assert found.reveal() == "hunter2"


def test_the_keyring_is_asked_for_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    keyring(monkeypatch, lambda service, user: asked.append((service, user)) or "hunter2")
    found = find_password(ACCOUNT, {"BRIEFGEN_SMTP_PASSWORD": ""})
    assert found is not None
    assert (found.reveal(), asked) == ("hunter2", [("briefgen", "jo")])


def test_no_user_no_password() -> None:
    assert find_password(Account("localhost", 25, "none"), {}) is None


def test_none_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring(monkeypatch, lambda service, user: None)
    with pytest.raises(MailError, match="no password for jo .*'keyring set briefgen jo', or set"):
        find_password(ACCOUNT, {})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("NoKeyringError", "this system has no keyring"),
        ("KeyringLocked", "the system's keyring is locked"),
        ("DBusErrorResponse", r"the system's keyring cannot be asked \(DBusErrorResponse\)"),
    ],
)
def test_a_keyring_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    def fails(service: str, user: str) -> str:
        raise type(name, (Exception,), {})("long\nstory")

    keyring(monkeypatch, fails)
    with pytest.raises(MailError, match=f"^{said}, so there is no password for jo; .*PASSWORD$"):
        find_password(ACCOUNT, {})


def test_the_real_keyring_fails_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    import keyring.core

    keyring.core.init_backend()
    with pytest.raises(MailError, match="this system has no keyring"):
        find_password(ACCOUNT, {})


def test_a_password_does_not_show() -> None:
    secret = Password("hunter2")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]} {secret!s:>20}"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1", "[::1]"]
)
def test_this_machine(host: str) -> None:
    assert is_this_machine(host)
    check_account(Account(host, 25, "none"))


@pytest.mark.parametrize(
    "host", ["example.org", "localhost.example.org", "10.0.0.1", "::2", "127.0.0.1.example.org",
             "0.0.0.0", "localhost.localdomain"]
)  # fmt: skip
def test_not_this_machine(host: str) -> None:
    assert not is_this_machine(host)


def test_a_password_goes_into_the_keyring_where_it_is_looked_for() -> None:
    kept: dict[tuple[str, str], str] = {}

    store_password("jo", Password("pässwörd"), lambda s, u, p: kept.update({(s, u): p}))

    found = find_password(ACCOUNT, {}, lambda service, user: kept.get((service, user)))
    assert found is not None
    assert found.reveal() == "pässwörd"
    with pytest.raises(UsageError, match="a password belongs to a user"):
        store_password("", Password("x"))


def test_a_keyring_that_takes_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(service: str, user: str, password: str) -> None:
        raise RuntimeError(password)

    with pytest.raises(MailError) as caught:
        store_password("jo", Password("hunter2"), refuse)
    assert str(caught.value) == (
        "the system's keyring cannot be asked (RuntimeError), so the password of jo is not kept; "
        "unlock or install one, or set BRIEFGEN_SMTP_PASSWORD"
    )
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailError, match="so the password of jo is not kept"):
        store_password("jo", Password("hunter2"))
