"""Recorded files: how long they are, parts of them, and what may be wrong with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio import render as rendering
from broadcaster.audio.cache import Cache
from broadcaster.audio.decode import decoded
from broadcaster.audio.fault import Fault
from broadcaster.audio.programme import Programme, Sound, Tone
from broadcaster.audio.render import cut, known_length, length, render, unreadable
from broadcaster.errors import DeviceError
from tests.audio.sounds import RATE, crackle, encoded, heard, sine, wav

RUBBISH = np.random.default_rng(1).bytes(1_000_000)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp3", "libmp3lame"), ("a.flac", "flac"), ("a.opus", "libopus")]
)
def test_a_length_is_measured_once(
    cache: Cache, tmp_path: Path, name: str, codec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = encoded(sine(tmp_path / "sine.wav", 7.5), tmp_path / name, codec)
    assert known_length(path, cache) is None
    assert asyncio.run(length(path, cache)) == pytest.approx(7.5, abs=0.06)
    monkeypatch.setattr(rendering, "CHILD", "there.is.no.such.module")
    assert known_length(path, cache) == asyncio.run(length(path, cache))


def test_a_file_that_changed_has_no_known_length(cache: Cache, tmp_path: Path) -> None:
    path = sine(tmp_path / "a.wav", 2)
    asyncio.run(length(path, cache))
    sine(path, 1)
    assert known_length(path, cache) is None
    assert asyncio.run(length(path, cache)) == 1.0
    path.unlink()
    assert known_length(path, cache) is None


def test_files_are_looked_into_together_and_the_good_ones_once(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = sine(tmp_path / "good.wav", 1), tmp_path / "bad.wav"
    bad.touch()
    found = asyncio.run(unreadable([good, bad], cache))
    assert {path: str(wrong) for path, wrong in found.items()} == {
        bad: "holds no sound that can be read"
    }
    monkeypatch.setattr(rendering, "CHILD", "there.is.no.such.module")
    assert asyncio.run(unreadable([good], cache)) == {}


def test_a_recording_of_nothing_is_found_before_it_is_due(cache: Cache, tmp_path: Path) -> None:
    path = wav(tmp_path / "silent.wav", np.zeros(RATE))
    (wrong,) = asyncio.run(unreadable([path], cache)).values()
    assert str(wrong) == "holds nothing but silence"


def test_what_states_no_length_is_read_no_further_than_it_may_be_long(tmp_path: Path) -> None:
    path = encoded(sine(tmp_path / "sine.wav", 5), tmp_path / "a.mp3", "libmp3lame")
    bare = path.read_bytes().replace(b"Xing", b"None").replace(b"Info", b"None")
    path.write_bytes(bare)
    given = decoded(path, longest=2.0)
    with pytest.raises(Fault, match="longer than"):
        for _ in given:
            pass
    assert sum(frame.samples for frame in decoded(path)) / RATE == pytest.approx(5, abs=0.1)


def test_a_good_file_is_good_where_that_can_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache")
    assert asyncio.run(unreadable([sine(tmp_path / "a.wav", 1)], cache)) == {}


@pytest.mark.parametrize(
    ("start", "seconds", "first", "last"),
    [
        (0.0, 5.0, 0, 5 * RATE),
        (1.5, 2.25, round(1.5 * RATE), round(3.75 * RATE)),
        (0.00001, 0.5, 0, RATE // 2),
        (4.0, 60.0, 4 * RATE, 5 * RATE),
    ],
)
def test_a_cut_is_exact_to_the_sample(
    cache: Cache, tmp_path: Path, start: float, seconds: float, first: int, last: int
) -> None:
    source = asyncio.run(
        render(Programme((Sound(crackle(tmp_path / "a.wav", 5, -10)),)), cache)
    ).path
    to = tmp_path / "cut.flac"
    asyncio.run(cut(source, start, seconds, to))
    assert np.array_equal(heard(to), heard(source)[first:last])
    assert not list(tmp_path.glob("*.part"))


def test_a_cut_after_the_end_is_refused(cache: Cache, tmp_path: Path) -> None:
    source = asyncio.run(render(Programme((Tone(),)), cache)).path
    with pytest.raises(DeviceError, match="ends before"):
        asyncio.run(cut(source, 60.0, 5.0, tmp_path / "cut.flac"))
    assert not (tmp_path / "cut.flac").exists()


def test_a_cut_that_can_not_be_written_is_an_error(cache: Cache, tmp_path: Path) -> None:
    source = asyncio.run(render(Programme((Tone(),)), cache)).path
    with pytest.raises(DeviceError, match="can't write in"):
        asyncio.run(cut(source, 0.0, 1.0, tmp_path / "no-folder" / "cut.flac"))


def half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def holed(whole: bytes) -> bytes:
    third, tenth = len(whole) // 3, len(whole) // 10
    return whole[:third] + bytes(tenth) + whole[third + tenth :]


def noisy(whole: bytes) -> bytes:
    third = len(whole) // 3
    return whole[:third] + RUBBISH[:third] + whole[2 * third :]


@pytest.mark.parametrize(
    ("codec", "name", "harm", "told"),
    [
        ("libmp3lame", "a.mp3", half, "cut short"),
        ("libmp3lame", "a.mp3", holed, "cut short|damaged"),
        ("libmp3lame", "a.mp3", noisy, "damaged"),
        ("flac", "a.flac", half, "cut short"),
        ("flac", "a.flac", noisy, "cut short|damaged"),
        ("pcm_s16le", "a.wav", half, "cut short"),
        ("libopus", "a.ogg", holed, "cut short|damaged"),
        ("aac", "a.m4a", half, "no sound that can be read"),
        ("aac", "a.m4a", noisy, "damaged"),
    ],
)
def test_a_damaged_recording_is_told_by_name(
    cache: Cache,
    tmp_path: Path,
    codec: str,
    name: str,
    harm: Callable[[bytes], bytes],
    told: str,
) -> None:
    path = encoded(crackle(tmp_path / "source.wav", 4, -6), tmp_path / name, codec)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(DeviceError, match=told) as refused:
        asyncio.run(render(Programme((Tone(), Sound(path))), cache))
    assert refused.value.device == str(path)
    assert not list(cache.root.rglob("*.flac"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.mp3", b"", "no sound that can be read"),
        ("text.mp3", "Kính thưa bà con\n".encode() * 5_000, "no sound that can be read"),
        ("zeros.wav", bytes(100_000), "no sound that can be read"),
        ("random.mp3", RUBBISH[:100_000], "damaged|no sound"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n", "no sound"),
        ("missing.mp3", None, "there is no such file"),
    ],
)
def test_what_is_no_recording_is_told_by_name(
    cache: Cache, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DeviceError, match=told) as refused:
        asyncio.run(length(path, cache))
    assert refused.value.device == str(path)
    with pytest.raises(DeviceError, match=told):
        asyncio.run(render(Programme((Sound(path),)), cache))


def test_a_folder_is_no_recording(cache: Cache, tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="no sound that can be read"):
        asyncio.run(render(Programme((Sound(tmp_path),)), cache))


def test_rubbish_after_the_end_of_an_mp3_is_no_damage(cache: Cache, tmp_path: Path) -> None:
    path = encoded(sine(tmp_path / "sine.wav", 5), tmp_path / "a.mp3", "libmp3lame")
    path.write_bytes(path.read_bytes() + b"TAG" + RUBBISH[:125])
    assert asyncio.run(length(path, cache)) == pytest.approx(5, abs=0.06)


def test_a_wav_written_into_a_pipe_is_whole(cache: Cache, tmp_path: Path) -> None:
    path = sine(tmp_path / "a.wav", 2)
    whole = bytearray(path.read_bytes())
    whole[4:8] = whole[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(whole)
    assert asyncio.run(length(path, cache)) == 2.0
