"""From a slot's items to a finished programme: speech rendered, mixed, levelled, ahead of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from broadcaster.audio.cache import Cache
from broadcaster.audio.fingerprint import stamp
from broadcaster.audio.programme import (
    LEAD_IN,
    LEAD_OUT,
)
from broadcaster.audio.render import known_length, render, rendered
from broadcaster.domain.airing import Entry
from broadcaster.domain.campaign import (
    AudioFile,
    Chime,
    Item,
    Pause,
    RadioSlot,
    Relay,
    Speech,
    script_of,
)
from broadcaster.domain.record import RECORDING
from broadcaster.domain.sound import Prepared, Spoken
from broadcaster.domain.station import Script, Station
from broadcaster.errors import ContentError, DeviceError
from broadcaster.health.faults import Faults
from broadcaster.playout.assemble import BREATH, assembled, recorded
from broadcaster.playout.voices import Voices
from broadcaster.playout.volume import gains
from broadcaster.ports import Synthesizer, TimeSource
from broadcaster.reading.read import spoken_lines
from broadcaster.speech.estimate import estimate

CHIME_SECONDS = 3.0
"""About what a chime takes, where it is not rendered yet."""
UNKNOWN_SECONDS = 60.0
"""What a recording nobody measured yet is planned as."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a slot can't be made, and the files that it was tried with."""

    error: DeviceError
    files: tuple[object, ...]


