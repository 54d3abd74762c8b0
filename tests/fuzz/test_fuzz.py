"""Every reader, given what nobody should give it; for longer: `make fuzz`."""

from __future__ import annotations

import sys
from typing import get_args

import pytest

from fuzz.campaign import Campaign, Result
from fuzz.mutating.trees import from_yaml
from fuzz.mutators import Grammar, Lies, made_case
from fuzz.oracle import Fault, held_texts
from fuzz.targets import SEEDS, all_targets, seeds_of

SEED = 20261130
needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="limits and peaks of memory are Linux's"
)


def told(result: Result) -> str:
    """What a person needs to try the findings again."""
    found = [
        f"{one.target}: {one.kind} {one.said}\n  make fuzz, or tests/fuzz/run.py --target {one.target!r} "
        f"--seed {one.seed} --number {one.number}\n{one.trace}"
        for one in result.findings
    ]
    return "\n".join([*found, result.table()])


@needs_linux
@pytest.mark.slow
def test_twenty_seconds_of_hostile_inputs() -> None:
    result = Campaign(SEED, 20).run()
    print(result.table())
    assert not result.findings, told(result)
    assert all(tally.tried >= len(seeds_of(name)) for name, tally in result.tallies.items())


@pytest.mark.parametrize("name", sorted(all_targets()))
def test_a_number_gives_the_same_input_each_time(name: str) -> None:
    target, seeds = all_targets()[name], seeds_of(name)
    assert seeds
    numbers = range(1_000, 1_004)
    cases = [made_case(seeds, target.grammar, target.by_path, SEED, number) for number in numbers]
    again = [made_case(seeds, target.grammar, target.by_path, SEED, number) for number in numbers]
    assert cases == again
    assert len({case.data for case in cases}) > 1


def test_every_folder_of_seeds_has_its_target() -> None:
    assert {path.name for path in SEEDS.iterdir()} <= {
        name.replace(" ", "-") for name in all_targets()
    }


@needs_linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("raises", "ValueError"),
        ("eats", "memory"),
        ("dies", "death"),
        ("leaves", "left behind"),
        ("names nothing", "Fault"),
    ],
)
def test_faults_that_are_planted_are_found(name: str, kind: str) -> None:
    result = Campaign(1, 1, workers=1, targets=[name], families="fuzz.planted").run()
    assert {finding.kind for finding in result.findings} == {kind}
    assert result.tallies[name].failures > 0


@needs_linux
@pytest.mark.slow
def test_a_sound_reader_gives_no_finding() -> None:
    result = Campaign(1, 1, workers=1, targets=["sound"], families="fuzz.planted").run()
    assert (result.findings, result.restarts) == ([], 0)
    assert result.tallies["sound"].tried > 10


@needs_linux
@pytest.mark.slow
def test_what_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from fuzz import campaign

    monkeypatch.setattr(campaign, "_AGAIN", 1.0)
    monkeypatch.setattr(campaign._Seat.__init__, "__defaults__", (1.0,))
    result = Campaign(1, 0.5, workers=1, targets=["never ends"], families="fuzz.planted").run()
    assert [finding.kind for finding in result.findings] == ["time"]


def test_a_tree_of_aliases_without_end_is_not_changed_once_more() -> None:
    lines = [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    bomb = "\n".join(["- &a0 [x, x]", *lines])
    with pytest.raises(ValueError, match="too long"):
        from_yaml(bomb)
    assert from_yaml("- &a x\n- *a\n") == ["x", "x"]


def test_texts_that_no_document_can_hold_are_told() -> None:
    held_texts({"a": ("They met.", "a\u202ab\u202c", "\u2067א\u2069", ["漢", "two\nlines"])})
    for text in ("\0", "\ud800", "\uffff", "a\u202eb", "\u2066", "a\u202e\nb\u202c"):
        with pytest.raises(Fault):
            held_texts({"a": (text,)})


def test_a_way_to_lie_is_tried_behind_the_seeds() -> None:
    seeds = [b"a: 1", b"b: 2"]
    cases = [made_case(seeds, Grammar("yaml"), True, SEED, number) for number in range(2, 10)]
    assert {case.lies for case in cases} == {*get_args(Lies)} - {"file"}


def test_seeds_are_small() -> None:
    for file in SEEDS.rglob("*"):
        assert file.is_dir() or file.stat().st_size < 60_000, file
