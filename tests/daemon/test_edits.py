"""A station is edited while its daemon runs: what is meant now is what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from broadcaster.domain.station import SignSpec, SpeakerSpec, Station, Zone
from tests.daemon.world import DAY, World, at, slogan, slot, station


def test_a_slot_that_is_added_airs_the_same_day() -> None:
    world = World(station([slot("sang", "06:00")]), at("05:00"))
    world.edited(at("09:00"), (at("06:30"), station([slot("sang", "06:00"), slot("moi", "07:00")])))
    assert world.heard() == ["22 06:00:00 sang", "22 07:00:00 moi"]


def test_a_slot_that_is_removed_or_moved_before_its_time_does_not_air_then() -> None:
    before = station([slot("bo", "07:00"), slot("doi", "08:00")])
    world = World(before, at("06:00"))
    world.edited(at("10:00"), (at("06:59:50"), station([slot("doi", "09:00")])))
    assert world.heard() == ["22 09:00:00 doi"]


def test_a_slot_removed_while_its_sound_is_being_made_does_not_sound() -> None:
    world = World(station([slot("bo", "07:00")]), at("06:59:57"))
    world.studio.slow = 2.5
    world.edited(at("08:00"), (at("06:59:58"), station()))
    assert world.heard() == []
    why = "it was taken out of the playlist just before it began"
    assert world.outcomes() == {"bo 07:00 phuong": ("missed", why)}


def test_a_slot_removed_while_it_sounds_falls_silent_for_good() -> None:
    world = World(station([slot("bo", "07:00")]), at("06:00"))
    world.edited(at("08:00"), (at("07:00:20"), station()))
    assert world.outcomes() == {
        "bo 07:00 phuong": ("partial", "it was taken out of the playlist while it sounded")
    }
    assert round(world.runs()["bo 07:00 phuong"].data["seconds"]) == 20


def test_what_is_on_air_plays_to_its_end_through_an_edit() -> None:
    world = World(station([slot("sang", "06:00")]), at("05:00"))
    edit = station([slot("sang", "06:00", late=timedelta(minutes=1)), slot("moi", "07:00")])
    world.edited(at("08:00"), (at("06:00:30"), edit))
    ends = [(run.outcome, run.data["seconds"]) for run in world.runs().values()]
    assert ends == [("aired", 60), ("aired", 60)]


def test_a_slot_moved_while_it_sounds_plays_to_its_end_and_not_again() -> None:
    world = World(station([slot("sang", "06:00")]), at("05:00"))
    world.edited(at("08:00"), (at("06:00:30"), station([slot("sang", "07:00")])))
    assert world.heard() == ["22 06:00:00 sang"]
    assert world.outcomes()["sang 06:00 phuong"] == ("aired", "")
    assert world.outcomes()["sang 07:00 phuong"][0] == "cancelled"


def test_an_edited_loudspeaker_is_used_from_the_next_airing_on() -> None:
    before = station([slot("sang", "06:00", "06:10")])
    world = World(before, at("05:00"))
    old = world.speakers["loa-1"]
    louder = replace(before.speakers["loa-1"], volume=80)
    world.edited(
        at("07:00"),
        (at("06:00:30"), replace(before, speakers={**before.speakers, "loa-1": louder})),
    )
    assert [each.label for each in old.heard] == ["2025-09-22_0600_ngay-hoi_sang"]
    assert [run.outcome for run in world.runs().values()] == ["aired", "aired"]
    assert world.heard() == ["22 06:10:00 sang"]


def test_a_new_loudspeaker_joins_its_zone() -> None:
    before = station([slot("sang", "06:00")])
    more = {**before.speakers, "loa-3": SpeakerSpec(id="loa-3", driver="fake")}
    zone = replace(before.zones["phuong"], speakers=("loa-1", "loa-2", "loa-3"))
    world = World(before, at("05:00"))
    after = replace(before, speakers=more, zones={**before.zones, "phuong": zone})
    world.edited(at("07:00"), (at("05:30"), after))
    assert world.heard("loa-3") == ["22 06:00:00 sang"]


def signs_of(of: Station, *names: str) -> Station:
    """Give the same station with other boards in the zone that is seen."""
    zone = Zone(id="bang", signs=names)
    known = {name: SignSpec(id=name, driver="fake", width=128, height=16) for name in names}
    return replace(of, zones={**of.zones, "bang": zone}, signs=known)


def test_a_slogan_is_changed_at_once_and_an_untouched_sign_is_not_sent_anew() -> None:
    world = World(station(led=[slogan("chu", "Chào mừng")]), at("08:00"))
    world.signs["cong"].renews = False
    radio = station([slot("sang", "12:00")], [slogan("chu", "Chào mừng")])
    changed = station([slot("sang", "12:00")], [slogan("chu", "Tự hào")])
    world.edited(at("09:00"), (at("08:10"), radio), (at("08:20"), changed))
    arrivals = [
        (arrival.at, [slogan.text for slogan in arrival.content.slogans])
        for arrival in world.signs["cong"].arrivals
    ]
    assert arrivals == [(at("08:00"), ["Chào mừng"]), (at("08:20"), ["Tự hào"])]


def test_signs_come_and_go_and_what_is_no_sign_any_more_is_darkened_and_let_go() -> None:
    before = station(led=[slogan("chu", "Chào mừng")])
    world = World(before, at("08:00"))
    world.signs["cong"].forgets = False
    world.edited(at("09:00"), (at("08:10"), signs_of(before, "cho")))
    cong, cho = world.signs["cong"], world.signs["cho"]
    assert [bool(content.slogans) for content in cong.sent] == [True, False]
    assert cong.closed
    assert (cho.arrivals[0].at, len(cho.sent[0].slogans)) == (at("08:10"), 1)


def test_a_sign_described_anew_keeps_its_slogan_while_its_port_changes_hands() -> None:
    before = station(led=[slogan("chu", "Chào mừng")])
    world = World(before, at("08:00"))
    old = world.signs["cong"]
    old.forgets = False
    wider = replace(before.signs["cong"], width=192)
    world.edited(at("09:00"), (at("08:10"), replace(before, signs={"cong": wider})))
    assert old.closed
    assert all(content.slogans for content in old.sent)
    assert world.signs["cong"].arrivals[0].at == at("08:10")


def test_the_ledger_tells_of_each_edit() -> None:
    world = World(station(), at("08:00"))
    world.edited(at("09:00"), (at("08:10"), station()))
    rows = [
        (record.at, record.data) for record in world.ledger.records() if record.key == "station"
    ]
    assert (at("08:10"), {"did": "edit", "files": ["playlists/ngay-hoi.toml"]}) in rows


def test_the_ledger_has_no_edit_where_nothing_was_changed() -> None:
    world = World(station([slot("sang", "08:20")]), at("08:00"))
    world.edited(at("09:00"), (at("08:10"), world.station), files=())
    station_did = [record.data["did"] for record in world.ledger.records("station")]
    assert station_did == ["start", "stop"]
    assert world.heard() == ["22 08:20:00 sang"]


def test_an_amplifier_taken_away_while_it_is_on_is_released_when_its_airing_is_over() -> None:
    world = World(station([slot("sang", "06:00", zones=("to-1",))]), at("05:00"))
    world.amplify("loa-1", "tang-1")
    after = world.station
    bare = replace(after.speakers["loa-1"], amplifier=None)
    running = world.daemon()
    world.powers = {}
    world.edited(
        at("07:00"),
        (at("06:00:30"), replace(after, speakers={**after.speakers, "loa-1": bare})),
        daemon=running,
    )
    assert world.switched() == ["05:00:00 off", "05:59:55 on", "06:01:01 off"]
    assert world.amplifiers["tang-1"].closed


def test_an_edit_over_midnight_counts_for_the_new_day() -> None:
    tomorrow = DAY + timedelta(days=1)
    world = World(station([slot("sang", "06:00")]), at("23:50"))
    world.edited(at("09:00", tomorrow), (at("23:59:59"), station([slot("sang", "06:00", "08:00")])))
    assert world.heard() == ["23 06:00:00 sang", "23 08:00:00 sang"]
