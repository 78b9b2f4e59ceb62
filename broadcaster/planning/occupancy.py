"""What is planned on loudspeakers and in zones so far, while days are planned in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from broadcaster.domain.airing import Airing, Entry, Part
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.station import Zone
from broadcaster.messages import Message
from broadcaster.planning.guard import NEVER, Guard, Use, counted

Wish = tuple[Airing, datetime, datetime, float]
"""An airing that may air, when (in UTC and in the station's zone), and its offset."""


class Sound(NamedTuple):
    """An airing and when it sounds, in UTC."""

    airing: Airing
    begins: datetime
    ends: datetime


class SpeakerPlan:
    """What is planned last on a speaker, until when, and the last of an earlier minute."""

    __slots__ = ("before", "ends", "last")

    def __init__(self) -> None:
        self.last: Sound | None = None
        self.ends = NEVER
        self.before: Sound | None = None

    def other(self, start: datetime) -> Sound | None:
        """Give the last that was planned at another minute than this."""
        last = self.last
        return self.before if last is None or last.airing.start == start else last

    @property
    def yields(self) -> bool:
        """Whether what is planned last on it may be cut."""
        return self.last is not None and self.last.airing.slot.air_class is not AirClass.URGENT

    def cut(self, at: datetime) -> None:
        """Let what is planned last on it end then; a zone that shares it may have done so."""
        if self.last is not None and self.ends > at:
            self.last, self.ends = self.last._replace(ends=at), at

    def take(self, sound: Sound) -> None:
        """Plan one more; a zone of the same group may have done so already."""
        if self.ends <= sound.begins:
            self.before = self.other(sound.airing.start)
            self.last, self.ends = sound, sound.ends


ZoneState = tuple[Use, Use, list[tuple[Sound | None, datetime, Sound | None]]]
"""A zone's use, that before the last broadcast, and what each of its speakers holds."""


class ZonePlan:
    """A zone while its days are planned."""

    __slots__ = ("airtime", "before", "guard", "names", "speakers", "use")

    def __init__(self, zone: Zone, speakers: Mapping[str, SpeakerPlan]) -> None:
        self.airtime = zone.airtime
        self.guard = Guard(zone.airtime)
        self.names = zone.speakers
        self.speakers = [speakers[name] for name in zone.speakers]
        self.use = self.before = Use()

    @property
    def state(self) -> ZoneState:
        """Give what `restore` takes."""
        speakers = [(each.last, each.ends, each.before) for each in self.speakers]
        return self.use, self.before, speakers

    def restore(self, state: ZoneState) -> None:
        """Take back all that was planned since."""
        self.use, self.before, speakers = state
        for speaker, (last, ends, before) in zip(self.speakers, speakers, strict=True):
            speaker.last, speaker.ends, speaker.before = last, ends, before

    def free(
        self, start: datetime, local: datetime, *, cuts: bool = False
    ) -> tuple[datetime, Sound | None]:
        """Give when its speakers are free, and what of another minute keeps them longest.

        What `cuts` waits for nothing that may be cut.
        """
        begins, clash = start, None
        for speaker in self.speakers:
            if speaker.ends > start and not (cuts and speaker.yields):
                begins = max(begins, speaker.ends)
                other = speaker.other(local)
                if other and other.ends > (clash.ends if clash else start):
                    clash = other
        return begins, clash

    def breach(self, wish: Wish) -> Message | None:
        """Say why the guard refuses it, if so."""
        airing, _, local, offset = wish
        return self.guard.breach(local, airing.seconds - offset, self.use, airing.slot)

    def take(self, wish: Wish) -> Entry:
        """Plan it."""
        airing, begins, local, offset = wish
        seconds = airing.seconds - offset
        ends = begins + _length(seconds)
        passed = self.guard.passed(local, seconds, self.use, airing.slot)
        counts = counted(self.airtime, airing.slot, seconds)
        self.before = self.use
        self.use = self.use.then(local.date(), begins, ends, counts)
        sound = Sound(airing, begins, ends)
        for speaker in self.speakers:
            speaker.take(sound)
        return Entry(airing, begins, None, self.names, offset, passed)

    def cut(self, airing: Airing, part: Part, at: datetime) -> None:
        """Let what it sounds, planned last in it, end then."""
        counts = counted(self.airtime, airing.slot, (at - part.begins).total_seconds())
        day = part.begins.astimezone(airing.start.tzinfo).date()
        self.use = self.before.then(day, part.begins, at, counts)
        for speaker in self.speakers:
            speaker.cut(at)


@lru_cache(maxsize=1024)
def _length(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
