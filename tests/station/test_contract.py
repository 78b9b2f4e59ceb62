"""The station format as it is promised to users, read whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.domain.campaign import (
    AirClass,
    AudioFile,
    Campaign,
    Chime,
    Effect,
    Event,
    IfCut,
    LedSlot,
    LetterRef,
    Pause,
    RadioSlot,
    Relay,
    Reminder,
    Speech,
)
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import (
    Airtime,
    Loudness,
    Percent,
    SignSpec,
    SpeakerSpec,
    VoiceSettings,
    Zone,
)
from broadcaster.station.load import load
from tests.station.folders import SCRIPT, changed, told, write

DEVICES = """\
format = 1
[station]
name = "Đài truyền thanh phường"
timezone = "Asia/Ho_Chi_Minh"
holidays = [2025-09-02]

[airtime]                      # the guard; class urgent alone passes it, and that is recorded
allowed = ["05:00-07:30", "16:30-19:00"]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
sessions_per_day = 3
minutes_per_day  = 90
relays_count = true

[voice]
engines = ["piper", "espeak"]  # the first that works
[loudness]
target_lufs = -16.0
peak_dbtp   = -1.0

[zones.toan-phuong]            # speakers, signs; an airtime table of its own where it differs
speakers = ["loa-chinh"]
[zones.bang-dien-tu]
signs = ["cong-ubnd"]

[speakers.loa-chinh]
driver = "file"                # soundcard | icecast | multicast | sip | file
volume = 90                    # percent
volume_at = [ { between = "05:00-06:00", percent = 60 } ]
# amplifier = { link = "serial:///dev/serial/by-id/...", line = "rts", warm_up = "5s" }

[signs.cong-ubnd]
driver = "virtual"             # onbon-bx6 | onbon-bx5 | alpha | c-power | jetfile | virtual
# link = "serial:///dev/serial/by-id/...?baud=9600&format=8N1" or "socket://host:5005"
width = 128
height = 16
idle = "clock"                 # clock | blank | a slogan
brightness_at = [ { between = "18:00-06:00", percent = 40 } ]
"""

PLAYLIST = """\
format = 1
[campaign]
title  = "Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia 01/10"
theme  = "Đổi mới sáng tạo toàn dân - Động lực phát triển quốc gia"
implements = ["3093/SKHCN-QLCL"]     # letter = { number, date } is the ordering letter itself
from   = 2025-09-22
until  = 2025-10-08            # both days included
class  = "normal"              # normal | priority | urgent; a slot may have its own

[[radio]]
id    = "ban-tin"
at    = ["05:30", "17:00"]
days  = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]   # left out: every day
# from, until, dates = [2025-09-30], except = [2025-09-29], holidays = "skip", enabled = false
zones = ["toan-phuong"]
late  = "10m"                  # may start this late; "join" joins in progress
if_cut = "resume"              # resume | restart | drop, after an urgent cut
gain_db = 0
items = [ { chime = "default" }, { script = "ngay-hoi-dmst" }, { pause = "2s" }, \
{ audio = "nhac-hieu.flac" }, \
{ relay = "https://host/stream", for = "30m", fallback = "script-id" } ]

[[led]]
id      = "khau-hieu"
between = ["06:00-22:00"]      # days, from, until, dates, except, holidays, class, enabled as above
zones   = ["bang-dien-tu"]
slogans = ["Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"]
effect  = "scroll-left"        # scroll-left | hold | flash
dwell   = "8s"

