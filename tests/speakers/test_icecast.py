"""What listeners of an Icecast server hear, by Debian's icecast2 and FFmpeg."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.decode import decoded
from broadcaster.audio.programme import Programme, Segment, Silence, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.speakers.icecast_server import source
from broadcaster.speakers.player import PlayerSpeaker
from tests.speakers.icecast import MISSING, Server, sink
from tests.speakers.listener import Listener, likeness, title_between

needs_icecast = pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)} here")
RATE = 48_000
LIKE, ABOUT, QUIET = 0.98, 0.9, 0.01
TITLE = "Bản tin - Ngày hội & Đổi mới"


@pytest.fixture(scope="module")
def chime(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return rendered(tmp_path_factory.mktemp("cache"), Tone("default"))


@pytest.fixture(scope="module")
def chimes(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return rendered(tmp_path_factory.mktemp("cache"), *[Tone("default")] * 3)


@pytest.fixture(scope="module")
def moment(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Something to send that is soon over."""
    return rendered(tmp_path_factory.mktemp("cache"), Silence(0.3))


def rendered(cache: Path, *segments: Segment) -> Prepared:
    made = asyncio.run(render(Programme(segments), Cache(cache)))
    return replace(made, title=TITLE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "icecast")
    server.start()
    yield server
    server.kill()


def speaker(server: Server, mount: str, **more: object) -> PlayerSpeaker:
    return PlayerSpeaker("loa", sink(server.url(mount), server.password_file) | more, SystemTime())


class Begun:
    """When it was audible."""

    def __init__(self) -> None:
        self.at: list[datetime] = []
        self.once = asyncio.Event()

    def __call__(self, at: datetime) -> None:
        self.at.append(at)
        self.once.set()


async def play(of: PlayerSpeaker, what: Prepared, begun: Begun, ahead: float = 2.5) -> Played:
    at = SystemTime().now() + timedelta(seconds=ahead)
    return await of.play(what, "x", 0.0, at, begun)


def samples(of: Prepared) -> np.ndarray:
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in decoded(of.path)])


async def hear(server: Server, mount: str, chime: Prepared) -> Listener:
    """Let a listener hear one programme from before its beginning, and see that it is that."""
    listener, begun = Listener(server.url(mount)), Begun()
    played = await play(speaker(server, mount), chime, begun, 4)
    heard, sent = await asyncio.to_thread(listener.sound), samples(chime)

    assert (played.whole, played.reason, len(begun.at)) == (True, None, 1)
    assert played.seconds == pytest.approx(chime.seconds, abs=0.01)
    assert likeness(heard, sent) > LIKE
    assert np.abs(heard).max() == pytest.approx(np.abs(sent).max(), abs=0.1)
    # It is up before its time, and silent until then: nobody's player misses the first words.
    assert np.flatnonzero(np.abs(heard) > QUIET)[0] > 0.5 * RATE
    # In real time, not as fast as it can be sent.
    assert listener.arrived[-1] - listener.arrived[0] > chime.seconds
    return listener


@needs_icecast
def test_listeners_hear_the_very_programme_and_its_title(server: Server, chime: Prepared) -> None:
    async def both() -> tuple[Listener, Listener, str]:
        return await asyncio.gather(
            hear(server, "/loa.opus", chime),
            hear(server, "/loa.mp3", chime),
            asyncio.to_thread(title_between, server.url("/loa.mp3")),
        )

    opus, _, told = asyncio.run(both())
    assert opus.title == TITLE
    assert told == f"StreamTitle='{TITLE}';"


