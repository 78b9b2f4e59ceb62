"""What a listener hears of streams that fail in every way, from a real server; all at once."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Sound, Window
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.relays.child import LEAD
from broadcaster.relays.stream import NOWHERE
from tests.audio.sounds import loudness, true_peak, wav
from tests.relays import station as on_air
from tests.relays.receiving import (
    AHEAD,
    FALLBACK_HERTZ,
    LIMITS,
    RATE,
    WINDOW,
    Reception,
    receive,
)
from tests.relays.station import SILENCE, SLOWER, TONE, Plays, answers, files, live, stalls

STAND_IN = 1.5
STREAM, FALLBACK = 440, 1_000
NEVER = float("inf")


def picture() -> bytes:
    """Make a film without a sound."""
    out = io.BytesIO()
    with av.open(out, "w", format="mpegts") as file:
        stream = file.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(50):
            file.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        file.mux(stream.encode(None))
    return out.getvalue()


def hls(*parts: str) -> bytes:
    head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n"
    return (head + "".join(f"#EXTINF:2,\n{part}\n" for part in parts) + "#EXT-X-ENDLIST\n").encode()


RECORDING = on_air.mp3(np.concatenate((on_air.tone(1, 660), on_air.tone(9))))
PART = 2 * on_air.BYTES_A_SECOND // on_air.FRAME * on_air.FRAME
PARTS = {f"/{n}.mp3": TONE[n * PART : (n + 1) * PART] for n in range(5)}
GONE = answers(b"", 404)

HLS = "application/vnd.apple.mpegurl"


class Scene(NamedTuple):
    """What a station needs to know of a window."""

    at: float
    """When its first sample is decided on, by the steady clock: so long before it is heard."""
    secret: Path
    """A file of this machine."""


STATIONS: dict[str, Callable[[Scene], Plays]] = {
    "whole": lambda _: live((TONE, NEVER)),
    "dead": lambda _: GONE,
    "dies": lambda s: on_air.until(s.at - 0.2, live((TONE, s.at - 0.2)), GONE),
    "stalls": lambda s: on_air.until(s.at + 0.8, stalls((TONE, s.at)), live((TONE, NEVER))),
    "falls silent": lambda s: live((TONE, s.at), (SILENCE, s.at + 1.6), (TONE, NEVER)),
    "comes late": lambda s: on_air.until(s.at + 1, GONE, live((TONE, NEVER))),
    "changes its rate": lambda s: live((TONE, s.at + 1), (SLOWER, NEVER)),
    "recording": lambda _: files({"/dai.mp3": RECORDING}),
    "page": lambda _: answers(b"<html>" + 9_000 * b"Xin ", content_length="36006"),
    "page without a length": lambda _: answers(b"<html>" + 9_000 * b"Xin "),
    "film": lambda _: answers(picture()),
    "circle": lambda _: answers(b"", 302, location="/dai.mp3"),
    "hls": lambda _: files({"/dai.mp3": hls(*PARTS), **PARTS}, HLS),
    "thief": lambda s: files({"/dai.mp3": hls(f"file:{s.secret}")}, HLS),
}


@pytest.fixture(scope="module")
def receptions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reception]:
    folder = tmp_path_factory.mktemp("relays")
    spoken = wav(folder / "loi.wav", on_air.tone(STAND_IN, FALLBACK_HERTZ, -20))
    window = Window("", WINDOW, Sound(spoken))
    made = asyncio.run(render(Programme((window,)), Cache(folder / "cache")))
    begins = SystemTime().monotonic() + AHEAD
    secret = folder / "secret.mp3"
    secret.write_bytes(TONE)

    def one(name: str) -> Reception:
        with on_air.station(STATIONS[name](Scene(begins - LEAD, secret))) as url:
            spool = folder / f"{name}.pcm"
            return receive(url, spool, made.path, made.relays[0].stand_in, begins)

    with ThreadPoolExecutor(len(STATIONS)) as threads:
        return dict(zip(STATIONS, threads.map(one, STATIONS), strict=True))


@pytest.mark.parametrize("name", STATIONS)
def test_a_window_is_filled_to_its_last_sample_and_no_further(
    receptions: dict[str, Reception], name: str
) -> None:
    assert len(receptions[name].samples) == WINDOW * RATE
    assert receptions[name].events[-1] == {"event": "ended"}


@pytest.mark.parametrize(
    ("name", "heard", "told"),
    [
        ("whole", [STREAM], ["stream"]),
        ("dead", [FALLBACK, 0], ["fallback", "silence"]),
        ("dies", [STREAM, 0, FALLBACK, 0], ["stream", "silence", "fallback", "silence"]),
        ("stalls", [STREAM, 0, FALLBACK, STREAM], ["stream", "silence", "fallback", "stream"]),
        ("falls silent", [STREAM, 0, FALLBACK, STREAM], ["stream", "fallback", "stream"]),
        ("comes late", [FALLBACK, 0, STREAM], ["fallback", "silence", "stream"]),
        ("changes its rate", [STREAM, 290], ["stream"]),
        ("recording", [660, STREAM], ["stream"]),
        ("hls", [STREAM], ["stream"]),
        ("thief", [FALLBACK, 0], ["fallback", "silence"]),
    ],
)
def test_the_stream_is_heard_where_it_is_there_and_the_fallback_where_not(
    receptions: dict[str, Reception], name: str, heard: list[int], told: list[str]
) -> None:
    assert [pitch for pitch, _ in receptions[name].heard] == heard
    assert receptions[name].told == told


def test_the_fallback_is_heard_from_its_beginning_to_its_end(
    receptions: dict[str, Reception],
) -> None:
    assert receptions["dead"].heard == [(FALLBACK, STAND_IN), (0, WINDOW - STAND_IN)]
    assert (0, LIMITS["patience"]) in receptions["dies"].heard


def test_a_recording_waits_for_its_listeners(receptions: dict[str, Reception]) -> None:
    assert receptions["recording"].heard[0] == (660, 1.0)


def test_a_stream_far_too_soft_on_one_channel_is_as_loud_as_the_station(
    receptions: dict[str, Reception],
) -> None:
    last = receptions["whole"].samples[2 * RATE :]
    assert loudness(last) == pytest.approx(-16, abs=1)
    assert true_peak(receptions["whole"].samples) <= -1.0


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("dead", "the server knows no such stream"),
        ("stalls", "the server does not answer"),
        ("falls silent", "it is silent"),
        ("page", "it is no stream of sound"),
        ("page without a length", "it is no stream of sound"),
        ("film", "it carries no sound"),
        ("circle", NOWHERE.id),
    ],
)
def test_it_says_why_there_is_no_stream(
    receptions: dict[str, Reception], name: str, why: str
) -> None:
    assert receptions[name].why == why
