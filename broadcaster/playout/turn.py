"""One group of airings on air: what is to fall silent of it, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True, eq=False)
class Playing:
    """One loudspeaker in use."""

    speaker: Speaker
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Turn:
    """A group's airings, from the moment that they are given to playout."""

    def __init__(self, group: Sequence[Entry]) -> None:
        self._entries = {entry.airing.key: entry for entry in group}
        self._silenced: dict[str, Silence] = {}
        self._playing: dict[str, Playing] = {}
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

    def plays(self, name: str, speaker: Speaker) -> Playing:
        """Take a loudspeaker into use, until it is `over`."""
        playing = self._playing[name] = Playing(speaker)
        return playing

    def over(self, name: str) -> None:
        """Need a loudspeaker no more."""
        if playing := self._playing.pop(name, None):
            playing.over.set()

    async def quiet(self, name: str) -> None:
        """Return once it needs this loudspeaker no more."""
        if playing := self._playing.get(name):
            await playing.over.wait()

    async def fall_silent(self, keys: Collection[str], silence: Silence) -> None:
        """Silence airings, and those loudspeakers that no other of its airings needs."""
        for key in self._entries.keys() & set(keys):
            self._silenced.setdefault(key, silence)
        needed = {name for entry in self.sounding for name in entry.speakers}
        await _stop(each for name, each in self._playing.items() if name not in needed)


async def _stop(playing: Iterable[Playing]) -> None:
    await asyncio.gather(*(each.speaker.stop() for each in playing))