[[event]]
id     = "khai-mac"
title  = "Lễ khai mạc Techfest Hải Phòng 2025"
date   = 2025-10-09            # until = for several days
part   = "sáng"                # sáng | chiều | tối | cả ngày, or time = "07:30"
place  = "Trung tâm Hội nghị - Biểu diễn thành phố"
remind = { before = "1d", at = "17:00", script = "nhac-khai-mac", zones = ["toan-phuong"] }
"""

SCRIPTS = ("ngay-hoi-dmst", "script-id", "nhac-khai-mac")
FILES = {
    "devices.toml": DEVICES,
    "playlists/ngay-hoi-dmst.toml": PLAYLIST,
    **{f"scripts/{name}.md": SCRIPT for name in SCRIPTS},
    **{f"scripts/{name}.mp3": b"recorded" for name in SCRIPTS},
    "scripts/nhac-hieu.flac": b"recorded",
}

RELAY = '{ relay = "https://host/stream", for = "30m", fallback = "script-id" }'
WEEK = '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'


def test_devices(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    station = load(tmp_path).station
    assert station
    airtime = Airtime(
        allowed=(TimeRange(300, 450), TimeRange(990, 1140)),
        sessions_per_day=3,
        minutes_per_day=90,
    )
    assert (station.folder, station.name) == (tmp_path, "Đài truyền thanh phường")
    assert station.timezone == ZoneInfo("Asia/Ho_Chi_Minh")
    assert station.holidays == {dt.date(2025, 9, 2)}
    assert station.airtime == airtime
    assert station.voice == VoiceSettings(engines=("piper", "espeak"))
    assert station.loudness == Loudness(target_lufs=-16, peak_dbtp=-1)
    assert station.zones == {
        "toan-phuong": Zone(id="toan-phuong", speakers=("loa-chinh",), airtime=airtime),
        "bang-dien-tu": Zone(id="bang-dien-tu", signs=("cong-ubnd",), airtime=airtime),
    }
    assert station.speakers == {
        "loa-chinh": SpeakerSpec(
            id="loa-chinh",
            driver="file",
            volume=90,
            volume_at=(Percent(TimeRange(300, 360), 60),),
        )
    }
    assert station.signs == {
        "cong-ubnd": SignSpec(
            id="cong-ubnd",
            driver="virtual",
            width=128,
            height=16,
            idle="clock",
            brightness_at=(Percent(TimeRange(1080, 360), 40),),
        )
    }


def test_a_playlist(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    loaded = load(tmp_path)
    assert told(loaded) == (
        "warning: devices.toml:15: voice.engines: "
        "there is no voice in voices/; add one: broadcaster voice add FILE\n"
    )
    assert loaded.station
    campaign = loaded.station.campaigns[0]
    assert campaign == Campaign(
        id="ngay-hoi-dmst",
        title="Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia 01/10",
        theme="Đổi mới sáng tạo toàn dân - Động lực phát triển quốc gia",
        implements=("3093/SKHCN-QLCL",),
        from_=dt.date(2025, 9, 22),
        until=dt.date(2025, 10, 8),
        radio=(
            RadioSlot(
                id="ban-tin",
                at=(dt.time(5, 30), dt.time(17)),
                zones=("toan-phuong",),
                late=dt.timedelta(minutes=10),
                items=(
                    Chime("default"),
                    Speech("ngay-hoi-dmst"),
                    Pause(2),
                    AudioFile("nhac-hieu.flac"),
                    Relay("https://host/stream", 1800, "script-id"),
                ),
            ),
        ),
        led=(
            LedSlot(
                id="khau-hieu",
                between=(TimeRange(360, 1320),),
                zones=("bang-dien-tu",),
                slogans=("Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10",),
                effect=Effect.SCROLL_LEFT,
                dwell=8,
            ),
        ),
        events=(
            Event(
                id="khai-mac",
                title="Lễ khai mạc Techfest Hải Phòng 2025",
                date=dt.date(2025, 10, 9),
                part="sáng",
                place="Trung tâm Hội nghị - Biểu diễn thành phố",
                remind=Reminder(
                    before=dt.timedelta(days=1),
                    at=dt.time(17),
                    script="nhac-khai-mac",
                    zones=("toan-phuong",),
                ),
            ),
        ),
    )


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
