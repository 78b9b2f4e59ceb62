"""What lies in a station's folder: names alone, never raising for what can't be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def names_in(folder: Path) -> tuple[str, ...]:
    """Give the names in a folder, sorted; none where it can't be listed."""
    try:
        return tuple(sorted(path.name for path in folder.iterdir()))
    except OSError:
        return ()


def files_in(
    folder: Path, inner: str, suffix: str, overrides: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Give `inner/name` for every name with a suffix there is, or would be; none that is hidden."""
    there = {f"{inner}/{name}" for name in names_in(folder / inner)}
    there |= {file for file in overrides if file.startswith(f"{inner}/")}
    gone = {file for file, text in overrides.items() if text is None}
    return tuple(
        sorted(
            file
            for file in there - gone
            if file.endswith(suffix) and not file.startswith(f"{inner}/.")
        )
    )


def is_file(path: Path) -> bool:
    """Say whether this is a file; what can't be looked at is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
