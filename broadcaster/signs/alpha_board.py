"""Talks to a board that speaks the Alpha protocol."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcaster.domain.boards import Alpha
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import SignSpec
from broadcaster.messages import msg
from broadcaster.signs import alpha
from broadcaster.signs.alpha import AlphaFramer, DotsFile, File, Mode, Packet, StringFile, TextFile
from broadcaster.signs.bitmap import Bitmap
from broadcaster.signs.colours import lit_in
from broadcaster.signs.motion import Scene
from broadcaster.signs.screen import LETTERS, Screen
from broadcaster.talk import Say, UnshowableError

LABELS = string.ascii_uppercase + string.ascii_lowercase
"""Names of files: texts, strings and pictures share them."""
DIGITS = {Colour.RED: "1", Colour.GREEN: "2", Colour.YELLOW: "3"}
"""Of a lit pixel in a picture; what other colours are lit in is said by `lit_in`."""
MODES = {Effect.SCROLL_LEFT: Mode.ROTATE, Effect.HOLD: Mode.HOLD, Effect.FLASH: Mode.FLASH}
ANEW = 5
"""The minutes of an hour in which it is renewed with its memory: a loss of it is not told."""
HEAD = 3
"""Bytes of a text file's position and mode, which count too."""


@dataclass(frozen=True, slots=True)
class _Content:
    """What one file holds: its room in the memory table, and the packet that fills it."""

    file: File
    packet: Packet


@dataclass(frozen=True, slots=True)
class _Files:
    """All files of a screen."""

    called: tuple[_Content, ...] = ()
    """Pictures and strings; written first, as texts call them."""
    texts: tuple[_Content, ...] = ()

    @property
    def table(self) -> list[File]:
        """Give the memory table."""
        return [each.file for each in (*self.texts, *self.called)]


class AlphaDriver:
    """Says all that an Alpha sign needs. It answers nothing, so what is sent is only ever sent.

    Its memory has a table of files. While that stays the same only files are written; a new table
    has to be preceded by a clear, which leaves the sign dark and deaf for about ten seconds. Of its
    renewals one an hour clears, too.
    """

    tells_time = True

    def __init__(self, spec: SignSpec, settings: Alpha) -> None:
        self._colours = spec.colours
        self._settings = settings
        self._framer = AlphaFramer(settings.type, settings.address, settings.clear)

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Give all of it where the table is another; else the files that differ, or all of them."""
        if urgent := _priority(screen):
            return [_say(self._framer.text(alpha.PRIORITY, *urgent), shows=True)]
        files = self._files(screen)
        again = screen == held
        if held is None or _priority(held) or (again and now.minute < ANEW):
            return self._anew(files, now)
        old = self._files(held)
        if old.table != files.table:
            return self._anew(files, now)
        clock = [self._framer.clock(now)] if screen.clock else []
        called = _changed(files.called, old.called, again=again)
        texts = _changed(files.texts, old.texts, again=again)
        return _shown([*clock, *called, *texts], first_text=len(clock) + len(called))

    def look(self) -> list[Say]:
        """Ask nothing: it answers nothing."""
        return []

    def _anew(self, files: _Files, now: datetime) -> list[Say]:
        # A picture written while the priority file is on is lost, so that goes first.
        before = [
            self._framer.release(),
            self._framer.clear(),
            self._framer.memory(files.table),
            self._framer.day_clock(),
            self._framer.clock(now),
            *(each.packet for each in files.called),
        ]
        run = self._framer.run([each.file.label for each in files.texts])
        texts = [each.packet for each in files.texts]
        return _shown([*before, *texts, run], first_text=len(before))

    def _files(self, screen: Screen) -> _Files:
        """Lay a screen out in files; raises UnshowableError where they are too many or too much."""
        if screen.clock or screen.dark:
            words = alpha.CALL_TIME if screen.clock else b" "
            return _Files(texts=(self._text(LABELS[0], Mode.HOLD, words),))
        parts = [_parts(scene) for scene in screen.scenes]
        if (count := sum(1 + len(part) for part in parts)) > len(LABELS):
            what = msg("the slogans need {count} files and the sign has {most}",
                       count=str(count), most=str(len(LABELS)))  # fmt: skip
            raise UnshowableError(what)
        labels = iter(LABELS[len(parts) :])
        rows = [
            [self._called(next(labels), each, scene) for each in part]
            for scene, part in zip(screen.scenes, parts, strict=True)
        ]
        texts = (
            self._text(label, MODES[scene.effect], b"".join(_call(each.file) for each in row))
            for label, scene, row in zip(LABELS, screen.scenes, rows, strict=False)
        )
        files = _Files(tuple(each for row in rows for each in row), tuple(texts))
        self._fit(files)
        return files

    def _fit(self, files: _Files) -> None:
        size, most = sum(file.room for file in files.table), self._settings.memory
        if most is not None and size > most:
            what = msg("it takes {size} bytes of the board's memory, which has {most}",
                       size=str(size), most=str(most))  # fmt: skip
            raise UnshowableError(what)

    def _text(self, label: str, mode: Mode, body: bytes) -> _Content:
        return _Content(TextFile(label, HEAD + len(body)), self._framer.text(label, mode, body))

    def _called(self, label: str, part: Bitmap | bytes, scene: Scene) -> _Content:
        if isinstance(part, bytes):
            return _Content(StringFile(label), self._framer.string(label, part))
        digit = DIGITS[lit_in(scene.colour, self._colours)]
        file = DotsFile(label, part.height, part.width)
        return _Content(file, self._framer.dots(label, part, digit))


def _parts(scene: Scene) -> list[Bitmap] | list[bytes]:
    """Cut what a scene shows into what files hold."""
    if not scene.pixels.height:
        words, most = scene.text.encode("ascii"), alpha.STRING_SIZE
        return [words[at : at + most] for at in range(0, len(words), most)]
    rows = min(scene.pixels.height, alpha.MOST_ROWS)
    pixels = Bitmap(scene.pixels.width, scene.pixels.rows[:rows])
    cuts = range(0, pixels.width, alpha.MOST_COLUMNS)
    return [pixels.columns(at, min(alpha.MOST_COLUMNS, pixels.width - at)) for at in cuts]


def _call(file: File) -> bytes:
    code = alpha.CALL_STRING if isinstance(file, StringFile) else alpha.CALL_DOTS
    return code + file.label.encode("ascii")


def _priority(screen: Screen) -> tuple[Mode, bytes] | None:
    """Give what goes into the priority file, which needs no room to be made: urgent plain words."""
    if not screen.urgent or len(screen.scenes) != 1:
        return None
    (scene,) = screen.scenes
    words = scene.text
    if not words or not set(words) <= LETTERS or len(words) > alpha.PRIORITY_SIZE:
        return None
    return MODES[scene.effect], words.encode("ascii")


def _changed(new: Sequence[_Content], old: Sequence[_Content], *, again: bool) -> list[Packet]:
    pairs = zip(new, old, strict=True)
    return [each.packet for each, before in pairs if again or each.packet != before.packet]


def _shown(packets: Sequence[Packet], first_text: int) -> list[Say]:
    """Have the change be seen with the first text, or with the last packet where there is none."""
    shows = min(first_text, len(packets) - 1)
    return [_say(packet, shows=number == shows) for number, packet in enumerate(packets)]


def _say(packet: Packet, *, shows: bool = False) -> Say:
    return Say(packet.pieces, pause=alpha.PAUSE, rest=packet.after, shows=shows)
