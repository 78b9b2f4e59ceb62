"""The daemon and its signs, in simulated time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Percent
from broadcaster.messages import msg
from tests.daemon.world import DAY, TZ, World, at, slogan, station


def test_what_a_sign_may_not_show_is_recorded_once_when_its_time_comes() -> None:
    wrong = slogan("sai", "Chào", fault=msg("no such effect"))
    world = World(station(led=[wrong, slogan("dung", "Tự hào", 7)]), at("05:00"))
    world.run(at("06:30"))
    world.run(at("09:00"))
    (record,) = [each for each in world.ledger.records() if each.kind == "refused"]
    assert (record.at, record.key) == (at("06:00"), "ngay-hoi/sai/2025-09-22T06:00+07:00/cong")
    assert record.data == {
        "campaign": "ngay-hoi",
        "sign": "cong",
        "from": "2025-09-22T06:00:00+07:00",
        "until": "2025-09-22T22:00:00+07:00",
        "class": "normal",
        "slogans": ["Chào"],
        "outcome": "blocked",
        "reason": "no such effect",
        "reason_message": {"id": "no such effect", "args": {}},
    }
    assert world.outcomes() == {}
    texts = [[each.text for each in content.slogans] for content in world.signs["cong"].sent]
    assert [] in texts
    assert texts[-1] == ["Tự hào"]


def test_a_sign_is_told_how_bright_to_be_at_the_edges_of_its_times() -> None:
    of = station(led=[slogan("chu", "Tự hào")])
    night = (Percent(TimeRange(18 * 60, 6 * 60), 40),)
    cong = replace(of.signs["cong"], brightness_at=night)
    world = World(replace(of, signs={"cong": cong}), at("12:00"))
    world.run(at("23:00"))
    told = [
        (f"{record.at.astimezone(TZ):%H:%M}", record.data["slogans"], record.data["brightness"])
        for record in world.ledger.records()
        if record.kind == "sign"
    ]
    assert told == [
        ("12:00", ["Tự hào"], 100),
        ("18:00", ["Tự hào"], 40),
        ("22:00", [], 40),
    ]


def test_a_sign_has_its_slogan_in_its_hours_and_its_idle_between() -> None:
    world = World(station(led=[slogan("khau-hieu", "Chào mừng")]), at("00:00"))
    world.run(at("12:00", DAY + timedelta(days=1)))
    shown = [[each.text for each in content.slogans] for content in world.signs["cong"].sent]
    assert shown == [[], ["Chào mừng"], [], ["Chào mừng"]]
    marks = [(r.at, r.data["state"]) for r in world.ledger.records("sign/cong")]
    assert marks[1] == (at("06:00"), "acknowledged")


def test_a_dead_sign_is_tried_until_it_answers_and_recorded_once() -> None:
    world = World(station(led=[slogan("khau-hieu", "Chào mừng")]), at("07:00"))
    world.signs["cong"].dead = True

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("12:00")))
        await world.time.sleep(3600)
        world.signs["cong"].dead = False
        await running

    world.time.run(main())
    states = [r.data["state"] for r in world.ledger.records("sign/cong")]
    assert states == ["unreachable", "acknowledged"]
    sign = world.signs["cong"]
    assert 60 <= sign.tries - len(sign.sent) - sign.renewed <= 70
