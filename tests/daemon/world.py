"""A station in memory and in simulated time, with the real daemon in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from broadcaster.clock import SimulatedTime
from broadcaster.daemon.equipment import Equipment
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.amplifier import AmplifierSpec, Line
from broadcaster.domain.campaign import Campaign, LedSlot, RadioSlot, Speech
from broadcaster.domain.days import TimeRange
from broadcaster.domain.record import AsRun
from broadcaster.domain.station import Airtime, SignSpec, SpeakerSpec, Station, Zone
from broadcaster.health.disk import Disk
from broadcaster.health.faults import Faults
from broadcaster.health.ledger import ReportingLedger
from broadcaster.planning.asrun import fold
from broadcaster.playout.air import Playout
from broadcaster.playout.amplifiers import Power
from broadcaster.playout.relay import NoStreams
from broadcaster.ports import Ledger
from broadcaster.wake import SimulatedWaker
from tests.fakes.amplifier import FakeAmplifier
from tests.fakes.ledger import MemoryLedger
from tests.fakes.sign import FakeSign
from tests.fakes.speaker import FakeSpeaker
from tests.fakes.studio import FakeStudio

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2025, 9, 22)
AIRTIME = Airtime(allowed=(TimeRange(5 * 60, 22 * 60),))


def at(text: str, day: date = DAY) -> datetime:
    """Give an instant of the ward's day."""
    return datetime.combine(day, time.fromisoformat(text), TZ)


def slot(name: str, *times: str, **more: Any) -> RadioSlot:
    """Make a slot in the zone of both loudspeakers."""
    more = {"zones": ("phuong",), "late": timedelta(minutes=10)} | more
    moments = tuple(map(time.fromisoformat, times))
    return RadioSlot(id=name, at=moments, items=(Speech("loi"),), **more)


def slogan(name: str, text: str, start: int = 6, end: int = 22, **more: Any) -> LedSlot:
    """Make a slogan on the board, between two hours."""
    between = (TimeRange(start * 60, end * 60),)
    return LedSlot(id=name, between=between, zones=("bang",), slogans=(text,), **more)


def station(
    radio: Iterable[RadioSlot] = (), led: Iterable[LedSlot] = (), airtime: Airtime = AIRTIME
) -> Station:
    """Make a station of two loudspeakers, a zone of each and of both, and a board."""
    zones = {"phuong": ("loa-1", "loa-2"), "to-1": ("loa-1",), "to-2": ("loa-2",)}
    campaign = Campaign(
        id="ngay-hoi", title="Ngày hội", radio=tuple(radio), led=tuple(led), from_=DAY,
        until=DAY + timedelta(days=13),
    )  # fmt: skip
    return Station(
        folder=Path(),
        name="Đài thử",
        timezone=TZ,
        airtime=airtime,
        zones={
            **{n: Zone(id=n, speakers=each, airtime=airtime) for n, each in zones.items()},
            "bang": Zone(id="bang", signs=("cong",)),
        },
        speakers={n: SpeakerSpec(id=n, driver="fake") for n in ("loa-1", "loa-2")},
        signs={"cong": SignSpec(id="cong", driver="fake", width=128, height=16)},
        campaigns=(campaign,),
    )


