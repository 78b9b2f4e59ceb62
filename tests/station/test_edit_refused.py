"""What of a playlist can not be edited, and what is known of it."""

from __future__ import annotations

import pytest

from broadcaster.errors import Refusal, UserError
from broadcaster.station.edit import free_id
from tests.station.edited import FILE, TEXT, playlist


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[radio]]\nid = "a"\n[[led]]\nid = "b"\n[radio.x]\n', None),
        (
            '[[event]]\nid = "a"\n[[led]]\nid = "b"\n[event.remind]\nat = "1"\n',
            "event.a stands in the file twice, or in two pieces; put that right first",
        ),
        (
            '[[led]]\nid = "a"\n[[led]]\nid = "a"\n',
            "led.a stands in the file twice, or in two pieces; put that right first",
        ),
        (
            'led = [{ id = "a" }]\n',
            "led is not written as tables [[led]]; this can edit no other",
        ),
        ('[radio]\nid = "a"\n', "radio is not written as tables [[radio]]; this can edit no other"),
    ],
)
def test_what_is_no_table_in_one_piece_is_left_to_people(text: str, told: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        playlist(text)
    if told:
        assert str(refused.value) == told


def test_what_toml_refuses_is_told_with_its_line() -> None:
    with pytest.raises(UserError) as refused:
        playlist('format = 1\n[campaign]\ntitle = "x\n')

    assert str(refused.value).startswith(f"{FILE}:3: ")


def test_a_newer_format_is_not_edited() -> None:
    with pytest.raises(UserError, match="format 2 is newer than this version"):
        playlist("format = 2\n[campaign]\n")


def test_an_unknown_slot_is_told_with_a_near_one() -> None:
    with pytest.raises(UserError) as refused:
        playlist().removed("sng")

    assert str(refused.value) == f'{FILE}: there is no slot "sng"; did you mean "sang"?'


def test_a_campaign_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError) as refused:
        playlist("format = 1\n").changed("campaign", {"title": "x"})

    assert str(refused.value) == f"{FILE}: campaign: is missing"


@pytest.mark.parametrize(("slot", "enabled"), [("sang", True), ("tat", False), ("campaign", True)])
def test_what_is_switched_off_is_known(slot: str, enabled: bool) -> None:  # noqa: FBT001 - a table
    of = playlist(TEXT + '\n[[led]]\nid = "tat"\nenabled = false\n')

    assert of.enabled(slot) is enabled


def test_switching_off_and_on_again_leaves_no_trace() -> None:
    off = playlist().changed("sang", {"enabled": False})

    assert not off.enabled("sang")
    assert off.changed("sang", {"enabled": None}).text == TEXT


@pytest.mark.parametrize(
    ("taken", "id_"),
    [
        ([], "a"),
        (["a"], "a-1700"),
        (["a", "a-1700"], "a-2"),
        (["a", "a-1700", "a-2", "a-3"], "a-4"),
    ],
)
def test_a_free_id_is_the_same_every_time(taken: list[str], id_: str) -> None:
    assert free_id(["a", "a-1700"], taken) == id_


def test_no_slot_is_given_the_name_of_the_campaign() -> None:
    assert free_id(["campaign"], []) == "campaign-2"
