"""The commands that speak to a daemon, whole, with a desk behind a real socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.domain.order import Order
from broadcaster.errors import DeviceError, Problem, Refusal, problem_json
from broadcaster.messages import msg
from broadcaster.wiring.place import alone
from tests.cli.desk import make
from tests.cli.telling import ME, NONE, QUIET, reason, run
from tests.control.house import House, house


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "dai")


@pytest.fixture
def served(station: Path) -> Iterator[House]:
    with house(station) as made:
        made.desk.told = QUIET
        yield made


def test_an_announcement_is_said_and_told_zone_by_zone(station: Path, served: House) -> None:
    key = "interrupt/urgent/2025-09-22T05:30+07:00/"
    dead = msg("the amplifier can't be keyed")
    served.desk.changes = [
        {"kind": "status"},
        {"kind": "intent", "key": f"{key}to-5", "data": {}},
        {"kind": "audible", "key": "another/one", "data": {}},
        {"kind": "audible", "key": f"{key}toan-phuong", "data": {}},
        {"kind": "missed", "key": f"{key}to-5", "data": {"outcome": "missed", **reason(dead)}},
    ]
    words = ("interrupt", "Cháy ở tổ 5", "--zone", "to-5", "--zone", "toan-phuong")
    assert run(station, *words) == (
        3,
        "Cháy ở tổ 5\n",
        "toan-phuong: it sounds\nto-5: missed: the amplifier can't be keyed\n",
    )
    order = Order(text="Cháy ở tổ 5", zones=("to-5", "toan-phuong"))
    assert served.desk.asked[0] == ("interrupt", ME, order)


def test_an_announcement_that_sounds_everywhere_exits_0(station: Path, served: House) -> None:
    key = "interrupt/urgent/2025-09-22T05:30+07:00/to-5"
    served.desk.changes = [{"kind": "audible", "key": key, "data": {}}]
    words = ("interrupt", "--script", "chay", "--zone", "to-5", "--voice", "espeak:vi")
    assert run(station, *words) == (0, "[chay]\n", "to-5: it sounds\n")


def test_an_announcement_may_be_heard_no_more_as_the_daemon_ends(
    station: Path, served: House
) -> None:
    served.desk.changes = [None]
    assert run(station, "interrupt", "Cháy", "--zone", "to-5") == (
        3,
        "Cháy\n",
        "daemon: it ended before the announcement was heard\n",
    )


def test_a_dry_run_prints_the_words_alone(station: Path, served: House) -> None:
    words = ("interrupt", "Cháy", "--zone", "to-5", "--dry-run")
    assert run(station, *words) == (0, "Cháy\n", "")
    assert served.desk.asked[0] == (
        "interrupt", ME, Order(text="Cháy", zones=("to-5",), dry_run=True)
    )  # fmt: skip


@pytest.mark.usefixtures("served")
def test_an_announcement_for_a_zone_that_is_not_there_is_refused(station: Path) -> None:
    assert run(station, "interrupt", "Cháy", "--zone", "to-6") == (
        1,
        "",
        'zones: there is no zone "to-6"\n',
    )


@pytest.mark.parametrize("words", [[], ["Cháy", "--script", "chay"]])
def test_an_announcement_is_a_text_or_a_script(station: Path, words: list[str]) -> None:
    code, _, said = run(station, "interrupt", *words, "--zone", "to-5")
    assert code == 2
    assert "give either a text or --script" in said


@pytest.mark.parametrize(
    ("words", "asked", "out", "said"),
    [
        ("silence", "silence", "a/b/c\n", ""),
        (
            "pause", "pause", "",
            "paused: nothing but what is urgent sounds until broadcaster resume\n",
        ),
        ("resume", "resume", "", "the station goes on\n"),
        ("reload", "reload", "", "the station runs by its files as they are now\n"),
        (
            "clock confirm", "confirm_clock", "",
            "2025-09-22T05:30:10+07:00: the clock is trusted\n",
        ),
    ],
)  # fmt: skip
def test_each_act_is_done_and_said(
    station: Path, served: House, words: str, asked: str, out: str, said: str
) -> None:
    assert run(station, *words.split()) == (0, out, said)
    assert served.desk.asked[0] == (asked, ME)


def test_silence_where_nothing_sounds(station: Path, served: House) -> None:
    served.desk.answers["silence"] = {"stopped": []}
    assert run(station, "silence") == (0, "", "nothing sounds\n")


def test_a_broken_edit_is_named_and_not_taken(station: Path, served: House) -> None:
    wrong = problem_json(Problem("playlists/a.toml", 3, "radio.x", msg("is missing")))
    served.desk.answers["reload"] = {"taken": False, "files": [], "problems": [wrong]}
    assert run(station, "reload") == (
        1,
        "",
        (
            "playlists/a.toml:3: radio.x: is missing\n"
            "the files are not taken: the station runs on as it was\n"
        ),
    )


def test_a_reload_of_what_was_not_changed_says_so(station: Path, served: House) -> None:
    served.desk.answers["reload"] = {"taken": True, "files": [], "problems": []}
    assert run(station, "reload") == (
        0, "", "nothing was changed: the station runs by its files as they are\n",
    )  # fmt: skip


def test_stop_waits_for_the_end(station: Path, served: House) -> None:
    assert run(station, "stop") == (0, "", "the daemon has ended\n")
    assert served.desk.asked == [("stop", ME)]


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (Refusal(msg("it is paused already")), 1, "it is paused already\n"),
        (DeviceError("ledger", msg("the disk is full")), 3, "ledger: the disk is full\n"),
    ],
)
def test_what_the_daemon_refuses_is_said(
    station: Path, served: House, fault: Exception, code: int, said: str
) -> None:
    served.desk.fault = fault
    assert run(station, "pause") == (code, "", said)


@pytest.mark.parametrize(
    "words",
    ["interrupt X --zone to-5", "silence", "pause", "resume", "reload", "stop", "clock",
     "clock confirm"],
)  # fmt: skip
def test_without_a_daemon_what_acts_says_so_and_exits_3(station: Path, words: str) -> None:
    assert run(station, *words.split()) == (3, "", f"{station}: {NONE}")


def test_a_daemon_that_cannot_be_asked_is_told_from_none(station: Path) -> None:
    with alone(station):
        assert run(station, "pause") == (
            3,
            "",
            "daemon: runs and can't be asked; its log says why\n",
        )


def test_the_clock(station: Path, served: House) -> None:
    now = "2025-09-22T05:30:10+07:00"
    assert run(station, "clock") == (0, f"{now}: the clock is trusted\n", "")
    doubt = {"trusted": False, **reason(msg("it was set by {hours} hours", hours=5))}
    served.desk.told = QUIET | {"clock": doubt}
    assert run(station, "clock") == (
        0,
        f"{now}: the clock is in doubt: it was set by 5 hours\n",
        "",
    )
    assert json.loads(run(station, "clock", "--json")[1]) == {"now": now, **doubt}
