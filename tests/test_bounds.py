from __future__ import annotations

import gc
import weakref

import pytest

from briefgen import bounds
from briefgen.bounds import enough_memory_for, refuse_large_json
from briefgen.errors import InputError


def test_what_is_read_is_let_go_of_where_memory_ends() -> None:
    class Read:
        pass

    held: list[weakref.ref[Read]] = []

    def read() -> None:
        much = Read()
        held.append(weakref.ref(much))
        raise MemoryError

    gc.disable()
    try:
        with pytest.raises(InputError) as caught, enough_memory_for("a.ris"):
            read()
        assert held[0]() is None
    finally:
        gc.enable()
    assert str(caught.value) == (
        "a.ris: reading it takes more memory than there is; split the file, or close other programs"
    )


def test_commas_and_braces_in_texts_are_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_JSON_OPENED", 2)
    monkeypatch.setattr(bounds, "MOST_JSON_VALUES", 2)

    refuse_large_json(r'[{"a,[{\",,": "{{{,,,\\"}, 1]', "a.json")

    for text in ("[[], []]", "[1, 2, 3, 4]"):
        with pytest.raises(InputError, match=r"a\.json: the JSON holds more than 2 objects"):
            refuse_large_json(text, "a.json")
