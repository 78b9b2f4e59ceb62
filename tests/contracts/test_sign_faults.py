"""What every board that fails is told to be, and that its change is there once it fails no more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.ports import SignError, SignState
from broadcaster.signs.pixels.font import render
from tests.contracts.signs import KINDS, SLOGANS, ZONE, OnALine, content

A, B = (content(text) for text in SLOGANS[:2])
FAULTS = {"dead": True, "refuses": True, "corrupts": True, "loses": 1, "delay": 9.0}
LATER = 60.0
"""Seconds after which what was answered late is on the line no more."""


def told(kind: str, fault: str) -> SignState:
    """Say how far a change came on a board of a kind, as far as that can be known."""
    if kind == "alpha":  # which answers nothing
        return SignState.SENT
    says_no = fault == "refuses" and kind != "alpha, asked"
    return SignState.SENT if says_no else SignState.UNREACHABLE


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("kind", [name for name in KINDS if isinstance(KINDS[name](), OnALine)])
def test_a_board_that_fails_is_told_of_and_holds_the_change_afterwards(
    kind: str, fault: str, tmp_path: Path
) -> None:
    time = SimulatedTime(datetime(2025, 9, 22, 5, 30, tzinfo=ZONE))
    made = KINDS[kind]()(tmp_path, time)
    assert isinstance(made, OnALine)

    async def main() -> None:
        await made.sign.send(A)
        setattr(made.board, fault, FAULTS[fault])
        try:
            state = await made.sign.send(B, A)
        except SignError as error:
            state = error.state
        assert state is told(kind, fault)
        setattr(made.board, fault, type(FAULTS[fault])())
        made.board.faults.clear()
        await time.sleep(LATER)
        await made.sign.send(B)
        assert made.holds() == str(render(SLOGANS[1]))

    time.run(main())
