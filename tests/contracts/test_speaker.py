"""What everything that sounds must do: the folder and its stand-in in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SimulatedTime
from broadcaster.domain.alarm import Alarm, Wrong
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.ports import Speaker
from broadcaster.speakers.file import FileSpeaker
from broadcaster.speakers.player import PlayerSpeaker
from tests.audio.sounds import RATE, heard, sine, wav
from tests.contracts.sounding import START, RealTime, Time, play
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


@pytest.fixture(scope="module")
def rattle(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Make what no rendering lets through: a part of it is cut off at full scale."""
    folder = tmp_path_factory.mktemp("rattle")
    tone = heard(sine(folder / "tone.wav", 1.0, -12))
    tone[2 * RATE // 5 : 7 * RATE // 10] = 1.0
    path = wav(folder / "rattle.wav", tone)
    alarms = (Alarm(Wrong.CLIPPING, 0.4, 0.3),)
    return Prepared(path, 1.0, "sha", -12.0, 0.0, alarms=alarms)


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
            return PlayerSpeaker("loa", to, time)
        case "sip":
            assert exchange
            return PlayerSpeaker("loa", CALL | {"to": f"sip:900@127.0.0.1:{exchange.port}"}, time)
        case "soundcard":
            return PlayerSpeaker("loa", {"driver": "soundcard", "device": "pulse"}, time)
        case "file":
            return FileSpeaker("loa", tmp_path / "loa", time)
        case "multicast":
            return PlayerSpeaker("loa", GROUP | {"sdp": str(tmp_path / "loa/loa.sdp")}, time)
        case _:
            return FakeSpeaker("loa", time)


def near(seconds: float, time: Time) -> Any:
    """Compare exactly in simulated time, and with a second's grace on a busy machine."""
    return pytest.approx(seconds, abs=1.0 if isinstance(time, RealTime) else 1e-6)


def test_it_takes_as_long_as_the_programme_and_is_audible_once(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    sounded = play(time, speaker, chime)
    assert sounded.heard == [near(0.0, time)]
    assert sounded.played.whole
    assert sounded.played.seconds == pytest.approx(chime.seconds, abs=0.05)
    assert sounded.took == near(chime.seconds, time)


def test_it_is_told_ahead_and_waits_for_its_instant(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    sounded = play(time, speaker, chime, wait=2.0)
    assert sounded.heard == [near(0.0, time)]
    assert sounded.played.whole


def test_a_stop_before_its_instant_leaves_it_unheard(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    sounded = play(time, speaker, chime, stop_after=0.0, wait=3.0)
    assert sounded.heard == []
    assert (sounded.played.seconds, sounded.played.whole) == (0.0, False)
    assert sounded.took < -1.0


def test_a_stop_right_after_it_was_told_leaves_it_unheard(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    heard: list[datetime] = []
    results: list[Played] = []

    async def main() -> None:
        begins = time.now() + timedelta(seconds=speaker.arming + 3)
        playing = asyncio.create_task(speaker.play(chime, "ban-tin", 0.0, begins, heard.append))
        await asyncio.wait({playing}, timeout=0)
        await speaker.stop()
        results.append(await playing)

    time.run(main())
    assert heard == []
    assert not results[0].whole


def test_a_stop_ends_it_where_it_is(time: Time, speaker: Speaker, chime: Prepared) -> None:
    sounded = play(time, speaker, chime, stop_after=1.0)
    assert sounded.heard == [near(0.0, time)]
    assert not sounded.played.whole
    assert sounded.played.seconds == near(1.0, time)
    assert sounded.played.seconds < chime.seconds


def test_it_joins_in_progress(time: Time, speaker: Speaker, chime: Prepared) -> None:
    sounded = play(time, speaker, chime, offset=1.5)
    assert sounded.played.seconds == pytest.approx(chime.seconds - 1.5, abs=0.05)
    assert not sounded.played.whole


def test_a_stop_in_silence_leaves_the_next_programme_whole(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    async def main() -> None:
        await speaker.stop()

    time.run(main())
    assert play(time, speaker, chime).played.whole


def test_it_sounds_again_after_a_stop(time: Time, speaker: Speaker, chime: Prepared) -> None:
    play(time, speaker, chime, stop_after=0.5)
    assert play(time, speaker, chime).played.whole


def test_what_is_wrong_with_the_sound_is_told(
    time: Time, speaker: Speaker, rattle: Prepared, caplog: pytest.LogCaptureFixture
) -> None:
    (alarm,) = play(time, speaker, rattle).played.alarms
    assert (alarm.what, alarm.over) == (Wrong.CLIPPING, True)
    assert alarm.at == pytest.approx(0.4, abs=0.11)
    assert alarm.seconds == pytest.approx(0.3, abs=0.11)
    if not isinstance(speaker, FakeSpeaker):
        told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
        assert len(told) == 1
        assert told[0].startswith("loa: clips from second 0.4 on")


def test_what_works_passes_its_check(time: Time, speaker: Speaker) -> None:
    time.run(speaker.check())  # type: ignore[arg-type] - a coroutine, as every speaker has it


def test_a_check_gives_way_to_a_programme(time: Time, speaker: Speaker, chime: Prepared) -> None:
    results: list[Played] = []

    async def main() -> None:
        checking = asyncio.create_task(speaker.check())
        await asyncio.wait({checking}, timeout=0)
        begins = time.now() + timedelta(seconds=speaker.arming + 1)
        results.append(await speaker.play(chime, "ban-tin", 0.0, begins, lambda _: None))
        (found,) = await asyncio.gather(checking, return_exceptions=True)
        assert isinstance(found, DeviceError) is isinstance(speaker, PlayerSpeaker)
        assert (results[0].started - begins).total_seconds() == near(0.0, time)

    time.run(main())
    assert results[0].whole


def test_a_glance_shows_the_same_while_nothing_changes(time: Time, speaker: Speaker) -> None:
    assert glance(time, speaker) == glance(time, speaker)


def test_a_glance_shows_what_broke(
    time: Time, speaker: Speaker, broken: Callable[[], None]
) -> None:
    before = glance(time, speaker)
    broken()
    assert glance(time, speaker) != before


def glance(time: Time, speaker: Speaker) -> object:
    """Give what it shows, or what it says that is wrong."""
    seen: list[object] = []

    async def main() -> None:
        try:
            seen.append(await speaker.watch())
        except DeviceError as error:
            seen.append((error.device, error.message))

    time.run(main())
    return seen[0]


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


def test_what_is_broken_says_so_before_a_sound(
    time: Time, speaker: Speaker, chime: Prepared, broken: Callable[[], None]
) -> None:
    broken()
    heard: list[datetime] = []

    async def check() -> None:
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker.check()
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker.play(chime, "ban-tin", 0.0, time.now(), heard.append)

    time.run(check())
    assert heard == []
