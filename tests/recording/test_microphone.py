"""A person at a terminal, a microphone: PulseAudio's, which hears what is played into its sink."""

from __future__ import annotations

import os
import shutil
import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from broadcaster.domain.record import Kind
from broadcaster.ledger.sqlite import SqliteLedger
from tests.audio.sounds import RATE, heard, wav
from tests.cli.desk import FILE, changed, make, run, write
from tests.recording.reader import Terminal
from tests.recording.sounds import voice
from tests.speakers.card import MISSING, Card

PROGRAMS = ("paplay", "setsid")
LACKING = [*MISSING, *(name for name in PROGRAMS if shutil.which(name) is None)]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"no {', '.join(LACKING)} here")


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    card = Card(tmp_path)
    card.plug()
    yield card
    card.unplug()


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "station")


def recording(station: Path, card: Card, *words: str) -> Terminal:
    command = ("script", "record", "tin", "--device", "pulse", *words)
    return Terminal(station, *command, environment=card.environment)


def play(card: Card, path: Path) -> None:
    subprocess.run(["paplay", "-d", "loa", path], env=os.environ | card.environment, check=True)


def seconds(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


def test_what_is_read_is_recorded_as_it_sounds_and_airs(
    station: Path, card: Card, tmp_path: Path
) -> None:
    spoken = voice(3.0, -12.0)
    with recording(station, card) as terminal:
        terminal.wait_for("pulse is open. Read after the count; Enter or Ctrl-C ends it.\n3... ")
        # What is typed too early ends nothing.
        terminal.type("\n")
        terminal.wait_for("\r0:00  ")
        play(card, wav(tmp_path / "spoken.wav", spoken))
        terminal.type("\n")
        assert terminal.end() == (0, "scripts/tin.flac\n")
    assert "Kính thưa bà con." in terminal.seen
    assert "too quiet" not in terminal.seen

    found = heard(station / "scripts/tin.flac")
    start, alike = best_match(found, spoken)
    assert alike > 0.99
    assert rms(found[start : start + len(spoken)]) == pytest.approx(rms(spoken), rel=0.05)
    assert start / RATE == pytest.approx(0.2, abs=0.05)
    assert list((station / "var/takes").iterdir()) == []

    assert voices_aired(station) == {"recording"}


def voices_aired(station: Path) -> set[str]:
    """Rehearse a day on which the script airs, and give who spoke."""
    airs = ('items = [{ chime = "default" }, { script = "chao" }]', 'items = [{ script = "tin" }]')
    write(station / FILE, changed(airs, ('script = "chao", zones', 'script = "tin", zones')))
    assert run(station, "rehearse", "--from", "2025-09-22", "--until", "2025-09-22").exit_code == 0
    ledger = SqliteLedger(station / "var/rehearsal/ledger.sqlite", read_only=True)
    try:
        finished = [record.data for record in ledger.records() if record.kind == Kind.FINISHED]
    finally:
        ledger.close()
    return {data["voice"] for data in finished if data["voice"]}


def test_a_reader_who_is_not_heard_is_told_and_nothing_is_put_in_place(
    station: Path, card: Card
) -> None:
    with recording(station, card) as terminal:
        terminal.wait_for("too quiet: come nearer")
        terminal.type("\x03")
        code, out = terminal.end()
    assert (code, out) == (1, "")
    left = station / "var/takes/tin.wav"
    assert terminal.seen.endswith(
        f"what was recorded is kept: var/takes/tin.wav\n{left}: holds nothing but silence\n"
    )
    assert seconds(left) > 1.5
    assert not (station / "scripts/tin.flac").exists()


def test_a_microphone_that_is_lost_leaves_what_it_heard(station: Path, card: Card) -> None:
    with recording(station, card) as terminal:
        terminal.wait_for("\r0:01  ")
        card.unplug()
        assert terminal.end() == (3, "")
    assert terminal.seen.endswith(
        "what was recorded is kept: var/takes/tin.wav\nmicrophone: the microphone is gone\n"
    )
    assert seconds(station / "var/takes/tin.wav") > 0.5
    assert not (station / "scripts/tin.flac").exists()


def test_a_command_that_is_killed_leaves_what_was_heard(station: Path, card: Card) -> None:
    with recording(station, card) as terminal:
        terminal.wait_for("\r0:01  ")
        terminal.kill()
        terminal.end()
    assert seconds(station / "var/takes/tin.wav") > 0.5


def test_a_reader_who_goes_away_before_the_count_is_over_leaves_nothing(
    station: Path, card: Card
) -> None:
    with recording(station, card) as terminal:
        terminal.wait_for("3... ")
        terminal.type("\x03")
        assert terminal.end() == (1, "")
    assert list((station / "var/takes").iterdir()) == []


def test_a_dry_run_tries_the_microphone(station: Path, card: Card) -> None:
    with recording(station, card, "--dry-run") as terminal:
        assert terminal.end() == (0, "")
    assert terminal.seen == "this microphone can be opened: pulse\nnothing was written\n"
    with Terminal(
        station, "script", "record", "tin", "--device", "usb", environment=card.environment
    ) as terminal:
        assert terminal.end() == (3, "")
    assert terminal.seen == 'microphone: there is no microphone whose name holds "usb"\n'


def best_match(found: np.ndarray, spoken: np.ndarray) -> tuple[int, float]:
    """Give where a sound begins in what was recorded, and how much alike they are from there."""
    size = len(found) + len(spoken)
    product = np.fft.irfft(np.fft.rfft(found, size) * np.conj(np.fft.rfft(spoken, size)), size)
    start = int(np.argmax(product[: len(found) - len(spoken)]))
    part = found[start : start + len(spoken)]
    return start, float(np.dot(part, spoken) / np.linalg.norm(part) / np.linalg.norm(spoken))


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(samples))))
