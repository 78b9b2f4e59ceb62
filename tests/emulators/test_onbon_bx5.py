"""The emulated BX-5K and BX-6K boards, judged by frames that are printed, or written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.onbon_bx5 import OnbonBx5Board, Special
from tests.emulators.onbon_bx5_printed import MISPRINTED, PRINTED
from tests.emulators.onbon_bx5_wire import crc

ACK = bytes.fromhex(PRINTED["5.1.2 and 7.1, ACK"])
NACK = bytes.fromhex(PRINTED["7.2, NACK: check sum"])
PING = bytes.fromhex(PRINTED["8.7, ping"])
TEXT = bytes.fromhex(PRINTED["4 and 8.2.1, text in a dynamic area"])
COMMANDS = {name: text for name, text in PRINTED.items() if "ACK" not in name}


def frame(body: str, to: int = 1) -> bytes:
    """Frame what has nothing to be escaped in it."""
    data = bytes.fromhex(body)
    content = to.to_bytes(2, "little") + bytes.fromhex("0080 000000 00 00 00 FE 02")
    content += len(data).to_bytes(2, "little") + data
    content += crc(content).to_bytes(2, "little")
    assert not set(content) & {0xA5, 0x5A, 0xA6, 0x5B}
    return b"\xa5" + content + b"\x5a"


def answered(board: OnbonBx5Board, body: str, at: float = 0.0) -> bytes:
    """Give the body of the answer to a command."""
    said = board.hear(frame(body), at)
    assert crc(said[9:-1]) == 0
    return said[9 + 14 : -3]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_is_printed_is_obeyed(name: str) -> None:
    board = OnbonBx5Board(0x54, size=(384, 64))
    board.special = Special(64, 64, pictures=True, timeout=None)
    said = board.hear(bytes.fromhex(PRINTED[name]), 0.0)
    assert said[9 + 14 : 9 + 16] in {b"\xa0\0", b"\xa2\x09"}
    writes_files = name.startswith(("8.1.", "9.2", "11.2", "8.5", "8.3.7"))
    assert [fault[:5] for fault in board.faults] == ["flash"] * writes_files
    assert len(board.done) == 1


@pytest.mark.parametrize("name", MISPRINTED)
def test_what_is_misprinted_is_told_to_be_damaged(name: str) -> None:
    board = OnbonBx5Board(0x54)
    assert board.hear(bytes.fromhex(MISPRINTED[name]), 0.0) == NACK
    assert board.done == []


def test_it_says_yes_and_no_as_it_is_printed() -> None:
    board = OnbonBx5Board()
    assert board.hear(TEXT, 0.0) == ACK
    garbled = TEXT.replace(b"\xbb\xb6", b"\xbb\xb7")
    assert board.hear(garbled, 2.0) == NACK


def test_the_text_that_is_printed_is_read() -> None:
    board = OnbonBx5Board(0x63, size=(128, 32))
    board.hear(TEXT, 0.0)
    assert (board.reads(), board.faults) == (["欢迎光临"], [])
    assert board.texts[0].stay == 5.0


def test_the_picture_that_is_printed_is_drawn_lit_where_it_is_0() -> None:
    board = OnbonBx5Board(0x58, size=(64, 64))
    board.special = Special(64, 64, pictures=True, timeout=None)
    board.hear(bytes.fromhex(PRINTED["8.3.4, picture"]), 0.0)
    (picture,) = board.holds()
    # A row of the area is bytes in turn for red and green; the red ones draw two frogs.
    red = ["".join(row[at : at + 8] for at in range(0, 64, 16)) for row in picture]
    assert red[6] == "......##.........#########......"[:32]


def test_the_clock_that_is_printed_is_told_with_the_weekday_before_the_hour() -> None:
    board = OnbonBx5Board()
    board.hear(bytes.fromhex(PRINTED["8.10, clock"]), 0.0)
    said = answered(board, "A1 02 01 00 00", at=34.0)
    assert said[:5].hex() == "a102000000"
    assert said[7:15].hex() == "13200125" + "05" + "111800"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("B1 02 01 00 00", 1),
        ("A3 77 01 00 00", 2),
        ("A2 03 01 08 00 13 20 02 31 11 17 26 05", 14),
        ("A2 03 01 08 00 13 20 01 25 11 17 26 04", 14),
        ("A3 02 01 00 00 01 10", 2),
        ("A4 03 01 00 00 01 00 00 FF", 6),
        ("A3 06 01 00 00", 2),
    ],
)
def test_what_breaks_a_rule_is_refused_and_noted(body: str, error: int) -> None:
    board = OnbonBx5Board()
    assert answered(board, body) == bytes((0xA0, 1, error, 0, 0))
    assert len(board.faults) == 1


def test_a_model_without_a_special_area_knows_none_of_its_commands() -> None:
    board = OnbonBx5Board(0x51)
    assert answered(board, "A4 04 01 00 00") == bytes((0xA0, 1, 2, 0, 0))
    assert len(answered(board, "A1 02 01 00 00")) == 5 + 15 + 1 + 28
    assert len(answered(OnbonBx5Board(0x58), "A1 02 01 00 00")) == 5 + 15 + 3 + 28


SPECIAL = "A4 01 01 00 00 0000 0000 0100 0200 01 00 02 0400" + "00" * 11


def test_a_picture_comes_in_blocks_and_vanishes_when_it_is_not_renewed() -> None:
    board = OnbonBx5Board(size=(8, 2))
    answered(board, SPECIAL)
    answered(board, "A4 03 01 00 00 00 0000 7F", at=1.0)
    assert board.holds() == []
    answered(board, "A4 03 01 00 00 01 0100 FE", at=2.0)
    assert board.holds() == [["#.......", ".......#"]]
    answered(board, "A4 03 01 00 00 01 0000 FF FF", at=5.9)
    board.hear(b"", 9.8)
    assert board.holds() == [["........"] * 2]
    board.hear(b"", 9.9)
    assert (board.holds(), board.faults) == ([], [])


@pytest.mark.parametrize("body", ["00 0200 FF", "01 0000 FF"])
def test_blocks_out_of_order_and_pictures_cut_short_are_refused(body: str) -> None:
    board = OnbonBx5Board(size=(8, 2))
    answered(board, SPECIAL)
    assert answered(board, "A4 03 01 00 00" + body)[1] == 1


def test_two_refreshes_within_a_second_are_a_fault() -> None:
    board = OnbonBx5Board(0x63)
    board.hear(TEXT, 0.0)
    board.hear(TEXT, 0.9)
    assert [fault[:7] for fault in board.faults if "area" not in fault] == ["refresh"]


@pytest.mark.parametrize(
    ("to", "sender"), [(1, b"\x01\0"), (2, None), (0xFFFE, b"\xfe\xff"), (0xFFFF, None)]
)
def test_it_answers_to_its_address_and_to_one_of_everybody_s(to: int, sender: bytes | None) -> None:
    board = OnbonBx5Board()
    said = board.hear(frame("A2 00 01 00 00", to), 0.0)
    assert (said[11:13] if said else None) == sender
    assert board.done == ([] if to == 2 else [0xA200])


def test_it_says_nothing_where_no_answer_is_asked_for() -> None:
    assert OnbonBx5Board().hear(frame("A2 00 02 00 00"), 0.0) == b""


def test_escapes_are_taken_out_and_put_in() -> None:
    # The printed length 5B comes as 5B 01; an address of A5 5A needs both kinds in the answer.
    board = OnbonBx5Board(address=0x5AA5)
    framed = frame("A2 00 01 00 00").replace(b"\xa5\x01\0", b"\xa5\xa6\x02\x5b\x02")
    content = b"\xa5\x5a" + framed[5:-3]
    framed = framed[:-3] + crc(content).to_bytes(2, "little") + b"\x5a"
    assert board.hear(framed, 0.0)[11:15] == b"\xa6\x02\x5b\x02"


def test_without_power_all_in_its_memory_is_gone_and_it_lights_again() -> None:
    board = OnbonBx5Board()
    board.hear(TEXT, 0.0)
    answered(board, "A3 00 01 00 00 02")
    assert (board.on, board.reads()) == (False, [])
    board.lose_power()
    assert (board.on, board.texts, board.special) == (True, {}, None)


def test_faults_of_boards() -> None:
    board = OnbonBx5Board()
    board.refuses = True
    assert answered(board, "A2 00 01 00 00") == bytes.fromhex("A0 01 03 00 00")
    board.dead = True
    assert board.hear(PING, 0.0) == b""


def frame_of(body: bytes) -> bytes:
    """Frame any bytes for the board, so that they get past its check sum."""
    content = b"\x01\0\x00\x80" + bytes(6) + b"\xfe\x02" + len(body).to_bytes(2, "little") + body
    content += crc(content).to_bytes(2, "little")
    pairs = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
    return b"\xa5" + b"".join(pairs.get(byte, bytes((byte,))) for byte in content) + b"\x5a"


CODES = (0xA102, 0xA203, 0xA20A, 0xA300, 0xA302, 0xA306, 0xA401, 0xA403, 0xA404)
pieces = st.one_of(
    st.binary(max_size=40),
    st.tuples(st.sampled_from([bytes.fromhex(text) for text in PRINTED.values()]), st.integers(1))
    # Cut short, before its end is out.
    .map(lambda cut: cut[0][: cut[1] % (len(cut[0]) - 1)]),
    st.tuples(st.sampled_from(CODES), st.binary(max_size=60)).map(
        lambda told: frame_of(told[0].to_bytes(2) + b"\x01" + told[1])
    ),
)


@given(st.lists(pieces))
def test_whatever_comes_it_lives_and_takes_the_next_whole_frame(noise: list[bytes]) -> None:
    board = OnbonBx5Board()
    for at, part in enumerate(noise):
        board.hear(part, float(at))
        assert (len(board.holds()) <= 1, isinstance(board.reads(), list)) == (True, True)
    assert board.hear(PING, 1e6)[9 + 14 : -3] == bytes((0xA0, 0, 0, 0, 0))
    assert board.done[-1] == 0xA200
