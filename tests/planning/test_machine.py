"""Anything may be edited at any time, the power may fail at any time, and the rules hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import AirClass, RadioSlot
from broadcaster.domain.record import Record
from broadcaster.domain.station import Zone
from broadcaster.messages import Message
from broadcaster.planning.asrun import fold, forgotten, interrupted, states
from broadcaster.planning.due import Due, due, limit, offset
from broadcaster.planning.expand import expand
from broadcaster.planning.guard import Use, breach, counted
from broadcaster.planning.moved import moved
from broadcaster.planning.resolve import resolve
from tests.planning import naive
from tests.planning.editors import MINUTE, Edited


class Planning(Edited):
    """A daemon in small: plan, ledger, loudspeakers, crashes."""

    # What time and bad luck do.

    @rule(length=st.sampled_from([1, 2, 10]), overrun=st.sampled_from([0.0, 0.0, 45.0]))
    def run_on(self, length: int, overrun: float) -> None:
        self.run(length, overrun)

    @rule(length=st.sampled_from([1, 5, 60, 600, 1440]), overrun=st.just(0.0))
    def run(self, length: int, overrun: float) -> None:
        self.overrun = overrun
        until = self.now + length * MINUTE
        self.start_up()
        while self.crash != "now":
            wake = self.step()
            if wake is None or wake > until or self.crash == "now":
                break
            self.now = wake
        if self.crash == "now":
            self.power_off()
        self.now = until

    @precondition(lambda self: not self.crash)
    @rule(when=st.sampled_from(["intent", "audible"]))
    def crash_soon(self, when: str) -> None:
        self.crash = when

    @rule(length=st.sampled_from([1, 30, 300]))
    def lose_power(self, length: int) -> None:
        self.power_off()
        self.now += length * MINUTE

    def power_off(self) -> None:
        for key, sound in self.sounding.items():
            self.sounded[key] = sound._replace(ends=min(sound.ends, self.now))
        self.sounding.clear()
        self.crash = ""

    def start_up(self) -> None:
        """Close what a crash left open, as a daemon does when it starts."""
        runs = fold(self.records)
        for run in interrupted(runs):
            if run.key not in self.sounding:
                seconds = (self.sounded[run.key].ends - self.sounded[run.key].begins).seconds
                self.write("finished", run.key, outcome="partial", seconds=seconds)
        for run in forgotten(runs, [entry.airing.key for entry in self.plan().entries]):
            self.write("finished", run.key, outcome="cancelled")

    # The daemon's loop.

    def days(self) -> list[date]:
        today = self.now.astimezone(self.tz).date()
        return [today + timedelta(days=each) for each in (-1, 0, 1)]

    def plan(self) -> Rundown:
        def seconds(campaign: str, slot: RadioSlot) -> float:
            return self.lengths[f"{campaign}/{slot.id}"]

        airings = expand(self.campaigns.values(), self.days(), self.tz, self.holidays, seconds)
        rundown = resolve(airings, self.zones)
        assert sorted(a.key for a in airings) == sorted(e.airing.key for e in rundown.entries)
        return rundown

    def step(self) -> datetime | None:
        """Do what is due now; give the next instant that matters."""
        self.finish()
        rundown = self.plan()
        for campaign in self.campaigns.values():
            for slot in campaign.radio:
                for day in self.days():
                    place = (campaign.id, slot.id, day)
                    self.single[place] = self.single.get(place, True) and len(slot.at) == 1
        runs = fold(self.records)
        cancelled = moved(rundown.entries, runs.values())
        busy = {name for sound in self.sounding.values() for name in sound.speakers}
        what = due(rundown, states(runs), self.now, busy, cancelled)
        self.tell(what)
        for entry in what.air:
            self.start(entry)
            if self.crash == "now":
                return None
        ends = [sound.ends for sound in self.sounding.values()]
        wakes = [*ends, *([what.wake] if what.wake else [])]
        assert all(wake > self.now for wake in wakes)
        return min(wakes, default=None)

    def finish(self) -> None:
        for key, sound in list(self.sounding.items()):
            if sound.ends <= self.now:
                del self.sounding[key]
                seconds = (sound.ends - sound.begins).total_seconds()
                self.write("finished", key, outcome="aired", seconds=seconds)

    def tell(self, what: Due) -> None:
        for entry, reason in what.missed:
            self.end("missed", entry, "missed", reason)
        for entry in what.refused:
            assert entry.refusal is not None
            self.end("refused", entry, "blocked", entry.refusal)
        for entry, reason in what.cancelled:
            self.end("finished", entry, "cancelled", reason)

    def end(self, kind: str, entry: Entry, outcome: str, reason: Message) -> None:
        key = entry.airing.key
        assert key not in self.sounded
        assert str(reason)
        self.write(kind, key, **facts(entry), outcome=outcome, reason=str(reason))

    def start(self, entry: Entry) -> None:
        airing = entry.airing
        seconds = airing.seconds - offset(entry, self.now)
        zone = self.zones[airing.zone]
        use = self.use(zone)
        if reason := breach(zone.airtime, self.now.astimezone(self.tz), seconds, use, airing.slot):
            self.end("refused", entry, "blocked", reason)
            return
        self.write("intent", airing.key, **facts(entry))
        if self.crash == "intent":
            self.crash = "now"
            return
        self.write("audible", airing.key)
        sound = naive.Sound(
            airing.group,
            airing.zone,
            entry.speakers,
            self.now,
            self.now + timedelta(seconds=seconds),
            airing.slot,
        )
        self.may_sound(entry, sound)
        longer = sound._replace(ends=sound.ends + timedelta(seconds=self.overrun))
        self.sounding[airing.key] = self.sounded[airing.key] = longer
        if self.crash == "audible":
            self.crash = "now"

    def use(self, zone: Zone) -> Use:
        """Give what the zone has sounded, by the ledger's order."""
        use = Use()
        for sound in sorted(self.sounded.values(), key=lambda sound: sound.begins):
            if sound.zone == zone.id:
                seconds = (sound.ends - sound.begins).total_seconds()
                counts = counted(zone.airtime, sound.slot, seconds)
                use = use.after(sound.begins.astimezone(self.tz), seconds, counts)
        return use

    def write(self, kind: str, key: str, **data: Any) -> None:
        self.records.append(Record(len(self.records) + 1, self.now, kind, key, data, "", ""))

    # What must hold.

    def may_sound(self, entry: Entry, sound: naive.Sound) -> None:
        airing = entry.airing
        campaign, zone = self.campaigns[airing.campaign], self.zones[airing.zone]
        assert airing.slot in campaign.radio
        assert airing.zone in airing.slot.zones
        assert entry.speakers == zone.speakers
        assert naive.asked_for(campaign, airing.slot, airing.start.date(), self.holidays)
        assert entry.begins <= self.now < limit(entry)
        assert airing.key not in self.sounded, "twice"
        before = [*self.sounded.values()]
        if airing.slot.air_class is not AirClass.URGENT:
            assert naive.keeps_hours(zone.airtime, sound, self.tz)
            assert naive.keeps_amounts(zone.airtime, before, sound, self.tz)

    @invariant()
    def the_plan_keeps_its_promises(self) -> None:
        naive.hold(self.plan(), self.zones, self.tz)

    @invariant()
    def no_speaker_sounds_two_programmes(self) -> None:
        assert naive.two_at_once(self.sounded.values()) == []

    @invariant()
    def a_slot_of_one_time_sounds_once_a_day_in_a_zone(self) -> None:
        heard = [
            (*key.split("/")[:2], key.split("/")[2][:10], key.split("/")[3]) for key in self.sounded
        ]
        once = [
            each for each in heard if self.single[each[0], each[1], date.fromisoformat(each[2])]
        ]
        assert len(once) == len(set(once))


def facts(entry: Entry) -> Mapping[str, Any]:
    airing = entry.airing
    return {
        "campaign": airing.campaign,
        "zone": airing.zone,
        "planned": airing.start.isoformat(),
        "times": [f"{at:%H:%M}" for at in airing.slot.at],
    }


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

TestPlanning = pytest.mark.filterwarnings("error")(Planning.TestCase)
TestPlanning.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=CHECKS
)


@pytest.mark.soak
class TestPlanningLong(Planning.TestCase):
    settings = settings(
        max_examples=3000, stateful_step_count=60, deadline=None, suppress_health_check=CHECKS
    )
