"""A relay on air: real loudspeakers' processes, a real receiver, a real stream; and its ledger."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.messages import msg
from broadcaster.playout import relay
from broadcaster.playout.air import Playout
from broadcaster.ports import Speaker
from broadcaster.speakers.file import FileSpeaker
from broadcaster.speakers.player import PlayerSpeaker
from tests.audio.sounds import heard as samples_of
from tests.playout.relaying import (
    AHEAD,
    FALLBACK,
    LONG,
    NEVER,
    OPENING,
    RATE,
    RELAYED,
    STREAM,
    TIME,
    Air,
    pitches,
)
from tests.relays import station as on_air
from tests.relays.station import TONE, Plays, live

PORT = 20_000 + os.getpid() % 20_000
"""Whoever runs these tests at the same time has another."""


def listen(group: str, over: threading.Event, into: list[bytes]) -> None:
    """Be an IP loudspeaker of L16: keep the payloads of all that comes, in order."""
    ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ear.bind((group, PORT))
    member = struct.pack("4s4s", socket.inet_aton(group), socket.inet_aton("127.0.0.1"))
    ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    ear.settimeout(0.1)
    with ear:
        while not over.is_set():
            try:
                into.append(ear.recv(2_000)[12:])
            except TimeoutError:
                continue


@contextmanager
def loudspeakers(
    folder: Path, count: int
) -> Iterator[tuple[dict[str, Speaker], list[list[bytes]]]]:
    """Have some that listen to groups of their own, on this machine alone."""
    groups = [f"239.255.78.{number}" for number in range(1, count + 1)]
    heard: list[list[bytes]] = [[] for _ in groups]
    over = threading.Event()
    threads = [
        threading.Thread(target=listen, args=(group, over, into))
        for group, into in zip(groups, heard, strict=True)
    ]
    for thread in threads:
        thread.start()
    sinks = {
        f"loa-{group[-1]}": {
            "driver": "multicast", "group": group, "port": PORT, "codec": "l16", "ttl": 1,
            "dscp": 46, "interface": "127.0.0.1", "name": "Loa", "sdp": str(folder / group),
        }
        for group in groups
    }  # fmt: skip
    try:
        yield {name: PlayerSpeaker(name, sink, TIME) for name, sink in sinks.items()}, heard
    finally:
        over.set()
        for thread in threads:
            thread.join()


async def kill_the_receiver(air: Air) -> None:
    """Kill it once a second of the relay is in its spool."""
    while not any(path.stat().st_size > 2 * 96_000 for path in air.spools()):
        await TIME.sleep(0.05)
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (each / "cmdline").read_bytes()
            mine = f"PPid:\t{os.getpid()}\n" in (each / "status").read_text()
            if mine and b"relays.child" in command:
                os.kill(int(each.name), signal.SIGKILL)


def test_all_loudspeakers_sound_the_same_samples_though_the_receiver_is_killed(
    tmp_path: Path,
) -> None:
    (tmp_path / "on").mkdir()
    with on_air.station(live((TONE, NEVER))) as url, loudspeakers(tmp_path, 2) as (both, heard):
        on = Air(tmp_path / "on", url)
        made = on.programme()
        ended = asyncio.run(
            on.sound(both, dict.fromkeys(both, made), 0.0, lambda _: kill_the_receiver(on))
        )
    one, other = (np.frombuffer(b"".join(packets), ">i2") / 32_768 for packets in heard)

    assert len(one) == LONG * RATE
    assert np.array_equal(one, other)
    assert [pitch for pitch, _ in pitches(one)] == [OPENING, STREAM, FALLBACK]
    assert ended["outcome"] == "aired"
    (relayed,) = ended["relays"]
    assert [span["what"] for span in relayed["heard"]] == ["stream", "fallback"]
    assert relayed["heard"][1]["why"].startswith("its receiver failed: its process failed: -9")


class Aired(NamedTuple):
    """What the ledger keeps of an airing, and what each folder's loudspeaker sounded."""

    data: dict[str, Any]
    heard: dict[str, NDArray[np.float64]]
    spools: list[Path]

    def spans(self) -> list[tuple[str, float]]:
        """Give what was heard of the relay, and for how long."""
        (relayed,) = self.data["relays"]
        return [(span["what"], span["until"] - span["from"]) for span in relayed["heard"]]


def air(
    folder: Path,
    plays: Plays,
    late: float = 0.0,
    stop: float | None = None,
    relayed: float = RELAYED,
) -> Aired:
    """Air it on two folders, the second at half the voltage."""
    folder.mkdir()
    loud = {"loa-1": 0.0, "loa-2": -6.0}
    with on_air.station(plays) as url:
        on = Air(folder, url, relayed)
        made = {name: on.programme(gain) for name, gain in loud.items()}
        both = {name: FileSpeaker(name, folder / name, TIME) for name in made}
        data = asyncio.run(on.sound(both, made, late, stop and stopping(stop)))
    kept = {name: samples_of(next((folder / name).iterdir())) for name in made}
    return Aired(data, kept, on.spools())


