"""Has SQLite keep its files on a `Disk`: a VFS of its own, in the library that Python runs."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_char_p, c_int, c_int64, c_void_p
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from broadcaster.ledger.sqlite import SqliteLedger
from tests.fakes.disk import Cut, Disk, DiskError, DiskFullError, File, Write

T = TypeVar("T", bound=SqliteLedger)
NAME = b"fake-disk"
OK, IOERR, FULL, CANTOPEN, NOTFOUND = 0, 10, 13, 14, 12
SHORT_READ, NO_ENTRY = IOERR | 2 << 8, IOERR | 23 << 8
CREATE, JOURNAL, WAL = 0x4, 0x800, 0x80000
POWERSAFE_OVERWRITE = 0x1000
"""What SQLite takes for granted of every disk: a write harms no bytes beside it."""

_METHODS: dict[str, tuple[Any, ...]] = {
    "close": (),
    "read": (c_void_p, c_int, c_int64),
    "write": (c_void_p, c_int, c_int64),
    "truncate": (c_int64,),
    "sync": (c_int,),
    "size": (ctypes.POINTER(c_int64),),
    "lock": (c_int,),
    "unlock": (c_int,),
    "check_reserved_lock": (ctypes.POINTER(c_int),),
    "control": (c_int, c_void_p),
    "sector_size": (),
    "characteristics": (),
    "shm_map": (c_int, c_int, c_int, ctypes.POINTER(c_void_p)),
    "shm_lock": (c_int, c_int, c_int),
    "shm_barrier": (),
    "shm_unmap": (c_int,),
}
"""What sqlite3_io_methods holds in its version 2, in order, and the parameters after the file."""


class _IoMethods(ctypes.Structure):
    _fields_ = [
        ("version", c_int),
        *((name, ctypes.CFUNCTYPE(c_int, c_void_p, *more)) for name, more in _METHODS.items()),
    ]


class _SqliteFile(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_IoMethods))]


_Open = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, c_int, c_void_p)
_Delete = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_Access = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, ctypes.POINTER(c_int))
_FullPathname = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, c_void_p)


class _Vfs(ctypes.Structure):
    """The sqlite3_vfs of version 1; what isn't of files is the system's own."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _Open),
        ("delete", _Delete),
        ("access", _Access),
        ("full_pathname", _FullPathname),
        *((name, c_void_p) for name in ("dl_open", "dl_error", "dl_sym", "dl_close")),
        *((name, c_void_p) for name in ("randomness", "sleep", "current_time", "last_error")),
    ]


class _Handle:
    """One of SQLite's open files."""

    def __init__(self, disk: Disk, file: File, *, first: bool) -> None:
        self.disk = disk
        self.file = file
        self.first = first
        """Whether its next sync is one of its folder too."""
        self.shared: list[Any] = []

    def close(self) -> int:
        return OK

    def read(self, into: int, count: int, offset: int) -> int:
        self.disk.check()
        found = bytes(self.file.data[offset : offset + count])
        ctypes.memmove(into, found.ljust(count, b"\0"), count)
        return OK if len(found) == count else SHORT_READ

    def write(self, from_: int, count: int, offset: int) -> int:
        self.disk.change(self.file, Write(offset, ctypes.string_at(from_, count)))
        return OK

    def truncate(self, size: int) -> int:
        self.disk.change(self.file, Cut(size))
        return OK

    def sync(self, _flags: int) -> int:
        self.disk.sync(self.file, folder=self.first)
        self.first = False
        return OK

    def size(self, found: Any) -> int:
        self.disk.check()
        found[0] = len(self.file.data)
        return OK

    def lock(self, _level: int) -> int:
        return OK

    unlock = lock

    def check_reserved_lock(self, found: Any) -> int:
        found[0] = 0
        return OK

    def control(self, _code: int, _value: int | None) -> int:
        return NOTFOUND

    def sector_size(self) -> int:
        return 4096

    def characteristics(self) -> int:
        return POWERSAFE_OVERWRITE

    def shm_map(self, region: int, size: int, _extend: int, found: Any) -> int:
        while len(self.shared) <= region:
            self.shared.append(ctypes.create_string_buffer(size))
        found[0] = ctypes.addressof(self.shared[region])
        return OK

    def shm_lock(self, _offset: int, _count: int, _flags: int) -> int:
        return OK

    def shm_barrier(self) -> int:
        return OK

    def shm_unmap(self, _delete: int) -> int:
        self.shared.clear()
        return OK


