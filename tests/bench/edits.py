"""How soon an edit is taken: a running station, and a playlist of it changed and saved."""

from __future__ import annotations

import tempfile
from pathlib import Path

from broadcaster.clock import SystemTime
from broadcaster.control.client import Client
from tests.bench.boards import _rest
from tests.bench.small import _running, _shipped

Row = tuple[str, float, str, float | None]
EDITS = 9
PHASE = 1 / EDITS
"""Of the second between two looks at the files: each edit falls into another part of it."""


def rows() -> list[Row]:
    """Save each edit at another part of the second, and wait for the ledger's word of it."""
    with tempfile.TemporaryDirectory() as folder:
        station = _shipped(Path(folder))
        with _running(station):
            taken = sorted(_taken(station, number) for number in range(EDITS))
    return [
        ("an edit: saved to taken, median", taken[len(taken) // 2], "s", None),
        ("an edit: saved to taken, the slowest", taken[-1], "s", 2),
    ]


def _taken(station: Path, number: int) -> float:
    """Change a playlist, and give the seconds until the station runs by it."""
    file, time = station / "playlists" / "techfest-2025.toml", SystemTime()
    with Client(station).following() as changes:
        _rest(PHASE * number)
        edited = file.read_text(encoding="utf-8") + f"# {number}\n"
        begun = time.monotonic()
        file.write_text(edited, encoding="utf-8")
        for change in changes:
            if change["kind"] == "station" and change["data"]["did"] == "edit":
                return time.monotonic() - begun
    raise AssertionError


if __name__ == "__main__":
    for row in rows():
        print(*row)
