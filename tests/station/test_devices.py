"""What people get wrong in devices.toml: each sentence, and what still works."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Percent
from tests.station.folders import DEVICES, spoilt, station, told
from tests.stations import changed

STATION = ("station", 'timezone = "Asia/Ho_Chi_Minh"')
ALLOWED = 'allowed = ["05:00-07:30", "16:30-19:00"]'
RANGE = 'must be a range of the day like "06:00-22:00", not'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("format = 1\n", "", ": format: is missing; begin the file with: format = 1"),
        (
            "format = 1",
            "format = 2",
            (
                ":1: format: format 2 is newer than this version of broadcaster reads (1); "
                "install a newer broadcaster"
            ),
        ),
        ("format = 1", 'format = "1"', ":1: format: must be 1"),
        (
            'timezone = "Asia/Ho_Chi_Minh"',
            'timezone = "Asia/Hochiminh"',
            (
                ':5: station.timezone: must be a time zone like "Asia/Ho_Chi_Minh", '
                'not "Asia/Hochiminh"; did you mean "Asia/Ho_Chi_Minh"?'
            ),
        ),
        (
            'timezone = "Asia/Ho_Chi_Minh"',
            'timezone = "../../etc/passwd"',
            (
                ':5: station.timezone: must be a time zone like "Asia/Ho_Chi_Minh", '
                'not "../../etc/passwd"'
            ),
        ),
        ('name = "Đài truyền thanh phường"\n', "", ":3: station.name: is missing"),
        ('name = "Đài truyền thanh phường"', 'name = " "', ":4: station.name: is empty"),
        (
            '[station]\nname = "Đài truyền thanh phường"\ntimezone = "Asia/Ho_Chi_Minh"\n',
            "",
            ": station: is missing",
        ),
    ],
)
def test_without_its_head_there_is_no_station(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (old, new))})
    assert loaded.station is None
    assert told(loaded) == f"devices.toml{expected}\n"


def test_every_problem_of_the_guard_is_told_and_closes_it(tmp_path: Path) -> None:
    guard = """allowed = ["5:00-7:30", "16h30-19h", "25:00-26:00", "05:00-05:00",
  5]
