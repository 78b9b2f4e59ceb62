"""A station with two signs, and what its campaigns show on them."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from broadcaster.domain.campaign import Campaign, LedSlot
from broadcaster.domain.station import SignSpec, Station, Zone
from tests.planning.making import HANOI, hours

BERLIN = ZoneInfo("Europe/Berlin")


def led(id_: str, between: str, *slogans: str, zones: str = "bang", **more: Any) -> LedSlot:
    return LedSlot(
        id=id_,
        between=hours(between),
        zones=tuple(zones.split()),
        slogans=slogans or (id_,),
        **more,
    )


def station(*campaigns: Campaign, idle: str = "blank", tz: ZoneInfo = HANOI) -> Station:
    signs: dict[str, SignSpec] = {
        name: SignSpec(id=name, driver="virtual", width=128, height=16, idle=idle)
        for name in ("cong", "nha")
    }
    zones = {
        "bang": Zone(id="bang", signs=("cong",)),
        "tat-ca": Zone(id="tat-ca", signs=("cong", "nha")),
        "loa": Zone(id="loa", speakers=("loa",)),
    }
    return Station(
        folder=Path(),
        name="Đài",
        timezone=tz,
        holidays=frozenset({date(2025, 9, 24)}),
        zones=zones,
        signs=signs,
        campaigns=campaigns,
    )


def campaign(id_: str, *slots: LedSlot, **more: Any) -> Campaign:
    return Campaign(id=id_, title=id_, led=slots, **more)
