"""The framer against frames that the maker's own software sent, or its manual prints."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.onbon.bx6 import Area, Bx6Framer, Page, Style
from broadcaster.signs.onbon.bx6_answers import Reply, replies
from broadcaster.signs.onbon.bx6_pages import pages
from broadcaster.signs.onbon.wire import crc16, wrapped
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.motion import Scene
from tests.signs import bx6_frames as sdk

FRAMER = Bx6Framer(address=1, model=0x0174)
ANYBODY = Bx6Framer(address=0xFFFE)
ACK = bytes.fromhex("A5A5A5A5A5A5A5A5 00800100F000740100000000 09000000 00A000000000000000 A33B 5A")
"""Made by hand, as 5.3.1 has it."""


def once(frame: bytes) -> bytes:
    """Take the second tail off that the SDK puts on."""
    assert frame.endswith(b"\x5a\x5a")
    return frame[:-1]


def area(loop: list[Page], width: int, height: int) -> Area:
    return Area(width, height, loop, timeout=720, speed=8)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ANYBODY.ping(0x42B4), sdk.SDK_PING),
        (FRAMER.status(0x42DE), sdk.STATUS),
        (FRAMER.power(on=False, sequence=0x4302), sdk.OFF),
        (FRAMER.power(on=True, sequence=0x4308), sdk.ON),
        # A Tuesday.
        (FRAMER.clock(datetime(2026, 11, 24, 19, 9, 37), 0x430C), sdk.CLOCK),  # noqa: DTZ001
        (FRAMER.brightness(6, 0x4310), sdk.BRIGHTNESS_7),
        (FRAMER.clear(), sdk.DELETE_ALL),
    ],
)
def test_commands_are_the_maker_s_byte_by_byte(ours: bytes, theirs: bytes) -> None:
    assert ours == once(theirs)


def diagonal(effect: Effect, width: int, colours: Colours, lit: list[Colour | None]) -> Page:
    """Draw a pixel a row; a scene has one colour, so scenes of one pixel are laid together."""
    data = bytearray()
    for row, colour in enumerate(lit):
        x = width - 1 - row if effect is Effect.HOLD else row
        pixels = Bitmap(width, tuple(1 << x if y == row else 0 for y in range(len(lit))))
        (page,) = pages([Scene(pixels, effect, 8.0, colour=colour)], width, colours)
        data = data or bytearray(page.data)
        for at, byte in enumerate(page.data):
            data[at] = data[at] | byte if colours is Colours.FULL else data[at] & byte
    return Page(page.style, page.stay, bytes(data))


@pytest.mark.parametrize(
    ("theirs", "model", "width", "colours", "lit"),
    [
        (sdk.RED, 0x0174, 40, Colours.SINGLE, [None] * 4),
        (sdk.RED_GREEN, 0x0174, 40, Colours.RED_GREEN, [Colour.RED, Colour.GREEN, Colour.YELLOW]),
        (
            sdk.FULL,
            0x0266,
            5,
            Colours.FULL,
            [Colour.RED, Colour.GREEN, Colour.YELLOW, Colour.BLUE, Colour.WHITE],
        ),
    ],
)
def test_areas_are_the_maker_s_byte_by_byte(
    theirs: bytes, model: int, width: int, colours: Colours, lit: list[Colour | None]
) -> None:
    loop = [diagonal(effect, width, colours, lit) for effect in (Effect.HOLD, Effect.FLASH)]
    framer = Bx6Framer(address=1, model=model)
    assert framer.show(Area(width, len(lit), loop, timeout=720, speed=8)) == once(theirs)


def test_what_scrolls_is_cut_into_boards_with_dark_behind_its_end() -> None:
    # 488 columns fill three boards and 104 of 128; 121 leave less than half a letter's height.
    for width, boards in ((488, 4), (504, 4), (505, 5), (0, 1)):
        scene = Scene(Bitmap(width, (0,) * 16), Effect.SCROLL_LEFT, 8.0)
        made = pages([scene], 128, Colours.SINGLE)
        assert [(page.style, page.stay) for page in made] == [(Style.SCROLL_LEFT, 0)] * boards


def test_among_others_what_scrolls_stays_for_the_rest_of_its_turn() -> None:
    short = Scene(Bitmap(40, (0,) * 16), Effect.SCROLL_LEFT, 8.0)
    made = pages([short, short], 64, Colours.SINGLE)
    # 64 columns at 40 a second have taken 1.6 s.
    assert [page.stay for page in made] == [640, 640]
    assert [page.stay for page in pages([short], 64, Colours.SINGLE)] == [0]


def test_what_stands_longer_than_a_page_can_is_several_pages() -> None:
    long = Scene(Bitmap(32, (0,)), Effect.HOLD, 700.0)
    short = Scene(Bitmap(32, (0,)), Effect.FLASH, 8.0)
    made = pages([long, short], 32, Colours.SINGLE)
    assert [page.stay for page in made] == [65535, 4465, 800]
    assert len(pages([long], 32, Colours.SINGLE)) == 1


def test_an_answer_is_read() -> None:
    assert list(replies(ACK)) == [Reply(1, (0xA0, 0x00), 0, b"")]


def test_our_own_frames_are_no_answers() -> None:
    echoes = FRAMER.ping(2) + FRAMER.clear() + FRAMER.power(on=True, sequence=4)
    assert list(replies(echoes + ACK)) == [Reply(1, (0xA0, 0x00), 0, b"")]


def common(body: bytes) -> bytes:
    """Frame an answer by hand, as bx06.xml lays its header out."""
    head = bytes.fromhex("00800100 0700 7401 0000 DE42 9001 96 02 000000000000")
    head += len(body).to_bytes(2, "little") + crc16(body) + b"\0"
    total = 0
    for byte in head:
        total ^= byte
    return wrapped(head + bytes((total,)) + body)


def answer(reply: Reply) -> bytes:
    status = b"\1\0" if reply.error else b"\0\0"
    size = len(reply.data).to_bytes(2, "little")
    head = bytes((0, *reply.command)) + status + reply.error.to_bytes(2, "little") + size
    return common(head + reply.data)


answers = st.builds(
    Reply,
    st.just(1),
    st.tuples(st.integers(0, 255), st.integers(0, 255)),
    st.integers(0, 0xFFFF),
    st.binary(max_size=80),
)
whole = answers.map(lambda reply: (answer(reply), reply))
noise = st.one_of(
    st.binary(max_size=60),
    st.binary(max_size=60).map(wrapped),
    st.binary(max_size=60).map(common),
    st.tuples(whole, st.integers(0, 60)).map(lambda cut: cut[0][0][: cut[1]]),
    st.tuples(whole, st.integers(8, 40), st.integers(1, 255)).map(lambda at: damaged(*at)),
)


def damaged(told: tuple[bytes, Reply], at: int, flip: int) -> bytes:
    frame, at = told[0], at % len(told[0])
    return frame[:at] + bytes((frame[at] ^ flip,)) + frame[at + 1 :]


@given(st.lists(st.tuples(noise, whole)), noise)
def test_whole_answers_are_found_among_noise(
    parts: list[tuple[bytes, tuple[bytes, Reply]]], end: bytes
) -> None:
    heard = b"".join(cut + frame for cut, (frame, _) in parts) + end
    found = iter(list(replies(heard)))
    assert all(reply in found for _, (_, reply) in parts)


@given(whole, st.data())
def test_a_damaged_answer_is_none(told: tuple[bytes, Reply], data: st.DataObject) -> None:
    frame, _ = told
    at = data.draw(st.integers(8, len(frame) - 2))
    heard = damaged(told, at, data.draw(st.integers(1, 255)))
    assert list(replies(heard)) == []
