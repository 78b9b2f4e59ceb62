"""Wards at random: loudspeakers, boards and what is asked of them, small and crowded."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.domain.amplifier import AmplifierSpec, Line
from broadcaster.domain.campaign import JOIN, AirClass, Campaign, LedSlot, RadioSlot, Speech
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import Airtime, SignSpec, SpeakerSpec, Station, Zone

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2025, 9, 22)
DAYS = 3
"""Of a campaign."""
HOURS = (5, 6, 7, 12, 17, 21, 22, 23)
"""In which broadcasts are asked for; not all of them are allowed."""
LATE = (timedelta(), timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=40), JOIN)
CLASSES = (*[AirClass.NORMAL] * 4, AirClass.PRIORITY, AirClass.URGENT)


def begin() -> datetime:
    """Give the instant at which a ward's first daemon starts."""
    return datetime.combine(FIRST, time(4, 50), TZ)


def ward(chance: random.Random, days: int = DAYS) -> Station:
    """Make a station."""
    names = [f"loa-{number}" for number in range(1, chance.randrange(2, 5))]
    airtime = _airtime(chance)
    zones = {"phuong": Zone(id="phuong", speakers=tuple(names), airtime=airtime)}
    for number in range(1, chance.randrange(1, 4)):
        some = tuple(sorted(chance.sample(names, chance.randrange(1, len(names) + 1))))
        zones[f"to-{number}"] = Zone(id=f"to-{number}", speakers=some, airtime=airtime)
    signs = [f"bang-{number}" for number in range(1, chance.randrange(2, 4))]
    radio = [*zones]
    zones["bang"] = Zone(id="bang", signs=tuple(signs), airtime=airtime)
    zones["cong"] = Zone(id="cong", signs=(signs[0],), airtime=airtime)
    return Station(
        folder=Path(),
        name="Đài thử",
        timezone=TZ,
        airtime=airtime,
        zones=zones,
        speakers={name: _speaker(chance, name) for name in names},
        signs={name: _sign(chance, name) for name in signs},
        campaigns=tuple(_campaign(chance, f"dot-{n}", radio, days) for n in (1, 2)),
    )


def _airtime(chance: random.Random) -> Airtime:
    allowed = (TimeRange(5 * 60, 8 * 60), TimeRange(11 * 60 + 30, 22 * 60))
    return Airtime(
        allowed=chance.choice((allowed, (TimeRange(5 * 60, 24 * 60),))),
        sessions_per_day=chance.choice((None, None, 3)),
        minutes_per_day=chance.choice((None, None, 10)),
    )


def _speaker(chance: random.Random, name: str) -> SpeakerSpec:
    amplifier = AmplifierSpec(
        link=f"serial://{chance.choice((name, 'chung'))}",
        by=Line("rts"),
        warm_up=timedelta(seconds=chance.choice((0, 5, 20))),
        release=timedelta(seconds=chance.choice((0, 1, 7))),
    )
    return SpeakerSpec(id=name, driver="fake", amplifier=chance.choice((amplifier, None)))


def _sign(chance: random.Random, name: str) -> SignSpec:
    idle = chance.choice(("clock", "blank", "UBND phường"))
    return SignSpec(id=name, driver="fake", width=128, height=16, idle=idle)


def _campaign(chance: random.Random, name: str, zones: list[str], days: int) -> Campaign:
    from_ = FIRST + timedelta(days=chance.choice((0, 0, 1)))
    # A day more, so that boards have something to show when all is over.
    until = FIRST + timedelta(days=days)
    return Campaign(
        id=name,
        title=name,
        from_=min(from_, until),
        until=until,
        radio=tuple(slot(chance, f"tin-{n}", zones) for n in range(chance.randrange(1, 5))),
        led=tuple(slogan(chance, f"chu-{n}") for n in range(chance.randrange(3))),
    )


def slot(chance: random.Random, name: str, zones: list[str]) -> RadioSlot:
    # Few minutes to choose from: much is to begin together, and to wait for one another.
    times = {time(chance.choice(HOURS), chance.choice((0, 0, 1, 2, 30, 58))) for _ in range(3)}
    return RadioSlot(
        id=name,
        at=tuple(sorted(times)),
        zones=tuple(sorted(chance.sample(zones, chance.randrange(1, len(zones) + 1)))),
        air_class=chance.choice(CLASSES),
        late=chance.choice(LATE),
        order=chance.randrange(2),
        days=DayRule(weekdays=frozenset(chance.sample(range(7), chance.choice((4, 7))))),
        items=(Speech("loi"),),
    )


def slogan(chance: random.Random, name: str) -> LedSlot:
    start = chance.choice((0, 5, 6, 12, 20, 23)) * 60
    return LedSlot(
        id=name,
        between=(TimeRange(start, (start + chance.choice((1, 61, 600))) % 1440),),
        zones=(chance.choice(("bang", "cong")),),
        slogans=(f"Khẩu hiệu {name}",),
        air_class=chance.choice(CLASSES),
    )
