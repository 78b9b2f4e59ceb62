from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.c_power import frames as c_power
from broadcaster.signs.c_power.frames import CPowerFramer, Effect
from broadcaster.signs.pixels.bitmap import Bitmap

SERIAL, NETWORK = CPowerFramer(1), CPowerFramer(1, b"\xff" * 4)
EVERYONE = CPowerFramer(0xFF, b"\xff" * 4)
ALL_BYTES = bytes(range(256))


def hexed(text: str) -> bytes:
    return bytes.fromhex(text)


@pytest.mark.parametrize(
    ("framer", "call", "wire"),
    [
        # Printed in the paper for all C-Power cards, V1.9, under CC=0x12. An English translation
        # of it prints the first one's last-packet number and call as "01 20": one byte short.
        (
            SERIAL,
            "12 00 00 00 00 00 03 02 ff 00 00 61 62 63 00",
            "A5 68 32 01 7B 01 0f 00 00 00 12 00 00 00 00 00 03 02 ff 00 00 61 62 63 00 62 03 AE",
        ),
        (
            SERIAL,
            "12 00 00 01 00 00 03 02 ff 00 00 61 62 63 0d 63 62 61 00",
            """A5 68 32 01 7B 01 13 00 00 00 12 00 00 01 00 00 03 02 ff 00 00
            61 62 63 0d 63 62 61 00 9a 04 AE""",
        ),
        # Printed in notes on the network's frames, beside that paper.
        (
            EVERYONE,
            "12 00 0D 05 03 00 03 02 00 FF 00 BF EB C3 D1 A4 A4 00",
            """FF FF FF FF 1D 00 00 00 68 32 FF 7B 01 12 00 00 00
            12 00 0D 05 03 00 03 02 00 FF 00 BF EB C3 D1 A4 A4 00 D8 07""",
        ),
        (
            EVERYONE,
            """12 01 0B 05 02 00 03 02 FF 00 00
            C5 77 AA EF A4 4A B3 F5 A1 41 BD D0 A4 C5 B8 F2 A8 AE A1 43 00""",
            """FF FF FF FF 2B 00 00 00 68 32 FF 7B 01 20 00 00 00 12 01 0B 05 02 00 03 02 FF 00 00
            C5 77 AA EF A4 4A B3 F5 A1 41 BD D0 A4 C5 B8 F2 A8 AE A1 43 00 85 10""",
        ),
    ],
)
def test_calls_are_framed_as_printed(framer: CPowerFramer, call: str, wire: str) -> None:
    assert framer.call(hexed(call)) == [hexed(wire)]


@pytest.mark.parametrize(
    ("command", "data", "wire"),
    [
        # Printed in the maker's basic protocol. Its table has a zero more than its frames.
        (c_power.POWER, c_power.QUERY, "a5 68 32 01 76 01 01 13 01 ae"),
        (c_power.POWER, c_power.power(on=False), "a5 68 32 01 76 01 00" + "00" * 8 + "12 01 ae"),
        (c_power.POWER, c_power.power(on=True), "a5 68 32 01 76 01 00 01" + "00" * 7 + "13 01 ae"),
        # Captured from the maker's own software (micolous/ledsign, "docs clock cpower1200.txt").
        (
            c_power.TIME,
            c_power.time(datetime(2012, 9, 15, 20, 16, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))),
            "A5 68 32 01 47 01 00 0C 10 14 06 0F 09 0C 00 3D 01 AE",
        ),
    ],
)
def test_commands_are_framed_as_printed_and_as_captured(
    command: int, data: bytes, wire: str
) -> None:
    assert SERIAL.frame(command, data) == hexed(wire)