def stopping(after: float) -> Callable[[Playout], Coroutine[Any, Any, None]]:
    async def stop(playout: Playout) -> None:
        await TIME.sleep(AHEAD + after)
        await playout.stop(msg("somebody pressed stop"))

    return stop


WAYS: dict[str, Callable[[Path], Aired]] = {
    "whole": lambda folder: air(folder, live((TONE, NEVER))),
    "late": lambda folder: air(folder, live((TONE, NEVER)), late=2.0, relayed=9.0),
    "stopped": lambda folder: air(folder, live((TONE, NEVER)), stop=2.5),
    "dead": lambda folder: air(folder, on_air.answers(status=404)),
}


@pytest.fixture(scope="module")
def aired(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Aired]:
    folder = tmp_path_factory.mktemp("aired")
    with ThreadPoolExecutor(len(WAYS)) as threads:
        done = {name: threads.submit(way, folder / name) for name, way in WAYS.items()}
        return {name: each.result() for name, each in done.items()}


def test_a_folder_keeps_what_sounded_at_its_own_volume(aired: dict[str, Aired]) -> None:
    loud, soft = (aired["whole"].heard[name] for name in ("loa-1", "loa-2"))
    assert pitches(loud) == pitches(soft) == [(OPENING, 1.0), (STREAM, RELAYED)]
    relayed = loud[2 * RATE :]
    assert soft[2 * RATE :] == pytest.approx(relayed * 10 ** (-6 / 20), abs=2e-4)


def test_the_ledger_says_that_the_stream_was_heard_and_proves_its_samples(
    aired: dict[str, Aired],
) -> None:
    data, loud = aired["whole"].data, aired["whole"].heard["loa-1"]
    (relayed,) = data["relays"]
    assert (data["outcome"], data["reason"]) == ("aired", "")
    assert relayed | {"url": ""} == {
        "url": "", "from": 1.0, "seconds": RELAYED,
        "heard": [{"what": "stream", "from": 0.0, "until": RELAYED}],
        "sha256": sha256(np.rint(loud[RATE:] * 32_768).astype("<i2").tobytes()).hexdigest(),
    }  # fmt: skip


def test_joined_in_progress_the_stream_is_heard_to_its_end(aired: dict[str, Aired]) -> None:
    late = aired["late"]
    (relayed,) = late.data["relays"]
    assert late.data["outcome"] == "partial"
    assert pitches(late.heard["loa-1"])[-1][0] == STREAM
    assert late.spans()[-1][0] == "stream"
    assert relayed["from"] == pytest.approx(2.0, abs=0.5)
    assert relayed["from"] + relayed["seconds"] == pytest.approx(LONG - RELAYED + 9, abs=0.01)
    assert len(late.heard["loa-1"]) == pytest.approx(relayed["seconds"] * RATE, abs=RATE // 100)


def test_stopped_in_the_middle_it_is_heard_until_then(aired: dict[str, Aired]) -> None:
    stopped = aired["stopped"]
    ((what, seconds),) = stopped.spans()
    assert (stopped.data["outcome"], stopped.data["reason"]) == ("partial", "somebody pressed stop")
    assert (what, seconds) == ("stream", pytest.approx(stopped.data["seconds"] - 1, abs=0.1))
    assert seconds < RELAYED


def test_a_dead_stream_makes_an_airing_partial_and_the_fallback_is_heard(
    aired: dict[str, Aired],
) -> None:
    dead = aired["dead"]
    assert pitches(dead.heard["loa-1"]) == [(OPENING, 1.0), (FALLBACK, RELAYED)]
    assert dead.spans() == [("fallback", RELAYED)]
    assert dead.data["outcome"] == "partial"
    url = dead.data["relays"][0]["url"]
    assert dead.data["reason"] == (
        f"of {url} 0 s were heard, of its fallback 3 s, and 0 s of silence:"
        " the server knows no such stream"
    )


def test_a_spool_is_gone_once_it_was_heard(aired: dict[str, Aired]) -> None:
    assert [each.spools for each in aired.values()] == [[]] * len(aired)


def test_a_full_disk_is_told_and_the_programmes_own_fallback_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "RESERVE", 1 << 60)
    full = air(tmp_path / "full", live((TONE, NEVER)), late=LONG - 0.5)
    assert [pitch for pitch, _ in pitches(full.heard["loa-1"])] == [FALLBACK]
    assert [what for what, _ in full.spans()] == ["fallback"]
    assert full.data["reason"].endswith(
        "its receiver failed: there is no room on the disk for 1 MB"
    )
