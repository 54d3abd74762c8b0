"""JSON on stdout: UTF-8, one value, indented so that a person can read it, too."""

from __future__ import annotations

import json
from typing import Any


def print_json(value: Any) -> None:
    """Print `value`; keys stay in their order."""
    print(json_text(value))


def json_text(value: Any) -> str:
    """What `print_json` prints, without its last line end."""
    return json.dumps(value, ensure_ascii=False, indent=2)