def test_sunday_is_day_0() -> None:
    sunday = datetime(2025, 9, 28, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert c_power.time(sunday).hex(" ") == "00 00 00 07 00 1c 09 19 00"


def test_three_bytes_are_escaped_as_captured() -> None:
    # Captured: the echo test of a board over RS232, all bytes, there and back.
    escaped = ALL_BYTES[:0xA5] + hexed("AA 05 A6 A7 A8 A9 AA 0A AB AC AD AA 0E") + ALL_BYTES[0xAF:]
    said = SERIAL.frame(0x01, ALL_BYTES)
    assert said == hexed("A5 68 32 01 01 01") + escaped + hexed("1D 80 AE")
    heard = hexed("A5 E8 32 01 01 01") + escaped + hexed("9D 80 AE")
    assert list(SERIAL.answers(heard, said)) == [b"\x01" + ALL_BYTES]
    assert NETWORK.frame(0x01, ALL_BYTES)[13:-2] == ALL_BYTES


def test_a_sum_is_escaped_too() -> None:
    # 68 + 32 + 01 + 7B + 01 + 04 + ... = 01AE
    assert SERIAL.frame(0x46, b"\xcc")[-5:] == hexed("CC AA 0E 01 AE")


def test_a_long_call_goes_in_numbered_parts_that_have_its_code_once() -> None:
    frames = NETWORK.call(b"\x03" + bytes(430))
    assert [frame[13:17].hex(" ") for frame in frames] == [
        "c8 00 00 02",
        "c8 00 01 02",
        "1f 00 02 02",
    ]
    assert b"".join(frame[17:-2] for frame in frames) == b"\x03" + bytes(430)


def test_the_whole_board_is_one_window() -> None:
    assert c_power.window(320, 32).hex(" ") == "01 01 00 00 00 00 01 40 00 20"


def test_a_picture_has_its_planes_one_after_the_other() -> None:
    red, blue = Bitmap(9, (0b100000001, 0b010000000)), Bitmap(9, (0, 0b000000001))
    data = c_power.picture((red, None, blue), Effect.SCROLL_LEFT, 5, 0x0102)
    assert data.hex(" ") == (
        "03 00 0b 05 01 02 04 00 00 00 00 49 31 09 00 02 00 05 00 80 80 40 00 00 00 00 80"
    )


def test_the_clock_has_hours_and_minutes_in_red() -> None:
    assert c_power.clock(2, 720).hex(" ") == "05 00 02 d0 00 01 18 02 ff 00 00 00"


@pytest.mark.parametrize(
    ("framer", "heard", "answer"),
    [
        # Captured from boards: a division's and a text's answers over TCP, a setting's over RS232.
        (NETWORK, "FFFFFFFF 0C000000 E832017B 00010000 00 01 9801", "00 01 00 00 00 01"),
        (NETWORK, "FFFFFFFF 0C000000 E832017B 00010000 00 02 9901", "00 01 00 00 00 02"),
        (SERIAL, "A5 E8 32 01 7B 00 01 00 00 00 01 98 01 AE", "00 01 00 00 00 01"),
        # Firmware up to 3.2 leaves the type as it was.
        (SERIAL, "A5 68 32 01 7B 00 01 00 00 00 01 18 01 AE", "00 01 00 00 00 01"),
    ],
)
def test_answers_are_found(framer: CPowerFramer, heard: str, answer: str) -> None:
    (said,) = framer.call(c_power.window(128, 16))
    assert list(framer.answers(hexed(heard), said)) == [hexed(answer)]
    assert list(framer.answers(said + b"\0\xa5\xff" + hexed(heard) + b"\xa5", said)) == [
        hexed(answer)
    ]


@pytest.mark.parametrize(
    "heard",
    [
        "A5 E8 32 02 7B 00 01 00 00 00 01 99 01 AE",  # another board
        "A5 E8 32 01 47 01 01 64 01 AE",  # an answer to another command
        "A5 E8 32 01 7B 00 01 00 00 00 01 99 01 AE",  # a wrong sum
        "A5 E8 32 01 7B 00 01 00 00 00 01 98 01",  # cut short
        "A5 E8 32 01 7B 00 01 00 AA 00 00 01 98 01 AE",  # no such escape
        "A5 E8 32 AE",
        "A5 AE",
        "",
    ],
)
def test_what_is_no_answer_is_passed_over(heard: str) -> None:
    (said,) = SERIAL.call(c_power.window(128, 16))
    assert list(SERIAL.answers(hexed(heard), said)) == []
    assert list(SERIAL.answers(hexed(heard) + said, said)) == []


def answered(framer: CPowerFramer, data: bytes) -> bytes:
    body = b"\xe8\x32\x01\x7b\x01" + data
    body += (sum(body) % 65536).to_bytes(2, "little")
    if framer.code:
        return framer.code + len(body).to_bytes(2, "little") + b"\0\0" + body
    for plain, escaped in ((b"\xaa", b"\xaa\n"), (b"\xa5", b"\xaa\x05"), (b"\xae", b"\xaa\x0e")):
        body = body.replace(plain, escaped)
    return b"\xa5" + body + b"\xae"


framers = st.sampled_from([SERIAL, NETWORK])


@given(framers, st.binary(max_size=60), st.binary(max_size=60), st.lists(st.integers(0, 40)))
def test_whole_answers_are_found_among_noise(
    framer: CPowerFramer, data: bytes, noise: bytes, cuts: list[int]
) -> None:
    whole = answered(framer, data)
    broken = b"".join(whole[:cut] for cut in cuts if cut < len(whole))
    (said,) = framer.call(c_power.window(128, 16))
    found = list(framer.answers(noise + broken + said + whole, said))
    assert b"\x01" + data in found


@given(framers, st.binary(max_size=300))
def test_no_bytes_break_the_decoder(framer: CPowerFramer, heard: bytes) -> None:
    (said,) = framer.call(c_power.window(128, 16))
    for answer in framer.answers(heard, said):
        assert answer
