"""Tells recordings that say, or may say, something else than the text beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from broadcaster.domain.station import Script, Station
from broadcaster.errors import Problem
from broadcaster.messages import msg
from broadcaster.station.folder import names_in
from broadcaster.station.recordings import RECORDINGS, SCRIPTS, text_in, words
from broadcaster.station.scripts import body
from broadcaster.station.textfile import Overrides, read_text

TOLERANCE = timedelta(minutes=10)
"""How much later a text may seem to be changed: copying writes files one after another."""
FOREIGN = (".m4a", ".aac", ".ogg", ".oga", ".amr", ".3gp", ".wma", ".aiff", ".caf")
"""What other programs and telephones record into."""


def outdated(station: Station, texts: Overrides | None = None) -> Iterator[Problem]:
    """Tell them; `texts` are what files of the station would hold."""
    texts = texts or {}
    for script in station.scripts.values():
        file = f"{SCRIPTS}/{script.id}.md"
        if script.recording is None:
            yield from _of_another_text(station.folder, file, script, texts)
        elif text_in(script.recording) is None and _older(script.recording, file, station, texts):
            yield _perhaps(file, script.recording)
    yield from _foreign(station)


def _of_another_text(
    folder: Path, file: str, script: Script, texts: Overrides
) -> Iterator[Problem]:
    """Tell a recording that carries another text, with the first line that it doesn't say."""
    if len(script.doubtful) != 1:
        return
    (recording,) = script.doubtful
    said = words(text_in(recording) or "")
    line = _first_change(read_text(folder, file, texts, []) or "", said)
    message = msg(
        "{recording} says another text: it is not heard, this text is spoken instead",
        recording=recording.name,
    )
    again = msg("record it again: broadcaster script record {id}", id=script.id)
    yield Problem(file, line, "", message, again)


def _first_change(text: str, said: list[str]) -> int:
    """Give the line of the first word that isn't said; the last one where there is no such word."""
    spoken = body(text).split("\n")
    skipped = text.count("\n") + 1 - len(spoken)
    at, last = 0, skipped + 1
    for number, line in enumerate(spoken, skipped + 1):
        for word in words(line):
            if said[at : at + 1] != [word]:
                return number
            at, last = at + 1, number
    return last


def _older(recording: Path, file: str, station: Station, texts: Overrides) -> bool:
    """Say whether a text seems to be changed after its recording was made."""
    if file in texts:
        return True
    try:
        text, sound = (path.stat().st_mtime for path in (station.folder / file, recording))
    except OSError:
        return False
    return text - sound > TOLERANCE.total_seconds()


def _perhaps(file: str, recording: Path) -> Problem:
    message = msg(
        "seems changed after {recording} was made, which is heard as it is",
        recording=recording.name,
    )
    hint = msg(
        "listen to it, and if it says this text: broadcaster script record {id} --from {file}",
        id=recording.stem,
        file=f"{SCRIPTS}/{recording.name}",
    )
    return Problem(file, None, "", message, hint, "warning")


def _foreign(station: Station) -> Iterator[Problem]:
    """Tell sound files beside a script that nobody will hear, as they end in something else."""
    # A folder that can't be listed gives no scripts either.
    for name in names_in(station.folder / SCRIPTS) if station.scripts else ():
        path = Path(name)
        script = station.scripts.get(path.stem)
        unknown = path.suffix not in RECORDINGS and path.suffix.lower() in (*RECORDINGS, *FOREIGN)
        if script is None or script.recording is not None or not unknown:
            continue
        message = msg("is not heard: a recording ends in {ends}", ends=", ".join(RECORDINGS))
        hint = msg(
            "to have it heard: broadcaster script record {id} --from {file}",
            id=script.id,
            file=f"{SCRIPTS}/{name}",
        )
        yield Problem(f"{SCRIPTS}/{name}", None, "", message, hint, "warning")
