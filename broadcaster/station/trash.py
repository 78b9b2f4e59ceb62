"""Where files go that are taken out of a station: nothing that people wrote is ever deleted."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from broadcaster.errors import Refusal, why
from broadcaster.messages import msg
from broadcaster.station.edit_file import sync_folder

TRASH = "var/trash"


def discard(folder: Path, files: Sequence[str]) -> tuple[str, ...]:
    """Move files of a station into its trash, and give their names there; raises Refusal."""
    try:
        return tuple([_moved(folder, file) for file in files])
    except OSError as error:
        raise Refusal(
            msg("can't write {folder}: {error}", folder=TRASH, error=why(error))
        ) from None


def keep(folder: Path, file: str) -> str:
    """Copy a file of a station into its trash, and give its name there; raises OSError."""
    source, trash = folder / file, folder / TRASH
    trash.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read:
        name = _copied(read, trash, source)
    sync_folder(trash)
    return f"{TRASH}/{name}"


def _moved(folder: Path, file: str) -> str:
    # It may lie on another disk: only what is safe there goes here.
    kept = keep(folder, file)
    (folder / file).unlink()
    return kept


def _copied(read: BinaryIO, trash: Path, source: Path) -> str:
    """Write a copy under the first name that is free."""
    for number in itertools.count(1):
        name = f"{source.stem}-{number}{source.suffix}" if number > 1 else source.name
        try:
            written = (trash / name).open("xb")
        except FileExistsError:
            continue
        try:
            with written:
                shutil.copyfileobj(read, written)
                written.flush()
                os.fsync(written.fileno())
        except OSError:
            (trash / name).unlink()
            raise
        return name
    raise AssertionError  # numbers have no end
