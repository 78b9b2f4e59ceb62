from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest

from broadcaster.domain.record import AirState, AsRun, Outcome, Record, Sounding
from broadcaster.planning.asrun import fold, forgotten, interrupted, states
from tests.planning.making import instant

KEY = "c/tin/2025-09-22T05:30+07:00/xa"
FACTS = {
    "campaign": "c",
    "zone": "xa",
    "planned": "2025-09-22T05:30:00+07:00",
    "begins": "2025-09-21T22:30:00+00:00",
    "class": "normal",
    "times": ["05:30"],
    "voice": "espeak:vi",
    "audio_sha256": "ab12",
    "seconds": 42.0,
}
PLANNED = datetime.fromisoformat("2025-09-22T05:30:00+07:00")


def records(
    *rows: tuple[str, str, dict[str, Any]] | tuple[str, str, dict[str, Any], str],
) -> Iterable[Record]:
    for seq, (at, kind, data, *key) in enumerate(rows, 1):
        yield Record(seq, instant(at), kind, (key or [KEY])[0], data, "", "")


INTENT = ("05:29:58", "intent", FACTS)
AUDIBLE: tuple[str, str, dict[str, Any]] = ("05:30:00", "audible", {})
FINISHED = ("05:30:42", "finished", {"outcome": "aired", "reason": "", "seconds": 41.5})


def test_an_airing_folds_into_one_line() -> None:
    (run,) = fold(records(INTENT, AUDIBLE, FINISHED)).values()
    assert run == AsRun(
        key=KEY,
        campaign="c",
        zone="xa",
        planned=PLANNED,
        started=instant("05:30"),
        finished=instant("05:30:42"),
        outcome=Outcome.AIRED,
        voice="espeak:vi",
        audio_sha256="ab12",
        soundings=(Sounding(instant("05:30"), 41.5),),
        data=FACTS | {"outcome": "aired", "reason": "", "seconds": 41.5},
    )


@pytest.mark.parametrize(
    ("rows", "state", "outcome"),
    [
        ([INTENT], AirState.INTENT, None),
        ([INTENT, AUDIBLE], AirState.AUDIBLE, None),
        ([INTENT, AUDIBLE, FINISHED], AirState.ENDED, Outcome.AIRED),
        ([INTENT, ("05:31", "finished", {"outcome": "late"})], AirState.ENDED, Outcome.LATE),
        ([("05:32", "missed", FACTS)], AirState.ENDED, Outcome.MISSED),
        ([("05:30", "refused", FACTS)], AirState.ENDED, Outcome.BLOCKED),
        ([("05:30", "refused", {"outcome": "cancelled"})], AirState.ENDED, Outcome.CANCELLED),
        # A crash before the first sound, and a second try.
        ([INTENT, INTENT, AUDIBLE], AirState.AUDIBLE, None),
    ],
)
def test_how_far_an_airing_has_come(
    rows: list[Any], state: AirState, outcome: Outcome | None
) -> None:
    runs = fold(records(*rows))
    assert states(runs) == {KEY: state}
    assert runs[KEY].outcome is outcome
    assert runs[KEY].planned == PLANNED


def test_the_reason_is_the_last_one() -> None:
    missed = FACTS | {"outcome": "missed", "reason": "planned for 05:30"}
    assert fold(records(INTENT, ("05:32", "missed", missed)))[KEY].reason == "planned for 05:30"


def test_the_first_sound_is_its_start() -> None:
    again: tuple[str, str, dict[str, Any]] = ("05:45", "audible", {})
    assert fold(records(INTENT, AUDIBLE, again))[KEY].started == instant("05:30")


def test_other_records_are_no_airings() -> None:
    rows = [
        ("05:00", "station", {"state": "started"}, "station"),
        ("05:00", "sign", {"state": "sent"}, "sign/cong"),
        ("05:00", "approved", {}, "c"),
    ]
    assert fold(records(*rows)) == {}  # type: ignore[arg-type]


def test_what_its_data_leaves_out_is_in_its_key() -> None:
    run = fold(records(("05:30", "intent", {})))[KEY]
    assert (run.campaign, run.zone, run.planned) == ("c", "xa", PLANNED)


def test_a_key_that_is_no_airings_still_folds() -> None:
    run = fold(records(("12:00", "intent", {"zone": "xa"}, "interrupt/7")))["interrupt/7"]
    assert (run.zone, run.planned) == ("xa", instant("12:00"))


def test_what_a_crash_left_open() -> None:
    other = KEY.replace("tin", "khac")
    runs = fold(records(INTENT, AUDIBLE, ("06:00", "intent", FACTS, other)))
    assert [run.key for run in interrupted(runs)] == [KEY]
    assert [run.key for run in forgotten(runs, [KEY])] == [other]
    assert forgotten(runs, [KEY, other]) == ()