class World:
    """What outlives a daemon: its ledger, its devices and time."""

    def __init__(
        self,
        of: Station,
        start: datetime,
        ledger: Ledger | None = None,
        time: SimulatedTime | None = None,
    ) -> None:
        self.station = of
        self.time = time or SimulatedTime(start)
        self.ledger: Ledger = ledger or MemoryLedger()
        self.speakers = {name: FakeSpeaker(name, self.time) for name in of.speakers}
        self.signs = {name: FakeSign(name, time=self.time) for name in of.signs}
        self.amplifiers = {n: FakeAmplifier(n, self.time) for n in ("tang-1", "tang-2")}
        self.powers: dict[str, Power] = {}
        self.studio = FakeStudio(self.time)

    def amplify(self, speaker: str, amplifier: str, warm_up: float = 5, release: float = 1) -> None:
        """Give a loudspeaker an amplifier."""
        by = AmplifierSpec(
            link=f"serial://{amplifier}",
            by=Line("rts"),
            warm_up=timedelta(seconds=warm_up),
            release=timedelta(seconds=release),
        )
        spec = replace(self.station.speakers[speaker], amplifier=by)
        self.station = replace(self.station, speakers={**self.station.speakers, speaker: spec})
        self.powers[speaker] = Power(self.amplifiers[amplifier], warm_up, release)

    def switched(self, amplifier: str = "tang-1") -> list[str]:
        """Give when an amplifier went on and off, less its release at a start and at an end."""
        acts = self.amplifiers[amplifier].changes
        return [f"{act.at.astimezone(TZ):%H:%M:%S} {'on' if act.on else 'off'}" for act in acts]

    def daemon(self, disk: Path | None = None) -> Daemon:
        """Make a daemon, as after a restart; with a `disk` it looks at what nobody uses."""
        self.faults = faults = Faults(self.time)
        ledger = ReportingLedger(self.ledger, faults)
        playout = Playout(
            self.speakers, self.studio, ledger, self.time, NoStreams(), self.powers, faults
        )
        waker = SimulatedWaker(self.time)
        return Daemon(
            self.station,
            ledger,
            playout,
            self.signs,
            self.studio,
            self.time,
            waker,
            faults,
            Disk(disk, disk / "ledger.sqlite", faults) if disk else None,
        )

    def run(self, until: datetime) -> None:
        """Run a daemon until an instant."""
        self.time.run(self.daemon().run(until))

    def edited(
        self,
        until: datetime,
        *edits: tuple[datetime, Station],
        daemon: Daemon | None = None,
        files: Sequence[str] = ("playlists/ngay-hoi.toml",),
    ) -> None:
        """Run a daemon until an instant, and give it other stations at theirs.

        Speakers and signs are made anew where they are described otherwise.
        """
        running = daemon or self.daemon()

        async def edit() -> None:
            for instant, other in edits:
                await self.time.sleep((instant - self.time.now()).total_seconds())
                await running.take(self.equipped(other), files)

        async def main() -> None:
            editing = asyncio.create_task(edit())
            await running.run(until)
            await editing

        self.time.run(main())

    def equipped(self, other: Station) -> Equipment:
        """Give what an edited station works with."""
        for name, spec in other.speakers.items():
            if spec != self.station.speakers.get(name):
                self.speakers[name] = FakeSpeaker(name, self.time)
        for name, sign in other.signs.items():
            if sign != self.station.signs.get(name):
                self.signs[name] = FakeSign(name, time=self.time)
        self.station = other
        return Equipment(
            other,
            self.studio,
            {name: self.speakers[name] for name in other.speakers},
            {name: power for name, power in self.powers.items() if name in other.speakers},
            {name: self.signs[name] for name in other.signs},
        )

    def runs(self) -> dict[str, AsRun]:
        """Give the ledger folded, by `slot HH:MM zone`."""
        return {short(run): run for run in fold(self.ledger.records()).values()}

    def outcomes(self) -> dict[str, tuple[str, str]]:
        """Give how each airing ended, and why."""
        return {name: (str(run.outcome), run.reason) for name, run in self.runs().items()}

    def heard(self, speaker: str = "loa-1") -> list[str]:
        """Give what sounded on a loudspeaker, each with its local time."""
        return [
            f"{each.started.astimezone(TZ):%d %H:%M:%S} {each.label.split('_')[-1]}"
            for each in self.speakers[speaker].heard
        ]


def short(run: AsRun) -> str:
    """Name an airing as its tests do."""
    return f"{run.key.split('/')[1]} {run.planned:%H:%M} {run.zone}"