@dataclass(slots=True)
class Preparer:
    """Makes the programmes of one station."""

    station: Station
    cache: Cache
    engines: Sequence[Synthesizer]
    """In the order they are tried."""
    time: TimeSource
    heals: bool = True
    """What failed may work a while later; not in simulated time, where no disk is tidied up."""
    more: Sequence[Synthesizer] = ()
    """Engines that speak only where a script names them."""
    faults: Faults | None = None
    voices: Voices = field(init=False)
    _seconds: dict[RadioSlot, float] = field(default_factory=dict)
    _said: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _failures: dict[RadioSlot, Failure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Hand the engines to whoever chooses among them."""
        self.voices = Voices(self.engines, self.more, self.time, self.heals, self.faults)

    def extend(self, station: Station) -> None:
        """Make programmes of what was added to the station, too; all else of it is as it was."""
        self.station = station

    async def programmes(
        self, entry: Entry, speakers: Iterable[str], at: datetime
    ) -> dict[str, Prepared]:
        """Give what each speaker is to sound at that instant; raises DeviceError.

        What was spoken ahead is taken as it is: now is no time to wait for a better voice.
        """
        slot, title = entry.airing.slot, self._title(entry)
        louder = self._gains(slot, speakers, at)
        made = {gain: await self._render(slot, gain) for gain in set(louder.values())}
        return {name: replace(made[gain], title=title) for name, gain in louder.items()}

    async def prepare(self, entry: Entry) -> None:
        """Render an airing ahead of its time; raises DeviceError naming what failed."""
        slot = entry.airing.slot
        failure = None if self.heals else self._failure(slot)
        if failure is not None:
            raise DeviceError(failure.error.device, failure.error.message)
        for gain in set(self._gains(slot, entry.speakers, entry.begins).values()):
            await self._render(slot, gain, ahead=True)

    async def say(self, script: Script) -> Prepared:
        """Render one script alone, as a slot would air it; raises DeviceError."""
        slot = RadioSlot(id=script.id, at=(), zones=(), items=(Speech(script.id),))
        return await self._render(slot, 0.0, ahead=True)

    def prepared(self, entry: Entry) -> bool:
        """Say whether an airing could begin without rendering, in the best voice there is now."""
        return self._all_ready(entry, self.voices.best_at_hand)

    def at_hand(self, entry: Entry) -> bool:
        """Say whether an airing could begin without rendering, in whatever voice."""
        return self._all_ready(entry, self.voices.at_hand)

    def seconds(self, campaign: str, slot: RadioSlot) -> float:  # noqa: ARG002 - planning's signature
        """Say how long a slot sounds: measured where it is rendered, estimated before.

        What no try can make sounds for no time: nothing else is to wait for it.
        """
        failure = self._failure(slot)
        if failure is not None and isinstance(failure.error, ContentError):
            return 0.0
        if slot not in self._seconds:
            self._seconds[slot] = self._length(slot)
        return self._seconds[slot]

    def _title(self, entry: Entry) -> str:
        """Say what is on: the slot, where it has a name, and its campaign."""
        airing = entry.airing
        campaigns = self.station.campaigns
        titles = [each.title for each in campaigns if each.id == airing.campaign]
        return " - ".join(filter(None, [airing.slot.name, *titles]))

    def _gains(self, slot: RadioSlot, speakers: Iterable[str], at: datetime) -> dict[str, float]:
        local = at.astimezone(self.station.timezone).time()
        return gains(self.station, slot, speakers, local)

    async def _render(self, slot: RadioSlot, gain_db: float, *, ahead: bool = False) -> Prepared:
        files = self._files(slot)
        try:
            with self.time.hold():
                made = await self._made(slot, gain_db, ahead)
        except DeviceError as error:
            self._failures[slot] = Failure(error, files)
            raise
        self._failures.pop(slot, None)
        self._seconds[slot] = made.seconds
        return made

    async def _made(self, slot: RadioSlot, gain_db: float, ahead: bool) -> Prepared:  # noqa: FBT001 - passed on
        spoken = {script.id: await self._speak(script, ahead) for script in self._spoken(slot)}
        programme = assembled(self.station, slot, spoken, gain_db)
        return await render(programme, self.cache, self._voices(slot, spoken))

    def _failure(self, slot: RadioSlot) -> Failure | None:
        """Give why a slot can't be made, as long as its files are what they were."""
        failure = self._failures.get(slot)
        return failure if failure and failure.files == self._files(slot) else None

    def _files(self, slot: RadioSlot) -> tuple[object, ...]:
        """Give what changes when a slot's recordings do."""
        return tuple(map(_state, self.recordings(slot)))

    def _all_ready(self, entry: Entry, find: Callable[..., Spoken | None]) -> bool:
        slot = entry.airing.slot
        louder = set(self._gains(slot, entry.speakers, entry.begins).values())
        return all(self._ready(slot, gain, find) is not None for gain in louder)

    def _ready(
        self, slot: RadioSlot, gain_db: float, find: Callable[..., Spoken | None]
    ) -> Prepared | None:
        spoken = {}
        for script in self._spoken(slot):
            speech = find(self._words(script), script.voice)
            if speech is None:
                return None
            spoken[script.id] = speech
        programme = assembled(self.station, slot, spoken, gain_db)
        return rendered(programme, self.cache, self._voices(slot, spoken))

    def _length(self, slot: RadioSlot) -> float:
        if slot.fault is None and (ready := self._ready_at_any_volume(slot)) is not None:
            return ready.seconds
        breaths = BREATH * max(0, len(slot.items) - 1)
        spoken = any(isinstance(item, Speech) for item in slot.items)
        bed = LEAD_IN + LEAD_OUT if slot.bed and spoken else 0.0
        return breaths + bed + sum(map(self._item_seconds, slot.items))

    def _ready_at_any_volume(self, slot: RadioSlot) -> Prepared | None:
        zones = [self.station.zones[name] for name in slot.zones if name in self.station.zones]
        speakers = [name for zone in zones for name in zone.speakers]
        volumes = {
            gain for at in slot.at for gain in gains(self.station, slot, speakers, at).values()
        }
        at_hand = self.voices.at_hand
        found = (self._ready(slot, gain, at_hand) for gain in sorted(volumes))
        return next((ready for ready in found if ready is not None), None)

    def recordings(self, slot: RadioSlot) -> list[Path]:
        """Give the recorded files that a slot airs, as far as its scripts can be used."""
        names = [item.name for item in slot.items if isinstance(item, AudioFile)]
        said = filter(None, map(script_of, slot.items))
        scripts = [self.station.scripts[id_] for id_ in said if id_ in self.station.scripts]
        beside = [script.recording for script in scripts if script.recording is not None]
        beds = [slot.bed] if slot.bed else []
        return [*(recorded(self.station, name) for name in (*names, *beds)), *beside]

    def _item_seconds(self, item: Item) -> float:
        match item:
            case Chime():
                return CHIME_SECONDS
            case Pause(seconds) | Relay(_, seconds):
                return seconds
            case AudioFile(name):
                return self._known(recorded(self.station, name))
            case Speech(name):
                return self._script_seconds(self.station.scripts.get(name))

    def _script_seconds(self, script: Script | None) -> float:
        if script is None:
            return 0.0
        if script.recording is not None:
            return self._known(script.recording)
        return estimate(self._words(script))

    def _known(self, path: Path) -> float:
        known = known_length(path, self.cache)
        if known is None:
            return UNKNOWN_SECONDS if _holds_something(path) else 0.0
        return known

    def _scripts(self, slot: RadioSlot) -> list[Script]:
        return [self.station.scripts[id_] for id_ in filter(None, map(script_of, slot.items))]

    def _spoken(self, slot: RadioSlot) -> list[Script]:
        return [script for script in self._scripts(slot) if script.recording is None]

    def _words(self, script: Script) -> tuple[str, ...]:
        """Give what is spoken for its text; it is asked for often, and read once."""
        text = script.paragraphs
        if text not in self._said:
            station = self.station
            self._said[text] = spoken_lines(text, station.lexicon, station.voice.region)
        return self._said[text]

    async def _speak(self, script: Script, ahead: bool) -> Spoken:  # noqa: FBT001 - passed on
        """Give a script's speech: the best voice where there is time, else what is at hand."""
        words = self._words(script)
        found = None if ahead else self.voices.at_hand(words, script.voice)
        return found or await self.voices.speak(words, script.voice)

    def _voices(self, slot: RadioSlot, spoken: dict[str, Spoken]) -> str:
        """Name who speaks, as the ledger does."""
        voices = [
            spoken[script.id].voice if script.id in spoken else RECORDING
            for script in self._scripts(slot)
        ]
        return ", ".join(dict.fromkeys(voices))


def _state(path: Path) -> object:
    try:
        return stamp(path)
    except DeviceError:
        return None


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
