"""Where a sound card's first sample is placed, by a card that tells its delay as PulseAudio does.

No real card can be asked to be wrong, or to run dry, at a given moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from broadcaster.audio.frames import FORMAT, SAMPLE_BYTES, from_bytes
from broadcaster.speakers import soundcard
from broadcaster.speakers.soundcard import RATE, Soundcard

PERIOD = RATE // 20
FILLED = 4
"""Periods that the card asks for at once, to fill its buffer."""
ORIGIN = 100.2
"""When its first sample leaves it, by the steady clock."""
START = 101.5


class Card:
    """PortAudio and the clock, both in the hands of a test."""

    PortAudioError = OSError

    def __init__(self) -> None:
        self.now = 100.0
        self.given = 0
        self.origin = ORIGIN
        self.out = np.empty(0, np.float32)
        self.active = True
        self.opened = threading.Event()

    def monotonic(self) -> float:
        return self.now

    def query_devices(self, *_: object) -> dict[str, Any]:
        return {"name": "card", "index": 0, "max_output_channels": 1}

    def RawOutputStream(self, *, callback: Callable[..., None], **_: object) -> Card:  # noqa: N802 - PortAudio's
        self._callback = callback
        return self

    def start(self) -> None:
        """Nothing is asked for yet."""
        self.opened.set()

    def close(self) -> None:
        """Nothing more is asked for."""

    def stop(self) -> None:
        """Nothing that it holds is heard any more."""
        self.stopped = self.now

    def ask(self, wrong: float = 0.0, *, dry: bool = False) -> None:
        """Ask for a period, and tell its delay, off by some seconds."""
        block = bytearray(PERIOD * SAMPLE_BYTES)
        told = self.origin + self.given / RATE + wrong
        time = SimpleNamespace(outputBufferDacTime=told - self.now, currentTime=0.0)
        self._callback(block, PERIOD, time, SimpleNamespace(output_underflow=dry))
        self.out = np.concatenate((self.out, np.frombuffer(block, np.float32)))
        self.given += PERIOD

    def go_on(self, periods: int, wrong: Callable[[int], float] = lambda _: 0.0) -> None:
        """Ask for a period each time that one is out."""
        for number in range(periods):
            self.now += PERIOD / RATE
            self.ask(wrong(number))

    def go_on_for(self, play: threading.Thread) -> None:
        """Go on until it has ended."""
        while play.is_alive():
            self.go_on(1)

    @property
    def sounded(self) -> float:
        """Give when the first sample that is heard left it."""
        return self.origin + int(np.flatnonzero(self.out)[0]) / RATE

    @property
    def ended(self) -> float:
        """Give when the last sample that is heard has left it."""
        return self.origin + (int(np.flatnonzero(self.out)[-1]) + 1) / RATE


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    card = Card()
    monkeypatch.setattr(soundcard, "library", lambda: card)
    monkeypatch.setattr(soundcard, "SystemTime", lambda: card)
    return card


def playing(card: Card) -> tuple[threading.Thread, list[float]]:
    """Have a second of full scale played at its instant."""
    sink, begun = Soundcard({"device": ""}), list[float]()
    block = from_bytes(np.ones(RATE, np.float32).tobytes(), FORMAT, SAMPLE_BYTES)
    play = threading.Thread(
        target=sink.play, args=(iter([block]), START, begun.append, threading.Event()), daemon=True
    )
    play.start()
    assert card.opened.wait(10)
    for _ in range(FILLED):
        card.ask(0.03)
    return play, begun


def test_what_it_tells_after_its_buffer_was_filled_is_believed_and_nothing_later(
    card: Card,
) -> None:
    play, begun = playing(card)
    # Right for half a second, then smoothed away from what is.
    card.go_on(60, lambda number: 0.0 if number < 10 else 0.001 * (number - 9))
    card.go_on_for(play)
    assert card.sounded == pytest.approx(START, abs=1 / RATE)
    assert begun == [pytest.approx(START, abs=1 / RATE)]


def test_after_it_ran_dry_it_is_asked_anew(card: Card) -> None:
    play, begun = playing(card)
    card.go_on(8)
    card.origin += 0.034
    card.now += PERIOD / RATE
    card.ask(dry=True)
    card.go_on(60)
    card.go_on_for(play)
    assert card.sounded == pytest.approx(START, abs=1 / RATE)
    assert begun == [pytest.approx(START, abs=1 / RATE)]


@pytest.mark.parametrize("dry", [0.05, 0.4, 3.0])
def test_that_it_ran_dry_is_seen_where_it_does_not_say_so(card: Card, dry: float) -> None:
    play, begun = playing(card)
    card.go_on(8)
    card.origin += dry
    card.now += dry
    card.go_on_for(play)
    start = max(START, card.origin + (FILLED + 8) * PERIOD / RATE)
    assert card.sounded == pytest.approx(start, abs=1 / RATE)
    assert begun == [pytest.approx(start, abs=1 / RATE)]


@pytest.mark.parametrize("dry", [0.05, 0.4, 3.0])
def test_the_end_is_heard_however_long_it_was_dry(card: Card, dry: float) -> None:
    play, _ = playing(card)
    card.go_on(30)
    assert card.sounded == pytest.approx(START, abs=1 / RATE)
    card.origin += dry
    card.now += dry
    card.go_on_for(play)
    assert card.stopped >= card.ended - 1 / RATE
