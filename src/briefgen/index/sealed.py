"""A database in a file whose pages carry sums: each is checked in the moment that it is read.

The file is a plain SQLite database, followed by the CRC-32 of each of its pages (begun with the
page's number, so that one in another's place is told as well), followed by a footer with the
CRC-32 of these sums and of itself. SQLite is handed nothing but pages whose sums are right
(through a VFS, sqlite.org/vfs.html), so a query pays for the pages that it touches, and no answer
is ever made of a damaged one.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import apsw

from briefgen.errors import BriefgenError

PAGE = 8192
"""Bytes of a page (SQLite file format, 1.3.2)."""

_FOOTER = struct.Struct(">12sIII")
"""Mark, bytes of a page, number of pages, CRC-32 of the sums and of all that before it."""
_MARK = b"briefgen-ix1"
_AT_ONCE = 128
"""Pages read at a time where all are."""
_NAME = "briefgen-sealed"


class DamagedIndexError(BriefgenError):
    """A page of an index is not as it was written."""


def seal(path: Path) -> None:
    """Put the sums of its pages behind the database in `path`. Raises `OSError`."""
    sums = bytearray()
    with path.open("r+b") as file:
        while pages := file.read(PAGE * _AT_ONCE):
            for start in range(0, len(pages), PAGE):
                sums += _sum(pages[start : start + PAGE], len(sums) // 4)
        size = file.tell()
        if size % PAGE:
            raise OSError(f"{path.name} ends in the middle of a page")
        footer = _FOOTER.pack(_MARK, PAGE, len(sums) // 4, 0)[:-4]
        file.write(sums + footer + _crc(sums + footer))
        file.flush()
        os.fsync(file.fileno())


def open_sealed(path: Path) -> apsw.Connection | None:
    """The database in `path`, for reading alone; None when it is missing, damaged or foreign.

    Queries raise `DamagedIndexError` for a page that is not as it was written.
    """
    try:
        file = _SealedFile(path)
    except (OSError, DamagedIndexError):
        return None
    vfs = _vfs()
    name = f"{id(file):x}"
    vfs.waiting[name] = file
    try:
        connection = apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY, vfs=_NAME)
    except (apsw.Error, DamagedIndexError):
        file.xClose()
        return None
    finally:
        vfs.waiting.pop(name, None)
    return connection


def copy_unsealed(path: Path, to: Path) -> None:
    """Write the bare database of `path` into the file `to`, which is there. Raises `OSError`,
    and `DamagedIndexError` when any page is not as it was written."""
    file = _SealedFile(path)
    try:
        with to.open("wb", buffering=0) as copy:
            for number in range(file.pages):
                copy.write(file.xRead(PAGE, number * PAGE))
    finally:
        file.xClose()


class _SealedFile:
    """What SQLite reads from (sqlite3_io_methods). Nothing ever changes in it."""

    def __init__(self, path: Path) -> None:
        # Python opens it: SQLite takes no names that are no UTF-8.
        self.file = path.open("rb", buffering=0)
        try:
            self.sums = self._read_sums()
        except BaseException:
            self.file.close()
            raise
        self.pages = len(self.sums) // 4

    def _read_sums(self) -> bytes:
        size = os.fstat(self.file.fileno()).st_size
        if size < _FOOTER.size:
            raise _damaged()
        footer = self._bytes(_FOOTER.size, size - _FOOTER.size)
        mark, page, pages, _ = _FOOTER.unpack(footer)
        if (mark, page) != (_MARK, PAGE) or size != pages * (PAGE + 4) + _FOOTER.size:
            raise _damaged()
        sums = self._bytes(pages * 4, pages * PAGE)
        if _crc(sums + footer[:-4]) != footer[-4:]:
            raise _damaged()
        return sums

    def _bytes(self, amount: int, offset: int) -> bytes:
        """So many bytes. Raises `DamagedIndexError` where there are fewer, or none to be had."""
        try:
            self.file.seek(offset)
            found = self.file.read(amount)
        except OSError:
            raise _damaged() from None
        if len(found) != amount:  # a raw file gives all there is, but of more than 2 GB
            raise _damaged()
        return found

    def xRead(self, amount: int, offset: int) -> bytes:
        number, start = divmod(offset, PAGE)
        page = self._bytes(PAGE, number * PAGE)
        if _sum(page, number) != self.sums[number * 4 : number * 4 + 4]:
            raise _damaged()
        return page if amount == PAGE else page[start : start + amount]

    def xFileSize(self) -> int:
        return self.pages * PAGE

    def xClose(self) -> None:
        self.file.close()

    def xDeviceCharacteristics(self) -> int:
        # Nobody changes it, so nobody need lock it or look for a journal.
        return apsw.SQLITE_IOCAP_IMMUTABLE

    def xSectorSize(self) -> int:
        return PAGE

    def xLock(self, level: int) -> None:
        pass

    def xUnlock(self, level: int) -> None:
        pass

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False


class _SealedVfs(apsw.VFS):
    """Hands SQLite the files that were opened for it; temporary ones are the system's."""

    def __init__(self) -> None:
        super().__init__(_NAME, "")
        self.waiting: dict[str, _SealedFile] = {}

    def xFullPathname(self, name: str) -> str:
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:
        return False

    def xOpen(  # type: ignore[override]
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> object:
        key = name.filename() if isinstance(name, apsw.URIFilename) else name
        if key is None:
            return super().xOpen(name, flags)
        flags[1] = apsw.SQLITE_OPEN_READONLY
        return self.waiting.pop(key)


_registered: list[_SealedVfs] = []


def _vfs() -> _SealedVfs:
    if not _registered:
        _registered.append(_SealedVfs())
    return _registered[0]


def _sum(page: bytes, number: int) -> bytes:
    return _crc(page, number)


def _crc(data: bytes | bytearray, begin: int = 0) -> bytes:
    return zlib.crc32(data, begin).to_bytes(4, "big")


def _damaged() -> DamagedIndexError:
    return DamagedIndexError(
        "the index of the base was damaged where it is kept; it has been made anew",
        hint="do that again",
    )
