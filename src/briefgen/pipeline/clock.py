"""The clock, read in one place and handed in everywhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from briefgen.errors import UsageError


def moment(environment: Mapping[str, str] = os.environ) -> tuple[datetime, date]:
    """Now, timezone-aware, and today's date.

    With SOURCE_DATE_EPOCH (reproducible-builds.org) that moment in UTC and its date there, so
    that output repeats wherever and whenever it is made. Raises `UsageError` if it is no number.
    """
    said = environment.get("SOURCE_DATE_EPOCH")
    if not said:
        now = datetime.now().astimezone().replace(microsecond=0)
        return now, now.date()
    try:
        if not said.isascii() or not said.isdigit():
            raise ValueError
        then = datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH: {said!r} is not a moment",
            hint="give seconds since 1970-01-01, or unset it",
        ) from None
    return then, then.date()
