"""The recordings beside scripts: which of them airs, and what each of them says.

A recording that `script record` made carries the text that was read, as a tag in the file: copied,
renamed or kept in git, it still does, and one that somebody puts in its place does not. Only a
recording of which there is no doubt airs; else the text itself is spoken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from broadcaster.errors import Problem
from broadcaster.messages import msg
from broadcaster.station.folder import is_file, is_folder

SCRIPTS = "scripts"
RECORDINGS = (".wav", ".flac", ".mp3", ".opus")
"""What a recording beside a script may end in."""
MARK = "BROADCASTER_TEXT"
"""The tag that holds what a recording says."""

_AROUND = ".,;:!?…\"'“”‘’«»()[]"
"""What stands around words and is not heard."""


def recordings(folder: Path, id_: str) -> list[Path]:
    """Give the recordings beside a script."""
    return [path for path in _named(folder, id_) if is_file(path)]


def says(recording: Path, paragraphs: Sequence[str]) -> bool:
    """Say whether a recording may be of this text: it carries the same words, or none."""
    carried = text_in(recording)
    return carried is None or words(carried) == words("\n".join(paragraphs))


def text_in(recording: Path) -> str | None:
    """Give the text that a recording carries; None where it carries none, or can't be read."""
    from tinytag import TinyTag, TinyTagException

    try:
        found = TinyTag.get(recording, duration=False).other.get(MARK.lower())
    except (TinyTagException, OSError):
        return None
    return found[0] if found else None


def words(text: str) -> list[str]:
    """Give what is heard of a text: no punctuation, no capitals, no line ends."""
    parts = unicodedata.normalize("NFC", text).casefold().split()
    return [word for part in parts if (word := part.strip(_AROUND))]


def surplus(file: str, there: Sequence[Path]) -> Problem:
    """Tell a script that has more than one recording."""
    names = ", ".join(path.name for path in there)
    message = msg("has more than one recording, and none of them is heard: {names}", names=names)
    return Problem(file, None, "", message, msg("leave one; the text is spoken until then"))


def folders(folder: Path, id_: str) -> list[Problem]:
    """Tell folders that have a recording's name."""
    message = msg("is a folder; a recording is expected")
    found = [path for path in _named(folder, id_) if is_folder(path)]
    return [Problem(f"{SCRIPTS}/{path.name}", None, "", message) for path in found]


def _named(folder: Path, id_: str) -> list[Path]:
    return [folder / SCRIPTS / f"{id_}{suffix}" for suffix in RECORDINGS]
