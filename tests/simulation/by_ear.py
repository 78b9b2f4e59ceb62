"""What must hold of what was heard: never twice, never at a wrong hour or against an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from broadcaster.domain.campaign import JOIN
from broadcaster.domain.record import Kind, Record
from broadcaster.domain.station import Zone
from broadcaster.planning.guard import SESSION_BREAK
from tests.simulation.street import Sound, base
from tests.simulation.world import World

BLINK = 1.5
"""Seconds that a sound may be longer than its programme: a loudspeaker that is slow to stop."""
ARMED = 60.0
"""Seconds before its first sample in which an airing is decided, by what the clock says then: a
loudspeaker is armed, its amplifier is slow and then warms up, its group waits for each other."""
SLACK = timedelta(seconds=45)
"""What a slow amplifier and a group that waits for each other may add to a late policy."""
SLOW = 62.0
"""Seconds that an amplifier may take to be off and on again."""
HEARD = 0.05
"""Seconds from which on a sound is one."""


class Sounding(NamedTuple):
    """A stretch of an airing that the ledger has and loudspeakers gave."""

    key: str
    zone: str
    audible: Record
    intent: Record
    sounds: list[Sound]
    again: bool
    """Whether it is taken up after a cut."""

    @property
    def seconds(self) -> float:
        """Give how long it really was."""
        return max(sound.ends - sound.begins for sound in self.sounds)


def by_ear(world: World, records: list[Record]) -> Iterator[str]:
    """Give everything that does not hold of what was heard."""
    soundings = list(_soundings(world, records))
    yield from _twice(world)
    yield from _hours(world)
    yield from _orders(world)
    yield from (f"{each.key}: nobody heard it" for each in soundings if not each.sounds)
    heard = [each for each in soundings if each.sounds]
    yield from _late(world, heard)
    yield from _guard(world, heard)


def _soundings(world: World, records: list[Record]) -> Iterator[Sounding]:
    """Find to each first sample of the ledger the sounds that it was the first sample of."""
    sounds: dict[str, list[Sound]] = defaultdict(list)
    for sound in world.street.sounds:
        for key in world.asked.of(sound):
            sounds[key].append(sound)
    intents: dict[str, Record] = {}
    before: set[str] = set()
    for record in records:
        if record.kind == Kind.INTENT:
            intents[record.key] = record
        if record.kind == Kind.AUDIBLE:
            found = [each for each in sounds[record.key] if _is(world, each, record.at)]
            # One before it may have been cut by a crash before the ledger had it.
            found = list({each.speaker: each for each in found}.values())
            intent, again = intents[record.key], record.key in before
            yield Sounding(record.key, intent.data["zone"], record, intent, found, again)
            before.add(record.key)


def _is(world: World, sound: Sound, at: datetime) -> bool:
    """Tell whether a sound became audible then: nobody hears it before its amplifier is on."""
    begun = world.time.wall(sound.begins)
    said = [begun + ahead for ahead in world.time.wrong(sound.begins, sound.begins + SLOW)]
    return any(-BLINK <= (at - each).total_seconds() <= SLOW for each in said)


def _twice(world: World) -> Iterator[str]:
    """No loudspeaker sounds a programme more often than zones of it were to have it there."""
    doubtful = [sound for death in world.deaths for sound in death.doubtful or ()]
    heard: dict[tuple[str, str], list[Sound]] = defaultdict(list)
    for sound in world.street.sounds:
        heard[sound.speaker, base(sound.label)].append(sound)
    for (speaker, label), sounds in heard.items():
        zones = len(world.asked.of(sounds[0]))
        seconds = sum(sound.ends - sound.begins for sound in sounds if sound not in doubtful)
        if seconds > zones * sounds[0].seconds + BLINK * len(sounds):
            yield f"{speaker}: {label} sounded for {seconds:.1f} s, meant {zones} times"


def _hours(world: World) -> Iterator[str]:
    """Nothing but what is urgent begins outside the hours allowed."""
    allowed = world.folder.right.airtime.allowed
    for sound in world.street.sounds:
        keys = world.asked.of(sound)
        if not keys:
            yield f"{sound.label} on {sound.speaker}: nobody asked for it"
        elif not world.asked.urgent(keys[0]):
            says = [each.astimezone(world.folder.right.timezone) for each in _said(world, sound)]
            if not any(each.covers(at.hour * 60 + at.minute) for each in allowed for at in says):
                yield f"{sound.label} on {sound.speaker}: began at {says[0]:%H:%M:%S}"


def _said(world: World, sound: Sound) -> list[datetime]:
    """Give what the wall clock said of its first sample while that was decided on."""
    now = world.time.wall(sound.begins)
    return [now + ahead for ahead in world.time.wrong(sound.begins - ARMED, sound.begins)]


def _orders(world: World) -> Iterator[str]:
    """Nothing but what is urgent sounds in a pause, nothing that was silenced goes on."""
    for sound in world.street.sounds:
        keys = world.asked.of(sound)
        name = f"{sound.label} on {sound.speaker}"
        urgent = any(map(world.asked.urgent, keys))
        for pause in world.people.pauses:
            if not urgent and sound.begins < pause.ends and sound.ends > pause.begins + BLINK:
                yield f"{name}: sounded in the pause from {pause.begins:.0f} on"
        for order in world.people.silenced:
            if set(keys) <= set(order.keys) and sound.ends > order.at + BLINK:
                yield f"{name}: sounded after it was silenced at {order.at:.0f}"
    # A commit whose sync failed is refused, and there all the same for who comes after a crash.
    ordered = [] if world.lied else world.people.ordered
    refused = {key for each in ordered if each.taken is False for key in each.keys}
    for sound in world.street.sounds:
        if refused & set(world.asked.of(sound)):
            yield f"{sound.label} on {sound.speaker}: was refused to who ordered it"


def _late(world: World, soundings: list[Sounding]) -> Iterator[str]:
    """Nothing begins before its instant, nor later than its late policy allows."""
    for each in soundings:
        slots = [wanted.airing.slot for wanted in world.asked.by_key[each.key]]
        if each.again or any(slot.late == JOIN for slot in slots):
            continue
        begins = datetime.fromisoformat(each.intent.data["begins"])
        late = max(slot.late for slot in slots if slot.late != JOIN)
        said = _said(world, each.sounds[0])
        if all(at < begins - timedelta(seconds=1) for at in said):
            yield f"{each.key}: began early, at {said[0]}, and was planned for {begins}"
        if all(at > begins + late + SLACK for at in said):
            yield f"{each.key}: began late, at {said[0]}, and was planned for {begins}"


def _guard(world: World, soundings: list[Sounding]) -> Iterator[str]:
    """No zone has more minutes or sessions a day than its airtime allows."""
    station = world.folder.right
    for zone in station.zones.values():
        here = [each for each in soundings if each.zone == zone.id]
        here.sort(key=lambda each: each.audible.at)
        days: dict[object, list[Sounding]] = defaultdict(list)
        for each in here:
            days[each.audible.at.astimezone(station.timezone).date()].append(each)
        for day, some in days.items():
            yield from (f"{zone.id} on {day}: {what}" for what in _too_much(world, zone, some))


def _too_much(world: World, zone: Zone, soundings: list[Sounding]) -> Iterator[str]:
    soundings = [each for each in soundings if each.seconds > HEARD]
    counted = [each for each in soundings if not world.asked.urgent(each.key)]
    seconds = sum(each.seconds for each in counted)
    minutes, sessions = zone.airtime.minutes_per_day, zone.airtime.sessions_per_day
    if minutes is not None and seconds > minutes * 60 + BLINK * len(counted):
        yield f"{seconds / 60:.1f} minutes, {minutes} allowed"
    begun, until, open_ = 0, None, False
    for each in soundings:
        at = min(sound.wall for sound in each.sounds)
        open_ = open_ and until is not None and at - until < SESSION_BREAK
        if each in counted and not open_:
            begun, open_ = begun + 1, True
        ends = at + timedelta(seconds=each.sounds[0].seconds)
        until = ends if until is None else max(until, ends)
    if sessions is not None and begun > sessions:
        yield f"{begun} sessions, {sessions} allowed"
