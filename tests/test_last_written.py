"""What was last written, by its fingerprint."""

from __future__ import annotations

import hashlib
from pathlib import Path

from briefgen.last_written import Fingerprint, holds


def test_a_name_that_no_file_has_holds_nothing(tmp_path: Path) -> None:
    """A manifest that somebody edited may name one."""
    written = Fingerprint(1, hashlib.sha256(b"x").hexdigest())
    file = tmp_path / "a"
    file.write_bytes(b"x")
    assert holds(file, frozenset({written}))
    assert not holds(Path("a\0b"), frozenset({written}))
