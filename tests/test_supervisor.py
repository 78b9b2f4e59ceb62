"""Who supervises the daemon hears that it lives, and nothing while it doesn't."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg
from broadcaster.supervisor import EVERY, HEARTBEAT, Pulse, Supervisor
from broadcaster.wake import SimulatedWaker
from tests.stations import devices

PATIENCE = 60.0
BEAT = 0.2
QUIET = 5 * BEAT
START = datetime(2025, 9, 22, tzinfo=UTC)
NAME = "Đài thử"


@contextmanager
def listening(address: str) -> Iterator[socket.socket]:
    """Be systemd's end."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
        end.bind(f"\0{address[1:]}" if address.startswith("@") else address)
        end.settimeout(PATIENCE)
        yield end


def heard(end: socket.socket) -> list[str]:
    return end.recv(4096).decode().split("\n")


def silent(end: socket.socket) -> bool:
    """Say whether nothing comes for several beats, after what is on its way."""
    end.settimeout(QUIET)
    for _ in range(3):
        try:
            end.recv(4096)
        except TimeoutError:
            end.settimeout(PATIENCE)
            return True
    return False


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    for name in ("playlists", "scripts"):
        (folder / name).mkdir(parents=True)
    text = devices(name=NAME, heard="phuong", seen="bang", speaker="loa", sign="cong")
    (folder / "devices.toml").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def daemon(station: Path, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), "run"]
    with subprocess.Popen(command, env=os.environ | env, stderr=subprocess.DEVNULL) as child:
        try:
            yield child
        finally:
            child.kill()


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears_of_a_real_daemon_that_runs_lives_and_stops(
    abstract: bool,  # noqa: FBT001 - a parameter of the test
    station: Path,
    tmp_path: Path,
) -> None:
    address = f"@{tmp_path}" if abstract else str(tmp_path / "notify")
    usec = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": str(round(2e6 * BEAT))}
    with listening(address) as end, daemon(station, usec) as child:
        assert heard(end) == ["READY=1", f"STATUS={NAME} is running"]
        assert [heard(end) for _ in range(3)] == [["WATCHDOG=1"]] * 3
        child.send_signal(signal.SIGSTOP)
        assert silent(end)
        child.send_signal(signal.SIGCONT)
        assert heard(end) == ["WATCHDOG=1"]
        child.terminate()
        while (told := heard(end)) == ["WATCHDOG=1"]:
            pass
        assert told == ["STOPPING=1", f"STATUS={NAME} is stopping"]
        assert child.wait() == 0


def test_systemd_hears_of_a_reload_and_of_its_end_before_who_asked_for_it_goes_on(
    station: Path, tmp_path: Path
) -> None:
    env = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "LANGUAGE": "en"}
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), "reload"]
    with listening(env["NOTIFY_SOCKET"]) as end, daemon(station, env):
        assert heard(end)[0] == "READY=1"
        assert heard(end) == ["WATCHDOG=1"]
        before = SystemTime().monotonic()
        (station / "devices.toml").write_text("format = ", encoding="utf-8")
        assert subprocess.run(command, check=False, env=os.environ | env).returncode == 1
        end.setblocking(False)  # noqa: FBT003 - a socket's own word
        (state, since, status), ready = heard(end), heard(end)
        assert (state, status) == ("RELOADING=1", f"STATUS={NAME} reads its files again")
        assert before * 1e6 <= int(since.removeprefix("MONOTONIC_USEC="))
        assert ready == ["READY=1", f"STATUS={NAME} is running"]


def test_under_systemd_a_signal_from_whomever_is_no_stop_for_good(
    station: Path, tmp_path: Path
) -> None:
    """Exit code 0 alone keeps the unit from starting it again."""
    env = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "INVOCATION_ID": "thu"}
    with listening(env["NOTIFY_SOCKET"]) as end, daemon(station, env) as child:
        heard(end)
        child.terminate()
        assert child.wait() == -signal.SIGTERM
    ledger = SqliteLedger(station / "var" / "ledger.sqlite", read_only=True)
    assert ledger.last().data == {"did": "stop"}  # type: ignore[union-attr]
    ledger.close()


def test_who_watches_without_systemd_finds_a_fresh_file_until_the_daemon_ends(
    station: Path, tmp_path: Path
) -> None:
    folder, address = tmp_path / "run", str(tmp_path / "notify")
    folder.mkdir()
    env = {"NOTIFY_SOCKET": address, "RUNTIME_DIRECTORY": f"{folder}:/elsewhere"}
    env["WATCHDOG_USEC"] = str(round(2e6 * BEAT))
    with listening(address) as end, daemon(station, env) as child:
        for _ in range(3):
            heard(end)
        first = (folder / HEARTBEAT).stat().st_mtime_ns
        for _ in range(3):
            heard(end)
        assert (folder / HEARTBEAT).stat().st_mtime_ns > first
        child.terminate()
        child.wait()
    assert list(folder.iterdir()) == []


def test_our_children_cant_speak_in_our_name_and_no_other_process_watchdog_is_ours() -> None:
    env = {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "1", "X": "y"}
    supervisor = Supervisor(env)
    assert env == {"X": "y"}
    assert supervisor.every == EVERY
    supervisor.tell("READY=1", status=msg("nobody listens"))


class Loop:
    """A pulse in simulated time, and what the socket has heard by when."""

    def __init__(self, folder: Path) -> None:
        self.time = SimulatedTime(START)
        address = str(folder / "notify")
        env = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "20000000"}
        self.pulse = Pulse(SimulatedWaker(self.time), self.time, Supervisor(env))
        self.end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.end.bind(address)
        self.end.setblocking(False)  # noqa: FBT003 - a socket's own word

    def beats(self) -> int:
        """Count the beats since the last count."""
        count = 0
        try:
            while True:
                count += heard(self.end) == ["WATCHDOG=1"]
        except BlockingIOError:
            return count


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[Loop]:
    made = Loop(tmp_path)
    yield made
    made.end.close()


def test_a_loop_that_waits_for_hours_beats_all_the_time(loop: Loop) -> None:
    counts = []

    async def main() -> None:
        async with loop.pulse.beating(NAME, lambda: False):
            waits = asyncio.create_task(loop.pulse.wait(START + timedelta(hours=1)))
            for _ in range(20):
                await loop.time.sleep(60)
                counts.append(loop.beats())
            waits.cancel()

    loop.time.run(main())
    assert sum(counts) in {120, 121}
    assert min(counts) >= 5


def test_a_loop_that_does_not_come_back_beats_no_more(
    loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        async with loop.pulse.beating(NAME, lambda: False):
            await loop.pulse.wait(START + timedelta(seconds=1))
            await loop.time.sleep(60)

    loop.time.run(main())
    assert loop.beats() == 1
    (record,) = caplog.records
    assert (record.levelname, record.__dict__["action"]) == ("CRITICAL", "loop-hangs")


def test_a_wake_that_never_comes_is_a_hung_loop_too(loop: Loop) -> None:
    async def main() -> None:
        async with loop.pulse.beating(NAME, lambda: False):
            never = asyncio.create_task(Deaf(loop.pulse).wait(START + timedelta(seconds=15)))
            await loop.time.sleep(100)
            never.cancel()

    loop.time.run(main())
    assert loop.beats() == 2


class Deaf:
    """A waker whose alarm is lost."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        pulse._waker = self._Never()

    class _Never:
        async def wait(self, until: datetime | None) -> None:
            del until
            await asyncio.Event().wait()

        def poke(self) -> None:
            pass

    async def wait(self, until: datetime | None) -> None:
        await self._pulse.wait(until)
