"""Paging calls: what a real telephone hears, and what an exchange makes of them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.decode import decoded
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.speakers.player import PlayerSpeaker
from tests.emulators.sip import Exchange, header
from tests.speakers.baresip import MISSING, Baresip
from tests.speakers.kamailio import MISSING as NO_PROXY
from tests.speakers.kamailio import Kamailio

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def chime(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone("default"),)), cache))


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as running:
        yield running


def spec(port: int, **more: str) -> dict[str, str]:
    return {
        "driver": "sip", "to": f"sip:900@127.0.0.1:{port}", "user": "", "password_file": "",
        "codec": "", "interface": "",
    } | more  # fmt: skip


def speaker(port: int, **more: str) -> PlayerSpeaker:
    return PlayerSpeaker("loa", spec(port, **more), SystemTime())


async def play(
    of: PlayerSpeaker, chime: Prepared, offset: float = 2.5
) -> tuple[Played, list[datetime]]:
    """Sound the end of it, as soon as can be."""
    heard: list[datetime] = []
    at = SystemTime().now() + timedelta(seconds=1)
    return await of.play(chime, "x", offset, at, heard.append), heard


def fault(of: PlayerSpeaker, chime: Prepared) -> str:
    with pytest.raises(DeviceError) as told:
        asyncio.run(play(of, chime, offset=1.0))
    return str(told.value)


@pytest.mark.skipif(MISSING, reason="no baresip here")
def test_a_telephone_hears_the_programme_whole_between_silence(
    tmp_path: Path, chime: Prepared
) -> None:
    """Four telephones, each with a codec of its own, called together."""
    codecs = ("g722", "pcma", "pcmu", "opus")
    modules = {"pcma": "g711", "pcmu": "g711"}

    async def call(codec: str) -> None:
        with Baresip(tmp_path / codec, modules.get(codec, codec)) as telephone:
            # Which of the three G.711 and G.722 are is the telephone's choice.
            wanted = "" if codec == "g722" else codec
            of = speaker(telephone.port, codec=wanted)
            await of.check()
            at = SystemTime().now() + timedelta(seconds=3)
            played = await of.play(chime, "x", 0.0, at, lambda _: None)
            assert played.whole
            assert played.seconds == pytest.approx(chime.seconds, abs=0.001)
            judge(*telephone.heard(), chime)

    async def all_of_them() -> None:
        await asyncio.gather(*map(call, codecs))

    asyncio.run(all_of_them())


def judge(heard: np.ndarray, rate: int, chime: Prepared) -> None:
    """Find the programme in what was heard; there is nothing else."""
    meant = source(chime)[:: 48_000 // rate]
    spectrum = np.fft.rfft(heard, 2 * len(heard)) * np.conj(np.fft.rfft(meant, 2 * len(heard)))
    likeness = np.fft.irfft(spectrum)[: len(heard)]
    begun = int(likeness.argmax())
    found = heard[begun : begun + len(meant)]

    assert len(found) == len(meant)
    assert np.corrcoef(found, meant)[0, 1] > 0.98
    assert begun > 0.1 * rate
    # A few steps of G.722's and Opus' noise; G.711's silence is exact.
    assert np.abs(heard[: begun - rate // 50]).max() < 0.001
    # What the telephone holds back against jitter is out before the call ends.
    assert len(heard) - begun - len(meant) > 0.05 * rate


def source(chime: Prepared) -> np.ndarray:
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in decoded(chime.path)])


@pytest.mark.skipif(MISSING or NO_PROXY, reason="no baresip or no kamailio here")
def test_a_proxy_that_wants_a_password_stays_in_the_way(tmp_path: Path, chime: Prepared) -> None:
    """It counts how often its nonce is used, and every request of the call has to pass it."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    secret.chmod(0o600)
    with (
        Baresip(tmp_path / "baresip", "g711") as telephone,
        Kamailio(tmp_path / "kamailio", telephone.port, "secret") as proxy,
    ):
        of = speaker(proxy.port, user="dai", password_file=str(secret))
        asyncio.run(of.check())
        played, _ = asyncio.run(play(of, chime, offset=0.0))

        assert played.whole
        judge(*telephone.heard(), chime)
        secret.write_text("another")
        assert "does not accept the user or the password" in fault(of, chime)


