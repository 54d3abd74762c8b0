"""A password is used to log in, and stands nowhere: not in what is said, kept, logged or drafted."""

from __future__ import annotations

import base64
import contextlib
import json
import quopri
import socket
import threading
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from briefgen.batch import posting
from briefgen.cli import main
from briefgen.facts.scaffold import init_base
from briefgen.mail import sending
from in_this_process import settled_in
from mail_server import USER, Start, authority, certified, start, trusting

__all__ = ["authority", "certified", "start", "trusting"]

pytestmark = pytest.mark.slow

PATIENCE = posting.Patience(pauses=())
SECRET = "pä=s/s+w\"ö\\r'd&?€ 7&%41"
"""Each way of writing text that we know writes it otherwise."""


def forms_of(secret: str) -> dict[str, bytes]:
    """The secret in every way in which it may stand somewhere."""
    data = secret.encode()
    forms = {
        "as it is": data,
        "latin-1": secret.encode("latin-1", "ignore"),
        "utf-16": secret.encode("utf-16-le"),
        "hex": data.hex().encode(),
        "url": urllib.parse.quote(secret, safe="").encode(),
        "form": urllib.parse.quote_plus(secret).encode(),
        "json": json.dumps(secret)[1:-1].encode(),
        "repr": repr(secret)[1:-1].encode(),
        "repr of bytes": repr(data)[2:-1].encode(),
        "unicode escapes": secret.encode("unicode_escape"),
        "quoted-printable": quopri.encodestring(data).rstrip(b"=\n"),
        "reversed": secret[::-1].encode(),
        "login": base64.b64encode(f"\0{USER}\0{secret}".encode()),
    }
    for offset in range(3):
        # What stands beside it decides the first and last signs of Base64.
        coded = base64.b64encode(b"\0" * offset + data)
        forms[f"base64, {offset}"] = coded[4 * (offset > 0) : -4]
        forms[f"base64 for addresses, {offset}"] = coded[4 * (offset > 0) : -4].translate(
            bytes.maketrans(b"+/", b"-_")
        )
    return forms


def found_in(place: str, data: bytes) -> list[str]:
    """Where the secret stands in `data`."""
    return [f"{place}: {name}" for name, form in forms_of(SECRET).items() if form in data]


def test_it_would_be_found() -> None:
    for form in (f"AUTH {base64.b64encode(f'xy{SECRET}'.encode()).decode()}", repr({"a": SECRET})):
        assert found_in("here", form.encode())


class Parrot:
    """A server that answers with all it has heard, in every way that it can think of."""

    def __init__(self, after: bytes, echo: Callable[[bytes], bytes]) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._after, self._echo = after, echo
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        heard = b""
        with contextlib.suppress(OSError):
            connection, _ = self._listening.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 hi\r\n")
                for line in lines:
                    heard += line.strip() + b" "
                    if line.upper().startswith(b"EHLO"):
                        connection.sendall(b"250-localhost\r\n250 AUTH PLAIN LOGIN\r\n")
                    elif line.upper().startswith(self._after):
                        connection.sendall(b"535 " + self._echo(heard) + b"\r\n")
                    else:
                        connection.sendall(b"235 ok\r\n" if b"AUTH" in line else b"250 ok\r\n")

    def stop(self) -> None:
        self._listening.close()
        self._thread.join(10)


def _decoded(heard: bytes) -> bytes:
    coded = heard.split(b"PLAIN ")[-1].split(b" ")[0]
    with contextlib.suppress(ValueError):
        return base64.b64decode(coded).replace(b"\0", b" ")
    return coded


