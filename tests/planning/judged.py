"""What must hold of a station in small, whatever is edited and however often the power fails."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from hypothesis.stateful import invariant

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import AirClass, RadioSlot
from broadcaster.planning.due import limit
from broadcaster.planning.expand import expand
from broadcaster.planning.resolve import resolve
from tests.planning import naive
from tests.planning.editors import Edited


class Judged(Edited):
    """The plan of a station in small, and what has sounded of it."""

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

    def heard(self, key: str) -> float:
        return sum((each.ends - each.begins).total_seconds() for each in self.sounded[key])

    def may_sound(self, entry: Entry, sound: naive.Sound) -> None:
        airing = entry.airing
        campaign, zone = self.campaigns[airing.campaign], self.zones[airing.zone]
        assert airing.slot in campaign.radio
        assert airing.zone in airing.slot.zones
        assert entry.speakers == zone.speakers
        assert naive.asked_for(campaign, airing.slot, airing.start.date(), self.holidays)
        assert entry.begins <= self.now < limit(entry)
        assert airing.key not in self.sounding, "twice at once"
        assert (airing.key in self.sounded) == (entry.heard is not None), "twice"
        if entry.heard:
            assert self.now - entry.heard.cut <= timedelta(minutes=30, seconds=1)
        before = self.all_sounded()
        if airing.slot.air_class is not AirClass.URGENT:
            assert naive.keeps_hours(zone.airtime, sound, self.tz)
            assert naive.keeps_amounts(zone.airtime, before, sound, self.tz)

    @invariant()
    def the_plan_keeps_its_promises(self) -> None:
        naive.hold(self.plan(), self.zones, self.tz)

    @invariant()
    def no_speaker_sounds_two_programmes(self) -> None:
        assert naive.two_at_once(self.all_sounded()) == []
        heard = [(key, each) for key, parts in self.sounded.items() for each in parts]
        for (key, one), (other, two) in combinations(heard, 2):
            # Nor one programme twice, on a speaker of two zones of its group.
            assert key != other or one.ends <= two.begins or two.ends <= one.begins

    @invariant()
    def a_cut_airing_has_one_end_at_most(self) -> None:
        ends = [each.key for each in self.records if each.kind in {"finished", "missed", "refused"}]
        assert len(ends) == len(set(ends))

    def all_sounded(self) -> list[naive.Sound]:
        return [each for parts in self.sounded.values() for each in parts]

    @property
    def on_air(self) -> dict[str, Entry]:
        return {key: self.on_air_entries[key] for key in self.sounding}

    @invariant()
    def a_slot_of_one_time_sounds_once_a_day_in_a_zone(self) -> None:
        heard = [
            (*key.split("/")[:2], key.split("/")[2][:10], key.split("/")[3]) for key in self.sounded
        ]
        once = [
            each for each in heard if self.single[each[0], each[1], date.fromisoformat(each[2])]
        ]
        assert len(once) == len(set(once))
