"""The process that releases an amplifier when the daemon that keyed it is gone.

A line of JSON comes on stdin: what amplifier it is. Then nothing, until stdin ends; where it ends
without another word, the amplifier is switched off.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys

from broadcaster.clock import SystemTime
from broadcaster.domain.amplifier import AmplifierSpec
from broadcaster.errors import DeviceError
from broadcaster.links.open import open_amplifiers
from broadcaster.links.watched import heard

TRIES = 10
PAUSE = 1.0
"""Seconds between two tries: then a new daemon should be there, which releases it at its start."""


def main() -> None:
    """Be the child; what stops its daemon doesn't stop it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    told = sys.stdin.readline()
    if told and not sys.stdin.read():
        asyncio.run(_release(*heard(json.loads(told))))


async def _release(name: str, spec: AmplifierSpec) -> None:
    (amplifier,) = open_amplifiers({name: spec}).values()
    for _ in range(TRIES):
        try:
            await amplifier.release()
        except DeviceError as error:
            sys.stderr.write(f"{error}\n")
            await SystemTime().sleep(PAUSE)
        else:
            break
    await amplifier.close()


if __name__ == "__main__":
    main()
