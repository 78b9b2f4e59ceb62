"""What can't be made: tried again where it may heal, and out of everybody's way where it can't."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import LEAD_IN, LEAD_OUT
from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import Airing, Entry
from broadcaster.domain.campaign import AudioFile, Campaign, RadioSlot, Speech
from broadcaster.domain.station import Airtime, Loudness, Script, SpeakerSpec, Station, Zone
from broadcaster.errors import DeviceError
from broadcaster.playout.prepare import Preparer
from tests.audio.sounds import sine
from tests.fakes.synthesizer import FakeSynthesizer

NOW = datetime(2025, 9, 22, tzinfo=UTC)
SPOKEN = RadioSlot(id="doc", at=(time(5, 30),), zones=("phuong",), items=(Speech("chao"),))
RECORDED = RadioSlot(id="thu", at=(time(5, 30),), zones=("phuong",), items=(AudioFile("thu.wav"),))


@pytest.fixture
def station(tmp_path: Path) -> Station:
    (tmp_path / "scripts").mkdir()
    return Station(
        folder=tmp_path,
        name="Đài thử",
        timezone=UTC,
        airtime=Airtime(),
        zones={"phuong": Zone(id="phuong", speakers=("loa",))},
        speakers={"loa": SpeakerSpec(id="loa", driver="file")},
        scripts={"chao": Script(id="chao", title="Chào", paragraphs=("Kính thưa bà con.",))},
    )


@pytest.fixture
def studio(station: Station) -> Callable[..., Preparer]:
    """Make a studio whose voice works, and has `said` what it was asked for."""
    cache = Cache(station.folder / "cache")
    voice = FakeSynthesizer(station.folder / "speech")

    def made(*, heals: bool = True) -> Preparer:
        return Preparer(station, cache, [voice], SimulatedTime(NOW), heals)

    return made


def entry(slot: RadioSlot) -> Entry:
    return Entry(Airing("ngay-hoi", slot, NOW, "phuong", 60.0), NOW, None, ("loa",))


def fault(studio: Preparer, slot: RadioSlot) -> str:
    with pytest.raises(DeviceError) as raised:
        asyncio.run(studio.prepare(entry(slot)))
    return str(raised.value)


def voice(studio: Preparer) -> FakeSynthesizer:
    (engine,) = studio.engines
    assert isinstance(engine, FakeSynthesizer)
    return engine


def test_listeners_are_told_the_slot_and_its_campaign(station: Station) -> None:
    named = replace(SPOKEN, name="Bản tin")
    campaign = Campaign(id="ngay-hoi", title="Ngày hội", radio=(SPOKEN, named))
    whole = replace(station, campaigns=(campaign,))
    voices = [FakeSynthesizer(station.folder / "speech")]
    made = Preparer(whole, Cache(station.folder / "cache"), voices, SimulatedTime(NOW))

    def title(slot: RadioSlot) -> str:
        return asyncio.run(made.programmes(entry(slot), ["loa"], NOW))["loa"].title

    assert [title(SPOKEN), title(named)] == ["Ngày hội", "Bản tin - Ngày hội"]


def test_what_failed_is_tried_again_where_it_may_heal(studio: Callable[..., Preparer]) -> None:
    made = studio()
    voice(made).broken = True
    assert fault(made, SPOKEN) == fault(made, SPOKEN) == "fake: there is nothing to speak"
    assert len(voice(made).said) == 2
    voice(made).broken = False
    asyncio.run(made.prepare(entry(SPOKEN)))
    assert made.prepared(entry(SPOKEN))


def test_what_failed_is_known_to_fail_in_simulated_time(studio: Callable[..., Preparer]) -> None:
    made = studio(heals=False)
    voice(made).broken = True
    assert fault(made, SPOKEN) == fault(made, SPOKEN) == "fake: there is nothing to speak"
    assert len(voice(made).said) == 1


def test_a_voice_that_fails_keeps_its_time_in_the_plan(studio: Callable[..., Preparer]) -> None:
    made = studio()
    planned = made.seconds("ngay-hoi", SPOKEN)
    voice(made).broken = True
    fault(made, SPOKEN)
    assert made.seconds("ngay-hoi", SPOKEN) == planned > 0


def test_a_recording_that_cannot_be_read_takes_no_time_until_it_is_another(
    station: Station, studio: Callable[..., Preparer]
) -> None:
    path = station.folder / "scripts" / "thu.wav"
    path.write_bytes(b"no sound at all")
    made = studio(heals=False)
    assert made.seconds("ngay-hoi", RECORDED) == 60.0
    assert fault(made, RECORDED) == f"{path}: holds no sound that can be read"
    assert made.seconds("ngay-hoi", RECORDED) == 0.0
    sine(path, 2.0)
    asyncio.run(made.prepare(entry(RECORDED)))
    assert made.seconds("ngay-hoi", RECORDED) == pytest.approx(2.0, abs=0.01)


def test_an_empty_recording_takes_no_time_before_anybody_tries_it(
    station: Station, studio: Callable[..., Preparer]
) -> None:
    (station.folder / "scripts" / "thu.wav").touch()
    assert studio().seconds("ngay-hoi", RECORDED) == 0.0


def test_speech_in_another_voice_is_at_hand_while_a_better_one_may_be_tried_again(
    station: Station,
) -> None:
    clock = SimulatedTime(NOW)
    better, plain = (FakeSynthesizer(station.folder / n, n) for n in ("better", "plain"))
    better.broken = True
    made = Preparer(station, Cache(station.folder / "cache"), [better, plain], clock)
    assert not made.at_hand(entry(SPOKEN))
    asyncio.run(made.prepare(entry(SPOKEN)))
    assert (made.prepared(entry(SPOKEN)), made.at_hand(entry(SPOKEN))) == (True, True)
    clock.run(clock.sleep(3600))
    assert (made.prepared(entry(SPOKEN)), made.at_hand(entry(SPOKEN))) == (False, True)


def test_the_speech_chain_can_be_turned_off(
    station: Station, studio: Callable[..., Preparer]
) -> None:
    script = station.scripts["chao"]
    shaped = asyncio.run(studio().say(script))
    off = replace(station, loudness=Loudness(speech_chain=False))
    plain = asyncio.run(replace(studio(), station=off).say(script))
    assert plain.sha256 != shaped.sha256


def test_a_bed_is_laid_under_what_is_spoken_and_its_file_watched(
    station: Station, studio: Callable[..., Preparer]
) -> None:
    made, laid = studio(heals=False), replace(SPOKEN, bed="nen.wav")
    path = station.folder / "scripts" / "nen.wav"
    path.write_bytes(b"no sound at all")
    assert fault(made, laid) == f"{path}: holds no sound that can be read"
    sine(path, 2.0)
    asyncio.run(made.prepare(entry(laid)))
    asyncio.run(made.prepare(entry(SPOKEN)))
    longer = made.seconds("ngay-hoi", laid) - made.seconds("ngay-hoi", SPOKEN)
    assert longer == pytest.approx(LEAD_IN + LEAD_OUT, abs=0.01)
