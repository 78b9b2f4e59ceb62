"""How an Alpha sign's memory is laid out: its table of files, and what of a screen goes in which.

A new table has to be preceded by a clear, after which the sign is dark and deaf for ten seconds. So
the table is the same for all content that fits in it: text files, pictures of one size, and on low
boards strings. Where half of it is enough, content goes in the half that is not being shown.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass

from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.messages import msg
from broadcaster.signs.alpha import frames as alpha
from broadcaster.signs.alpha.frames import (
    AlphaFramer,
    DotsFile,
    File,
    Mode,
    Packet,
    StringFile,
    TextFile,
)
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.colours import lit_in
from broadcaster.signs.pixels.motion import Scene
from broadcaster.signs.screen import Screen
from broadcaster.talk import UnshowableError

CLOCK, DARK = "Y", "Z"
"""Text files that are always there: what the sign shows is one of them, or a run of others."""
TEXTS = string.ascii_uppercase[:24]
PICTURES, STRINGS = string.ascii_lowercase[:13], string.ascii_lowercase[13:]
LABELS = TEXTS + string.ascii_lowercase
LOW = 16
"""Boards of fewer rows write plain words in their own face."""
ALWAYS = (TextFile(CLOCK, 4), TextFile(DARK, 4))
HEAD = 3
"""Bytes of a text file's position and mode, which count too."""
TEXT_SIZE = HEAD + 2 * len(TEXTS)
ASSUMED = 5000
"""Bytes that a sign of unknown memory is taken to have: a BetaBrite told of 5482."""
DIGITS = {Colour.RED: "1", Colour.GREEN: "2", Colour.YELLOW: "3"}
"""Of what is lit; what other colours are lit in is said by `lit_in`."""
MODES = {Effect.SCROLL_LEFT: Mode.ROTATE, Effect.HOLD: Mode.HOLD, Effect.FLASH: Mode.FLASH}

Part = Bitmap | bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What one file holds, and the packet that fills it."""

    label: str
    packet: Packet
    blinks: bool = True
    """Whether the sign is seen to take it, while it is shown."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A screen in files."""

    table: tuple[File, ...]
    called: tuple[Content, ...] = ()
    """Pictures and strings, which texts call."""
    texts: tuple[Content, ...] = ()
    run: str = ""
    """Labels of the text files that are shown, in order."""


