"""The dates inside a ZIP file, set to one moment: libraries write the present one, and equal
documents are to have equal bytes.

They are set in place, where the format has them (APPNOTE 4.3.7 and 4.3.12): nothing is packed
twice.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from struct import pack_into, unpack_from

_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_LAST = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
"""What a ZIP entry can say (APPNOTE 4.4.6)."""
_UNIX = 3
_OWNER_MAY_READ_AND_WRITE = 0o600 << 16


def with_dates(archive: bytes, moment: datetime) -> bytes:
    """The ZIP file `archive` with every entry dated `moment` (naive moments are UTC), and as
    written on Unix, whatever the system.
    """
    at = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    at = min(max(at, _FIRST), _LAST)
    time = at.hour << 11 | at.minute << 5 | at.second // 2
    day = (at.year - 1980) << 9 | at.month << 5 | at.day
    dated = bytearray(archive)
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        entries, place = opened.infolist(), opened.start_dir
    for entry in entries:  # its own header, then its line in the directory at the end of the file
        pack_into("<HH", dated, entry.header_offset + 10, time, day)
        dated[place + 5] = _UNIX
        pack_into("<HH", dated, place + 12, time, day)
        pack_into("<L", dated, place + 38, _OWNER_MAY_READ_AND_WRITE)
        place += 46 + sum(unpack_from("<3H", dated, place + 28))  # name, extra field, comment
    return bytes(dated)
