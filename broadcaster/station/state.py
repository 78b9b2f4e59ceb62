"""What a station's files are like now: enough to see that one of them was changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from broadcaster.domain.station import VOICES
from broadcaster.station.lexicon import LEXICON
from broadcaster.station.load import DEVICES, PLAYLISTS
from broadcaster.station.recordings import SCRIPTS

Stamp = tuple[int, int, int, int]


def state(folder: Path) -> Mapping[str, Stamp]:
    """Give a stamp of every file that a station is read from, by its name in the folder.

    Looking costs a system call a file and reads none. What is hidden, editors' own copies say,
    does not count, nor does what can't be looked at.
    """
    root = f"{folder}{os.sep}"
    files = [root + DEVICES, root + LEXICON]
    for inner in (PLAYLISTS, SCRIPTS, VOICES):
        files += _files(root + inner)
    stamps = ((file, _stamp(file)) for file in files)
    return {file[len(root) :].replace(os.sep, "/"): stamp for file, stamp in stamps if stamp}


def _files(folder: str) -> Iterator[str]:
    # Looked at every second: texts cost a third of what Paths do.
    for inner, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (f"{inner}{os.sep}{name}" for name in files if not name.startswith("."))


def _stamp(file: str) -> Stamp | None:
    try:
        of = os.stat(file)  # noqa: PTH116 - see `_files`
    except (OSError, ValueError):
        return None
    # The time of change, beside that of writing, tells of a right that was given or taken away.
    return of.st_mtime_ns, of.st_ctime_ns, of.st_size, of.st_ino
