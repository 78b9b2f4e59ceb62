"""What IP loudspeakers hear, by FFmpeg's own receiver."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.decode import decoded
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Prepared
from broadcaster.errors import DeviceError
from broadcaster.speakers import player
from broadcaster.speakers.player import PlayerSpeaker
from broadcaster.speakers.rtp import CODECS
from tests.audio.sounds import sine
from tests.bench.starts import receiver
from tests.speakers.processes import players
from tests.speakers.test_soundcard import cut_in

ROOT = Path(__file__).parents[2]
HEARD = 1.5
TOLERATED = {"l16": 1, "pcma": 0.05, "pcmu": 0.05, "opus": 0.2}
"""Of full scale: what a codec may change; of l16, one step of 16 bit."""


def speaker(folder: Path, codec: str, **more: object) -> PlayerSpeaker:
    """Send to a group that stays on this machine; each codec has its own."""
    sink = {
        "driver": "multicast", "group": f"239.255.77.{list(CODECS).index(codec) + 2}",
        "port": 5004, "codec": codec, "ttl": 1, "dscp": 46, "interface": "127.0.0.1",
        "name": "Loa", "sdp": str(folder / "loa.sdp"),
    }  # fmt: skip
    return PlayerSpeaker("loa", sink | more, SystemTime())


async def heard(of: PlayerSpeaker, folder: Path, chime: Prepared) -> bytes:
    """Let a receiver listen to one broadcast."""
    await of.check()
    receiver = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.speakers.receiver", str(folder / "loa.sdp"), str(HEARD),
        stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    at = SystemTime().now() + timedelta(seconds=4)
    playing = asyncio.create_task(of.play(chime, "x", 0.0, at, lambda _: None))
    sound, _ = await receiver.communicate()
    await of.stop()
    await playing
    return sound


def source(chime: Prepared) -> np.ndarray:
    frames = [frame.to_ndarray().reshape(-1) for frame in decoded(chime.path)]
    return np.concatenate(frames)


def test_the_very_samples_arrive_from_the_first_on(tmp_path: Path, chime: Prepared) -> None:
    raw = asyncio.run(heard(speaker(tmp_path, "l16"), tmp_path, chime))
    got = np.frombuffer(raw, "<i2").astype(float)
    want = source(chime)[: len(got)] * 32768

    assert len(got) >= HEARD * 48_000
    assert np.abs(got - want).max() <= TOLERATED["l16"]


@pytest.mark.parametrize("codec", ["pcma", "opus"])
def test_other_codecs_carry_the_same_sound(tmp_path: Path, chime: Prepared, codec: str) -> None:
    raw = asyncio.run(heard(speaker(tmp_path, codec), tmp_path, chime))
    got = np.frombuffer(raw, "<i2") / 32768
    loudest = np.abs(source(chime)).max()

    assert len(got) >= HEARD * CODECS[codec].rate * 0.99
    assert np.abs(got).max() == pytest.approx(loudest, abs=TOLERATED[codec])


def test_two_groups_start_together(tmp_path: Path, chime: Prepared) -> None:
    """Each has its own process, and both place their first packet by the same clock."""
    heard: list[datetime] = []

    async def both() -> None:
        at = SystemTime().now() + timedelta(seconds=3)
        await asyncio.gather(
            *(
                speaker(tmp_path / codec, codec).play(chime, "x", 0.0, at, heard.append)
                for codec in ("l16", "pcmu")
            )
        )

    asyncio.run(both())
    assert len(heard) == 2
    assert abs(heard[0] - heard[1]) < timedelta(seconds=0.5)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"interface": "203.0.113.7"}, "Cannot assign requested address"),
        ({"sdp": "/proc/nowhere/loa.sdp"}, "No such file or directory"),
    ],
)
def test_what_cannot_be_sent_is_said_before_a_sound(
    tmp_path: Path, chime: Prepared, wrong: dict[str, str], says: str
) -> None:
    broken = speaker(tmp_path, "l16", **wrong)
    heard: list[datetime] = []

    async def try_it() -> None:
        with pytest.raises(DeviceError, match=says):
            await broken.check()
        with pytest.raises(DeviceError, match=says):
            await broken.play(chime, "x", 0.0, SystemTime().now(), heard.append)

    asyncio.run(try_it())
    assert heard == []


def test_a_programme_that_is_gone_is_a_fault_of_the_speaker(tmp_path: Path) -> None:
    gone = Prepared(tmp_path / "gone.flac", 1.0, "sha", None, 0.0)

    async def try_it() -> None:
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker(tmp_path, "l16").play(gone, "x", 0.0, SystemTime().now(), lambda _: None)

    asyncio.run(try_it())


def test_a_start_that_comes_too_late_is_late_and_hurries_through_nothing(
    tmp_path: Path, chime: Prepared
) -> None:
    """Its instant was two seconds ago: every packet still takes its time."""
    begun: list[datetime] = []
    at = SystemTime().now() - timedelta(seconds=2)
    played = asyncio.run(speaker(tmp_path, "pcma").play(chime, "x", 0.0, at, begun.append))
    took = SystemTime().now() - begun[0]

    assert begun[0] - at > timedelta(seconds=2)
    assert took >= timedelta(seconds=played.seconds - 0.1)


def test_what_cuts_in_is_sent_whole_and_nothing_of_the_other_after_it(
    tmp_path: Path, chime: Prepared
) -> None:
    call = Prepared(sine(tmp_path / "call.wav", 0.5), 0.5, "sha", -12.0, -12.0)
    of = speaker(tmp_path, "l16", port=5008)
    with receiver(5008, "239.255.77.2") as listening:
        asyncio.run(cut_in(of, chime, call))
        packets = []
        with contextlib.suppress(BlockingIOError):
            while True:
                packets.append(listening.recv(2048))
    streams = [packet[8:12] for packet in packets]
    second = streams.index(streams[-1])
    assert len(set(streams)) == 2
    assert set(streams[:second]) == {streams[0]}
    sent = b"".join(packet[12:] for packet in packets[second:])
    wanted = (source(call) * 32768).astype(">i2").tobytes()
    assert sent == wanted


@pytest.mark.parametrize("stopped", [False, True])
def test_a_player_that_hangs_is_killed_and_told(
    tmp_path: Path, chime: Prepared, monkeypatch: pytest.MonkeyPatch, *, stopped: bool
) -> None:
    monkeypatch.setattr(player, "GRACE", 2.0)
    hanging = speaker(tmp_path, "pcma")

    async def freeze() -> None:
        begun = asyncio.Event()
        at = SystemTime().now() + timedelta(seconds=2)
        playing = asyncio.create_task(hanging.play(chime, "x", 0.0, at, lambda _: begun.set()))
        await begun.wait()
        (frozen,) = players()
        os.kill(frozen, signal.SIGSTOP)
        if stopped:
            await hanging.stop()
        with pytest.raises(DeviceError, match=r"^loa: its process (hung|failed)"):
            await asyncio.wait_for(playing, 20)
        assert players() == []

    asyncio.run(freeze())
