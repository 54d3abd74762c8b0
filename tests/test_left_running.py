"""What a test leaves running is found, and the lines that started it are named."""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from left_running import held, left_since, running

WAITS = [sys.executable, "-c", "import sys; sys.stdin.read()"]


def here(function: str) -> str:
    return rf"tests/test_left_running\.py:\d+ in {function}"


def test_a_thread_that_waits_is_named_with_the_lines_that_started_it() -> None:
    before, over = running(), threading.Event()
    thread = threading.Thread(target=over.wait, name="waiting")
    thread.start()
    (told,) = left_since(before, grace=0)
    over.set()
    thread.join()
    assert re.search(rf"^the thread 'waiting' .*\n *{here('test_a_thread_that')}", told)
    assert left_since(before, grace=0) == []


def test_a_thread_that_ends_soon_is_waited_for() -> None:
    before = running()
    threading.Timer(0.05, lambda: None).start()
    assert left_since(before) == []


def test_a_pool_that_was_not_shut_down_is_found() -> None:
    before = running()
    pool = ThreadPoolExecutor(1, "pooled")
    pool.submit(int).result()
    (told,) = left_since(before, grace=0)
    pool.shutdown()
    assert re.search(rf"the thread 'pooled_0' .*\n *{here('test_a_pool')}", told)


def test_a_process_is_named_with_its_command_and_the_thread_that_started_it() -> None:
    before = running()
    started: list[subprocess.Popen[bytes]] = []
    thread = threading.Thread(
        target=lambda: started.append(subprocess.Popen(WAITS, stdin=subprocess.PIPE)),
        name="starter",
    )
    thread.start()
    thread.join()
    (told,) = left_since(before, grace=0)
    started[0].communicate()
    assert "sys.stdin.read()" in told
    assert f"the process {started[0].pid} " in told
    assert re.search(
        rf"{here('<lambda>')}\n  in the thread 'starter', started at\n *{here('test')}", told
    )
    assert left_since(before, grace=0) == []


@pytest.mark.slow
def test_a_process_of_multiprocessing_is_found() -> None:
    before, context = running(), multiprocessing.get_context("spawn")
    over = context.Event()
    process = context.Process(target=over.wait)
    process.start()
    (told,) = left_since(before, grace=0)
    over.set()
    process.join()
    assert re.search(here("test_a_process_of_multiprocessing_is_found"), told)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the system for children")
def test_a_process_that_python_did_not_start_is_found_by_its_command() -> None:
    import os

    before = running()
    reading, writing = os.pipe()
    number = os.posix_spawn(
        sys.executable, WAITS, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, reading, 0)]
    )
    (told,) = left_since(before, grace=0)
    os.close(reading)
    os.close(writing)
    os.waitpid(number, 0)
    assert "(not in Python)" in told
    assert f"the process {number} " in told


def test_what_was_there_before_and_what_is_held_may_stay() -> None:
    over = threading.Event()
    early = threading.Thread(target=over.wait)
    early.start()
    before = running()
    late = threading.Thread(target=over.wait, name="kept by a fixture 1")
    late.start()
    with held("kept by a fixture"):
        assert left_since(before, grace=0) == []
    assert len(left_since(before, grace=0)) == 1
    over.set()
    early.join()
    late.join()
