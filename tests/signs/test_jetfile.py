"""Frames as literal bytes: printed in the specification, or sent to working signs by others."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.jetfile import frames as jetfile
from broadcaster.signs.jetfile.frames import Command, JetFileFramer, Reply

FRAMER = JetFileFramer(trailing=False)
ANYONE = JetFileFramer(0, 0, trailing=False)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

CONNECTED = Reply(0x9000, bytes.fromhex("12a5ffff 060ba8c0 01010000"), b"")
"""What a sign of 80 x 7 said to 0x0301, as its owner wrote it down (an EUROLITE's kind)."""
ANSWER = bytes.fromhex("55a8 4004 0000 0101 0000 0700 0301 0300") + CONNECTED.args


@pytest.mark.parametrize(
    ("frame", "sent"),
    [
        # LEDSign's signon.py and signoff.py, "that work", and its TestCommand.
        (FRAMER.frame(jetfile.POWER_ON, 0xCDAB), "55a7 8201 0000 0000 0101 abcd 0404 0000"),
        (
            FRAMER.frame(jetfile.POWER_OFF, 0xCDAB),
            "55a7 8301 0000 0000 0101 abcd 0403 0100 01000000",
        ),
        (FRAMER.frame(jetfile.CONNECTION, 0xCDAB), "55a7 7e01 0000 0000 0101 abcd 0301 0000"),
        # The first that a sign of 96 x 64 was sent, and obeyed (framboises/cockpit).
        (
            JetFileFramer().frame(Command(1, 2, b"CONFIG.SYS\0\0\0\3\1\0"), 1),
            "55a7 f102 0000 0000 0101 0100 0102 0400 434f4e4649472e535953 0000 0003 0100 00",
        ),
        (FRAMER.frame(jetfile.END_BLACK, 1), "55a7 0900 0000 0000 0101 0100 0402 0000"),
        (FRAMER.frame(jetfile.SIZES, 2), "55a7 0f00 0000 0000 0101 0200 010a 0000"),
        (JetFileFramer(3, 254).frame(jetfile.SIZES, 2),
         "55a7 0e01 0000 0000 03fe 0200 010a 0000 00"),
        (FRAMER.frame(jetfile.brightness(40), 3),
         "55a7 3900 0000 0000 0101 0300 0407 0100 28000000"),
        (FRAMER.frame(jetfile.emergency(b"\x01Z00\x02AA\x04", 720), 4),
         "55a7 2f02 0800 0000 0101 0400 0209 0100 d0020000 015a3030 02414104"),
    ],
)  # fmt: skip
def test_a_command_is_framed(frame: bytes, sent: str) -> None:
    assert frame.hex() == sent.replace(" ", "")


def test_the_printed_frame_but_for_its_lengths_and_sum() -> None:
    # Part I, I.5: "This is a sample" is told to be 55 bytes, and is 25; nor is 09EC the sum of
    # what is printed, be it with either length. Its 25 bytes sum up to 08CE.
    printed = bytes.fromhex(
        "55a7 ec09 3700 0000 0000 7fa3 0204 0600"
        "4400 30000000000000000000 0000 37000000 0002 0100 0100"
        "015a3030024130" + b"This is a sample\x0d\x04".hex()
    )
    told, text = printed[16:40], printed[40:]
    assert len(text) == 25
    mended = told[:14] + b"\x19" + told[15:]
    assert ANYONE.frame(Command(0x02, 0x04, mended, text), 0xA37F) == (
        printed[:2] + b"\xce\x08\x19" + printed[5:16] + mended + text
    )


def test_a_picture_is_cut_into_parts_of_which_the_last_is_short() -> None:
    file = bytes(range(256)) * 7
    parts = list(jetfile.picture("A", file))
    assert [part.args.hex() for part in parts] == [
        f"450041{'00' * 11}00070000000303000{number}00" for number in (1, 2, 3)
    ]
    assert [len(part.data) for part in parts] == [768, 768, 256]
    assert b"".join(part.data for part in parts) == file


@pytest.mark.parametrize(
    ("told", "args"),
    [
        # Monday is 2; UTC+7 is 13.
        (datetime(2025, 9, 22, 17, 5, 29, tzinfo=HANOI), "2520 09 22 17 05 02 13"),
        (datetime(2025, 9, 22, 17, 5, 30, tzinfo=HANOI), "2520 09 22 17 06 02 13"),
        # A Sunday, by rounding.
        (datetime(2025, 9, 27, 23, 59, 45, tzinfo=HANOI), "2520 09 28 00 00 01 13"),
        (datetime(2025, 1, 1, 0, 0, tzinfo=ZoneInfo("Asia/Kolkata")), "2520 01 01 00 00 04 1b"),
        (datetime(2025, 1, 1, 0, 0, tzinfo=ZoneInfo("America/New_York")), "2520 010100000407"),
        (datetime(2025, 1, 1, 0, 0, tzinfo=ZoneInfo("Pacific/Kiritimati")), "2520 010100000419"),
    ],
)
def test_the_clock_is_set_to_the_nearest_minute_of_its_zone(told: datetime, args: str) -> None:
    assert jetfile.clock(told) == Command(0x05, 0x02, bytes.fromhex(args))


@pytest.mark.parametrize("percent", [0, 1])
def test_no_light_at_all_is_the_least_light(percent: int) -> None:
    # 0 would leave it to the sign's own sensor.
    assert jetfile.brightness(percent).args == b"\x01\0\0\0"


def heard(data: bytes, framer: JetFileFramer = FRAMER) -> Reply | None:
    return framer.reply(data, jetfile.CONNECTION, 7)


def summed(answer: str) -> bytes:
    """Give an answer its sum; it is written without."""
    body = bytes.fromhex(answer)
    return b"\x55\xa8" + sum(body).to_bytes(2, "little") + body


def test_what_a_sign_told_is_found_among_noise_and_our_own_echo() -> None:
    own = FRAMER.frame(jetfile.CONNECTION, 7)
    assert heard(own + b"\x55\xa8\x55" + ANSWER + b"\0") == CONNECTED


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("0000 0101 0000 0700 0301 0101 00900000", 0x9000),
        ("0000 0101 0000 0700 0301 0101 05900000", 0x9005),
        # Status in the data, and "OK" for one.
        ("0200 0101 0000 0700 0301 0001 4f4b", 0x4B4F),
        # Addresses as they were asked, and none.
        ("0000 0000 0101 0700 0301 0101 00900000", 0x9000),
        ("0000 0000 0000 0700 0301 0101 00900000", 0x9000),
    ],
)
def test_a_status_is_read(answer: str, status: int) -> None:
    reply = heard(summed(answer))
    assert reply is not None
    assert reply.status == status


