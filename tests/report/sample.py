"""A plan for two days, and words of a ledger about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from broadcaster.domain.airing import Airing, Entry, Rundown, ShownSlogan, SignContent
from broadcaster.domain.campaign import RadioSlot, Speech
from broadcaster.messages import Message, msg, to_json
from broadcaster.planning.signage import SignSpan

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
GUARD = msg("outside the allowed hours, {allowed}", allowed="05:00-07:30")
TOO_LATE = msg(
    "planned for {planned}; it may begin at most {late} late", planned="06:00", late="1m"
)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2025, 9, day, hour, minute, second, tzinfo=HANOI)


def slot(name: str, title: str = "") -> RadioSlot:
    return RadioSlot(id=name, name=title, at=(time(5, 30),), zones=("loa",), items=(Speech("bai"),))


def entry(
    of: RadioSlot, start: datetime, seconds: float = 95.0, refusal: Message | None = None
) -> Entry:
    airing = Airing("ngay-hoi", of, start, "loa", seconds)
    return Entry(airing, start.astimezone(UTC), refusal, ("loa-chinh",))


NEWS = slot("ban-tin", "Bản tin <b>& tin vắn</b>")
MORNING = entry(NEWS, at(22, 5, 30))
LOST = entry(slot("mat"), at(22, 6))
NIGHT = entry(slot("dem"), at(22, 23, 30), refusal=GUARD)
NEXT = entry(NEWS, at(23, 5, 30))
RUNDOWN = Rundown((MORNING, LOST, NIGHT, NEXT))

GONE = "cu/bai-cu/2025-09-23T17:00+07:00/loa-cu"
"""An airing of a campaign that the station has no more."""

WELCOME = SignContent((ShownSlogan("Chào mừng", "hold", 8.0),), ("ngay-hoi",))
PROUD = SignContent((ShownSlogan("Tự hào", "hold", 8.0),), ("ngay-hoi",))
SPANS = [
    SignSpan("cong", at(22, 6), at(22, 22), WELCOME),
    SignSpan("cong", at(23, 6), at(23, 22), PROUD),
]


def ended(outcome: str, reason: Message | None = None, **more: Any) -> dict[str, Any]:
    kept = to_json(reason) if reason else None
    return {"outcome": outcome, "reason": str(reason or ""), "reason_message": kept} | more


def lit(content: SignContent, state: str, reason: str = "") -> Mapping[str, Any]:
    slogans = [slogan.text for slogan in content.slogans]
    return {"slogans": slogans, "clock": content.clock, "state": state, "reason": reason}