def test_a_telephone_that_goes_away_in_the_middle_is_told(
    exchange: Exchange, chime: Prepared
) -> None:
    exchange.hangs_up_after = 10
    played, heard = asyncio.run(play(speaker(exchange.port), chime, offset=1.0))

    assert str(played.reason) == f"900@127.0.0.1:{exchange.port} hung up: closed for today"
    assert not played.whole
    assert 0 < played.seconds < chime.seconds - 1.0
    assert len(heard) == 1


@pytest.mark.parametrize("algorithms", [["MD5"], ["SHA-256", "MD5"]])
def test_who_is_asked_for_a_password_proves_to_know_it(
    tmp_path: Path, exchange: Exchange, chime: Prepared, algorithms: list[str]
) -> None:
    exchange.password, exchange.algorithms = "bí mật", algorithms
    secret = tmp_path / "secret"
    secret.write_text("bí mật\n")
    secret.chmod(0o600)
    of = speaker(exchange.port, user="dai", password_file=str(secret))
    asyncio.run(of.check())
    played, _ = asyncio.run(play(of, chime))

    assert played.seconds == pytest.approx(chime.seconds - 2.5, abs=0.02)
    assert exchange.methods == [
        "OPTIONS", "OPTIONS", "INVITE", "ACK", "INVITE", "ACK", "BYE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("user", "written", "says"),
    [
        ("dai", "wrong", "does not accept the user or the password"),
        ("", "", "wants a user and a password_file"),
    ],
)
def test_a_wrong_password_and_none_are_told(
    tmp_path: Path, exchange: Exchange, chime: Prepared, user: str, written: str, says: str
) -> None:
    exchange.password = f"not {written}"
    secret = tmp_path / "secret"
    secret.write_text(written)
    secret.chmod(0o600)
    of = speaker(exchange.port, user=user, password_file=str(secret) if written else "")

    assert fault(of, chime) == f"loa: 127.0.0.1:{exchange.port} {says}"
    with pytest.raises(DeviceError, match=says):
        asyncio.run(of.check())


def test_what_is_lost_on_the_way_is_sent_again(exchange: Exchange, chime: Prepared) -> None:
    exchange.loses = 1
    played, heard = asyncio.run(play(speaker(exchange.port), chime))

    assert played.seconds > 0
    assert len(heard) == 1
    assert exchange.methods[:3] == ["INVITE", "INVITE", "ACK"]


def test_a_silent_server_and_a_telephone_that_only_rings_are_told(
    exchange: Exchange, chime: Prepared
) -> None:
    exchange.deaf = True

    async def both(ringing: int) -> tuple[object, ...]:
        calls = (play(speaker(port), chime) for port in (exchange.port, ringing))
        return tuple(await asyncio.gather(*calls, return_exceptions=True))

    with Exchange() as other:
        other.says = "180 Ringing"
        silent, rang = asyncio.run(both(other.port))
        assert str(silent) == f"loa: 127.0.0.1:{exchange.port} does not answer"
        assert str(rang) == (
            f"loa: 900@127.0.0.1:{other.port} rang but was not answered; it must answer by itself"
        )
        assert other.methods == ["INVITE", "CANCEL", "ACK"]


def test_a_daemon_that_is_killed_leaves_no_call_behind(exchange: Exchange, chime: Prepared) -> None:
    """Its player sees its stdin end."""
    sink = json.dumps(spec(exchange.port))
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.speakers.calling", sink, chime.path], cwd=ROOT
    )
    assert exchange.wait_for(exchange.sounded)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    assert exchange.wait_for(lambda: "BYE" in exchange.methods)
    assert len(exchange.sounded()) < 100


def test_a_telephone_is_asked_to_answer_by_itself(exchange: Exchange, chime: Prepared) -> None:
    asyncio.run(play(speaker(exchange.port, user="truyen thanh"), chime))
    invite = exchange.heard[0]

    assert header(invite, "Call-Info").endswith(";answer-after=0")
    assert header(invite, "Alert-Info").endswith(";info=alert-autoanswer;delay=0")
    assert header(invite, "Answer-Mode") == "Auto"
    assert header(invite, "From").startswith("<sip:truyen%20thanh@127.0.0.1>;tag=")
    assert "m=audio" in invite
    assert "RTP/AVP 9 8 0\r\n" in invite