class Memory:
    """The memory of one sign."""

    def __init__(self, spec: SignSpec, memory: int | None, framer: AlphaFramer) -> None:
        self._memory = memory
        self._framer = framer
        self._colours = Colours.SINGLE if spec.colours is Colours.SINGLE else Colours.RED_GREEN
        self._rows = min(spec.height, alpha.MOST_ROWS)
        self._width, self._columns = spec.width, _cell(spec.width)
        self._low = spec.height < LOW
        self._pictures = PICTURES if self._low else string.ascii_lowercase
        self._units = self._most_units()
        self._table = self._laid(self._units)

    def _most_units(self) -> int:
        """Give how many texts, pictures and strings the table has of each."""
        most = len(PICTURES) if self._low else len(TEXTS)
        room = ASSUMED if self._memory is None else self._memory
        return next((n for n in range(most, 0, -1) if taken(self._laid(n)) <= room), 0)

    def _laid(self, units: int) -> tuple[File, ...]:
        texts = [TextFile(label, TEXT_SIZE) for label in TEXTS[:units]]
        cells = [DotsFile(label, self._rows, self._columns) for label in self._pictures[:units]]
        strings = [StringFile(label) for label in STRINGS[:units]] if self._low else []
        return (*ALWAYS, *texts, *cells, *strings)

    def lay(self, screen: Screen) -> Layout:
        """Lay a screen out; raises UnshowableError where it is too much."""
        if screen.clock or screen.dark:
            return Layout(self._table, run=CLOCK if screen.clock else DARK)
        cells = [self._cells(scene) for scene in screen.scenes]
        if max(len(cells), sum(map(len, cells))) <= self._units:
            return self._in_table(screen, cells)
        return self._in_a_table_of_its_own(screen, [self._parts(scene) for scene in screen.scenes])

    def words(self, scene: Scene) -> bytes:
        """Give a scene's words for the sign's own face, in the scene's colour."""
        colour = b"" if self._colours is Colours.SINGLE else alpha.COLOUR + self._digit(scene)
        return colour + scene.text.encode("ascii")

    def mode(self, scene: Scene, *, own: bool) -> Mode:
        """Give how a scene is shown; `own`: in the sign's own face, where it may be too wide."""
        wide = own and len(scene.text) * alpha.CELL > self._width
        return Mode.ROTATE if wide else MODES[scene.effect]

    def _in_table(self, screen: Screen, parts: list[list[Part]]) -> Layout:
        half = self._units // 2
        fits = max(len(parts), sum(map(len, parts))) <= half
        if not screen.scenes[0].pixels.height:
            return self._layout(self._table, screen, parts, TEXTS, STRINGS)
        first = half * screen.bank if fits else 0
        return self._layout(self._table, screen, parts, TEXTS[first:], self._pictures[first:])

    def _in_a_table_of_its_own(self, screen: Screen, parts: list[list[Part]]) -> Layout:
        if (count := len(parts) + sum(map(len, parts))) > len(LABELS):
            what = msg("the slogans need {count} files and the sign has {most}",
                       count=str(count), most=str(len(LABELS)))  # fmt: skip
            raise UnshowableError(what)
        texts, labels = LABELS[: len(parts)], LABELS[len(parts) :]
        called = zip(labels, (part for row in parts for part in row), strict=False)
        sizes = [
            TextFile(label, HEAD + 2 * len(row)) for label, row in zip(texts, parts, strict=True)
        ]
        table = (*ALWAYS, *sizes, *(_file(label, part) for label, part in called))
        if self._memory is not None and (size := taken(table)) > self._memory:
            what = msg("it takes {size} bytes of the board's memory, which has {most}",
                       size=str(size), most=str(self._memory))  # fmt: skip
            raise UnshowableError(what)
        return self._layout(table, screen, parts, texts, labels)

    def _layout(
        self,
        table: tuple[File, ...],
        screen: Screen,
        parts: list[list[Part]],
        texts: str,
        labels: str,
    ) -> Layout:
        names = iter(labels)
        named = [[(next(names), part) for part in row] for row in parts]
        called = [
            Content(label, self._packet(label, part, scene), not isinstance(part, bytes))
            for scene, row in zip(screen.scenes, named, strict=True)
            for label, part in row
        ]
        shown = [
            Content(text, self._text(text, scene, row))
            for text, scene, row in zip(texts, screen.scenes, named, strict=False)
        ]
        return Layout(table, tuple(called), tuple(shown), texts[: len(shown)])

    def _text(self, label: str, scene: Scene, called: list[tuple[str, Part]]) -> Packet:
        mode = self.mode(scene, own=not scene.pixels.height)
        return self._framer.text(label, mode, b"".join(map(_call, called)))

    def _packet(self, label: str, part: Part, scene: Scene) -> Packet:
        if isinstance(part, bytes):
            return self._framer.string(label, part)
        return self._framer.dots(label, part, self._digit(scene).decode("ascii"))

    def _digit(self, scene: Scene) -> bytes:
        return DIGITS[lit_in(scene.colour, self._colours)].encode("ascii")

    def _cells(self, scene: Scene) -> list[Part]:
        """Cut a scene into pictures of the table's size, dark where it ends."""
        if not scene.pixels.height:
            return self._parts(scene)
        pixels = _cropped(scene.pixels)
        starts = range(0, pixels.width, self._columns)
        return [pixels.columns(at, self._columns) for at in starts]

    def _parts(self, scene: Scene) -> list[Part]:
        """Cut what a scene shows into as few files as can be."""
        if not scene.pixels.height:
            words, most = self.words(scene), alpha.STRING_SIZE
            return [words[at : at + most] for at in range(0, len(words), most)]
        pixels = _cropped(scene.pixels)
        starts = range(0, pixels.width, alpha.MOST_COLUMNS)
        return [pixels.columns(at, min(alpha.MOST_COLUMNS, pixels.width - at)) for at in starts]


def taken(table: Iterable[File]) -> int:
    """Give the bytes that a table takes of a sign's memory."""
    return alpha.TABLE_ROOM + sum(file.room + alpha.FILE_ROOM for file in table)


def _cell(width: int) -> int:
    """Give the columns of a picture, so that some of them are a board's width."""
    least = -(-width // alpha.MOST_COLUMNS)
    return next(width // n for n in range(least, width + 1) if width % n == 0)


def _cropped(pixels: Bitmap) -> Bitmap:
    """Leave out the row at the top or bottom that is missed least, where there is one too many."""
    rows = pixels.rows
    while len(rows) > alpha.MOST_ROWS:
        rows = rows[:-1] if rows[-1].bit_count() <= rows[0].bit_count() else rows[1:]
    return Bitmap(pixels.width, rows)


def _file(label: str, part: Part) -> File:
    if isinstance(part, bytes):
        return StringFile(label)
    return DotsFile(label, part.height, part.width)


def _call(named: tuple[str, Part]) -> bytes:
    label, part = named
    code = alpha.CALL_STRING if isinstance(part, bytes) else alpha.CALL_DOTS
    return code + label.encode("ascii")
