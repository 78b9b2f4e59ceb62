"""`device test` of a sign: its test pattern for a while, then what it is to hold now."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcaster.cli.app import App, talk
from broadcaster.domain.airing import SignContent

if TYPE_CHECKING:
    from broadcaster.domain.station import SignSpec, Station
    from broadcaster.ports import Sign


def test_sign(app: App, station: Station, spec: SignSpec, seconds: float, *, dry: bool) -> None:
    """Send it; raises DeviceError; refused while the daemon runs, whose sign it is."""
    from broadcaster.wiring.devices import signs
    from broadcaster.wiring.place import VAR, Place, alone

    size = f"{spec.width}x{spec.height}"
    talk("{sign}: the test pattern, {size}, for {seconds} s", sign=spec.id, size=size,
         seconds=f"{seconds:g}")  # fmt: skip
    if not dry:
        place = Place(replace(station, signs={spec.id: spec}), app.folder / VAR, app.time)
        with alone(app.folder):
            asyncio.run(_pattern(app, station, signs(place)[spec.id], seconds))


async def _pattern(app: App, station: Station, sign: Sign, seconds: float) -> None:
    """Show it; on Ctrl-C too the sign is given back what it is to hold."""
    from broadcaster.planning.signage import desired
    from broadcaster.playout.pages import turned
    from broadcaster.report.words import word

    pattern = SignContent(pattern=True)
    try:
        state = await sign.send(pattern)
        talk("{sign}: {state}", sign=sign.id, state=word(state.value))
        await turned(sign, pattern, seconds, app.time)
    finally:
        await sign.send(desired(station, sign.id, app.time.now()), pattern)
        await sign.close()
