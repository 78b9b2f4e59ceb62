from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.onbon.wire import crc16, payloads, wrapped


@pytest.mark.parametrize(
    ("payload", "wire"),
    [
        # The maker's own tests: BxFrameWrapperTest of github.com/onbonlab/bx.dual.dyn.java.
        ("A5 5A", "A5 A5 A5 A5 A5 A5 A5 A5 A6 02 5B 02 5A"),
        (
            "A5 A6 00 5B 00 5A",
            "A5 A5 A5 A5 A5 A5 A5 A5 A6 02 A6 01 00 5B 01 00 5B 02 5A",
        ),
    ],
)
def test_frames_are_wrapped_as_the_maker_does(payload: str, wire: str) -> None:
    assert wrapped(bytes.fromhex(payload)) == bytes.fromhex(wire)
    assert list(payloads(bytes.fromhex(wire))) == [bytes.fromhex(payload)]


@pytest.mark.parametrize(
    ("summed", "crc"),
    [
        # The catalogue of CRCs gives 0xBB3D for these nine digits.
        (b"123456789", "3D BB"),
        (b"", "00 00"),
        # Printed in the protocol of BX-5K/6K, v1.4: 8.7 ping, 7.1 ACK, 8.2.1 dynamic text.
        (bytes.fromhex("01000080000000000000FE020500 A200010000"), "68 F8"),
        (bytes.fromhex("0080FEFF000000000000FE020500 A000000000"), "14 AC"),
        (
            bytes.fromhex(
                "FEFF0080000000000000FE022C00 A306010000000123000000800000808020000000000A00000000"
                "02010100020A08000000BBB6D3ADB9E2C1D9"
            ),
            "3C 49",
        ),
    ],
)
def test_the_check_sum_is_that_of_printed_frames(summed: bytes, crc: str) -> None:
    assert crc16(summed) == bytes.fromhex(crc)


def test_a_receiver_takes_any_number_of_head_bytes() -> None:
    heads = (b"\xa5", b"\xa5" * 9, b"\x5a\x5a\xa5")
    assert [list(payloads(head + b"\x01\x02\x5a")) for head in heads] == [[b"\x01\x02"]] * 3


@pytest.mark.parametrize("garbled", ["A6 03", "5B 00", "01 A6", "5B"])
def test_what_no_escape_gives_is_no_frame(garbled: str) -> None:
    assert list(payloads(b"\xa5" + bytes.fromhex(garbled) + b"\x5a")) == []


whole = st.binary(min_size=1, max_size=60)
noise = st.one_of(
    st.binary(max_size=30),
    # A frame that broke off.
    st.tuples(whole, st.integers(0, 20)).map(lambda cut: wrapped(cut[0])[: cut[1]]),
)


@given(st.lists(st.tuples(noise, whole)), noise)
def test_whole_frames_are_found_among_noise(parts: list[tuple[bytes, bytes]], end: bytes) -> None:
    heard = b"".join(cut + wrapped(payload) for cut, payload in parts) + end
    found = list(payloads(heard))
    rest = iter(found)
    assert all(payload in rest for _, payload in parts)
