"""How an Alpha sign comes from one content to the next: on its second, and never half of each."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from broadcaster.domain.airing import SignContent
from tests.emulators.alpha import Screen
from tests.signs.alpha_world import CLEAR, CLOCK, DARK, SLOGAN, World, content, hold, lit

BLACK = [Screen("b", " ")]


def clears(world: World) -> int:
    return sum(data.endswith(CLEAR) for _, data in world.line.writes)


def test_new_content_goes_where_nothing_is_shown_and_is_seen_on_its_second() -> None:
    world = World(memory=30000)
    first, second = content((SLOGAN, "scroll-left")), content((SLOGAN[::-1], "scroll-left"))
    world.send(first)
    world.board.seen.clear()
    moment = world.send_for(second, 30.0)
    (before, old), (at, new) = world.board.seen
    assert before < moment
    assert old == [Screen("a", "", lit(SLOGAN))]
    assert (at, new) == (pytest.approx(moment, abs=0.001), [Screen("a", "", lit(SLOGAN[::-1]))])
    assert clears(world) == 1


def test_where_half_the_memory_is_too_small_it_is_dark_meanwhile() -> None:
    world = World()
    world.send(hold("Một", "Hai", "Ba"))
    world.board.seen.clear()
    moment = world.send_for(hold("Một", "Hai", "Bốn"), 30.0)
    (_, dark), (at, new) = world.board.seen
    assert (dark, at) == (BLACK, pytest.approx(moment, abs=0.001))
    assert new == [Screen("b", "", lit(text)) for text in ("Một", "Hai", "Bốn")]
    assert moment - world.board.seen[0][0] < 3.5
    assert clears(world) == 1


def test_only_files_that_differ_are_written_there() -> None:
    world = World()
    world.send(hold("Một", "Hai", "Ba"))
    assert len(world.said) > 10
    world.send(hold("Một", "Hai", "Bốn"))
    assert [command[:2] for command in world.said] == [b"E.", b"Ic", b"E."]


def test_idle_content_comes_in_one_packet_and_slogans_behind_it() -> None:
    world = World()
    world.send(hold("Ế"))
    assert world.said
    world.send(DARK)
    assert world.said == [b"E.SLZ"]
    world.send(CLOCK)
    assert [command[:2] for command in world.said] == [b"E ", b"E."]
    world.board.seen.clear()
    world.send(hold("ặ"))
    assert [screens for _, screens in world.board.seen][1:] == [[Screen("b", "", lit("ặ"))]]
    assert world.board.seen[0][1] == [Screen("b", "17:05")]


def test_words_are_changed_where_they_are_without_a_blink() -> None:
    world = World(90, 7)
    world.send(content(("TECHFEST", "scroll-left"), ("HP", "hold")))
    assert world.said
    board = world.send(content(("OCOP", "scroll-left"), ("HP", "hold")))
    assert world.said == [b"GnOCOP"]
    assert board.screens() == [Screen("a", "OCOP"), Screen("b", "HP")]


def test_content_that_needs_another_table_clears_the_sign() -> None:
    world = World()
    large = content((SLOGAN * 3, "scroll-left"))
    assert world.send(hold("Ế"), large).holds() == world.send(large).holds()
    assert clears(world) == 2
    world.send(hold("Ế"))
    assert clears(world) == 3


def test_after_a_clear_the_first_slogan_is_seen_on_its_second() -> None:
    world = World()
    moment = world.send_for(hold("Ế", "ặ"), 60.0)
    first = next(at for at, screens in world.board.seen if screens)
    assert first == pytest.approx(moment, abs=0.001)
    assert world.board.seen[-1][0] - moment < 0.5


def test_a_renewal_disturbs_nothing() -> None:
    world = World()
    wanted = hold("Một", "Hai")
    world.send(wanted)
    assert world.said
    world.send(wanted)
    assert world.said == [b"E.SLAB"]


def test_one_renewal_an_hour_makes_room_anew() -> None:
    world = World(minute=4)
    wanted = hold("Một")
    world.send(wanted)
    world.board.lose_power()
    assert world.send(wanted).screens() == [Screen("b", "", lit("Một"))]
    assert clears(world) == 2


def test_urgent_plain_words_are_there_at_once_and_what_was_there_is_back_at_once() -> None:
    world = World()
    normal, urgent = hold("Ế", "ặ"), content(("BAO SO 3", "flash"), urgent=True)
    world.send(normal)
    assert world.said
    assert world.send(urgent).screens() == [Screen("c", "BAO SO 3")]
    assert world.said == [b"A0\x1b0cBAO SO 3"]
    world.send(urgent)
    board = world.send(normal)
    assert world.said[-2:] == [b"E.SLAB", b"A0"]
    assert board.screens() == [Screen("b", "", lit("Ế")), Screen("b", "", lit("ặ"))]


def test_what_was_under_urgent_words_and_is_over_is_not_seen_again() -> None:
    world = World()
    world.send(hold("Ế"), hold("BAO", urgent=True))
    world.board.seen.clear()
    board = world.send(hold("ặ"))
    assert [screens for _, screens in world.board.seen[1:]] == [BLACK, board.screens()]
    assert board.screens() == [Screen("b", "", lit("ặ"))]
    assert clears(world) == 1


def test_what_was_under_urgent_words_and_is_not_known_is_not_seen_again() -> None:
    world = World()
    world.send(hold("Ế"))
    world.held = None
    world.send(hold("BAO", urgent=True))
    world.board.seen.clear()
    board = world.send(hold("ặ"))
    assert [screens for _, screens in world.board.seen[1:]] == [BLACK, [], board.screens()]
    assert clears(world) == 2


def test_urgent_words_over_urgent_ones_know_what_is_under_them() -> None:
    world = World()
    one, two = hold("BAO", urgent=True), hold("LU", urgent=True)
    board = world.send(hold("Ế"), one, two, hold("Ế"))
    assert board.screens() == [Screen("b", "", lit("Ế"))]
    assert clears(world) == 1


def test_urgent_words_on_a_sign_of_which_nothing_is_known_are_there_at_once() -> None:
    world = World()
    assert world.send(hold("BAO", urgent=True)).screens() == [Screen("b", "BAO")]
    assert clears(world) == 0
    assert world.send(hold("Ế")).screens() == [Screen("b", "", lit("Ế"))]
    assert clears(world) == 1


def test_urgent_plain_words_that_are_wider_than_the_board_scroll() -> None:
    board = World().send(hold("BAO SO 3 DO BO VAO HAI PHONG", urgent=True))
    (screen,) = board.screens()
    assert (screen.mode, screen.text.split()) == ("a", "BAO SO 3 DO BO VAO HAI PHONG".split())
    assert screen.pixels == []


def test_a_test_pattern_is_followed_by_what_is_to_be_held() -> None:
    for width, height in ((128, 16), (16, 16), (90, 7), (256, 31)):
        world = World(width, height, pool=60000)
        world.send(SignContent(pattern=True))
        assert world.send(hold("..")).holds() == World(width, height).send(hold("..")).holds()


def test_urgent_letters_with_marks_are_drawn() -> None:
    board = World().send(hold("Ế"), hold("Bão số 3", urgent=True))
    assert board.screens() == [Screen("b", "", lit("Bão số 3"))]


PLAIN = st.sampled_from(["BAO SO 3", "LU", "x" * 125, "x" * 126])
SHORT = st.sampled_from(["Ế", "ặ", "Đổi mới"])
MARKED = SHORT | st.just(SLOGAN)
CONTENTS = st.one_of(
    st.just(CLOCK),
    st.just(DARK),
    st.builds(lambda texts: hold(*texts), st.lists(SHORT, min_size=1, max_size=4)),
    st.builds(lambda text: content((text, "scroll-left")), MARKED),
    st.builds(lambda text: hold(text, urgent=True), PLAIN | MARKED),
)


def names(screens: list[Screen]) -> list[str]:
    """Tell screens apart, whatever the time is."""
    return [re.sub(r"\d\d:\d\d", "time", repr(screen)) for screen in screens]


@settings(max_examples=60, deadline=None)
@given(
    contents=st.lists(CONTENTS, min_size=2, max_size=6),
    memory=st.sampled_from([None, 9000, 30000]),
)
def test_from_any_content_to_any_other_only_whole_ones_are_seen(
    contents: list[SignContent], memory: int | None
) -> None:
    whole = [names(World(memory=memory).send(each).screens()) for each in contents]
    # After a clear its slogans come one by one.
    parts = [screens[:count] for screens in whole for count in range(len(screens))]
    world = World(memory=memory)
    for each, screens in zip(contents, whole, strict=True):
        assert (names(world.send(each).screens()) == screens) is True
    strange = [
        number
        for number, (_, screens) in enumerate(world.board.seen)
        if names(screens) not in [*whole, *parts, names(BLACK)]
    ]
    assert strange == []


@settings(max_examples=40, deadline=None)
@given(contents=st.lists(CONTENTS, min_size=2, max_size=4), seconds=st.floats(90.0, 200.0))
def test_nothing_but_darkness_is_seen_before_its_instant(
    contents: list[SignContent], seconds: float
) -> None:
    world = World(memory=30000)
    *before, wanted = contents
    assume(wanted != before[-1])
    world.send(*before)
    old = world.board.screens()
    world.board.seen.clear()
    moment = world.send_for(wanted, seconds)
    early = [names(screens) for at, screens in world.board.seen if at < moment - 0.001]
    assert all(screens in ([], names(BLACK), names(old)) for screens in early)
