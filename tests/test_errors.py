"""Errors are one line that a person can read to its end."""

from __future__ import annotations

from briefgen.errors import InputError, Origin, Problem


def test_what_is_wrong_and_what_to_do_are_told_whatever_was_met() -> None:
    met = "x" * 1_000_000
    origin = Origin("a.yaml", 3, 1)
    for line in (
        str(InputError(f"unknown word {met} in it", hint=f"remove {met}", origin=origin)),
        str(Problem(origin, "error", f"unknown word {met} in it", f"remove {met}")),
    ):
        assert len(line) < 2_000
        assert line.startswith("a.yaml:3:1: ")
        for words in ("unknown word xxx", "xxx in it; remove xxx"):
            assert words in line