@pytest.mark.parametrize(
    "answer",
    [
        "0000 0101 0000 0600 0301 0101 00900000",  # to another frame
        "0000 0101 0000 0700 0302 0101 00900000",  # to another command
        "0000 0102 0000 0700 0301 0101 00900000",  # another unit's
        "0000 0201 0000 0700 0301 0101 00900000",  # another group's
        "0000 0101 0000 0700 0301 0201 00900000",  # not whole
        "0400 0101 0000 0700 0301 0101 00900000",
        "0000 0101 0000 0700 0301 01",
    ],
)
def test_what_is_no_answer_is_passed_over(answer: str) -> None:
    assert heard(summed(answer)) is None
    assert heard(summed(answer) + ANSWER) == CONNECTED


@given(st.integers(0, 8 * len(ANSWER) - 1))
def test_an_answer_with_a_flipped_bit_is_none(bit: int) -> None:
    spoilt = int.from_bytes(ANSWER) ^ 1 << bit
    assert heard(spoilt.to_bytes(len(ANSWER))) is None


@given(
    st.lists(
        st.one_of(st.binary(max_size=30), st.sampled_from([ANSWER[:9], b"\x55\xa8", b"\x55"]))
    ),
    st.binary(max_size=30),
)
def test_an_answer_is_found_behind_any_noise(before: list[bytes], after: bytes) -> None:
    noise = b"".join(before)
    assert heard(noise) is None
    assert heard(noise + ANSWER + after) == CONNECTED
