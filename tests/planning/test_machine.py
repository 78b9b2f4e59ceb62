"""Anything may be edited at any time, the power may fail at any time, and the rules hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.record import AirState, Record
from broadcaster.domain.station import Zone
from broadcaster.messages import Message, msg, to_json
from broadcaster.planning.asrun import cut, fold, forgotten, interrupted, states
from broadcaster.planning.cutting import goes_on, urgent, yielding
from broadcaster.planning.due import Due, due, limit, offset
from broadcaster.planning.guard import Use, breach, counted
from broadcaster.planning.moved import moved
from tests.planning import naive
from tests.planning.editors import MINUTE
from tests.planning.judged import Judged


class Planning(Judged):
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
        for key in list(self.sounding):
            self.silence(key)
        self.crash = ""

    def silence(self, key: str) -> float:
        """Let something end where it is; gives how long it was heard in all."""
        sound = self.sounding.pop(key)
        self.sounded[key][-1] = sound._replace(ends=min(sound.ends, self.now))
        return self.heard(key)

    def start_up(self) -> None:
        """Close what a crash left open, as a daemon does when it starts."""
        runs = fold(self.records)
        for run in interrupted(runs):
            if run.key not in self.sounding:
                self.write("finished", run.key, outcome="partial", seconds=self.heard(run.key))
        for run in forgotten(runs, [entry.airing.key for entry in self.plan().entries]):
            self.write("finished", run.key, outcome="cancelled")

    # The daemon's loop.

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
        on_air = list(self.on_air.values())
        what = due(rundown, states(runs), self.now, on_air, cancelled, cut=cut(runs))
        self.urgent_ones_wait_for_their_like(rundown, what, states(runs))
        self.tell(what)
        for entry in what.air:
            self.cut_for(entry)
            self.start(entry)
            if self.crash == "now":
                return None
        ends = [sound.ends for sound in self.sounding.values()]
        wakes = [*ends, *([what.wake] if what.wake else [])]
        assert all(wake > self.now for wake in wakes)
        return min(wakes, default=None)

    def urgent_ones_wait_for_their_like(
        self, rundown: Rundown, what: Due, known: Mapping[str, AirState]
    ) -> None:
        over = {e.airing.key for e, _ in (*what.missed, *what.cancelled)}
        held = [each for each in (*self.on_air.values(), *what.air) if urgent(each)]
        for entry in rundown.planned:
            if not urgent(entry) or entry in what.air or entry.airing.key in over:
                continue
            if entry.airing.key not in known and entry.begins <= self.now < limit(entry):
                mates = [e for e in rundown.planned if e.airing.group == entry.airing.group]
                needed = {name for each in mates for name in each.speakers}
                assert any(needed & set(each.speakers) for each in held)

    def finish(self) -> None:
        for key, sound in list(self.sounding.items()):
            if sound.ends <= self.now:
                self.write("finished", key, outcome="aired", seconds=self.silence(key))

    def cut_for(self, entry: Entry) -> None:
        """Silence what yields to it; what it says of that is what playout does."""
        if not urgent(entry):
            return
        on_air = [each for key, each in self.on_air.items() if key in self.sounding]
        for each in yielding(on_air, entry.speakers):
            key = each.airing.key
            begun = self.sounding[key].begins
            position = self.began_at[key] + (self.now - begun).total_seconds()
            seconds = self.silence(key)
            why = to_json(msg("cut"))
            goes = goes_on(each.airing, position)
            if goes is None:
                self.write("finished", key, outcome="partial", seconds=seconds)
            else:
                self.write("cut", key, seconds=seconds, goes_on=goes, reason_message=why)

    def tell(self, what: Due) -> None:
        for entry, reason in what.missed:
            self.end("missed", entry, "missed", reason)
        for entry in what.refused:
            assert entry.refusal is not None
            self.end("refused", entry, "blocked", entry.refusal)
        for entry, reason in what.cancelled:
            self.end("finished", entry, "cancelled", reason)
        for entry, reason in what.lost:
            assert entry.heard
            assert str(reason)
            self.write("finished", entry.airing.key, outcome="partial", seconds=entry.heard.seconds)

    def end(self, kind: str, entry: Entry, outcome: str, reason: Message) -> None:
        key = entry.airing.key
        assert key not in self.sounded
        assert str(reason)
        self.write(kind, key, **facts(entry), outcome=outcome, reason=str(reason))

    def start(self, entry: Entry) -> None:
        airing = entry.airing
        skip = offset(entry, self.now)
        seconds = airing.seconds - skip
        zone = self.zones[airing.zone]
        use = self.use(zone)
        if reason := breach(zone.airtime, self.now.astimezone(self.tz), seconds, use, airing.slot):
            if entry.heard:
                heard = entry.heard.seconds
                self.write("finished", airing.key, outcome="partial", seconds=heard)
            else:
                self.end("refused", entry, "blocked", reason)
            return
        self.write("intent", airing.key, seconds=airing.seconds, offset=skip, **facts(entry))
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
        self.sounding[airing.key] = longer
        self.sounded.setdefault(airing.key, []).append(longer)
        self.on_air_entries[airing.key] = entry
        self.began_at[airing.key] = skip
        if self.crash == "audible":
            self.crash = "now"

    def use(self, zone: Zone) -> Use:
        """Give what the zone has sounded, by the ledger's order."""
        use = Use()
        for sound in sorted(self.all_sounded(), key=lambda sound: sound.begins):
            if sound.zone == zone.id:
                seconds = (sound.ends - sound.begins).total_seconds()
                counts = counted(zone.airtime, sound.slot, seconds)
                use = use.after(sound.begins.astimezone(self.tz), seconds, counts)
        return use

    def write(self, kind: str, key: str, **data: Any) -> None:
        self.records.append(Record(len(self.records) + 1, self.now, kind, key, data, "", ""))


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
