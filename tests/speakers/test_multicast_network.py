"""What another computer hears: FFmpeg in a network of its own, at the other end of a cable."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.decode import decoded
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Prepared
from broadcaster.speakers.player import PlayerSpeaker

ROOT = Path(__file__).parents[2]
HERE, THERE = "10.77.20.1", "10.77.20.2"
HEARD = 1.5


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture
def network() -> Iterator[str]:
    """Make a network namespace and a cable to it; only who may do that has it."""
    name = f"loa{os.getpid() % 100_000}"
    near, far = f"{name}a", f"{name}b"
    try:
        ip("netns", "add", name)
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"no network of our own here: {refused.stderr.decode().strip()}")
    try:
        ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
        ip("addr", "add", f"{HERE}/30", "dev", near)
        ip("link", "set", near, "up")
        ip("-n", name, "addr", "add", f"{THERE}/30", "dev", far)
        ip("-n", name, "link", "set", far, "up")
        ip("-n", name, "route", "add", "239.0.0.0/8", "dev", far)
        yield name
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            ip("link", "del", near)
        ip("netns", "del", name)


@pytest.mark.skipif(shutil.which("ip") is None, reason="no iproute2 here")
def test_another_computer_hears_the_very_samples(
    network: str, tmp_path: Path, chime: Prepared
) -> None:
    sink = {
        "driver": "multicast", "group": "239.255.77.31", "port": 5004, "codec": "l16", "ttl": 1,
        "dscp": 46, "interface": HERE, "name": "Loa", "sdp": str(tmp_path / "loa.sdp"),
    }  # fmt: skip
    of = PlayerSpeaker("loa", sink, SystemTime())

    async def heard() -> bytes:
        await of.check()
        listener = await asyncio.create_subprocess_exec(
            "ip", "netns", "exec", network, sys.executable, "-m", "tests.speakers.receiver",
            sink["sdp"], str(HEARD), THERE, stdout=subprocess.PIPE, cwd=ROOT,
        )  # fmt: skip
        at = SystemTime().now() + timedelta(seconds=4)
        playing = asyncio.create_task(of.play(chime, "x", 0.0, at, lambda _: None))
        sound, _ = await asyncio.wait_for(listener.communicate(), 30)
        await of.stop()
        await playing
        return sound

    got = np.frombuffer(asyncio.run(heard()), "<i2").astype(float)
    want = np.concatenate([frame.to_ndarray().reshape(-1) for frame in decoded(chime.path)])
    assert len(got) >= HEARD * 48_000
    assert np.abs(got - want[: len(got)] * 32_768).max() <= 1
