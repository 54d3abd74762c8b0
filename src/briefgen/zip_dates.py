"""The dates inside a ZIP file, set to one moment: libraries write the present one, and equal
documents are to have equal bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_LAST = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
"""What a ZIP entry can say (APPNOTE 4.4.6)."""


def with_dates(
    archive: bytes, moment: datetime, change: Callable[[str, bytes], bytes] | None = None
) -> bytes:
    """The ZIP file `archive` with every entry dated `moment` (naive moments are UTC), in the same
    order and as written on any system. `change` may give an entry, by its name, other content.
    """
    at = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    stamp = min(max(at, _FIRST), _LAST)
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # as on Unix, everywhere
            data = old.read(name)
            new.writestr(entry, change(name, data) if change else data)
    return out.getvalue()
