"""Recordings that are to be aired and can't be: `check` finds them, and edits are refused them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath, splitext
from typing import TYPE_CHECKING

from broadcaster.errors import Problem
from broadcaster.messages import msg

if TYPE_CHECKING:
    from broadcaster.domain.station import Station
    from broadcaster.station.textfile import Overrides


def unheard(station: Station) -> Iterator[Problem]:
    """Tell them; those that are missing are told where they are named."""
    paths = list(_recordings(station))
    if not paths:
        return
    import asyncio

    from broadcaster.audio.cache import Cache
    from broadcaster.audio.render import unreadable
    from broadcaster.wiring.place import VAR

    found = asyncio.run(unreadable(paths, Cache(station.folder / VAR / "cache")))
    for path, wrong in found.items():
        yield Problem(path.relative_to(station.folder).as_posix(), None, "", wrong)


def bereft(station: Station, texts: Overrides) -> Iterator[Problem]:
    """Tell slots that air a recording which goes with the script beside it."""
    from broadcaster.domain.campaign import AudioFile
    from broadcaster.station.whereabouts import Whereabouts

    gone = {file.removesuffix(".md") for file, text in texts.items() if text is None}
    places = Whereabouts(station.folder, texts)
    for campaign in station.campaigns:
        for slot in campaign.radio:
            names = [item.name for item in slot.items if isinstance(item, AudioFile)]
            names += [slot.bed] if slot.bed else []
            for file in (normpath(f"scripts/{name}") for name in names):
                if splitext(file)[0] in gone:
                    wrong = msg("airs {file}, which lies beside that script", file=file)
                    yield Problem(*places.find(campaign.id, slot.id), wrong)


def _recordings(station: Station) -> Iterator[Path]:
    """Give the recordings that slots and reminders air, each once."""
    from broadcaster.clock import SystemTime
    from broadcaster.planning.expand import reminder_slots
    from broadcaster.station.folder import is_file
    from broadcaster.wiring.studio import preparer

    studio = preparer(station, SystemTime())
    slots = [
        slot
        for campaign in station.campaigns
        for slot in (*campaign.radio, *reminder_slots(campaign))
    ]
    named = dict.fromkeys(path for slot in slots for path in studio.recordings(slot))
    yield from filter(is_file, named)
