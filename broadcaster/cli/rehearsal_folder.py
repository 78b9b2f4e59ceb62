"""The folder that a rehearsal fills: it empties none but an earlier rehearsal's."""

from __future__ import annotations

import shutil
from pathlib import Path

from broadcaster.errors import DeviceError, Refusal, why
from broadcaster.messages import msg

PLACE = Path("var", "rehearsal")
"""Where a rehearsal goes when nobody names another folder, relative to the station."""
MARKER = ".rehearsal"
"""Says that a folder is a rehearsal's; an empty file."""
MADE = ("audio", "signs", "ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "index.html")
"""What a rehearsal leaves, and the next one replaces; nothing else in the folder is touched."""
BEFORE_MARKERS = ("ledger.sqlite", "index.html")
"""What tells a rehearsal that was made before there were markers."""
STATIONS_OWN = (
    "scripts", "playlists", "var/audio", "var/cache", "var/drafts", "var/signs", "var/trash",
)  # fmt: skip
"""Folders that are never a rehearsal's, nor is anything in them."""


def emptied(station: Path, out: Path | None) -> Path:
    """Give the folder with nothing of an earlier rehearsal in it; raises Refusal, DeviceError."""
    folder = out or station / PLACE
    try:
        _check(station, folder, default=folder.resolve() == (station / PLACE).resolve())
        folder.mkdir(parents=True, exist_ok=True)
        # First: of a rehearsal that is killed, the next one may clear what is left.
        (folder / MARKER).touch()
        for name in MADE:
            _remove(folder / name)
    except OSError as error:
        raise DeviceError(str(folder), msg("can't be written: {why}", why=why(error))) from None
    return folder


def _check(station: Path, folder: Path, *, default: bool) -> None:
    if _stations_own(station.resolve(), folder.resolve()):
        raise Refusal(
            msg(
                "{folder} is the station's own: leave out --out, or name a new folder",
                folder=folder,
            )
        )
    there = _names(folder)
    if not there or MARKER in there or (default and there.issuperset(BEFORE_MARKERS)):
        return
    raise Refusal(
        msg(
            "{folder} holds other things than a rehearsal: name a new folder or an empty one with"
            " --out, or move away what is in it",
            folder=folder,
        )
    )


def _stations_own(station: Path, folder: Path) -> bool:
    inside = (station / name for name in STATIONS_OWN)
    return folder in {station, station / "var"} or any(map(folder.is_relative_to, inside))


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _remove(old: Path) -> None:
    if old.is_dir() and not old.is_symlink():
        shutil.rmtree(old)
    else:
        old.unlink(missing_ok=True)
