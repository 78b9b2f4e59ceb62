"""pyttsx3's queue is what speaks, and what it has spoken is whole."""

from __future__ import annotations

import itertools
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pyttsx3

from broadcaster.speech import driver

SENTENCE = "Kính mời bà con chú ý đón nghe bản tin của phường. "


@pytest.fixture
def engine() -> Iterator[Any]:
    made = pyttsx3.init(driver.register())
    made.setProperty("voice", "vi")
    made.setProperty("rate", 150)
    yield made
    made.setProperty("voice", "vi")
    made.runAndWait()


def heard(path: Path) -> bytes:
    with wave.open(str(path), "rb") as file:
        return file.readframes(file.getnframes())


def errors_of(engine: Any) -> list[Exception]:
    found: list[Exception] = []
    engine.connect("error", lambda name, exception: found.append(exception))  # noqa: ARG005
    return found


def test_pyttsx3_speaks_through_this_driver(engine: Any) -> None:
    assert str(engine) == driver.NAME
    assert isinstance(engine.proxy._driver, driver.Driver)


def test_nothing_sounds_before_the_queue_is_run_and_all_is_there_after(
    engine: Any, tmp_path: Path
) -> None:
    told: list[tuple[Any, ...]] = []
    engine.connect("started-utterance", lambda name: told.append(("started", name)))
    engine.connect(
        "finished-utterance",
        lambda name, completed: told.append(
            ("finished", name, completed, len(heard(tmp_path / name)) > 20_000)
        ),
    )
    for name in ("b.wav", "a.wav", "c.wav"):
        engine.save_to_file(SENTENCE, str(tmp_path / name), name)
    assert told == []
    assert list(tmp_path.iterdir()) == []
    engine.runAndWait()
    assert told == [
        ("started", "b.wav"),
        ("finished", "b.wav", True, True),
        ("started", "a.wav"),
        ("finished", "a.wav", True, True),
        ("started", "c.wav"),
        ("finished", "c.wav", True, True),
    ]


def test_each_of_many_files_holds_its_own_text_wholly(engine: Any, tmp_path: Path) -> None:
    words = SENTENCE.split()
    texts = [" ".join((words * 4)[: number + 1]) for number in range(40)]
    for number, text in enumerate(texts):
        engine.save_to_file(text, str(tmp_path / f"together-{number}"))
    engine.runAndWait()
    together = [len(heard(tmp_path / f"together-{number}")) for number in range(40)]
    assert all(longer > shorter for shorter, longer in itertools.pairwise(together))
    for number in (0, 7, 39):
        engine.save_to_file(texts[number], str(tmp_path / "alone"))
        engine.runAndWait()
        # espeak-ng varies by some samples, never by a sound.
        assert together[number] == pytest.approx(len(heard(tmp_path / "alone")), abs=2_000)


def test_five_thousand_words_are_all_spoken(engine: Any, tmp_path: Path) -> None:
    words = SENTENCE.split()
    text = " ".join(words[at % len(words)] for at in range(5_000))
    engine.save_to_file(text, str(tmp_path / "long.wav"))
    engine.save_to_file(" ".join(text.split()[:500]), str(tmp_path / "tenth.wav"))
    engine.runAndWait()
    long, tenth = (len(heard(tmp_path / name)) for name in ("long.wav", "tenth.wav"))
    assert long == pytest.approx(10 * tenth, rel=0.02)


def test_a_nul_ends_no_text(engine: Any, tmp_path: Path) -> None:
    engine.save_to_file("một hai ba\0bốn năm sáu", str(tmp_path / "nul.wav"))
    engine.save_to_file("một hai ba bốn năm sáu", str(tmp_path / "plain.wav"))
    engine.runAndWait()
    nul, plain = (len(heard(tmp_path / name)) for name in ("nul.wav", "plain.wav"))
    assert nul == pytest.approx(plain, abs=2_000)


def test_a_wrong_voice_is_an_error_that_says_which_there_are(engine: Any, tmp_path: Path) -> None:
    errors = errors_of(engine)
    engine.setProperty("voice", "vietnam")
    engine.save_to_file(SENTENCE, str(tmp_path / "none.wav"))
    engine.runAndWait()
    assert isinstance(errors[0], driver.UnknownVoiceError)
    assert {"vi", "vi-vn-x-south", "en-us"} <= set(errors[0].voices)
    assert "vi-vn-x-central" in str(errors[0])
    assert not (tmp_path / "none.wav").exists()
    assert engine.getProperty("voice") == ""


def test_the_three_vietnamese_voices_differ(engine: Any, tmp_path: Path) -> None:
    for voice in ("vi", "vi-vn-x-central", "vi-vn-x-south", "en-us"):
        engine.setProperty("voice", voice)
        engine.save_to_file(SENTENCE, str(tmp_path / voice))
    engine.runAndWait()
    assert len({heard(path) for path in tmp_path.iterdir()}) == 4


def test_rate_and_volume_are_obeyed(engine: Any, tmp_path: Path) -> None:
    engine.setProperty("volume", 1.0)
    engine.save_to_file(SENTENCE, str(tmp_path / "loud.wav"))
    engine.setProperty("volume", 0.5)
    engine.setProperty("rate", 220)
    engine.save_to_file(SENTENCE, str(tmp_path / "soft.wav"))
    engine.runAndWait()
    assert (engine.getProperty("rate"), engine.getProperty("volume")) == (220, 0.5)
    loud, soft = (memoryview(heard(tmp_path / name)).cast("h") for name in ("loud.wav", "soft.wav"))
    assert len(soft) < 0.8 * len(loud)
    assert max(soft) == pytest.approx(max(loud) / 2, rel=0.1)


def test_speaks_in_a_thread_of_its_own(engine: Any, tmp_path: Path) -> None:
    engine.save_to_file(SENTENCE, str(tmp_path / "thread.wav"))
    thread = threading.Thread(target=engine.runAndWait)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert len(heard(tmp_path / "thread.wav")) > 100_000


def test_what_can_not_be_written_is_an_error_and_the_rest_is_spoken(
    engine: Any, tmp_path: Path
) -> None:
    errors = errors_of(engine)
    engine.save_to_file(SENTENCE, str(tmp_path / "no-folder" / "a.wav"))
    engine.save_to_file(SENTENCE, str(tmp_path / "b.wav"))
    engine.runAndWait()
    assert [type(error) for error in errors] == [FileNotFoundError]
    assert len(heard(tmp_path / "b.wav")) > 100_000


def test_a_sink_that_fails_stops_the_voice(engine: Any, tmp_path: Path) -> None:
    class FullError(Exception):
        pass

    calls = []

    def sink(data: bytes) -> None:
        calls.append(data)
        raise FullError

    with pytest.raises(FullError):
        engine.proxy._driver._espeak.speak(SENTENCE * 20, sink)
    assert len(calls) == 1
    engine.save_to_file(SENTENCE, str(tmp_path / "after.wav"))
    engine.runAndWait()
    assert len(heard(tmp_path / "after.wav")) > 100_000


def test_sound_goes_out_through_the_station_s_speakers_alone(engine: Any) -> None:
    errors = errors_of(engine)
    engine.say(SENTENCE)
    engine.runAndWait()
    assert [str(error) for error in errors] == ["this driver speaks into files only"]


@pytest.mark.parametrize("name", ["pitch", ""])
def test_an_unknown_property_is_an_error(engine: Any, name: str) -> None:
    errors = errors_of(engine)
    engine.setProperty(name, 1)
    engine.runAndWait()
    assert [type(error) for error in errors] == [KeyError]
