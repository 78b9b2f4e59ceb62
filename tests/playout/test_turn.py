"""A group on air: what is to fall silent of it, and what has begun on its loudspeakers since."""

from __future__ import annotations

import asyncio
from pathlib import Path

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import Entry
from broadcaster.domain.sound import Played, Prepared
from broadcaster.messages import msg
from broadcaster.planning.plan import plan
from broadcaster.playout.turn import Silence, Then, Turn
from tests.daemon.world import DAY, at, slot, station
from tests.fakes.speaker import FakeSpeaker

BY = Silence(msg("cut"), Then.BY_POLICY)
SOUND = Prepared(Path("a.flac"), 60.0, "sha", -16.0, -1.0, "fake:vi")


def entry() -> Entry:
    (one,) = plan(station([slot("sang", "06:00")]), [DAY], lambda *_: 60.0).entries
    return one


def test_what_is_silenced_once_more_silences_nothing_that_has_begun_since() -> None:
    time = SimulatedTime(at("06:00"))
    speakers = {name: FakeSpeaker(name, time) for name in ("loa-1", "loa-2")}
    turn, key = Turn([entry()], speakers), entry().airing.key
    heard: list[Played] = []

    async def main() -> None:
        turn.plays("loa-1")
        await turn.fall_silent([key], BY)
        # Its player may yet be ending when another programme begins there.
        other = asyncio.create_task(
            speakers["loa-1"].play(SOUND, "khan", 0.0, at("06:00:01"), lambda _: None)
        )
        await time.sleep(10)
        await turn.fall_silent([key], BY)
        heard.append(await other)

    time.run(main())
    assert heard[0].whole


def test_what_a_pause_would_take_up_is_over_once_it_is_silenced_in_the_same_moment() -> None:
    time = SimulatedTime(at("06:00"))
    speakers = {name: FakeSpeaker(name, time) for name in ("loa-1", "loa-2")}
    turn, key = Turn([entry()], speakers), entry().airing.key

    async def main() -> None:
        await turn.fall_silent([key], Silence(msg("paused"), Then.GOES_ON))
        await turn.fall_silent([key], Silence(msg("silenced"), Then.OVER))

    time.run(main())
    silence = turn.silence(key)
    assert silence is not None
    assert silence.then is Then.OVER
