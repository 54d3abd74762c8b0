"""`briefgen batch --send` as a person runs it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import trustme

from batch.conftest import Here
from batch.mailed import EVERYONE, JOBS, server, taken
from briefgen.batch import posting
from briefgen.batch import run as run_module
from briefgen.cli import main
from mail_server import SECRET, Server, authority, certified, start, trusting

__all__ = ["authority", "certified", "server", "start", "trusting"]


PATIENCE = posting.Patience(pauses=())


@pytest.fixture(autouse=True)
def jobs(
    base: Path, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Two jobs that are to be mailed, by who trusts the server's certificate."""
    certificate = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(posting, "Patience", lambda: PATIENCE)
    Path("jobs.yaml").write_text(JOBS, "utf-8")
    return Path("jobs.yaml")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are done in this process."""
    from briefgen.batch import worker

    @contextlib.contextmanager
    def executor(*_: object) -> object:
        yield Here(), 1, lambda bases, templates: None
        worker.close_process()

    monkeypatch.setattr(run_module, "_executor", executor)


class Keyboard(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


def batch(*arguments: str) -> int:
    return main(["batch", "jobs.yaml", "--out", "out", *arguments])


def lines(text: str) -> list[str]:
    """What was told of mail, without what is told of making."""
    return [line for line in text.splitlines() if not line.endswith(" s")]


def test_yes_sends_and_tells(
    here: None, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch("--send", "--yes") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        str(Path("out", name))
        for name in ("energy.txt", "energy.eml", "trade.txt", "trade.eml")
    ]  # fmt: skip
    port = server.account.port
    assert lines(said.err) == [
        f"{Path('out/energy.eml')} to Ann <ann@example.org>, bob@example.org",
        f"{Path('out/trade.eml')} to ann@example.org, cy@example.org",
        f"2 messages to 3 addresses, from Jo Doe <jo@example.org> through localhost:{port} (STARTTLS)",
        "energy: sent to ann@example.org, bob@example.org",
        "trade: sent to ann@example.org, cy@example.org",
        "2 messages sent to 4 recipients",
    ]
    assert taken(server) == EVERYONE
    assert batch("--send", "--yes") == 0
    assert lines(capsys.readouterr().err) == ["no message to send that says anything new"]


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_the_question(
    here: None, server: Server, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, answer: str, status: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "stdin", Keyboard(answer))
    monkeypatch.setattr("briefgen.cli.terminal.is_terminal", lambda stream: True)
    assert batch("--send") == status
    said = capsys.readouterr().err
    assert "through localhost" in said.partition("Send them? [y/N] ")[0]
    assert ("nothing was sent, as you said" in said) is bool(status)
    assert taken(server) == ([] if status else EVERYONE)
    assert Path("out/energy.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--send"], "--send asks before it sends, and nobody is here to answer; add --yes"),
        (["--yes"], "--yes goes with --send; add --send"),
        (["--send-again", "energy"], "--send-again goes with --send"),
        (["--send", "--yes", "--send-again", "enregy"], "no job 'enregy' is to be sent; did you"),
    ],
)
def test_wrong_usage_makes_nothing(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert batch(*arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert said in told
    assert told.count("\n") == 1
    assert not Path("out").exists()


def test_without_an_account_nothing_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch("--send", "--yes") == 2
    assert "error: sending needs an account:" in capsys.readouterr().err
    assert not Path("out").exists()


def test_what_did_not_go_is_told_line_by_line(
    here: None, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.moods.rcpt["bob@example.org"] = ["550 5.1.1 no such user"]
    server.moods.rcpt["cy@example.org"] = ["451 4.7.1 greylisted"]
    assert batch("--send", "--yes") == 1
    assert lines(capsys.readouterr().err)[3:] == [
        "energy: sent to ann@example.org",
        "error: energy: bob@example.org was refused: 550 5.1.1 no such user; correct the address, or --send-again energy",
        "trade: sent to ann@example.org",
        "error: trade: cy@example.org was put off: 451 4.7.1 greylisted; run it again later with --send",
        "2 messages sent to 2 recipients; 2 recipients are not known to have theirs",
    ]
    assert batch() == 0  # who does not ask for mail is not told of it
    assert lines(capsys.readouterr().err) == []
    assert batch("--send", "--yes", "--send-again", "energy") == 0
    assert "2 messages sent to 2 recipients\n" in capsys.readouterr().err


def test_a_server_that_cannot_be_reached_is_one_line_and_files_stay(
    here: None, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace(f"port: {server.account.port}", "port: 1"), "utf-8"
    )
    assert batch("--send", "--yes") == 1
    said = capsys.readouterr().err
    assert said.count("error: ") == 1
    assert "error: mail: cannot reach localhost:1 (connection refused); check the network" in said
    assert "no message sent; 4 recipients are not known to have theirs" in said
    assert Path("out/energy.txt").exists()


def test_json_says_who_has_what_and_no_password(
    here: None, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch("--send", "--yes", "--json") == 0
    said = capsys.readouterr()
    printed = json.loads(said.out)
    assert printed == json.loads(Path("out/manifest.json").read_text("utf-8"))
    mail = printed["jobs"][0]["mail"]
    assert [(one["address"], one["state"]) for one in mail["recipients"]] == [
        ("ann@example.org", "accepted"), ("bob@example.org", "accepted"),
    ]  # fmt: skip
    assert mail["recipients"][0]["message_id"].endswith("@example.org")
    assert SECRET not in said.out + said.err


def test_nobody_is_asked_where_no_job_is_mailed(
    here: None, jobs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs.write_text(JOBS.replace(", send: true", ""), "utf-8")
    assert batch("--send", "--yes") == 0
    assert "nothing is sent: no job says send: true under email" in capsys.readouterr().err


# --- a real process -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_while_the_server_has_it_nobody_gets_it_twice(server: Server) -> None:
    command = [sys.executable, "-m", "briefgen", "batch", "jobs.yaml", "--out", "out", "--jobs", "1",
               "--send", "--yes"]  # fmt: skip
    server.moods.data = ["", "silence"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 60
        while len(server.moods.mailbox) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert taken(server) == EVERYONE

    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert again.returncode == 1, again.stderr
    assert taken(server) == EVERYONE  # `energy` was accepted, of `trade` nobody knows
    assert "energy: sent" not in again.stderr
    for address in EVERYONE[1]:
        assert f"error: trade: {address} may or may not have the message <" in again.stderr
    assert "2 briefs: 2 unchanged" in again.stderr
    last = subprocess.run(
        [*command, "--send-again", "trade"], capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert last.returncode == 0, last.stderr
    assert taken(server) == [*EVERYONE, EVERYONE[1]]
    first, second = (data for _, _, data in server.moods.mailbox[1:])
    assert first == second  # one id: who has it twice can tell