class _Library:
    """The SQLite that this Python is linked to, and our VFS in it."""

    def __init__(self, path: str) -> None:
        self._lib = ctypes.CDLL(path)
        self._lib.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._system = self._lib.sqlite3_vfs_find(None)
        self._handles: dict[int, _Handle] = {}
        self._disks: WeakValueDictionary[str, Disk] = WeakValueDictionary()
        self._io = _IoMethods(2, *map(self._method, _METHODS))
        self._vfs = self._made(self._system.contents)

    def open(self, disk: Disk, made: type[T]) -> T:
        """Open the ledger; whatever else is opened meanwhile would be kept here too."""
        self._disks[disk.path.stem] = disk
        assert self._lib.sqlite3_vfs_register(ctypes.byref(self._vfs), 1) == OK
        try:
            return made(disk.path)
        finally:
            assert self._lib.sqlite3_vfs_register(self._system, 1) == OK

    def _made(self, system: _Vfs) -> _Vfs:
        vfs = _Vfs.from_buffer_copy(system)
        vfs.version, vfs.file_size, vfs.next, vfs.name = 1, ctypes.sizeof(_SqliteFile), None, NAME
        vfs.open, vfs.delete = _Open(self._open), _Delete(self._delete)
        vfs.access, vfs.full_pathname = _Access(self._access), _FullPathname(self._full_pathname)
        return vfs

    def _method(self, name: str) -> Any:
        does: Callable[..., int] = getattr(_Handle, name)

        def call(file: int, *more: Any) -> int:
            return _answer(lambda: does(self._handles[file], *more))

        def close(file: int) -> int:
            return self._handles.pop(file).close()

        return dict(_IoMethods._fields_)[name](close if name == "close" else call)

    def _open(self, _: int, name: bytes | None, file: int, flags: int, out: int | None) -> int:
        made = _SqliteFile.from_address(file)
        made.methods = None

        def act() -> int:
            disk, suffix = self._place(name) if name else (Disk(), "passing")
            found = disk.open(suffix, create=bool(flags & CREATE))
            if found is None:
                return CANTOPEN
            self._handles[file] = _Handle(disk, found, first=bool(flags & (JOURNAL | WAL)))
            made.methods = ctypes.pointer(self._io)
            if out:
                c_int.from_address(out).value = flags
            return OK

        return _answer(act)

    def _delete(self, _: int, name: bytes, folder: int) -> int:
        disk, suffix = self._place(name)

        def act() -> int:
            if suffix not in disk.files:
                return NO_ENTRY
            disk.remove(suffix, folder=bool(folder))
            return OK

        return _answer(act)

    def _access(self, _: int, name: bytes, _flags: int, found: Any) -> int:
        disk, suffix = self._place(name)
        found[0] = suffix in disk.files
        return OK

    def _place(self, name: bytes) -> tuple[Disk, str]:
        disk, suffix = name.decode().removeprefix("/").split(".")
        return self._disks[disk], suffix

    def _full_pathname(self, _: int, name: bytes, room: int, out: int) -> int:
        ctypes.memmove(out, name + b"\0", min(room, len(name) + 1))
        return OK


def _answer(act: Callable[[], int]) -> int:
    try:
        return act()
    except DiskFullError:
        return FULL
    except DiskError:
        return IOERR


@cache
def library() -> _Library | None:
    """Give it, or None where Python has SQLite in itself, or no /proc tells where it is."""
    maps = Path("/proc/self/maps")
    lines = maps.read_text().splitlines() if maps.exists() else []
    paths = {line.split(maxsplit=5)[-1] for line in lines if "libsqlite3" in line}
    return _Library(paths.pop()) if paths else None


def opened(disk: Disk, made: type[T] = SqliteLedger) -> T:
    """Open the ledger of a disk; raises DeviceError."""
    found = library()
    assert found is not None

    def renew(path: Path) -> None:
        try:
            disk.renew(path.name.partition(".")[2])
        except (DiskError, DiskFullError) as error:
            raise OSError from error

    there: type[T] = type(made.__name__, (made,), {"renew": staticmethod(renew)})
    return found.open(disk, there)
