"""What every speech engine must do: espeak-ng, and the stand-in that hums."""

from __future__ import annotations

import asyncio
import wave
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.errors import DeviceError
from broadcaster.ports import Spoken, Synthesizer
from broadcaster.speech.espeak import Espeak
from broadcaster.speech.estimate import estimate
from tests.fakes.synthesizer import FakeSynthesizer

TEXTS = (
    "Kính thưa bà con và các bạn!",
    "Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia, mời bà con đón nghe bản tin.",
)


@pytest.fixture(params=["espeak", "fake"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Synthesizer:
    if request.param == "espeak":
        return Espeak(Cache(tmp_path))
    return FakeSynthesizer(tmp_path)


def speak(engine: Synthesizer, texts: tuple[str, ...], voice: str | None = None) -> Spoken:
    return asyncio.run(engine.speak(texts, voice))


def test_gives_a_16_bit_mono_wav_of_the_stated_length(engine: Synthesizer) -> None:
    spoken = speak(engine, TEXTS)
    with wave.open(str(spoken.path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert spoken.seconds == pytest.approx(file.getnframes() / file.getframerate())
        loudest = max(memoryview(file.readframes(file.getnframes())).cast("h"))
    assert loudest > 1_000
    assert spoken.seconds == pytest.approx(estimate(TEXTS), rel=0.15)


def test_names_the_engine_and_its_voice(engine: Synthesizer) -> None:
    assert speak(engine, TEXTS[:1]).voice == f"{engine.name}:vi"
    assert speak(engine, TEXTS[:1], "vi-vn-x-south").voice == f"{engine.name}:vi-vn-x-south"


def test_finds_again_what_it_spoke(engine: Synthesizer) -> None:
    assert engine.cached(TEXTS, None) is None
    spoken = speak(engine, TEXTS)
    assert engine.cached(TEXTS, None) == spoken
    assert engine.cached(TEXTS, "vi") == spoken
    assert speak(engine, TEXTS) == spoken


@pytest.mark.parametrize(
    ("texts", "voice"),
    [(TEXTS[::-1], None), (TEXTS[:1], None), (TEXTS, "vi-vn-x-central")],
    ids=["order", "fewer", "voice"],
)
def test_takes_other_speech_for_other(
    engine: Synthesizer, texts: tuple[str, ...], voice: str | None
) -> None:
    spoken = speak(engine, TEXTS)
    assert engine.cached(texts, voice) is None
    other = speak(engine, texts, voice)
    assert other.path != spoken.path


def test_leaves_empty_paragraphs_out(engine: Synthesizer) -> None:
    spoken = speak(engine, TEXTS)
    assert engine.cached(("", TEXTS[0], " \n", TEXTS[1] + " "), None) == spoken


@pytest.mark.parametrize("texts", [(), ("",), (" ", "\n\t")])
def test_has_nothing_to_say_on_nothing(engine: Synthesizer, texts: tuple[str, ...]) -> None:
    with pytest.raises(DeviceError, match="nothing to speak"):
        speak(engine, texts)
    assert engine.cached(texts, None) is None


def test_refuses_a_voice_that_there_is_not(engine: Synthesizer) -> None:
    with pytest.raises(DeviceError, match="no voice viet") as refused:
        speak(engine, TEXTS, "viet")
    assert refused.value.device == engine.name
    assert engine.cached(TEXTS, "viet") is None


def test_speaks_several_texts_at_once(engine: Synthesizer) -> None:
    async def both() -> list[Spoken]:
        return await asyncio.gather(*(engine.speak((text,), None) for text in TEXTS))

    short, long = asyncio.run(both())
    assert long.seconds > short.seconds * 1.5
