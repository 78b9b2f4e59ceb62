"""The emulator against frames that it wasn't written with: printed ones, and real signs' own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.alpha import AlphaBoard, Screen

HEAD = b"\0\0\0\0\0\x01Z00\x02"
TABLE = HEAD + b"E$AAU0100FF00BAU00ABFF00CAU00ABFF00DDU07072000\x030AAE\x04"
CROSS = ["2000002", "0200020", "0020200", "0002000", "0020200", "0200020", "2000002"]
PICTURE = HEAD + b"ID0707" + "".join(f"{row}\r" for row in CROSS).encode() + b"\x030B05\x04"


def fed(*frames: bytes) -> AlphaBoard:
    board = AlphaBoard()
    for frame in frames:
        board.feed(frame)
    return board


def test_the_frame_printed_in_the_specification_is_taken() -> None:
    # Form 9708-8061F, page 60.
    board = fed(HEAD + b"AAHELLO\x0301FB\x04")
    assert (board.screens(), board.faults) == ([Screen("a", "HELLO")], [])


@pytest.mark.parametrize(
    ("frame", "screen"),
    [
        (b"AA\x1b&aHELLO\x03029D\x04", Screen("a", "HELLO")),
        (b"AA\x1b&b\x1cCTEST\x0302C9\x04", Screen("b", "TEST", colour="C")),
        (b"AA\x1b&b\x1c2GREEN OK\x0303A3\x04", Screen("b", "GREEN OK", colour="2")),
        (b"AAHELLO\x04", Screen("a", "HELLO")),
    ],
)
def test_frames_that_real_signs_showed_are_taken(frame: bytes, screen: Screen) -> None:
    board = fed(HEAD + frame)
    assert (board.screens(), board.faults) == ([screen], [])


def test_a_picture_that_a_real_sign_read_back_is_drawn_where_it_is_called() -> None:
    clear = HEAD + b"E$\x04"
    board = fed(clear, TABLE, PICTURE, HEAD + b"AB\x1b&b\x14D\x04", HEAD + b"E.TUABC\x0301E7\x04")
    assert (board.screens(), board.faults) == ([Screen("b", "", CROSS)], [])


def test_a_picture_that_the_table_lacks_shows_its_label() -> None:
    board = fed(PICTURE, HEAD + b"AA\x1b&b\x14D\x04")
    assert (board.screens(), board.faults) == ([Screen("b", "D")], ["no room: picture D"])


def test_a_table_without_a_clear_before_it_is_a_fault() -> None:
    assert fed(TABLE).faults == ["table: not cleared before, nothing would be shown"]


def test_a_string_is_called_into_a_text() -> None:
    table = HEAD + b"E$aBL00100000AAL0010FF00\x04"
    board = fed(
        HEAD + b"E$\x04", table, HEAD + b"GaREAD ME\x03027B\x04", HEAD + b"AA\x1b b<\x10a>\x04"
    )
    assert board.screens() == [Screen("b", "<READ ME>")]


def test_the_priority_file_hides_the_others_until_it_is_emptied() -> None:
    board = fed(HEAD + b"AAday\x04", HEAD + b"A0\x1b balert\x04")
    assert board.screens() == [Screen("b", "alert")]
    board.feed(bytes.fromhex("00 00 00 00 00 01 5a 30 30 02 41 30 04"))
    assert board.screens() == [Screen("a", "day")]


def test_a_wrong_sum_is_dropped() -> None:
    board = fed(HEAD + b"AAHELLO\x0301FC\x04")
    assert (board.screens(), len(board.faults)) == ([], 1)


def test_several_commands_come_in_one_packet() -> None:
    board = fed(HEAD + b"AAHELLO\x0301FB\x02E 0730\x04")
    assert (board.screens(), board.memory.time) == ([Screen("a", "HELLO")], "0730")


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (b"Z00", True),
        (b"^01", True),
        (b"^0?", True),
        (b"Z02", False),
        (b"A01", False),
        (b"A01,Z01", True),
    ],
)
def test_only_what_is_addressed_to_it_is_taken(header: bytes, taken: bool) -> None:  # noqa: FBT001 - a table's column
    board = fed(b"\0\0\0\0\0\x01" + header + b"\x02AAHELLO\x04")
    assert bool(board.screens()) is taken


def test_after_a_clear_it_is_deaf_for_a_while() -> None:
    board = AlphaBoard()
    board.feed(HEAD + b"E$\x04", at=1.0)
    board.feed(HEAD + b"AAlost\x04", at=5.9)
    board.feed(HEAD + b"AAheard\x04", at=6.0)
    assert board.screens() == [Screen("a", "heard")]


def test_a_packet_that_follows_too_soon_is_a_fault() -> None:
    board = AlphaBoard()
    for at in (1.0, 1.25, 1.4):
        board.feed(HEAD + b"AAHELLO\x04", at)
    assert board.faults == ["no pause: between packets"]


def test_a_picture_under_the_priority_file_is_lost() -> None:
    board = fed(HEAD + b"E$\x04", TABLE, HEAD + b"A0\x1b balert\x04", PICTURE)
    assert (board.pictures, board.faults) == ({}, ["lost under the priority file: picture D"])


def test_a_table_of_more_than_the_memory_is_a_fault() -> None:
    # 255, 171 and 171 bytes and half a byte for each of 49 pixels, 13 more for each, and 6.
    frames = HEAD + b"E$\x04", TABLE
    for pool, faults in ((255 + 1 + 171 * 2 + 25 + 4 * 13 + 6, 0), (680, 1)):
        board = AlphaBoard(pool=pool)
        for frame in frames:
            board.feed(frame)
        assert len(board.faults) == faults


@pytest.mark.parametrize(
    "entries", [b"0AL0100FF00", b"?BL00100000", b"aBL007E0000", b"AAL0010FF00AAL0010FF00", b"A"]
)
def test_a_table_with_files_that_can_not_be_is_a_fault(entries: bytes) -> None:
    assert len(fed(HEAD + b"E$\x04", HEAD + b"E$" + entries + b"\x04").faults) == 1


def test_a_run_of_nothing_freezes_what_is_shown() -> None:
    board = fed(HEAD + b"AAHELLO\x04", HEAD + b"E.SU\x04")
    assert board.screens() == [Screen("a", "HELLO")]


def test_what_is_seen_is_kept_with_its_instant() -> None:
    board = AlphaBoard()
    for at, text in ((1.0, b"one"), (2.0, b"one"), (3.0, b"two")):
        board.feed(HEAD + b"AA" + text + b"\x04", at)
    assert board.seen == [(1.0, [Screen("a", "one")]), (3.0, [Screen("a", "two")])]


def test_rows_that_come_at_once_after_their_size_are_lost() -> None:
    board = AlphaBoard()
    board.feed(HEAD + b"E$\x04", at=0.0)
    board.feed(TABLE, at=10.0)
    for pause in (0.05, 0.1):
        size, rows = PICTURE[:16], PICTURE[16:]
        board.feed(size, at=10 + pause * 100)
        board.feed(rows, at=10 + pause * 101)
    assert (board.pictures, board.faults) == ({"D": CROSS}, ["no pause: picture D"])


@given(st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([TABLE, PICTURE, HEAD]))))
def test_garbage_between_frames_is_survived(noise: list[bytes]) -> None:
    board = fed(*noise)
    board.screens()
    board.feed(b"\x04" + HEAD + b"E$\x04")
    board.feed(HEAD + b"AAHELLO\x0301FB\x04")
    assert board.screens()[-1] == Screen("a", "HELLO")


BODIES = st.builds(
    lambda command, rest: HEAD + command + rest + b"\x04",
    st.sampled_from([b"A", b"A0", b"AA\x1b0a", b"E$", b"E.SL", b"E ", b"G", b"I", b"ID0707", b"F"]),
    st.binary(max_size=30).map(lambda data: bytes(byte & 0x7F for byte in data))
    | st.sampled_from([b"", b"AAU0100FF00DDU07072000", b"\x14D\x10a\x13\x1c"]),
)


@given(st.lists(st.tuples(BODIES, st.floats(0, 1e6)), max_size=12))
def test_any_command_is_survived(frames: list[tuple[bytes, float]]) -> None:
    board = AlphaBoard(byte=0.001)
    for frame, at in frames:
        board.hear(frame, at)
        board.holds()
    board.lose_power()
    board.feed(HEAD + b"AAHELLO\x0301FB\x04")
    assert board.screens() == [Screen("a", "HELLO")]


def test_without_power_all_is_gone() -> None:
    board = fed(HEAD + b"E$\x04", TABLE, PICTURE)
    board.lose_power()
    assert (board.memory.table, board.pictures, board.screens()) == ({}, {}, [])


def test_emulators_know_nothing_of_the_code_they_judge() -> None:
    imports = re.compile(r"^\s*(?:from|import)\s+broadcaster\b", re.MULTILINE)
    emulators = [path for path in Path(__file__).parent.glob("*.py") if path != Path(__file__)]
    assert len(emulators) >= 3
    assert [path.name for path in emulators if imports.search(path.read_text("utf-8"))] == []
