"""What a real daemon leaves of an announcement that cuts in, sample by sample."""

from __future__ import annotations

import signal
from pathlib import Path
from zoneinfo import ZoneInfo

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.audio.mixdown import sha256
from broadcaster.clock import SystemTime
from broadcaster.control.client import Client
from broadcaster.domain.record import Record
from tests.daemon.test_live import DEVICES, PLAYLIST, daemon, records, wait

RATE = 48_000
CHIMES = "items = [" + '{ chime = "default" }, ' * 20 + "]\n"
"""A minute: longer than a busy machine takes to speak."""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """Make a station that sounds from this very minute on."""
    now = SystemTime().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    for name in ("playlists", "scripts"):
        (tmp_path / name).mkdir()
    (tmp_path / "devices.toml").write_text(DEVICES)
    head, _, _ = PLAYLIST.format(at=f"{now:%H:%M}").partition("items = ")
    (tmp_path / "playlists" / "thu.toml").write_text(head + CHIMES)
    return tmp_path


def samples(path: Path) -> NDArray[np.int16]:
    with av.open(str(path)) as file:
        return np.concatenate([each.to_ndarray().reshape(-1) for each in file.decode(audio=0)])


def of(station: Path, key: str, kind: str) -> list[Record]:
    return [each for each in records(station) if each.kind == kind and key in each.key]


def test_what_was_cut_goes_on_at_the_sample_where_it_was(station: Path) -> None:
    with daemon(station) as child:
        client = Client(station)
        wait(lambda: of(station, "nhac-hieu", "audible"))
        client.act("/v1/interrupt", text="Nước lên.", zones=["phuong"])
        wait(lambda: of(station, "interrupt", "finished"))
        wait(lambda: len(of(station, "nhac-hieu", "audible")) == 2)
        client.act("/v1/silence")
        wait(lambda: of(station, "nhac-hieu", "finished"))
        child.send_signal(signal.SIGTERM)
    folder = station / "var" / "audio" / "loa"
    files = {path.stem.split("_", 2)[2]: path for path in folder.iterdir()}
    begun, rest = files.pop("thu_nhac-hieu"), files.pop("thu_nhac-hieu_2")
    (call,) = files.values()
    (cut,) = of(station, "nhac-hieu", "cut")
    whole = whole_of(station, "nhac-hieu")
    assert np.array_equal(samples(call), whole_of(station, "interrupt"))
    assert np.array_equal(samples(begun), whole[: len(samples(begun))])
    assert abs(cut.data["goes_on"] - len(samples(begun)) / RATE) < 0.001
    first = round(cut.data["goes_on"] * RATE)
    assert np.array_equal(samples(rest), whole[first : first + len(samples(rest))])
    # What cut in waits for nothing that is written of the other.
    (sounds,) = of(station, "interrupt", "audible")
    assert sounds.at <= cut.at


def whole_of(station: Path, key: str) -> NDArray[np.int16]:
    """Give all that was to sound."""
    wanted = of(station, key, "intent")[0].data["audio_sha256"]
    cache = (station / "var" / "cache").rglob("*.flac")
    return samples(next(path for path in cache if sha256(path) == wanted))