days = ["monday", "mon", "mon"]
sessions_per_day = 2.5
minutes_per_day = -1
relays_count = 1
sesions_per_day = 3"""
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (ALLOWED, guard))})
    assert told(loaded) == (
        f'devices.toml:8: airtime.allowed: {RANGE} "5:00-7:30"; did you mean "05:00-07:30"?\n'
        f'devices.toml:8: airtime.allowed: {RANGE} "16h30-19h"; did you mean "16:30-19:00"?\n'
        f'devices.toml:8: airtime.allowed: {RANGE} "25:00-26:00"\n'
        'devices.toml:8: airtime.allowed: "05:00-05:00" begins and ends at the same minute; '
        'a whole day is "00:00-24:00"\n'
        f"devices.toml:9: airtime.allowed: {RANGE} 5\n"
        "devices.toml:10: airtime.days: must be one of mon, tue, wed, thu, fri, sat, sun, "
        'not "monday"; did you mean "mon"?\n'
        'devices.toml:10: airtime.days: "mon" stands here twice\n'
        "devices.toml:11: airtime.sessions_per_day: must be a whole number of sessions, not 2.5\n"
        "devices.toml:12: airtime.minutes_per_day: must be from 0 to 1440, not -1\n"
        "devices.toml:13: airtime.relays_count: must be true or false, not 1\n"
        "devices.toml:14: airtime.sesions_per_day: unknown key; "
        'did you mean "sessions_per_day"?\n'
    )
    assert loaded.station
    assert loaded.station.airtime.allowed == ()
    assert loaded.station.zones["toan-phuong"].airtime.allowed == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("minutes_per_day = nan", "minutes_per_day: must be from 0 to 1440, not nan"),
        ("minutes_per_day = inf", "minutes_per_day: must be from 0 to 1440, not inf"),
        (f"minutes_per_day = 0x{'f' * 4000}", "minutes_per_day: must be from 0 to 1440, not …"),
        (
            f"days = [0x{'f' * 4000}]",
            "days: must be one of mon, tue, wed, thu, fri, sat, sun, not …",
        ),
    ],
)
def test_numbers_that_are_none(tmp_path: Path, line: str, expected: str) -> None:
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (ALLOWED, f"{ALLOWED}\n{line}"))})
    assert told(loaded) == f"devices.toml:9: airtime.{expected}\n"
    assert loaded.station
    assert loaded.station.airtime.allowed == ()


def test_without_a_guard_nothing_may_sound(tmp_path: Path) -> None:
    own = '\n[zones.toan-phuong.airtime]\nallowed = ["00:00-24:00"]\n'
    devices = changed(DEVICES, (f"[airtime]\n{ALLOWED}\n", "")) + own
    loaded = station(tmp_path, {"devices.toml": devices})
    assert told(loaded) == (
        "devices.toml: airtime: is missing: nothing but urgent announcements may sound; "
        'add: [airtime] with allowed = ["05:00-07:30", "16:30-19:00"]\n'
    )
    assert loaded.station
    assert loaded.station.airtime.allowed == ()
    assert loaded.station.zones["toan-phuong"].airtime.allowed == ()


def test_a_zone_whose_own_guard_is_wrong_is_closed_alone(tmp_path: Path) -> None:
    own = '[zones.toan-phuong.airtime]\nallowed = ["05:00-07:30", "0730"]\n'
    loaded = station(tmp_path, {"devices.toml": DEVICES + own})
    assert told(loaded) == (f'devices.toml:24: zones.toan-phuong.airtime.allowed: {RANGE} "0730"\n')
    assert loaded.station
    assert loaded.station.zones["toan-phuong"].airtime.allowed == ()
    assert loaded.station.zones["bang-dien-tu"].airtime == loaded.station.airtime
    assert len(loaded.station.airtime.allowed) == 2


def test_voices_and_loudness(tmp_path: Path) -> None:
    more = """
