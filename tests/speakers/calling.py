"""A daemon that calls, to be killed: arguments are a sink as JSON and a programme's file."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Prepared
from broadcaster.speakers.player import PlayerSpeaker


async def main(sink: str, programme: str) -> None:
    time = SystemTime()
    audio = Prepared(Path(programme), 3.0, "", None, 0.0)
    at = time.now() + timedelta(seconds=1)
    await PlayerSpeaker("loa", json.loads(sink), time).play(audio, "x", 0.0, at, lambda _: None)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
