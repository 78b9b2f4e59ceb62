from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageSequence

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.errors import DeviceError
from broadcaster.signs.drawing import Draw, DrawApart, draw_here
from broadcaster.signs.pixels.motion import scenes
from broadcaster.signs.pixels.picture import sheet
from broadcaster.signs.virtual import VirtualSign

START = datetime(2025, 9, 21, 22, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN = SignContent((ShownSlogan("Đổi mới sáng tạo", "scroll-left", 8.0),), ("ngay-hoi",))


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(START)


def sign(folder: Path, time: SimulatedTime, *, height: int = 16) -> VirtualSign:
    spec = SignSpec(id="cong", driver="virtual", width=128, height=height)
    return VirtualSign(spec, folder, ZONE, time)


def names(folder: Path) -> list[str]:
    return sorted(path.suffix for path in (folder / "cong").iterdir())


def test_the_same_content_is_drawn_once(tmp_path: Path, time: SimulatedTime) -> None:
    async def main() -> None:
        await sign(tmp_path, time).send(SLOGAN)
        drawn = {path: path.stat().st_mtime_ns for path in (tmp_path / "cong").iterdir()}
        assert names(tmp_path) == [".gif", ".png"]
        await sign(tmp_path, time).send(SLOGAN)
        assert drawn == {path: path.stat().st_mtime_ns for path in (tmp_path / "cong").iterdir()}

    time.run(main())


def test_drawing_takes_no_simulated_time(tmp_path: Path, time: SimulatedTime) -> None:
    async def main() -> None:
        await sign(tmp_path, time).send(SLOGAN)
        assert time.now() == START

    time.run(main())


def test_the_clock_is_that_of_the_station(tmp_path: Path, time: SimulatedTime) -> None:
    async def main() -> None:
        board = sign(tmp_path, time)
        await board.send(SignContent(clock=True))
        (first,) = (tmp_path / "cong").glob("*.png")
        at = datetime(2025, 9, 22, 5, 30, tzinfo=ZONE)
        assert first.read_bytes() == sheet(scenes(SignContent(clock=True), 128, 16, at))
        await time.sleep(60)
        await board.send(SignContent(clock=True))
        assert len(names(tmp_path)) == 4

    time.run(main())


def colours(path: Path) -> set[Any]:
    with Image.open(path) as image:
        frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]
    return {colour for frame in frames for _, colour in frame.getcolors() or ()}


def test_it_is_drawn_as_bright_as_it_is_to_be(tmp_path: Path, time: SimulatedTime) -> None:
    board, dark = (16, 14, 14), (48, 22, 18)
    lit = {100: {(255, 84, 40)}, 40: {(130, 46, 26)}, 0: set()}

    async def main() -> None:
        for percent, shade in lit.items():
            folder = tmp_path / str(percent)
            await sign(folder, time).send(replace(SLOGAN, brightness=percent))
            for path in (folder / "cong").iterdir():
                assert colours(path) == {board, dark} | shade

    time.run(main())


def test_the_brightest_picture_of_a_content_is_kept(tmp_path: Path, time: SimulatedTime) -> None:
    board = sign(tmp_path, time)
    seen: list[Path] = []

    async def main() -> None:
        for percent in (40, 100, 40):
            await board.send(replace(SLOGAN, brightness=percent))
            seen.append(board.drawn["Đổi mới sáng tạo",])

    time.run(main())
    assert seen[0] != seen[1] == seen[2]


def test_a_text_higher_than_the_board_is_refused(tmp_path: Path, time: SimulatedTime) -> None:
    async def main() -> None:
        with pytest.raises(DeviceError, match="rows high and the board 8"):
            await sign(tmp_path, time, height=8).send(SLOGAN)

    time.run(main())


def test_a_check_makes_no_folder(tmp_path: Path, time: SimulatedTime) -> None:
    time.run(sign(tmp_path / "var" / "signs", time).check())
    assert list(tmp_path.iterdir()) == []


def test_a_broken_off_drawing_is_drawn_again(tmp_path: Path, time: SimulatedTime) -> None:
    async def main() -> None:
        await sign(tmp_path, time).send(SLOGAN)
        (moving,) = (tmp_path / "cong").glob("*.gif")
        whole = moving.read_bytes()
        moving.rename(moving.with_name(f"{moving.name}.part"))
        await sign(tmp_path, time).send(SLOGAN)
        assert moving.read_bytes() == whole
        assert names(tmp_path) == [".gif", ".png"]

    time.run(main())


def test_a_process_of_its_own_draws_what_would_be_drawn_here(
    tmp_path: Path, time: SimulatedTime
) -> None:
    spec = SignSpec(id="cong", driver="virtual", width=64, height=32, colours=Colours.RED_GREEN)
    rolling = ShownSlogan("Đổi mới\nsáng tạo", "scroll-left", 8.0, "green")
    content = SignContent((rolling, ShownSlogan("Học tập suốt đời", "flash", 4.0, "red")))

    async def drawn(folder: Path, draw: Draw) -> dict[str, bytes]:
        await VirtualSign(spec, folder, ZONE, time, draw).send(replace(content, brightness=60))
        return {path.name: path.read_bytes() for path in (folder / "cong").iterdir()}

    async def main() -> None:
        here = await drawn(tmp_path / "here", draw_here)
        assert len(here) == 2
        assert await drawn(tmp_path / "apart", DrawApart()) == here

    time.run(main())
