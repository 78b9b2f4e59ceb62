"""The station format as it is promised to users, read whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.domain.campaign import (
    AudioFile,
    Campaign,
    Chime,
    Effect,
    Event,
    LedSlot,
    Pause,
    RadioSlot,
    Relay,
    Reminder,
    Speech,
)
from broadcaster.domain.days import TimeRange
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
from tests.station.folders import told, write
from tests.station.promised import FILES


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
