"""Opens the ledger's SQLite file, and says in people's words what is wrong with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from broadcaster.errors import DeviceError, why
from broadcaster.messages import Message, msg

PLACE = Path("var", "ledger.sqlite")
"""Where a station keeps its ledger, relative to its folder."""

FORMAT = 1
APPLICATION = 0x42524443
"""SQLite's application_id of a ledger: BRDC."""
PATIENCE = 5.0
"""Seconds to wait for another program's commit."""

_SCHEMA = (
    (
        "CREATE TABLE record (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
        " key TEXT NOT NULL, data TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL)"
    ),
    "CREATE INDEX record_key ON record (key, kind)",
    "CREATE INDEX record_at ON record (at)",
    (
        "CREATE TRIGGER record_edit BEFORE UPDATE ON record"
        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    ),
    (
        "CREATE TRIGGER record_removal BEFORE DELETE ON record"
        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    ),
    # REPLACE deletes without asking the trigger above.
    (
        "CREATE TRIGGER record_order BEFORE INSERT ON record"
        " WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM record)"
        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    ),
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {FORMAT}",
)


class NotBegunError(DeviceError):
    """A file with nothing in it, which the daemon will make a ledger of."""


Renew = Callable[[Path], None]
"""Writes a file once more as it is; raises OSError."""


def renew(path: Path) -> None:
    """Bring to the platter what a sync that failed may have left in the system's cache alone.

    Linux takes for written what it could not write. The next program reads it, builds on it, and
    a power cut then takes it away with all that stands behind it.
    """
    with contextlib.suppress(FileNotFoundError), path.open("r+b", buffering=0) as file:
        data = file.read()
        file.seek(0)
        file.write(data)
        os.fsync(file.fileno())


def open_for_writing(path: Path, renew: Renew = renew) -> sqlite3.Connection:
    """Open a ledger, or begin one; raises DeviceError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeviceError(
            "ledger",
            msg(
                "the folder {folder} can't be made ({why}): make it, or give the user that runs"
                " this the right to",
                folder=path.parent,
                why=why(error),
            ),
        ) from None
    with plainly(path), _or_closed(_connect(path, "mode=rwc")) as db:
        _begin(db, path, renew)
        # Kept in the file; and FULL: a commit that was acknowledged outlives a power cut.
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        return db


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a ledger that another program may be writing; raises DeviceError."""
    with plainly(path):
        try:
            return _reader(path, "mode=ro")
        except sqlite3.OperationalError:
            # SQLite wants to make two files beside a ledger at rest, and this user may not. But
            # nobody writes it now, so it can be read as it lies there.
            if not _at_rest(path):
                raise
            return _reader(path, "immutable=1")


def judge(path: Path) -> None:
    """Look through a ledger as it lies there; raises DeviceError where it is damaged or is none.

    One that is not begun yet is all right. Whether its records were changed is the chain's to say.
    """
    if not path.exists():
        return
    with contextlib.suppress(NotBegunError), contextlib.closing(open_for_reading(path)) as db:
        with plainly(path):
            (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise DeviceError("ledger", _damaged(path))


@contextlib.contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn SQLite's failures into a DeviceError that says what to do; mistakes of ours pass."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        raise DeviceError("ledger", _advice(path, error)) from error


def _at_rest(path: Path) -> bool:
    try:
        return path.exists() and not path.with_name(path.name + "-wal").exists()
    except PermissionError:
        return False


def _connect(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE, isolation_level=None
    )


def _reader(path: Path, how: str) -> sqlite3.Connection:
    with _or_closed(_connect(path, how)) as db:
        if _is_new(db, path):
            raise NotBegunError(
                "ledger", msg("{path} is empty: the daemon hasn't begun it", path=path)
            )
        return db


@contextlib.contextmanager
def _or_closed(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield db
    except BaseException:
        db.close()
        raise


def _is_new(db: sqlite3.Connection, path: Path) -> bool:
    """Tell an empty file from a ledger; raises DeviceError for what is neither."""
    # One statement: another program may begin the ledger between two.
    application, version, things = db.execute(
        "SELECT (SELECT application_id FROM pragma_application_id),"
        " (SELECT user_version FROM pragma_user_version), (SELECT COUNT(*) FROM sqlite_master)"
    ).fetchone()
    if application == APPLICATION and version > FORMAT:
        raise DeviceError(
            "ledger",
            msg(
                "{path} has format {version}, and this broadcaster knows {known}: install a newer"
                " one",
                path=path,
                version=version,
                known=FORMAT,
            ),
        )
    if application != APPLICATION and (application or version or things):
        raise DeviceError("ledger", _not_a_ledger(path))
    return bool(application == 0)


def _begin(db: sqlite3.Connection, path: Path, renew: Renew) -> None:
    db.execute("BEGIN IMMEDIATE")
    if _is_new(db, path):
        for statement in _SCHEMA:
            db.execute(statement)
    # Changes nothing, but needs the right to: what can't be written is to be known from the start.
    db.execute("DELETE FROM record WHERE FALSE")
    # Under the lock of who writes: nobody else changes what stands there.
    try:
        renew(path.with_name(path.name + "-wal"))
    except OSError as error:
        raise DeviceError("ledger", _failing(path)) from error
    db.execute("COMMIT")


def _not_a_ledger(path: Path) -> Message:
    return msg("{path} is not a ledger: move it away, and a new one begins", path=path)


def _damaged(path: Path) -> Message:
    return msg(
        "{path} is damaged: keep it under another name as evidence, and a new one begins",
        path=path,
    )


def _failing(path: Path) -> Message:
    return msg(
        "the disk is full or fails at {path}: free some space, or look at the disk", path=path
    )


def _not_opened(path: Path) -> Message:
    if path.is_dir():
        return msg("{path} is a folder: move it away, and a new one begins", path=path)
    return msg(
        "{path} can't be opened: give the user that runs this the right to its folder", path=path
    )


def _advice(path: Path, error: sqlite3.DatabaseError) -> Message:
    advice = {
        sqlite3.SQLITE_FULL: msg("the disk is full: free some space for {path}", path=path),
        sqlite3.SQLITE_IOERR: _failing(path),
        sqlite3.SQLITE_READONLY: msg(
            "{path} can't be written: give the user that runs this the right to write it and its"
            " folder",
            path=path,
        ),
        sqlite3.SQLITE_CANTOPEN: _not_opened(path),
        sqlite3.SQLITE_BUSY: msg(
            "{path} is held by another program: does a second daemon run here?", path=path
        ),
        sqlite3.SQLITE_CORRUPT: _damaged(path),
        sqlite3.SQLITE_NOTADB: _not_a_ledger(path),
    }
    # The low byte is the kind of failure, the rest its detail.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return advice.get(code, msg("{path}: {error}", path=path, error=error))
