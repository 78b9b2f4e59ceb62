"""The daemon and its signs, in simulated time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from broadcaster.domain.campaign import AirClass
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


def test_urgent_words_take_a_sign_at_their_second_and_give_it_back() -> None:
    led = [
        slogan("thuong", "Chào mừng"),
        slogan("uu-tien", "Tiêm chủng", 8, 12, air_class=AirClass.PRIORITY),
        slogan("khan", "Bão khẩn cấp", 9, 10, air_class=AirClass.URGENT),
    ]
    world = World(station(led=led), at("07:00"))
    world.signs["cong"].seconds = 20.0
    world.run(at("13:00"))
    told = [
        (f"{each.at.astimezone(TZ):%H:%M:%S}", [x.text for x in each.content.slogans])
        for each in world.signs["cong"].arrivals
        if each.content != each.held
    ]
    assert told == [
        ("07:00:20", ["Chào mừng"]),
        ("08:00:00", ["Tiêm chủng"]),
        ("09:00:00", ["Bão khẩn cấp"]),
        ("10:00:00", ["Tiêm chủng"]),
        ("12:00:00", ["Chào mừng"]),
    ]


def test_a_slogan_is_left_out_on_the_sign_that_can_not_show_it_and_that_is_recorded() -> None:
    of = station(led=[slogan("dai", "Rất dài", unfit={"cong": msg("it is too long")})])
    signs = of.signs | {"nha": replace(of.signs["cong"], id="nha")}
    zones = of.zones | {"bang": replace(of.zones["bang"], signs=("cong", "nha"))}
    world = World(replace(of, signs=signs, zones=zones), at("05:00"))
    world.run(at("07:00"))
    shown = {
        name: [[each.text for each in content.slogans] for content in sign.sent]
        for name, sign in world.signs.items()
    }
    assert shown == {"cong": [[]], "nha": [[], ["Rất dài"]]}
    (record,) = [each for each in world.ledger.records() if each.kind == "refused"]
    assert record.key == "ngay-hoi/dai/2025-09-22T06:00+07:00/cong"
    assert record.data["reason"] == "it is too long"


def test_all_is_in_the_ledger_before_the_daemon_says_that_it_stopped() -> None:
    world = World(station(led=[slogan("chu", "Tự hào")]), at("05:00"))
    world.run(at("06:00") + timedelta(milliseconds=10))
    kinds = [(record.kind, record.data.get("slogans")) for record in world.ledger.records()][-2:]
    assert kinds == [("sign", ["Tự hào"]), ("station", None)]
