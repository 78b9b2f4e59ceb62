"""What every speech engine must do: those there are, and the stand-in that hums."""

from __future__ import annotations

import asyncio
import wave
from dataclasses import dataclass
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.domain.sound import Spoken
from broadcaster.errors import DeviceError
from broadcaster.ports import Synthesizer
from broadcaster.speech.espeak import Espeak
from broadcaster.speech.estimate import estimate
from tests.fakes.synthesizer import FakeSynthesizer
from tests.speech.commands import command
from tests.speech.piper_voices import needs_piper, piper

VIETNAMESE = (
    "Kính thưa bà con và các bạn!",
    "Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia, mời bà con đón nghe bản tin.",
)
ENGLISH = (
    "Dear neighbours, good morning!",
    "On Innovation Day the ward opens its doors, and everybody is welcome in the great hall.",
)
VOICES = ("vi", "vi-vn-x-south", "vi-vn-x-central")


@dataclass(frozen=True)
class Subject:
    """An engine, texts of its language, and three of its voices, its own choice first."""

    engine: Synthesizer
    texts: tuple[str, str] = VIETNAMESE
    voices: tuple[str, str, str] = VOICES
    slack: float = 0.15
    """How far its pace may be from what is foretold, which is espeak-ng's."""

    def speak(self, texts: tuple[str, ...] | None = None, voice: str | None = None) -> Spoken:
        said = self.texts if texts is None else texts
        return asyncio.run(self.engine.speak(said, voice))


@pytest.fixture(params=["espeak", "command", pytest.param("piper", marks=needs_piper), "fake"])
def on(request: pytest.FixtureRequest, tmp_path: Path) -> Subject:
    match request.param:
        case "espeak":
            return Subject(Espeak(Cache(tmp_path)))
        case "command":
            return Subject(command(tmp_path, "{voice}", voices=VOICES))
        case "piper":
            names = ("joe", "joe-fast", "joe-slow")
            return Subject(piper(tmp_path, *names), ENGLISH, names, slack=0.5)
    return Subject(FakeSynthesizer(tmp_path))


def test_gives_a_16_bit_mono_wav_of_the_stated_length(on: Subject) -> None:
    spoken = on.speak()
    with wave.open(str(spoken.path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert spoken.seconds == pytest.approx(file.getnframes() / file.getframerate())
        loudest = max(memoryview(file.readframes(file.getnframes())).cast("h"))
    assert loudest > 1_000
    assert spoken.seconds == pytest.approx(estimate(on.texts), rel=on.slack)


def test_names_the_engine_and_its_voice(on: Subject) -> None:
    assert on.speak(on.texts[:1]).voice == f"{on.engine.name}:{on.voices[0]}"
    assert on.speak(on.texts[:1], on.voices[1]).voice == f"{on.engine.name}:{on.voices[1]}"


def test_lists_its_voices_its_own_choice_first(on: Subject) -> None:
    voices = asyncio.run(on.engine.voices())
    assert voices[0] == on.voices[0]
    assert set(on.voices) <= set(voices)


def test_what_works_passes_at_a_glance(on: Subject) -> None:
    asyncio.run(on.engine.watch())


def test_finds_again_what_it_spoke(on: Subject) -> None:
    assert on.engine.cached(on.texts, None) is None
    spoken = on.speak()
    assert on.engine.cached(on.texts, None) == spoken
    assert on.engine.cached(on.texts, on.voices[0]) == spoken
    assert on.speak() == spoken


@pytest.mark.parametrize("other", ["order", "fewer", "voice"])
def test_takes_other_speech_for_other(on: Subject, other: str) -> None:
    texts, voice = {
        "order": (on.texts[::-1], None),
        "fewer": (on.texts[:1], None),
        "voice": (on.texts, on.voices[2]),
    }[other]
    spoken = on.speak()
    assert on.engine.cached(texts, voice) is None
    assert on.speak(texts, voice).path != spoken.path


def test_leaves_empty_paragraphs_out(on: Subject) -> None:
    spoken = on.speak()
    assert on.engine.cached(("", on.texts[0], " \n", on.texts[1] + " "), None) == spoken


@pytest.mark.parametrize("texts", [(), ("",), (" ", "\n\t")])
def test_has_nothing_to_say_on_nothing(on: Subject, texts: tuple[str, ...]) -> None:
    with pytest.raises(DeviceError, match="nothing to speak"):
        on.speak(texts)
    assert on.engine.cached(texts, None) is None


def test_refuses_a_voice_that_there_is_not(on: Subject) -> None:
    with pytest.raises(DeviceError, match="no voice viet") as refused:
        on.speak(voice="viet")
    assert refused.value.device == on.engine.name
    assert on.engine.cached(on.texts, "viet") is None


def test_speaks_several_texts_at_once(on: Subject) -> None:
    async def both() -> list[Spoken]:
        return await asyncio.gather(*(on.engine.speak((text,), None) for text in on.texts))

    short, long = asyncio.run(both())
    assert long.seconds > short.seconds * 1.5
