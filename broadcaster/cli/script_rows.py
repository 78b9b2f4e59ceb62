"""What lists tell of scripts: how long each sounds, who airs it, and whether it is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from broadcaster.domain.station import Script, Station


def rows_of(station: Station, scripts: Iterable[Script]) -> Iterator[dict[str, Any]]:
    """Give a row a script, as JSON has it; a length that nobody can measure is None."""
    from broadcaster.reading.read import spoken_lines
    from broadcaster.speech.estimate import estimate

    shown = list(scripts)
    airing = _airing(station)
    measured = _lengths(station, [one.recording for one in shown if one.recording])
    for script in shown:
        recording = script.recording or next(iter(script.doubtful), None)
        said = spoken_lines(script.paragraphs, station.lexicon, station.voice.region)
        seconds = measured.get(recording) if script.recording else estimate(said)
        yield {
            "id": script.id,
            "title": script.title,
            "letter": script.letter,
            "voice": script.voice,
            "recording": recording and recording.name,
            "stale": bool(script.doubtful),
            "seconds": seconds and round(seconds, 1),
            "paragraphs": script.paragraphs,
            "playlists": airing.get(script.id, []),
        }


def _airing(station: Station) -> Mapping[str, list[str]]:
    """Give the playlists that air each script."""
    from broadcaster.station.edit_trial import spoken

    found: dict[str, list[str]] = {}
    for campaign in station.campaigns:
        for id_ in sorted(spoken(campaign)):
            found.setdefault(id_, []).append(campaign.id)
    return found


def _lengths(station: Station, recordings: list[Path]) -> Mapping[Path | None, float]:
    """Measure recordings, each once; those that can't be read are left out."""
    if not recordings:
        return {}
    from broadcaster.audio.cache import Cache
    from broadcaster.audio.render import known_length, unreadable
    from broadcaster.wiring.place import VAR

    cache = Cache(station.folder / VAR / "cache")
    asyncio.run(unreadable(recordings, cache))
    found = {path: known_length(path, cache) for path in recordings}
    return {path: seconds for path, seconds in found.items() if seconds is not None}