ECHOES: dict[str, Callable[[bytes], bytes]] = {
    "as it was sent": lambda heard: heard,
    "decoded": _decoded,
    "as hexadecimal digits": lambda heard: _decoded(heard).hex().encode(),
    "for addresses": lambda heard: urllib.parse.quote(_decoded(heard)).encode(),
    "in other Base64": lambda heard: base64.b64encode(b"x" + _decoded(heard)),
    "as quoted-printable": lambda heard: quopri.encodestring(_decoded(heard)).replace(b"\n", b""),
    "as JSON": lambda heard: json.dumps(_decoded(heard).decode("utf-8", "replace")).encode(),
    "as Python writes it": lambda heard: repr(_decoded(heard)).encode(),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settled_in(tmp_path, tmp_path / "cache", monkeypatch)
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", SECRET)
    monkeypatch.setenv("BRIEFGEN_DEBUG", "1")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(posting, "Patience", lambda: PATIENCE)
    init_base(tmp_path / "base")
    mail = {"to": ["ann@example.org", "bob@example.org"]}
    brief = {"format": 1, "title": "B", "base": "base", "email": mail, "outputs": ["txt"]}
    (tmp_path / "b.brief.yaml").write_text(json.dumps(brief))
    job = {"name": "j", "brief": "b.brief.yaml", "email": {**mail, "send": True}}
    (tmp_path / "jobs.yaml").write_text(json.dumps({"format": 1, "jobs": [job]}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


ONE = ("email", "b.brief.yaml", "--send", "--yes")
MANY = ("batch", "jobs.yaml", "--out", "out", "--send", "--yes")
COMMANDS = pytest.mark.parametrize("command", [ONE, MANY], ids=["email", "batch"])


def send_and_look(
    home: Path,
    port: int,
    security: str,
    capfd: pytest.CaptureFixture[str],
    command: tuple[str, ...] = ONE,
    host: str = "localhost",
) -> int:
    """Send by a server, and look at all that was said and left; the exit status."""
    (home / "config" / "briefgen").mkdir(parents=True, exist_ok=True)
    account = {"host": host, "port": port, "security": security, "user": USER}
    settings = {"mail": {**account, "from": "Jo <jo@example.org>"}}
    (home / "config" / "briefgen" / "settings.yaml").write_text(json.dumps(settings))
    status = main([*command])
    heard = capfd.readouterr()
    found = found_in("stdout", heard.out.encode()) + found_in("stderr", heard.err.encode())
    for path in home.rglob("*"):
        if path.is_file():
            found += found_in(str(path), path.read_bytes())
    assert found == []
    return status


@COMMANDS
@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("after", [b"AUTH", b"MAIL", b"RCPT"])
def test_a_server_that_repeats_what_it_hears(
    after: bytes, echo: str, command: tuple[str, ...], home: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    parrot = Parrot(after, ECHOES[echo])
    try:
        assert send_and_look(home, parrot.port, "none", capfd, command) in (1, 2)
    finally:
        parrot.stop()


MOODS: dict[str, Callable[[object], None]] = {
    "takes it": lambda moods: None,
    "refuses the login": lambda moods: moods.login.append("535 5.7.8 no"),  # type: ignore[attr-defined]
    "refuses the sender": lambda moods: moods.mail.append("550 no"),  # type: ignore[attr-defined]
    "drops the line": lambda moods: moods.data.append("drop"),  # type: ignore[attr-defined]
}


@COMMANDS
@pytest.mark.parametrize("mood", MOODS)
def test_a_server_that_fails(
    mood: str, command: tuple[str, ...], home: Path, start: Start, authority: trustme.CA,
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    import mail_server

    monkeypatch.setattr(mail_server, "SECRET", SECRET)
    authority.cert_pem.write_to_path(str(home / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "authority.pem"))
    server = start("starttls", login=True)
    MOODS[mood](server.moods)
    status = send_and_look(home, server.account.port, "starttls", capfd, command)
    assert (status == 0) == (mood == "takes it")
    assert len(server.moods.mailbox) == (mood == "takes it")


@COMMANDS
def test_a_failure_of_our_own(
    command: tuple[str, ...],
    home: Path,
    start: Start,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed = []

    def fails(*arguments: object, **_: object) -> object:
        failed.append(arguments)
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(sending.Connection, "ready", fails)
    for debug in ("1", ""):
        monkeypatch.setenv("BRIEFGEN_DEBUG", debug)
        assert send_and_look(home, 9, "none", capfd, command) != 0
    assert len(failed) >= 2
