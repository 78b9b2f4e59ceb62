"""The test pattern on a board that holds one picture: all of it, page by page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from broadcaster.domain.airing import SignContent
from broadcaster.playout.pages import turned
from broadcaster.ports import SignError, SignState
from broadcaster.signs.pixels.motion import PATTERN, scenes
from tests.signs.onbon_bx5_rig import Rig, pictures

TEST = SignContent(pattern=True)


def show(rig: Rig, seconds: float) -> list[tuple[float, list[str]]]:
    """Have the test pattern there for so long, and give what came, and when."""

    async def main() -> None:
        await rig.sign.send(TEST)
        began = rig.time.monotonic()
        await turned(rig.sign, TEST, seconds, rig.time)
        assert rig.time.monotonic() - began == pytest.approx(seconds)

    rig.time.run(main())
    assert rig.board.faults == []
    return rig.board.seen


def test_frame_all_leds_and_all_letters_follow_one_another() -> None:
    rig = pictures()
    drawn = scenes(TEST, 128, 16, rig.time.now())
    wanted = [str(scene.pixels.centred(128, 16)).splitlines() for scene in drawn]
    seen = show(rig, PATTERN * (len(wanted) + 2))
    assert [rows for _, rows in seen][: len(wanted) + 1] == [*wanted, wanted[0]]
    spans = [later - at for (at, _), (later, _) in pairwise(seen)]
    assert spans[1:] == pytest.approx([PATTERN] * (len(spans) - 1), abs=0.1)


@pytest.mark.parametrize("seconds", [0.0, 1.0, PATTERN + 1.0])
def test_what_is_too_short_to_turn_stands(seconds: float) -> None:
    assert len(show(pictures(), seconds)) == 1


def test_a_board_that_dies_meanwhile_is_told_of() -> None:
    rig = pictures()

    async def main() -> None:
        await rig.sign.send(TEST)
        rig.board.dead = True
        with pytest.raises(SignError) as caught:
            await turned(rig.sign, TEST, 60.0, rig.time)
        assert caught.value.state is SignState.UNREACHABLE

    rig.time.run(main())
