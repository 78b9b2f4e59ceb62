"""Faults on their way to people: through Apprise to a real server, and what comes between."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.station import SignSpec, Station
from broadcaster.health import post as posting
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.notifier import GAP, RETRY, Notifier
from broadcaster.messages import Message, msg

START = datetime(2025, 9, 22, 5, 0, tzinfo=UTC)
DEAF = msg("does not answer")


class Server:
    """Takes what Apprise's json:// sends, or refuses it."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.refuses = False
        server = self

        class Take(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if not server.refuses:
                    server.taken.append(json.loads(body))
                self.send_response(500 if server.refuses else 200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._http = HTTPServer(("127.0.0.1", 0), Take)
        self.url = f"json://nguoi:mat-khau@127.0.0.1:{self._http.server_port}/"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


class World:
    """A station whose faults are told, in simulated time."""

    def __init__(self, folder: Path, *urls: str) -> None:
        self.time = SimulatedTime(START)
        self.faults = Faults(self.time)
        self.station = Station(
            folder=folder, name="Đài thử", timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
            notify="notify.txt",
            signs={"cong": SignSpec(id="cong", name="Cổng", driver="x", width=64, height=16)},
        )  # fmt: skip
        self.file = folder / "notify.txt"
        self.file.write_text("\n".join(("# trực", "", *urls)))
        self.file.chmod(0o600)
        self.posts: list[float] = []

    async def _post(self, heading: str, texts: Mapping[str, str]) -> dict[str, Message]:
        self.posts.append(self.time.monotonic())
        return await posting.post(heading, texts)

    def run(self, *steps: tuple[float, bool], until: float) -> None:
        """Have the sign fail and work again at these seconds."""

        async def main() -> None:
            notifier = Notifier(self.faults, self.time, self._post)
            telling = asyncio.create_task(notifier.run(lambda: self.station))
            for second, fails in steps:
                await self.time.sleep(second - self.time.monotonic())
                if fails:
                    self.faults.tell(FaultKind.SIGN, "cong", DEAF, "sign-failed")
                else:
                    self.faults.over(FaultKind.SIGN, "cong")
            await self.time.sleep(until - self.time.monotonic())
            telling.cancel()

        self.time.run(main())

    def wrong(self) -> list[tuple[str, str]]:
        return [(fault.of, str(fault.reason)) for fault in self.faults.present()]


def test_people_are_told_what_is_wrong_since_when_what_to_do_and_that_it_is_over(
    tmp_path: Path, server: Server
) -> None:
    world = World(tmp_path, server.url)
    world.run((0, True), (600, False), until=1000)
    assert [(each["title"], each["message"]) for each in server.taken] == [
        (
            "Đài thử: 1 fault",
            "sign Cổng: does not answer, since 12:00 22/09. Look at its power and its cable.",
        ),
        ("Đài thử: works again", "sign Cổng: works again since 12:10 22/09."),
    ]
    assert world.posts[0] < 40
    assert world.wrong() == []


def test_whoever_cant_be_reached_is_tried_again_and_that_is_a_fault_without_his_secrets(
    tmp_path: Path, server: Server
) -> None:
    server.refuses = True
    world = World(tmp_path, server.url)
    world.run((0, True), until=200)
    assert world.wrong()[1] == ("notify", "json:// did not take the message")
    assert "mat-khau" not in str(world.faults.present())
    assert len(world.posts) >= 3
    assert world.posts[1] - world.posts[0] >= RETRY
    assert world.posts[2] - world.posts[1] >= 2 * RETRY


def test_one_who_is_away_keeps_no_news_from_the_others_and_gets_his_later(
    tmp_path: Path, server: Server
) -> None:
    away = Server()
    try:
        away.refuses = True
        world = World(tmp_path, server.url, away.url)

        async def back() -> None:
            await world.time.sleep(100)
            away.refuses = False

        world.time.run(_both(back(), world))
    finally:
        away.close()
    assert server.taken[0]["message"] == away.taken[0]["message"].splitlines()[0]
    assert world.wrong() == [("cong", "does not answer")]


async def _both(other: object, world: World) -> None:
    notifier = Notifier(world.faults, world.time, world._post)
    telling = asyncio.create_task(notifier.run(lambda: world.station))
    world.faults.tell(FaultKind.SIGN, "cong", DEAF, "sign-failed")
    await other  # type: ignore[misc]
    await world.time.sleep(400)
    telling.cancel()


def test_messages_become_rarer_the_more_there_are(tmp_path: Path) -> None:
    world = World(tmp_path, "json://127.0.0.1:1/")
    sent: list[float] = []

    async def post(_: str, __: Mapping[str, str]) -> dict[str, Message]:
        sent.append(world.time.monotonic())
        return {}

    async def main() -> None:
        telling = asyncio.create_task(
            Notifier(world.faults, world.time, post).run(lambda: world.station)
        )
        for number in range(600):
            world.faults.tell(FaultKind.PLAYOUT, f"a/{number}", DEAF, "prepare-failed")
            await world.time.sleep(6)
        telling.cancel()

    world.time.run(main())
    assert len(sent) <= 12
    assert all(later - earlier >= GAP for earlier, later in pairwise(sent))


@pytest.mark.parametrize("wrong", ["gone", "open to all", "no address"])
def test_a_file_that_cant_be_used_is_a_fault_that_loses_no_news(
    tmp_path: Path, server: Server, wrong: str
) -> None:
    world = World(tmp_path, server.url)
    right = world.file.read_text()
    match wrong:
        case "gone":
            world.file.unlink()
        case "open to all":
            world.file.chmod(0o644)
        case _:
            world.file.write_text("# nobody yet\n")

    async def mend() -> None:
        await world.time.sleep(60)
        ((_, _), (of, reason)) = world.wrong()
        assert of == "notify"
        assert str(world.file) in reason
        world.file.write_text(right)
        world.file.chmod(0o600)

    world.time.run(_both(mend(), world))
    assert server.taken[0]["message"].startswith("sign Cổng: does not answer")
    assert world.wrong() == [("cong", "does not answer")]


def test_a_station_that_names_nobody_tells_nobody(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.station = Station(folder=tmp_path, name="Đài", timezone=ZoneInfo("Asia/Ho_Chi_Minh"))
    world.run((0, True), until=1000)
    assert world.posts == []
    assert world.wrong() == [("cong", "does not answer")]


def test_an_address_that_apprise_does_not_know_is_named(tmp_path: Path) -> None:
    world = World(tmp_path, "khong-co://mat-khau")
    world.run((0, True), until=60)
    assert world.wrong()[1] == ("notify", "khong-co:// is no address that Apprise knows")
