"""A board that speaks the Alpha protocol."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Effect
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import SignSpec
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import Link, SignState, TimeSource
from broadcaster.signs import alpha, motion
from broadcaster.signs.alpha import AlphaFramer, DotsFile, Mode, Packet, TextFile
from broadcaster.signs.bitmap import Bitmap

LABELS = string.ascii_uppercase + string.ascii_lowercase
"""Names of files; text files and pictures share them."""
PLAIN = frozenset(string.printable[:95]) - {"~"}
"""What the sign's own face draws as we do; its tilde is half a space."""
MODES = {Effect.SCROLL_LEFT: Mode.ROTATE, Effect.HOLD: Mode.HOLD, Effect.FLASH: Mode.FLASH}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one text file shows: pictures in a row, or words in the sign's own face."""

    mode: Mode
    pictures: tuple[Bitmap, ...] = ()
    words: bytes = b""


def packets(
    framer: AlphaFramer, spec: SignSpec, content: SignContent, now: datetime
) -> list[Packet]:
    """Give all that makes a sign show its content, whatever it held before.

    Its memory is cleared and laid out anew each time: nothing tells whether a power cut has
    emptied it, and a picture called from a table that lacks it shows its label. Raises
    ValueError where the content needs more files than there are labels, or more rows than the
    board has.
    """
    turns = _turns(spec, content)
    needed = sum(1 + len(turn.pictures) for turn in turns)
    if needed > len(LABELS):
        message = f"the slogans need {needed} files and the sign has {len(LABELS)}"
        raise ValueError(message)
    clock = [framer.day_clock(), framer.clock(now)] if content.clock else []
    # A picture written while the priority file is on is lost, so that goes first.
    return [framer.release(), framer.clear(), *_files(framer, turns), *clock]


def _files(framer: AlphaFramer, turns: list[Turn]) -> Iterator[Packet]:
    texts, labels = LABELS[: len(turns)], iter(LABELS[len(turns) :])
    named = [[(next(labels), picture) for picture in turn.pictures] for turn in turns]
    bodies = [_body(turn, row) for turn, row in zip(turns, named, strict=True)]
    pictures = [pair for row in named for pair in row]
    yield framer.memory(
        [
            # Its head of position and mode counts too.
            *(TextFile(label, 3 + len(body)) for label, body in zip(texts, bodies, strict=True)),
            *(DotsFile(label, pixels.height, pixels.width) for label, pixels in pictures),
        ]
    )
    yield from (framer.dots(label, pixels) for label, pixels in pictures)
    for label, turn, body in zip(texts, turns, bodies, strict=True):
        yield framer.text(label, turn.mode, body)
    yield framer.run(texts)


def _body(turn: Turn, pictures: list[tuple[str, Bitmap]]) -> bytes:
    calls = (alpha.CALL_DOTS + label.encode("ascii") for label, _ in pictures)
    return turn.words + b"".join(calls)


def _turns(spec: SignSpec, content: SignContent) -> list[Turn]:
    if content.clock:
        return [Turn(Mode.HOLD, words=alpha.CALL_TIME)]
    if content.blank:
        return [Turn(Mode.HOLD, words=b" ")]
    return [_turn(spec, slogan) for slogan in content.slogans]


def _turn(spec: SignSpec, slogan: ShownSlogan) -> Turn:
    try:
        scene = motion.scene(slogan, spec.width, min(spec.height, alpha.MOST_ROWS))
    except ValueError:
        # A board too low for the face has one of its own, for plain letters.
        if not set(slogan.text) <= PLAIN:
            raise
        return Turn(MODES[Effect(slogan.effect)], words=slogan.text.encode("ascii"))
    wide = scene.pixels.width
    cuts = (
        scene.pixels.columns(at, min(alpha.MOST_COLUMNS, wide - at))
        for at in range(0, wide, alpha.MOST_COLUMNS)
    )
    return Turn(MODES[scene.effect], tuple(cuts))


class AlphaSign:
    """One Alpha board on a link. It answers nothing, so that what is sent is only ever sent."""

    def __init__(self, spec: SignSpec, link: Link, zone: tzinfo, time: TimeSource) -> None:
        self.id = spec.id
        self._spec = spec
        self._link = link
        self._line = LinkUrl.parse(spec.link or "")
        self._zone = zone
        self._time = time
        self._framer = AlphaFramer()

    async def send(self, content: SignContent) -> SignState:
        """Send all of it; takes about ten seconds more than the line does, as the sign restarts."""
        now = self._time.now().astimezone(self._zone)
        try:
            transmission = packets(self._framer, self._spec, content, now)
        except ValueError as error:
            raise DeviceError(self.id, msg("{reason}", reason=str(error))) from None
        for packet in transmission:
            for number, piece in enumerate(packet.pieces):
                if number:
                    await self._time.sleep(alpha.PAUSE)
                await self._write(piece)
            await self._time.sleep(packet.after)
        return SignState.SENT

    async def _write(self, piece: bytes) -> None:
        # The port takes bytes faster than the line does: wait until they are out.
        before = self._time.monotonic()
        with self._time.hold():
            await self._link.write(piece)
        out = before + self._line.seconds(len(piece))
        await self._time.sleep(out - self._time.monotonic())

    async def check(self) -> None:
        """Raise DeviceError where the port can't be opened; the board itself says nothing."""
        with self._time.hold():
            await self._link.check()

    async def close(self) -> None:
        """Let go of the port."""
        await self._link.close()
