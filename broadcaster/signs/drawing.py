"""The pictures of a board's loop, drawn here or in a process that ends, and Pillow with it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster import worker
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.pixels import picture
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.motion import Scene

CHILD = "broadcaster.signs.drawing_child"
DEADLINE = 60.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A loop as one board shows it."""

    loop: Sequence[Scene]
    width: int
    brightness: int
    colours: Colours

    @property
    def name(self) -> str:
        """Give a name that no other drawing has."""
        what = repr((self.width, self.colours, self.loop, self.brightness))
        return hashlib.sha256(what.encode()).hexdigest()[:16]

    def write(self, moving: Path) -> None:
        """Draw the GIF, and the PNG beside it with every text unrolled; raises OSError."""
        moving.parent.mkdir(parents=True, exist_ok=True)
        still = picture.sheet(self.loop, brightness=self.brightness, colours=self.colours)
        _write(moving.with_suffix(".png"), still)
        # Last, as it says that both are there.
        loop = picture.gif(self.loop, self.width, brightness=self.brightness, colours=self.colours)
        _write(moving, loop)


Draw = Callable[[Drawing, Path, str], Awaitable[None]]
"""Writes a drawing for a device as a GIF, a PNG beside it; raises OSError or DeviceError."""


async def draw_here(drawing: Drawing, moving: Path, device: str) -> None:
    """Draw in this process: quickest where there is much to be drawn."""
    del device
    await asyncio.to_thread(drawing.write, moving)


class DrawApart:
    """Draws in a child process, one at a time: a daemon draws seldom, and Pillow takes 10 MB."""

    def __init__(self) -> None:
        self._alone = asyncio.Lock()

    async def __call__(self, drawing: Drawing, moving: Path, device: str) -> None:
        """Draw it; DeviceError is named after the device."""
        request = {
            "to": str(moving),
            "loop": [_told(scene) for scene in drawing.loop],
            "width": drawing.width,
            "brightness": drawing.brightness,
            "colours": drawing.colours.value,
        }
        async with self._alone:
            answer = await worker.run(CHILD, request, deadline=DEADLINE, device=device)
        if "disk" in answer:
            raise OSError(*answer["disk"])


def asked(request: Mapping[str, Any]) -> tuple[Drawing, Path]:
    """Give what a child was asked to draw, and where to."""
    loop = tuple(map(_scene, request["loop"]))
    colours = Colours(request["colours"])
    drawing = Drawing(loop, request["width"], request["brightness"], colours)
    return drawing, Path(request["to"])


def _told(scene: Scene) -> dict[str, Any]:
    return {
        "width": scene.pixels.width,
        # Not decimal: JSON's readers refuse numbers of as many digits as a long text has.
        "rows": [f"{row:x}" for row in scene.pixels.rows],
        "effect": scene.effect.value,
        "seconds": scene.seconds,
        "colour": scene.colour and scene.colour.value,
        "lines": scene.lines,
    }


def _scene(told: Mapping[str, Any]) -> Scene:
    return Scene(
        Bitmap(told["width"], tuple(int(row, 16) for row in told["rows"])),
        Effect(told["effect"]),
        told["seconds"],
        colour=told["colour"] and Colour(told["colour"]),
        lines=told["lines"],
    )


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
