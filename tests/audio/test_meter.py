"""Dead air and clipping, seen in samples however they are parted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from broadcaster.audio.frames import RATE
from broadcaster.audio.meter import Meter, Span
from broadcaster.domain.alarm import Alarm, Wrong

TENTH = RATE // 10
Samples = NDArray[np.float32]


def sound(seconds: float, dbfs: float = -20.0) -> Samples:
    at = np.arange(round(seconds * RATE))
    return (10 ** (dbfs / 20) * np.sin(at * 0.13)).astype(np.float32)


def nothing(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def metered(*parts: Samples, planned: Sequence[Span] = (), at: float = 0.0) -> list[Alarm]:
    """Give the alarms of a programme, those that are over."""
    meter = Meter(planned, at)
    found = [alarm for part in parts for alarm in meter.feed(memoryview(part))]
    return [alarm for alarm in (*found, *meter.end()) if alarm.over]


def silence(at: float, seconds: float) -> Alarm:
    return Alarm(Wrong.SILENCE, pytest.approx(at, abs=0.11), pytest.approx(seconds, abs=0.11))


def clipping(at: float, seconds: float) -> Alarm:
    return Alarm(Wrong.CLIPPING, pytest.approx(at, abs=0.11), pytest.approx(seconds, abs=0.11))


def test_silence_of_more_than_five_seconds_is_an_alarm() -> None:
    assert metered(sound(2), nothing(4.9), sound(2), nothing(4.9)) == []
    assert metered(sound(2), nothing(5.3), sound(2)) == [silence(2, 5.3)]
    assert metered(nothing(6), sound(1), nothing(7)) == [silence(0, 6), silence(7, 7)]


def test_what_nobody_can_hear_is_silence() -> None:
    assert metered(sound(6, -70)) == [silence(0, 6)]
    assert metered(sound(6, -55)) == []


def test_silence_is_told_while_it_lasts_and_once_it_is_over() -> None:
    meter = Meter()
    assert meter.feed(memoryview(sound(1))) == []
    (begun,) = meter.feed(memoryview(nothing(5.5)))
    assert (begun.at, begun.over) == (pytest.approx(1.0), False)
    assert meter.silent == pytest.approx(5.5)
    assert meter.feed(memoryview(nothing(20))) == []
    assert meter.feed(memoryview(sound(1))) == [silence(1, 25.5)]
    assert meter.silent == 0.0
    assert meter.end() == []


def test_a_planned_pause_is_no_dead_air() -> None:
    programme = (sound(1), nothing(10), sound(1))
    assert metered(*programme, planned=[(1, 11)]) == []
    assert metered(*programme, planned=[(1, 8)]) == []
    assert metered(*programme, planned=[(1, 5)]) == [silence(5, 6)]


def test_a_programme_that_is_joined_keeps_its_seconds() -> None:
    assert metered(nothing(10), sound(1), planned=[(60, 70)], at=60) == []
    assert metered(sound(1), nothing(6), at=60) == [silence(61, 6)]


@pytest.mark.parametrize(("row", "found"), [(2, 0), (3, 1), (50, 1)])
@pytest.mark.parametrize("sign", [1, -1])
def test_samples_at_full_scale_in_a_row_are_clipping(row: int, found: int, sign: int) -> None:
    programme = sound(1)
    # Across the seam of two windows.
    programme[5 * TENTH - 1 : 5 * TENTH - 1 + row] = sign
    assert len(metered(programme)) == found


def test_a_bad_recording_is_one_alarm() -> None:
    rattle = np.clip(sound(3, +6), -1, 1)
    assert metered(sound(2), rattle, sound(5), rattle, sound(2)) == [clipping(2, 11)]
    apart = metered(rattle, sound(40), rattle)
    assert apart == [clipping(0, 3), clipping(43, 3)]


PARTS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.0005, 0.1, 1.0]), st.integers(1, 70)), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(PARTS, st.lists(st.integers(1, 400_000), max_size=5))
def test_alarms_are_those_of_the_samples_however_they_are_parted(
    parts: list[tuple[float, int]], cuts: list[int]
) -> None:
    whole = np.concatenate(
        [np.zeros(0, np.float32), *(np.full(n * TENTH, v, np.float32) for v, n in parts)]
    )
    edges = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    blocks = [whole[a:b] for a, b in itertools.pairwise(edges)]
    found = metered(whole)
    assert metered(*blocks) == found
    assert sorted(found, key=lambda alarm: alarm.what != Wrong.SILENCE) == expected(parts)


def expected(parts: Iterable[tuple[float, int]]) -> list[Alarm]:
    """Find dead air and clipping in a list of levels, each so many tenths of a second long."""
    levels = [value for value, count in parts for _ in range(count)]
    runs = [(kind, len(list(run))) for kind, run in itertools.groupby(v < 0.001 for v in levels)]
    starts = itertools.accumulate((count for _, count in runs), initial=0)
    found = [
        silence(at / 10, count / 10)
        for at, (silent, count) in zip(starts, runs, strict=False)
        if silent and count > 50
    ]
    loud = [place for place, value in enumerate(levels) if value == 1.0]
    for place, next_ in itertools.pairwise([*loud, 10_000]) if loud else ():
        if next_ - place > 300:
            found.append(clipping(loud[0] / 10, (place - loud[0] + 1) / 10))
            loud = [each for each in loud if each > place]
    return found
