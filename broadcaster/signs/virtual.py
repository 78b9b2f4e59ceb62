"""A board that is a folder of pictures."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from broadcaster.domain.airing import SignContent
from broadcaster.domain.station import SignSpec
from broadcaster.errors import DeviceError, why
from broadcaster.messages import Message, msg
from broadcaster.ports import SignError, SignState, TimeSource
from broadcaster.signs.drawing import Draw, Drawing, draw_here
from broadcaster.signs.pixels.font import TooHighError
from broadcaster.signs.pixels.motion import scenes


class VirtualSign:
    """Draws what a board would show into `folder/<sign>/<hash>.png` and `.gif`.

    The PNG has every text unrolled, the GIF moves. The same content is drawn once, whoever asks
    again; the clock is drawn as it stood when it was sent.
    """

    tells_time = True
    renews = False
    forgets = True
    changed = 0.0

    def __init__(
        self,
        spec: SignSpec,
        folder: Path,
        zone: tzinfo,
        time: TimeSource,
        draw: Draw = draw_here,
    ) -> None:
        self.id = spec.id
        self._spec = spec
        self._folder = folder / spec.id
        self._zone = zone
        self._time = time
        self._draw = draw
        self.drawn: dict[tuple[str, ...], Path] = {}
        """The moving picture of each content sent, at its brightest, by its slogans."""
        self._brightest: dict[tuple[str, ...], int] = {}

    def pages(self, content: SignContent) -> Sequence[float]:
        """Give none: a picture has all of them."""
        del content
        return ()

    def lead(self, content: SignContent, held: SignContent | None) -> float:
        """Take no time."""
        del content, held
        return 0.0

    async def send(
        self,
        content: SignContent,
        held: SignContent | None = None,
        at: datetime | None = None,
    ) -> SignState:
        """Draw it, and take it for acknowledged."""
        del held
        if at is not None:
            await self._time.sleep((at - self._time.now()).total_seconds())
        try:
            drawing = self._drawing(content)
            moving = self._folder / f"{drawing.name}.gif"
            if not moving.exists():
                with self._time.hold():
                    await self._draw(drawing, moving, self.id)
        except TooHighError as error:
            raise SignError(self.id, error.message, SignState.QUEUED) from None
        except DeviceError as error:
            raise SignError(self.id, error.message, SignState.UNREACHABLE) from error
        except OSError as error:
            raise self._unwritable(error) from error
        self._keep(content, moving)
        return SignState.ACKNOWLEDGED

    def _drawing(self, content: SignContent) -> Drawing:
        now, spec = self._time.now().astimezone(self._zone), self._spec
        loop = scenes(content, spec.width, spec.height, now, spec.colours)
        return Drawing(loop, spec.width, content.brightness, spec.colours)

    def _keep(self, content: SignContent, moving: Path) -> None:
        slogans = tuple(slogan.text for slogan in content.slogans)
        if content.brightness >= self._brightest.get(slogans, 0):
            self._brightest[slogans] = content.brightness
            self.drawn[slogans] = moving

    async def check(self) -> Message | None:
        """Raise SignError where its folder can't be written."""
        there = next(path for path in (self._folder, *self._folder.parents) if path.exists())
        if not there.is_dir():
            raise self._unwritable(NotADirectoryError(errno.ENOTDIR, "Not a directory"))
        if not os.access(there, os.W_OK):
            raise self._unwritable(PermissionError(errno.EACCES, "Permission denied"))
        return None

    async def watch(self) -> None:
        """Raise SignError where its folder can't be written."""
        await self.check()

    def listen(self, lost: Callable[[SignError], None]) -> None:
        """Do nothing: a folder is never lost."""

    def _unwritable(self, error: OSError) -> SignError:
        reason = why(error)
        text = msg("can't write into {folder}: {reason}", folder=str(self._folder), reason=reason)
        return SignError(self.id, text, SignState.UNREACHABLE)

    async def close(self) -> None:
        """Do nothing: it holds no port."""
