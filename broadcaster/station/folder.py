"""What lies in a station's folder: names alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from broadcaster.errors import Problem, why
from broadcaster.messages import msg


def names_in(folder: Path) -> tuple[str, ...]:
    """Give the names in a folder, sorted; none where it is missing.

    Raises OSError where it is there, but can't be listed.
    """
    try:
        return tuple(sorted(path.name for path in folder.iterdir()))
    except (FileNotFoundError, NotADirectoryError):
        # A file in its place is no missing folder, nor is a link to a disk that is not there.
        if os.path.lexists(folder):
            raise
        return ()


def files_in(
    folder: Path, inner: str, suffix: str, overrides: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Give `inner/name` for every name with a suffix there is, or would be; none that is hidden.

    Raises OSError where the inner folder can't be listed.
    """
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


def unlisted(inner: str, error: OSError) -> Problem:
    """Tell that a folder is there whose files nobody can name."""
    return Problem(
        inner,
        None,
        "",
        msg("can't be listed: {why}", why=why(error)),
        msg("make it a folder that the user who runs this may read"),
    )


def is_file(path: Path) -> bool:
    """Say whether this is a file; what can't be looked at is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Say whether this is a folder; what can't be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
