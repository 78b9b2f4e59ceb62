"""One group of airings on air: what is to fall silent of it, and why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum, auto

from broadcaster.domain.airing import Entry
from broadcaster.messages import Message
from broadcaster.ports import Speaker


class Then(Enum):
    """What becomes of an airing that is silenced."""

    BY_POLICY = auto()
    """What its slot says of a cut."""
    GOES_ON = auto()
    """It is taken up where it was."""
    OVER = auto()
    """Nothing more."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Why an airing falls silent before its end."""

    reason: Message
    then: Then
    station_stops: bool = False


class Turn:
    """A group's airings, from the moment that they are given to playout."""

    def __init__(self, group: Sequence[Entry], speakers: Mapping[str, Speaker]) -> None:
        self._entries = {entry.airing.key: entry for entry in group}
        self._silenced: dict[str, Silence] = {}
        self._playing: set[str] = set()
        self._stops: dict[str, asyncio.Task[None]] = {}
        self.speakers = {name: speakers[name] for entry in group for name in entry.speakers}
        """Those that it needs, as they were when it was given to playout."""
        self.claims: set[str] = set()
        """Loudspeakers that nothing else may begin on."""

    @property
    def sounding(self) -> list[Entry]:
        """Give those that have not ended, and are to sound on."""
        return [e for key, e in self._entries.items() if key not in self._silenced]

    def keys(self, name: str) -> list[str]:
        """Give the airings that a loudspeaker sounds for."""
        return [key for key, entry in self._entries.items() if name in entry.speakers]

    def silence(self, key: str) -> Silence | None:
        """Say why an airing falls silent, if it does."""
        return self._silenced.get(key)

    def ended(self, entry: Entry) -> None:
        """Forget one that has its end in the ledger."""
        self._entries.pop(entry.airing.key, None)

    @asynccontextmanager
    async def made_ready(self) -> AsyncIterator[Awaitable[object]]:
        """Make its loudspeakers ready meanwhile; gives what is over once they are."""
        speakers = self.speakers.values()
        making = asyncio.gather(*(speaker.ready() for speaker in speakers))
        try:
            yield making
        finally:
            await making
            await asyncio.gather(*(speaker.unready() for speaker in speakers))

    def plays(self, name: str) -> None:
        """Take a loudspeaker into use, until it is `over`."""
        self._playing.add(name)

    def over(self, name: str) -> None:
        """Need a loudspeaker no more."""
        self._playing.discard(name)

    async def fall_silent(self, keys: Collection[str], silence: Silence) -> None:
        """Silence airings, and those loudspeakers that no other of its airings needs.

        Returns once another programme may begin on those.
        """
        # What is to go on after a cut is over all the same once somebody silences it.
        over = silence.then is Then.OVER and not silence.station_stops
        for key in self._entries.keys() & set(keys):
            before = self._silenced.get(key)
            if before is None or (over and before.then is not Then.OVER):
                self._silenced[key] = silence
        needed = {name for entry in self.sounding for name in entry.speakers}
        # Each once: a second stop would be that of the programme which has begun there since.
        stops = [self._stop(name) for name in self._playing - needed]
        await asyncio.gather(*map(asyncio.shield, stops))

    def _stop(self, name: str) -> asyncio.Task[None]:
        if name not in self._stops:
            self._stops[name] = asyncio.create_task(_silent(self.speakers[name]))
        return self._stops[name]


async def _silent(speaker: Speaker) -> None:
    await speaker.stop()
