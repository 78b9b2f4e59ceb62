"""A crowded quarter of an hour: whatever is asked for then, the rules hold."""

from __future__ import annotations

from datetime import time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.domain.campaign import JOIN, AirClass, IfCut, RadioSlot
from broadcaster.domain.station import Airtime
from tests.planning import naive
from tests.planning.making import HANOI, ITEMS, campaign, hours, planned, zone

ZONES = (
    zone("xa", "loa-1"),
    zone("yb", "loa-1 loa-2"),
    zone("zc", "loa-3", Airtime(allowed=hours("05:30-05:50"), minutes_per_day=12)),
    zone("wd", "loa-2 loa-3"),
)
minutes = st.integers(30, 40).map(lambda minute: time(5, minute))
lates = st.sampled_from([0, 1, 5, 10, 60]).map(lambda late: timedelta(minutes=late)) | st.just(JOIN)


@st.composite
def slots(draw: st.DrawFn) -> list[RadioSlot]:
    return [
        RadioSlot(
            id=f"s{number}",
            at=(draw(minutes),),
            zones=tuple(draw(st.sets(st.sampled_from(["xa", "yb", "zc", "wd"]), min_size=1))),
            air_class=draw(st.sampled_from(AirClass)),
            late=draw(lates),
            if_cut=draw(st.sampled_from(IfCut)),
            items=ITEMS,
        )
        for number in range(draw(st.integers(2, 9)))
    ]


@settings(deadline=None, max_examples=400)
@given(slots(), st.lists(st.sampled_from([0.4, 1.2, 4.0, 7.0]), min_size=9, max_size=9))
def test_a_rundown_keeps_its_promises(of: list[RadioSlot], lengths: list[float]) -> None:
    long = {f"s{number}": length for number, length in enumerate(lengths)}
    rundown = planned([campaign("c", *of)], *ZONES, minutes=long)
    assert len(rundown.entries) == sum(len(slot.zones) for slot in of)
    naive.hold(rundown, {zone.id: zone for zone in ZONES}, HANOI)