[voice]
engines = ["pipper", "command", "system"]
[loudness]
target_lufs = "-16"
peak_dbtp = 3
speech_chain = "off"
[spekers]
"""
    assert spoilt(tmp_path, more=more) == (
        "devices.toml:25: voice.engines: must be one of espeak, piper, system, command, "
        'not "pipper"; did you mean "piper"?\n'
        "devices.toml:25: voice.engines: "
        "the engine command needs a table [voice.command] with run = [...]\n"
        'devices.toml:27: loudness.target_lufs: must be a number, not "-16"\n'
        "devices.toml:28: loudness.peak_dbtp: must be from -20 to 0, not 3\n"
        'devices.toml:29: loudness.speech_chain: must be true or false, not "off"\n'
        'devices.toml:30: spekers: unknown key; did you mean "speakers"?\n'
    )


@pytest.mark.parametrize(
    "said",
    ["GMT+7", "UTC+7", "utc +07:00", "+07", "+0700", "Việt Nam", "Asia/Hanoi", "Hồ Chí Minh"],
)
def test_what_people_call_the_time_here_is_understood(tmp_path: Path, said: str) -> None:
    wrong = (STATION[1], f'timezone = "{said}"')
    assert told(station(tmp_path, {"devices.toml": changed(DEVICES, wrong)})) == (
        'devices.toml:5: station.timezone: must be a time zone like "Asia/Ho_Chi_Minh", '
        f'not "{said}"; did you mean "Asia/Ho_Chi_Minh"?\n'
    )


@pytest.mark.parametrize("said", ["Asia", "GMT+77", "UTC-7", "+17"])
def test_no_time_zone_is_guessed_at(tmp_path: Path, said: str) -> None:
    wrong = (STATION[1], f'timezone = "{said}"')
    assert told(station(tmp_path, {"devices.toml": changed(DEVICES, wrong)})) == (
        'devices.toml:5: station.timezone: must be a time zone like "Asia/Ho_Chi_Minh", '
        f'not "{said}"\n'
    )


def test_a_holiday_that_is_no_date_costs_nothing_but_itself(tmp_path: Path) -> None:
    new = f'{STATION[1]}\nholidays = [\n  2025-09-02,\n  2025-09-31,\n  "2025-09-01",\n]'
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (STATION[1], new))})
    assert told(loaded) == (
        "devices.toml:8: station.holidays: 2025-09-31 is no date: that month has 30 days\n"
        "devices.toml:9: station.holidays: must be a date like 2025-10-09, "
        'not "2025-09-01"; without quotes: 2025-09-01\n'
    )
    assert loaded.station
    assert {day.isoformat() for day in loaded.station.holidays} == {"2025-09-02"}


def test_a_wrong_value_hides_no_other_of_its_list(tmp_path: Path) -> None:
    new = f'{STATION[1]}\nholidays = [2025-09-31, "2025-09-02", 5, 2025-09-03]\n'
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (STATION[1], new))})
    assert told(loaded) == (
        "devices.toml:6: station.holidays: 2025-09-31 is no date: that month has 30 days\n"
        "devices.toml:6: station.holidays: must be a date like 2025-10-09, "
        'not "2025-09-02"; without quotes: 2025-09-02\n'
        "devices.toml:6: station.holidays: must be a date like 2025-10-09, not 5\n"
    )
    assert loaded.station
    assert {day.isoformat() for day in loaded.station.holidays} == {"2025-09-03"}


def test_a_wrong_value_is_not_shown_as_what_stands_in_for_it(tmp_path: Path) -> None:
    wrong = (STATION[1], "timezone = [2025-09-31, 7]")
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, wrong)})
    assert told(loaded) == (
        "devices.toml:5: station.timezone: 2025-09-31 is no date: that month has 30 days\n"
        "devices.toml:5: station.timezone: must be a text in quotes, not […, 7]\n"
    )


def test_a_device_copied_and_not_renamed(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"devices.toml": DEVICES + "[speakers.loa-chinh]\nvolume = 5\n"})
    assert told(loaded) == "devices.toml:23: speakers.loa-chinh: stands here twice\n"
    assert loaded.station
    assert loaded.station.speakers["loa-chinh"].volume == 100


def test_no_devices_at_all(tmp_path: Path) -> None:
    loaded = station(tmp_path, None, "devices.toml")
    assert (loaded.station, told(loaded)) == (None, "devices.toml: is missing\n")


def test_a_zone_has_a_volume_of_its_own(tmp_path: Path) -> None:
    zone = 'volume = 80\nvolume_at = [{ between = "05:00-06:00", percent = 60 }]\n'
    written = DEVICES.replace('speakers = ["loa-chinh"]\n', f'speakers = ["loa-chinh"]\n{zone}', 1)
    found = station(tmp_path, {"devices.toml": written}).station
    assert found
    (heard,) = (each for each in found.zones.values() if each.speakers)
    assert heard.volume == 80
    assert heard.volume_at == (Percent(TimeRange(300, 360), 60),)


def test_a_zone_whose_volume_is_wrong_is_not_sounded_in(tmp_path: Path) -> None:
    speakers = 'speakers = ["loa-chinh"]'
    wrong = (speakers, f'{speakers}\nvolume = "40"\nvolume_att = []')
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, wrong)})
    assert told(loaded) == (
        'devices.toml:12: zones.toan-phuong.volume: must be a whole percentage, not "40"\n'
        "devices.toml:13: zones.toan-phuong.volume_att: unknown key; "
        'did you mean "volume_at"?\n'
    )
    assert loaded.station is not None
    (slot,) = loaded.station.campaigns[0].radio
    assert str(slot.fault) == 'no loudspeaker of zone "toan-phuong" can be used'