@needs_icecast
def test_an_encrypted_server_is_trusted_by_its_certificate_alone(
    tmp_path: Path, moment: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(tmp_path / "icecast", tls=True)
    server.start()
    try:
        with pytest.raises(DeviceError, match=f"127.0.0.1:{server.port} is not trusted"):
            asyncio.run(speaker(server, "/loa.opus").check())
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        asyncio.run(speaker(server, "/loa.opus").check())
        assert asyncio.run(play(speaker(server, "/loa.opus"), moment, Begun())).whole
    finally:
        server.kill()


@needs_icecast
def test_a_server_that_dies_and_comes_back_is_heard_again_and_the_gap_told(
    server: Server, chimes: Prepared
) -> None:
    begun = Begun()

    async def broken() -> tuple[Played, np.ndarray]:
        playing = asyncio.create_task(play(speaker(server, "/loa.opus"), chimes, begun))
        first = Listener(server.url("/loa.opus"))
        await asyncio.wait_for(begun.once.wait(), 20)
        await asyncio.to_thread(first.begun.wait)
        server.kill()
        await asyncio.to_thread(first.sound)
        server.start()
        again = Listener(server.url("/loa.opus"))
        return await playing, again.sound()

    played, heard = asyncio.run(broken())
    assert len(begun.at) == 1
    assert not played.whole
    assert "did not reach the server" in str(played.reason)
    assert 0 < played.seconds < chimes.seconds - 0.05
    # The programme went on where real time was, to its end.
    assert likeness(heard, samples(chimes)[-len(heard) :]) > ABOUT


@needs_icecast
def test_a_server_that_comes_late_is_joined_where_real_time_is(
    server: Server, tmp_path: Path
) -> None:
    server.kill()
    # Long enough for a machine on which a player takes seconds to start, and begins late.
    chimes = rendered(tmp_path / "cache", *[Tone("default")] * 7)
    begun = Begun()

    async def late() -> Played:
        of = speaker(server, "/loa.opus")
        playing = asyncio.create_task(play(of, chimes, begun))
        await asyncio.sleep(8)  # noqa: TID251 - real time goes on without the server
        assert begun.at == []
        server.start()
        await asyncio.wait_for(begun.once.wait(), 20)
        assert await asyncio.to_thread(Listener(server.url("/loa.opus")).begun.wait, 10)
        await of.stop()
        return await playing

    played = asyncio.run(late())
    assert len(begun.at) == 1
    assert not played.whole
    assert "nothing listens at" in str(played.reason)
    assert 0 < played.seconds < chimes.seconds - 1


def fault(of: PlayerSpeaker, what: Prepared) -> str:
    """Give what a check says; a try to sound must say the same, and sound nothing."""
    begun = Begun()

    async def both() -> str:
        with pytest.raises(DeviceError) as checked:
            await of.check()
        with pytest.raises(DeviceError) as played:
            await play(of, what, begun)
        assert str(played.value) == str(checked.value)
        return str(checked.value)

    said = asyncio.run(both())
    assert begun.at == []
    return said


@needs_icecast
def test_a_wrong_password_is_told(server: Server, moment: Prepared) -> None:
    server.password_file.write_text("sai")
    said = fault(speaker(server, "/loa.opus"), moment)
    assert said == "loa: the server does not accept this user and password"


@needs_icecast
def test_a_password_that_everybody_may_read_is_refused(server: Server) -> None:
    server.password_file.chmod(0o644)
    with pytest.raises(DeviceError, match="every user of this machine may read"):
        asyncio.run(speaker(server, "/loa.opus").check())


@needs_icecast
def test_a_mount_in_use_is_told_and_left_alone(server: Server, moment: Prepared) -> None:
    begun = Begun()
    at = sink(server.url("/loa.opus"), server.password_file)

    async def told() -> list[str]:
        with pytest.raises(DeviceError) as checked:
            await speaker(server, "/loa.opus").check()
        with pytest.raises(DeviceError) as played:
            await play(speaker(server, "/loa.opus"), moment, begun)
        return [str(checked.value), str(played.value)]

    with source(at, "audio/ogg") as other:
        assert asyncio.run(told()) == [
            "loa: the mount is in use: by another source, or by an airing of this station just now",
            "loa: the mount /loa.opus is in use by another source",
        ]
        # A server that drops it would end what it says.
        other.settimeout(0)
        with pytest.raises(BlockingIOError):
            list(iter(lambda: other.recv(4096), b""))
    assert begun.at == []
