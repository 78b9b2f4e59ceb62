"""A station's slots know what its signs can't show."""

from __future__ import annotations

from dataclasses import replace

from broadcaster.domain.airing import SignContent
from broadcaster.domain.boards import OnbonBx5
from broadcaster.signs.fit import fitted
from tests.daemon.world import World, at, slogan, station

PARTY = slogan("tiec", "Chào mừng 🎉 ngày hội 🎉🥳")


def test_a_slogan_that_no_sign_can_draw_is_refused_by_name() -> None:
    of = fitted(station(led=[PARTY, slogan("chu", "Tự hào")]))
    faults = [slot.fault and str(slot.fault) for slot in of.campaigns[0].led]
    assert faults == ["signs have no shape for these characters: 🎉🥳", None]


def test_the_board_shows_the_rest_of_the_loop() -> None:
    world = World(fitted(station(led=[PARTY, slogan("chu", "Tự hào")])), at("05:00"))
    world.run(at("07:00"))
    texts = [[each.text for each in content.slogans] for content in world.signs["cong"].sent]
    assert texts == [[], ["Tự hào"]]


def test_an_idle_text_that_no_sign_can_draw_leaves_the_board_dark() -> None:
    of = station()
    signs = {"cong": replace(of.signs["cong"], idle="🎉")}
    world = World(fitted(replace(of, signs=signs)), at("05:00"))
    world.run(at("05:01"))
    assert world.signs["cong"].sent == [SignContent()]


def test_what_one_sign_can_not_show_the_others_do() -> None:
    of = station(led=[slogan("chu", "Tự hào")])
    low = replace(of.signs["cong"], id="thap", height=10)
    bang = replace(of.zones["bang"], signs=("cong", "thap"))
    both = replace(of, signs={**of.signs, "thap": low}, zones={**of.zones, "bang": bang})
    (slot,) = fitted(both).campaigns[0].led
    assert slot.fault is None
    assert {sign: str(why) for sign, why in slot.unfit.items()} == {
        "thap": "the text is 14 rows high and the board 10"
    }


def test_what_a_board_shows_in_pages_fits_and_a_word_that_is_wider_does_not() -> None:
    long, wide = "Nhiệt liệt chào mừng Ngày hội Đổi mới sáng tạo", "https://doimoisangtao.vn"
    of = station(led=[slogan("dai", long), slogan("rong", wide)])
    held = replace(of.signs["cong"], driver="onbon-bx5", settings=OnbonBx5(model="5K2"))
    fits, not_ = fitted(replace(of, signs={"cong": held})).campaigns[0].led
    assert fits.unfit == {}
    assert "a word is" in str(not_.unfit["cong"])
