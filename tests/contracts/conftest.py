"""Loudspeakers of every kind, and of each what it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SimulatedTime
from broadcaster.domain.sound import Prepared
from broadcaster.ports import Speaker
from broadcaster.speakers.file import FileSpeaker
from broadcaster.speakers.player import PlayerSpeaker
from broadcaster.wiring.devices import ANSWERED, JOINED
from tests.contracts.sounding import START, RealTime, Time
from tests.emulators.sip import Exchange
from tests.fakes.speaker import FakeSpeaker
from tests.speakers.card import MISSING, Card
from tests.speakers.icecast import MISSING as NO_ICECAST
from tests.speakers.icecast import Server, sink

GROUP = {
    "driver": "multicast", "group": "239.255.77.1", "port": 5004, "codec": "l16", "ttl": 1,
    "dscp": 46, "interface": "127.0.0.1", "name": "Loa",
}  # fmt: skip

CALL = {"driver": "sip", "user": "", "password_file": "", "codec": "", "interface": ""}


@pytest.fixture(scope="module")
def chime(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone("default"),)), cache))


@pytest.fixture(params=["file", "fake", "icecast", "multicast", "soundcard", "sip"])
def driver(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def time(driver: str) -> Time:
    return SimulatedTime(START) if driver in {"file", "fake"} else RealTime()


@pytest.fixture
def card(driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Card | None]:
    """Plug in the sound card that a `soundcard` sounds through."""
    if driver != "soundcard":
        yield None
        return
    if MISSING:
        pytest.skip(f"no {', '.join(MISSING)} here")
    card = Card(tmp_path)
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    card.plug()
    yield card
    card.unplug()


@pytest.fixture
def server(driver: str, tmp_path: Path) -> Iterator[Server | None]:
    """Run the server that an `icecast` sends to."""
    if driver != "icecast":
        yield None
        return
    if NO_ICECAST:
        pytest.skip(f"no {', '.join(NO_ICECAST)} here")
    server = Server(tmp_path / "icecast")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def exchange(driver: str) -> Iterator[Exchange | None]:
    """Run the telephone exchange that a `sip` calls."""
    if driver != "sip":
        yield None
        return
    with Exchange() as running:
        yield running


@pytest.fixture
def speaker(
    driver: str,
    tmp_path: Path,
    time: Time,
    card: Card | None,  # noqa: ARG001 - it is to be plugged in
    server: Server | None,
    exchange: Exchange | None,
) -> Speaker:
    match driver:
        case "icecast":
            assert server is not None
            to = sink(server.url("/loa.opus"), server.password_file)
            return PlayerSpeaker("loa", to, time, JOINED)
        case "sip":
            assert exchange
            to = CALL | {"to": f"sip:900@127.0.0.1:{exchange.port}"}
            return PlayerSpeaker("loa", to, time, ANSWERED)
        case "soundcard":
            return PlayerSpeaker("loa", {"driver": "soundcard", "device": "pulse"}, time)
        case "file":
            return FileSpeaker("loa", tmp_path / "loa", time)
        case "multicast":
            return PlayerSpeaker("loa", GROUP | {"sdp": str(tmp_path / "loa/loa.sdp")}, time)
        case _:
            return FakeSpeaker("loa", time)


@pytest.fixture
def broken(
    speaker: Speaker,
    tmp_path: Path,
    card: Card | None,
    server: Server | None,
    exchange: Exchange | None,
) -> Callable[[], None]:
    """Break it, when called."""

    def break_it() -> None:
        if isinstance(speaker, FakeSpeaker):
            speaker.dead = True
        elif exchange is not None:
            exchange.says = "403 Forbidden"
        elif card is not None:
            card.unplug()
        elif server is not None:
            server.kill()
        else:
            (tmp_path / "loa").write_text("a file where the folder should be")

    return break_it
