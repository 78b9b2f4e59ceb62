"""A programme's finished file, judged by an ear of the tests' own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio import render as rendering
from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Segment, Silence, Sound, Tone
from broadcaster.audio.render import render, rendered
from broadcaster.domain.sound import Prepared
from broadcaster.errors import DeviceError
from broadcaster.speech.espeak import Espeak
from tests.audio.sounds import RATE, crackle, encoded, heard, loudness, sine, true_peak, wav

NEWS = (
    "Kính thưa bà con và các bạn!",
    "Đây là Nghị quyết về đột phá phát triển khoa học, công nghệ và đổi mới sáng tạo.",
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def finished(cache: Cache, *segments: Segment, **levels: float) -> Prepared:
    return asyncio.run(render(Programme(segments, **levels), cache))


def judge(found: Prepared, lufs: float = -16.0, dbtp: float = -1.0) -> None:
    """Measure the file anew, and hold the statement about it to that."""
    samples = heard(found.path)
    assert loudness(samples) == pytest.approx(lufs, abs=0.3)
    assert found.lufs == pytest.approx(loudness(samples), abs=0.05)
    # The standard's own meter may read 0.1 dB under the true peak.
    assert true_peak(samples) <= dbtp + 0.1
    assert found.dbtp <= dbtp
    assert found.dbtp == pytest.approx(true_peak(samples), abs=0.3)
    assert found.seconds == pytest.approx(len(samples) / RATE)
    assert found.sha256 == hashlib.sha256(found.path.read_bytes()).hexdigest()


def test_an_announcement_is_levelled(cache: Cache) -> None:
    spoken = asyncio.run(Espeak(cache).speak(NEWS, None))
    programme = Programme((Tone(), Silence(1.0), Sound(spoken.path), Tone("closing")))
    found = asyncio.run(render(programme, cache, spoken.voice))
    judge(found)
    assert found.voice == "espeak:vi"
    chimes = sum(finished(cache, Tone(name)).seconds for name in ("default", "closing"))
    assert found.seconds == pytest.approx(chimes + 1.0 + spoken.seconds, abs=0.01)


@pytest.mark.parametrize("dbfs", [-35.0, -15.0, 0.0])
def test_a_recording_is_levelled_however_loud_it_came(
    cache: Cache, tmp_path: Path, dbfs: float
) -> None:
    judge(finished(cache, Sound(crackle(tmp_path / "noise.wav", 8, dbfs))))


@pytest.mark.parametrize(
    ("levels", "lufs", "dbtp"),
    [
        ({"gain_db": -8.0}, -24.0, -1.0),
        ({"gain_db": 2.0}, -14.0, -1.0),
        ({"target_lufs": -23.0, "peak_dbtp": -9.0}, -23.0, -9.0),
        ({"target_lufs": -30.0, "peak_dbtp": -3.0, "gain_db": 6.0}, -24.0, -3.0),
    ],
)
def test_levels_are_settings_and_the_gain_comes_after(
    cache: Cache, tmp_path: Path, levels: dict[str, float], lufs: float, dbtp: float
) -> None:
    source = crackle(tmp_path / "noise.wav", 8, -10)
    judge(finished(cache, Sound(source), **levels), lufs, dbtp)


def test_peaks_are_held_where_the_loudness_asks_too_much(cache: Cache, tmp_path: Path) -> None:
    found = finished(cache, Sound(sine(tmp_path / "a.wav", 3)), gain_db=15.0)
    samples = heard(found.path)
    assert -2.0 < true_peak(samples) <= -0.95
    assert found.lufs == pytest.approx(loudness(samples), abs=0.05)


def test_every_segment_is_levelled_by_itself(cache: Cache, tmp_path: Path) -> None:
    loud = sine(tmp_path / "loud.wav", 4, -6)
    soft = sine(tmp_path / "soft.wav", 4, -40, hertz=500)
    samples = heard(finished(cache, Sound(loud), Silence(1), Sound(soft)).path)
    first, second = loudness(samples[: 4 * RATE]), loudness(samples[5 * RATE :])
    assert first == pytest.approx(second, abs=0.3)
    assert not np.any(samples[4 * RATE + 2_000 : 5 * RATE - 2_000])


def test_nothing_is_lost_at_the_ends_or_the_seams(cache: Cache, tmp_path: Path) -> None:
    click = wav(tmp_path / "click.wav", [0.4, *[0] * 47_998, -0.4])
    samples = heard(finished(cache, Sound(click), Silence(0.5), Sound(click)).path)
    assert len(samples) == 2.5 * RATE
    peaks = np.flatnonzero(np.abs(samples) > 0.5 * np.abs(samples).max())
    assert [round(at / 100) * 100 for at in peaks] == [0, 48_000, 72_000, 120_000]


@pytest.mark.parametrize(
    ("name", "codec", "rate", "layout"),
    [
        ("a.mp3", "libmp3lame", 44_100, "stereo"),
        ("a.ogg", "libopus", 48_000, "stereo"),
        ("a.flac", "flac", 96_000, "stereo"),
        ("a.m4a", "aac", 32_000, "mono"),
        ("a.wav", "pcm_u8", 8_000, "mono"),
        ("surround.wav", "pcm_s16le", 48_000, "5.1"),
        ("quảng cáo: 50% #1.mp3", "libmp3lame", 22_050, "mono"),
    ],
)
def test_reads_what_people_record(
    cache: Cache, tmp_path: Path, name: str, codec: str, rate: int, layout: str
) -> None:
    source = encoded(sine(tmp_path / "sine.wav", 3), tmp_path / name, codec, rate, layout)
    found = finished(cache, Sound(source))
    judge(found)
    assert found.seconds == pytest.approx(3, abs=0.06)


@pytest.mark.parametrize(
    ("segments", "seconds", "lufs"),
    [
        ((Silence(2.0),), 2.0, None),
        ((Silence(0.1),), 0.5, None),
        ((), 0.5, None),
        ((Tone(),), 3.04, -16.0),
        ((Tone("closing"), Silence(0.25)), 3.29, -16.0),
    ],
)
def test_short_and_silent_programmes(
    cache: Cache, segments: tuple[Segment, ...], seconds: float, lufs: float | None
) -> None:
    found = finished(cache, *segments)
    assert found.seconds == pytest.approx(seconds)
    if lufs is None:
        assert (found.lufs, found.dbtp) == (None, -120.0)
        assert not heard(found.path).any()
    else:
        judge(found)


def test_a_sound_too_short_for_the_gate_is_levelled_in_silence(
    cache: Cache, tmp_path: Path
) -> None:
    found = finished(cache, Sound(sine(tmp_path / "blip.wav", 0.2)))
    assert found.seconds == pytest.approx(0.5)
    judge(found)


def test_a_volume_of_nothing_is_silence(cache: Cache, tmp_path: Path) -> None:
    found = finished(cache, Sound(sine(tmp_path / "a.wav", 1)), gain_db=-math.inf)
    assert (found.lufs, found.seconds) == (None, 1.0)
    assert not heard(found.path).any()


def test_hiss_is_not_blown_up(cache: Cache, tmp_path: Path) -> None:
    hiss = crackle(tmp_path / "hiss.wav", 3, -52)
    found = finished(cache, Sound(hiss))
    assert found.lufs == pytest.approx(loudness(heard(hiss)) + 40, abs=0.3)
    assert found.lufs < -20


def test_finds_again_what_it_rendered(cache: Cache, tmp_path: Path) -> None:
    source = sine(tmp_path / "a.wav", 1)
    programme = Programme((Tone(), Sound(source)))
    assert rendered(programme, cache) is None
    found = asyncio.run(render(programme, cache, "piper:vi"))
    assert rendered(programme, cache, "piper:vi") == found
    assert rendered(programme, Cache(cache.root), "piper:vi") == found
    copy = tmp_path / "copy.wav"
    copy.write_bytes(source.read_bytes())
    again = asyncio.run(render(Programme((Tone(), Sound(copy))), cache, "piper:vi"))
    assert again == found


def test_a_recording_that_changed_is_rendered_anew(cache: Cache, tmp_path: Path) -> None:
    source = sine(tmp_path / "a.wav", 1)
    programme = Programme((Sound(source),))
    found = asyncio.run(render(programme, cache))
    sine(source, 1, hertz=440)
    assert rendered(programme, cache) is None
    assert asyncio.run(render(programme, cache)).sha256 != found.sha256


@pytest.mark.parametrize(
    "other",
    [
        Programme((Tone(), Silence(2.0))),
        Programme((Silence(1.0), Tone())),
        Programme((Tone("closing"), Silence(1.0))),
        Programme((Tone(), Silence(1.0)), gain_db=-1.0),
        Programme((Tone(), Silence(1.0)), target_lufs=-17.0),
        Programme((Tone(), Silence(1.0)), peak_dbtp=-2.0),
    ],
)
def test_another_programme_is_another_file(cache: Cache, other: Programme) -> None:
    found = finished(cache, Tone(), Silence(1.0))
    assert rendered(other, cache) is None
    assert asyncio.run(render(other, cache)).path != found.path


def test_a_torn_file_is_rendered_anew(cache: Cache) -> None:
    found = finished(cache, Tone())
    found.path.write_bytes(found.path.read_bytes()[:-1])
    assert rendered(Programme((Tone(),)), cache) is None
    assert finished(cache, Tone()) == found


def test_facts_that_can_not_be_read_are_written_anew(cache: Cache) -> None:
    found = finished(cache, Tone())
    found.path.with_suffix(".json").write_text("{")
    assert rendered(Programme((Tone(),)), cache) is None
    assert finished(cache, Tone()) == found


def test_a_chime_that_there_is_not_is_named(cache: Cache) -> None:
    with pytest.raises(DeviceError, match="no chime gong: there are default, closing"):
        finished(cache, Tone("gong"))


def test_a_full_disk_is_the_cache_s_error(cache: Cache, tmp_path: Path) -> None:
    source = sine(tmp_path / "a.wav", 5)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, usual[1]))
    try:
        with pytest.raises(DeviceError, match=r"cache: can't write in .*File too large"):
            finished(cache, Sound(source))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert not list(cache.root.rglob("*.flac"))
    assert not list(cache.root.rglob("*.part"))


def test_a_hang_is_killed_at_the_deadline(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hanging_child.py").write_text("import signal\nsignal.pause()\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(rendering, "CHILD", "hanging_child")
    monkeypatch.setattr(rendering, "LEAST_DEADLINE", 0.5)
    with pytest.raises(DeviceError, match=r"audio: gave no answer within 0.5 s"):
        finished(cache, Tone())
    assert rendered(Programme((Tone(),)), cache) is None


def test_the_daemon_s_side_loads_nothing_heavy() -> None:
    program = (
        "import json, sys\n"
        "import broadcaster.audio.render, broadcaster.speech.espeak, broadcaster.speech.estimate\n"
        "print(json.dumps([name for name in ('av', 'numpy', 'pydub', 'pyttsx3') "
        "if name in sys.modules]))"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert json.loads(told.stdout) == []


def test_ten_minutes_stay_under_150_megabytes(tmp_path: Path) -> None:
    source = crackle(tmp_path / "ten.wav", 600, -6)
    program = (
        "import asyncio, resource, sys\n"
        "from pathlib import Path\n"
        "from broadcaster.audio.cache import Cache\n"
        "from broadcaster.audio.programme import Programme, Sound, Tone\n"
        "from broadcaster.audio.render import render\n"
        "programme = Programme((Tone(), Sound(Path(sys.argv[1]))))\n"
        "found = asyncio.run(render(programme, Cache(Path(sys.argv[2]))))\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "print(found.seconds, found.lufs, peak)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(source), str(tmp_path / "cache")],
        check=True,
        capture_output=True,
    )
    seconds, lufs, kilobytes = map(float, told.stdout.split())
    assert seconds == pytest.approx(603.04)
    assert lufs == pytest.approx(-16, abs=0.3)
    assert kilobytes < 150_000
