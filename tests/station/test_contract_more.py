"""The rest of the format that is promised: every other key, the least, and one sentence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from broadcaster.domain.campaign import (
    AirClass,
    Campaign,
    Effect,
    IfCut,
    LetterRef,
    RadioSlot,
    Speech,
)
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import (
    Airtime,
)
from broadcaster.station.load import load
from tests.station.folders import told, write
from tests.station.promised import DEVICES, FILES, PLAYLIST
from tests.stations import changed

RELAY = '{ relay = "https://host/stream", for = "30m", fallback = "script-id" }'

WEEK = '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'


def test_every_other_key(tmp_path: Path) -> None:
    playlist = changed(
        PLAYLIST,
        (", " + RELAY, ""),
        ("[[radio]]", '[[radio]]\nname = "Bản tin"\norder = -10\nclass = "priority"'),
        (f"days  = {WEEK}", 'days = ["sat", "sun"]'),
        (
            "# from, until, dates",
            """holidays = "skip"
enabled = false
from = 2025-09-23
until = 2025-10-04
dates = [2025-09-30]
except = [2025-09-29]
# dates""",
        ),
        ('late  = "10m"', 'late = "join"'),
        ('if_cut = "resume"', 'if_cut = "drop"'),
        ("gain_db = 0", "gain_db = -3.5"),
        ('["06:00-22:00"]', '["18:00-24:00", "22:00-06:00"]'),
        ("[[led]]", '[[led]]\nname = "Khẩu hiệu"\norder = 2\nclass = "urgent"\nenabled = false'),
        ('effect  = "scroll-left"', 'effect = "flash"\ndays = ["mon"]'),
        ("implements", 'letter = { number = "12/UBND", date = 2025-09-20 }\nimplements'),
        ("[campaign]", "[campaign]\nenabled = false"),
        ('class  = "normal"', 'class = "priority"'),
        ("date   = 2025-10-09", "date = 2025-10-09\nuntil = 2025-10-11"),
        ('part   = "sáng"', 'time = "07:30"'),
    )
    devices = changed(
        DEVICES,
        ('"piper", ', ""),
        (
            "[zones.bang-dien-tu]",
            """name = "Toàn phường"
[zones.toan-phuong.airtime]
allowed = ["00:00-24:00"]
days = ["sun"]
relays_count = false
[zones.bang-dien-tu]""",
        ),
        ('driver = "virtual"', 'driver = "alpha"\nname = "Cổng"\nlink = "socket://10.0.0.5:5005"'),
        ('driver = "file"', 'driver = "file"\nname = "Loa chính"'),
    )
    files = {"devices.toml": devices, "playlists/ngay-hoi-dmst.toml": playlist}
    write(tmp_path, {**FILES, **files})
    loaded = load(tmp_path)
    assert told(loaded) == (
        "warning: devices.toml:45: signs.cong-ubnd.brightness_at: "
        "this version can't dim a sign of driver alpha\n"
        "warning: playlists/ngay-hoi-dmst.toml:38: led.khau-hieu.between: "
        "18:00-24:00 and 22:00-06:00 overlap\n"
    )
    assert loaded.station
    campaign = loaded.station.campaigns[0]
    assert (campaign.enabled, campaign.air_class) == (False, AirClass.PRIORITY)
    assert campaign.letter == LetterRef(number="12/UBND", date=dt.date(2025, 9, 20))
    radio = campaign.radio[0]
    assert radio.days == DayRule(
        weekdays=frozenset({5, 6}),
        from_=dt.date(2025, 9, 23),
        until=dt.date(2025, 10, 4),
        dates=frozenset({dt.date(2025, 9, 30)}),
        except_=frozenset({dt.date(2025, 9, 29)}),
        holidays="skip",
    )
    assert (radio.name, radio.order, radio.air_class) == ("Bản tin", -10, AirClass.PRIORITY)
    assert (radio.late, radio.if_cut, radio.gain_db) == ("join", IfCut.DROP, -3.5)
    assert not radio.enabled
    led = campaign.led[0]
    assert led.between == (TimeRange(1080, 1440), TimeRange(1320, 360))
    assert (led.name, led.order, led.air_class) == ("Khẩu hiệu", 2, AirClass.URGENT)
    assert (led.effect, led.enabled, led.days) == (
        Effect.FLASH,
        False,
        DayRule(weekdays=frozenset({0})),
    )
    event = campaign.events[0]
    assert (event.until, event.part, event.time) == (dt.date(2025, 10, 11), "", dt.time(7, 30))
    zone = loaded.station.zones["toan-phuong"]
    assert (zone.name, zone.airtime) == (
        "Toàn phường",
        Airtime(
            allowed=(TimeRange(0, 1440),),
            days=frozenset({6}),
            sessions_per_day=3,
            minutes_per_day=90,
            relays_count=False,
        ),
    )
    assert loaded.station.signs["cong-ubnd"].link == "socket://10.0.0.5:5005"
    assert loaded.station.signs["cong-ubnd"].name == "Cổng"
    assert loaded.station.speakers["loa-chinh"].name == "Loa chính"


def test_the_least_that_a_standing_programme_needs(tmp_path: Path) -> None:
    least = """\
format = 1
[campaign]
title = "Bản tin hằng ngày"
[[radio]]
id = "sang"
at = ["17:00", "05:30"]
zones = ["toan-phuong"]
items = [{ script = "ngay-hoi-dmst" }]
"""
    devices = DEVICES.replace('"piper", ', "")
    write(tmp_path, {**FILES, "devices.toml": devices, "playlists/ngay-hoi-dmst.toml": least})
    loaded = load(tmp_path)
    assert told(loaded) == ""
    assert loaded.station
    assert loaded.station.campaigns == (
        Campaign(
            id="ngay-hoi-dmst",
            title="Bản tin hằng ngày",
            radio=(
                RadioSlot(
                    id="sang",
                    at=(dt.time(5, 30), dt.time(17)),
                    zones=("toan-phuong",),
                    items=(Speech("ngay-hoi-dmst"),),
                ),
            ),
        ),
    )


def test_the_sentence_that_is_promised(tmp_path: Path) -> None:
    devices = """\
format = 1
[station]
name = "Đài truyền thanh phường"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["05:00-07:30"]
[zones.bang-dien-tu]
signs = ["cong-ubnd"]

# a board at the gate

[signs.cong-ubnd]
driver = "virtual"
width = "128px"
height = 16
"""
    write(tmp_path, {"devices.toml": devices})
    assert told(load(tmp_path)) == (
        'devices.toml:14: signs.cong-ubnd.width: must be a whole number of pixels, not "128px"\n'
    )
