"""Readers with faults, to see that they are found."""

from __future__ import annotations

import os
import time

from briefgen.errors import InputError, Origin
from fuzz.mutators import Grammar
from fuzz.oracle import Target, refused
from fuzz.room import Given


def _raises(given: Given) -> None:
    if b"x" not in given.data:
        raise ValueError("no x")


def _eats(given: Given) -> None:
    if given.data != b"x":
        bytearray(1_200_000_000)


def _dies(given: Given) -> None:
    if given.data != b"x":
        os._exit(9)


def _leaves(given: Given) -> None:
    if given.data != b"x":
        (given.folder / "left").touch()


def _names_nothing(given: Given) -> None:
    with refused(given):
        raise InputError("it is wrong", hint="do right", origin=Origin("elsewhere"))


def _sound(given: Given) -> None:
    with refused(given):
        raise InputError("it is wrong", hint="do right", origin=Origin(str(given.path)))


def _never_ends(given: Given) -> None:
    if given.data != b"x":
        time.sleep(3_600)


def _target(name: str, read: object) -> Target:
    return Target(name, "x.txt", Grammar("text"), read, lambda: [b"x"], by_path=False)  # type: ignore[arg-type]


TARGETS = [
    _target("raises", _raises), _target("eats", _eats), _target("dies", _dies), _target("leaves", _leaves),
    _target("names nothing", _names_nothing), _target("sound", _sound), _target("never ends", _never_ends),
]  # fmt: skip
