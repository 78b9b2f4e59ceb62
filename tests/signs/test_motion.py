from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.signs.pixels.font import render
from broadcaster.signs.pixels.motion import SPEED, Scene, scenes, views

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
NOON = datetime(2025, 9, 22, 12, 5, tzinfo=UTC)


def drawn(*slogans: ShownSlogan, width: int = 128, height: int = 16) -> tuple[Scene, ...]:
    return scenes(SignContent(slogans), width, height, NOON)


@pytest.mark.parametrize("effect", ["hold", "flash"])
def test_a_still_text_wider_than_the_board_is_pages_of_its_dwell(effect: str) -> None:
    found = drawn(ShownSlogan(SLOGAN, effect, 5.0, "green"))
    assert [scene.text for scene in found] == [
        "Nhiệt liệt chào",
        "mừng Ngày hội",
        "đổi mới sáng tạo",
        "quốc gia 01-10",
    ]
    assert {(scene.effect, scene.seconds, scene.colour) for scene in found} == {
        (Effect(effect), 5.0, Colour.GREEN)
    }


def test_a_word_wider_than_the_board_scrolls_between_still_pages() -> None:
    found = drawn(ShownSlogan("Chào Nghiêngnghiêngnghiêng bạn", "hold", 5.0))
    moves = [(scene.text, scene.effect) for scene in found]
    assert moves == [
        ("Chào", Effect.HOLD),
        ("Nghiêngnghiêngnghiêng", Effect.SCROLL_LEFT),
        ("bạn", Effect.HOLD),
    ]


def test_slogans_follow_one_another_in_their_order() -> None:
    found = drawn(ShownSlogan(SLOGAN, "scroll-left", 5.0), ShownSlogan("một\nhai", "hold", 3.0))
    assert [(scene.text, scene.seconds) for scene in found] == [
        (SLOGAN, 5.0),
        ("một", 3.0),
        ("hai", 3.0),
    ]


def seconds(scene: Scene) -> float:
    return sum(view.seconds for view in views(scene, 128))


def test_large_letters_pass_as_fast_as_small_ones_to_read() -> None:
    small, large = (drawn(ShownSlogan(SLOGAN, "scroll-left", 1.0), height=h)[0] for h in (16, 32))
    assert seconds(small) == pytest.approx((128 + small.pixels.width) / SPEED)
    assert seconds(large) == pytest.approx((128 + large.pixels.width) / (2 * SPEED))


def test_two_lines_pass_as_slowly_as_their_letters_are_small() -> None:
    (both,) = drawn(ShownSlogan(f"{SLOGAN}\n{SLOGAN}", "scroll-left", 1.0), height=32)
    assert both.pixels.width == render(SLOGAN).width
    assert seconds(both) == pytest.approx((128 + both.pixels.width) / SPEED)
