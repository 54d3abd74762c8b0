"""Jobs that are mailed, a server that takes them, and settings that lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mail_server import SECRET, Server

JOBS = """\
format: 1
defaults: {base: base, template: chronology, style: ieee, outputs: [txt]}
jobs:
- {name: energy, select: {topics: [energy]}, email: {to: [Ann <ann@example.org>, bob@example.org], send: true}}
- {name: trade, select: {topics: [trade]}, email: {to: ann@example.org, cc: cy@example.org, send: true}}
"""

EVERYONE = [
    ["ann@example.org", "bob@example.org"],
    ["ann@example.org", "cy@example.org"],
]
"""Who is to have the message of each."""


def taken(server: Server) -> list[list[str]]:
    """The recipients of every message that the server took, one after the other."""
    return [recipients for _, recipients, _ in server.moods.mailbox]


@pytest.fixture
def server(start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server with TLS and a login, and settings that lead to it."""
    server: Server = start("starttls", login=True)
    settings = tmp_path / "settings.yaml"
    settings.write_text(
        f"mail: {{host: localhost, port: {server.account.port}, user: jo@example.org,"
        " from: Jo Doe <jo@example.org>}\n",
        "utf-8",
    )
    monkeypatch.setenv("BRIEFGEN_SETTINGS", str(settings))
    monkeypatch.setenv("BRIEFGEN_SMTP_PASSWORD", SECRET)
    return server
