"""`sign`, whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageSequence

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.signs.pixels.font import render
from tests.cli.plan_desk import DEVICES, make

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
MORE = """
[signs.lon]
driver = "virtual"
width = 128
height = 32
colours = "red-green"

[signs.cu]
driver = "alpha"
link = "serial:///dev/serial/by-id/cu"
width = 128
height = 16

[signs.bong]
driver = "alpha"
link = "serial:///dev/serial/by-id/bong"
width = 90
height = 7

[signs.hinh]
driver = "onbon-bx5"
link = "serial:///dev/serial/by-id/hinh"
width = 128
height = 16
model = "5K2"

[signs.chu]
driver = "onbon-bx5"
link = "serial:///dev/serial/by-id/chu"
width = 64
height = 16
model = "5K1"

[signs.thap]
driver = "virtual"
width = 64
height = 8
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    folder.mkdir()
    make(folder)
    (folder / "devices.toml").write_text(DEVICES + MORE)
    return folder


def run(station: Path, *words: str, color: bool = False, **env: str) -> Result:
    app = App(station, SimulatedTime(datetime(2025, 9, 22, 10, 3, tzinfo=UTC)))
    return CliRunner(env=env).invoke(
        main, ["sign", *words], obj=app, catch_exceptions=False, color=color
    )


def told(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def test_at_scale_one_the_whole_text_is_there_a_pixel_an_led(station: Path) -> None:
    to = station / "ảnh.PNG"
    made = run(station, "preview", SLOGAN, "--sign", "cong", "-o", str(to), "--scale", "1")
    again = "cong: 128x16; it takes 13.0 s, then begins again\n"
    assert told(made) == (0, f"{to}\n", again)
    with Image.open(to) as image:
        text = render(SLOGAN)
        assert (image.mode, image.size) == ("1", (text.width, 16))
        lit = [
            "".join(".#"[image.getpixel((x, y)) > 0] for x in range(text.width))  # type: ignore[operator]
            for y in range(16)
        ]
        assert "\n".join(lit) == str(text)


def test_pages_stand_one_below_the_other(station: Path) -> None:
    to = station / "a.png"
    words = (SLOGAN, "--sign", "cong", "-o", str(to), "--scale", "1", "--effect", "hold")
    made = run(station, "preview", *words, "--dwell", "5s")
    assert made.stderr == "cong: 128x16; it takes 20.0 s, then begins again\n"
    with Image.open(to) as image:
        assert image.size == (128, 4 * 16 + 3)


def test_a_board_with_colours_has_them_in_the_picture(station: Path) -> None:
    to = station / "a.png"
    words = (r"một\nhai", "--sign", "lon", "-o", str(to), "--scale", "1", "--effect", "flash")
    assert run(station, "preview", *words, "--colour", "green").exit_code == 0
    with Image.open(to) as image:
        assert (image.mode, image.size) == ("RGB", (128, 32))
        assert {colour for _, colour in image.getcolors() or []} == {(0, 0, 0), (0, 255, 0)}


def test_the_motion_is_a_gif(station: Path) -> None:
    to = station / "a.gif"
    words = ("Chào", "--sign", "cong", "-o", str(to), "--effect", "flash", "--dwell", "2s")
    made = run(station, "preview", *words)
    assert made.stderr == "cong: 128x16; it takes 2.0 s, then begins again\n"
    with Image.open(to) as image:
        assert image.size == (3 * 128, 3 * 16)
        assert [frame.info["duration"] for frame in ImageSequence.Iterator(image)] == [500] * 4


def test_without_a_file_it_is_drawn_in_the_terminal(station: Path) -> None:
    drawn = run(station, "preview", "Chào mừng", "--sign", "cong", COLUMNS="40")
    assert told(drawn) == (
        0,
        """\

       ▄       ▀▀▄▄
▄▀▀▀▀▄ █
█    ▀ █▄▀▀▀▄ ▄▀▀▀▀▄ ▄▀▀▀▀▄
█      █    █  ▄▄▄▄█ █    █
█    ▄ █    █ █    █ █    █
▀▄▄▄▄▀ █    █ ▀▄▄▄▀█ ▀▄▄▄▄▀



        ▀▄
          ▀  ▀▄             ▄
█▀▀▄▀▀▄ █   █▄▀ █▄▀▀▀▄ ▄▀▀▀▄▀
█  █  █ █   █   █    █ █   █
█  █  █ █   █   █    █  █▀▀
█  █  █ ▀▄▄▀█   █    █ ▄▀▀▀▀▄
                       ▀▄▄▄▄▀
""",
        "",
    )


def test_the_terminal_has_the_board_s_colours_unless_none_are_wanted(station: Path) -> None:
    words = ("preview", "-", "--sign", "lon", "--effect", "hold", "--colour", "white")
    yellow = run(station, *words, color=True).stdout
    assert "\x1b[33m▀▀" in yellow or "\x1b[33m▄▄" in yellow or "\x1b[33m██" in yellow
    assert "\x1b" not in run(station, *words, color=True, NO_COLOR="1").stdout
    assert "\x1b" not in run(station, "preview", "-", "--sign", "cong", color=True).stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("Chào 👋日", "--sign", "cong"), "signs have no shape for these characters: 👋日"),
        (
            ("Chào", "--sign", "cog"),
            'there is no sign "cog" that can be used; did you mean "cong"?',
        ),
        (("Chào", "--sign", "xyz"), 'there is no sign "xyz" that can be used'),
        (("Ế", "--sign", "thap"), "the text is 14 rows high and the board 8"),
        (
            ("CHAO MUNG", "--sign", "bong"),
            "bong shows this in letters of its own, which are not known here",
        ),
        (
            ("ĐổiMới" * 8, "--sign", "hinh", "--effect", "hold"),
            "a BX-5K2 holds pictures that stand: a word is 335 pixels wide and the board 128",
        ),
        (("x", "--sign", "cong", "-o", "a.jpg"), 'must end in .png or .gif, not "a.jpg"'),
        (
            ("x", "--sign", "cong", "-o", "/no-such/a.png"),
            "there is no folder /no-such: make it, or name another",
        ),
    ],
)
def test_what_can_not_be_drawn_is_refused_in_a_sentence(
    station: Path, words: tuple[str, ...], why: str
) -> None:
    assert told(run(station, "preview", *words)) == (1, "", f"{why}\n")


def test_a_file_that_can_not_be_written_is_named(station: Path) -> None:
    to = station / "a.png"
    to.mkdir()
    refused = run(station, "preview", "x", "--sign", "cong", "-o", str(to))
    assert told(refused) == (1, "", f"can't write {to}: Is a directory\n")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((" ", "--sign", "cong"), "Invalid value for 'TEXT': is empty"),
        (
            ("x", "--sign", "cong", "--dwell", "soon"),
            'Invalid value for \'--dwell\': must be a duration like "8s", not "soon"',
        ),
        (("x",), "Missing option '--sign'."),
    ],
)
def test_what_is_not_understood_is_a_usage_error(
    station: Path, words: tuple[str, ...], why: str
) -> None:
    wrong = run(station, "preview", *words)
    assert (wrong.exit_code, wrong.stderr.splitlines()[-1]) == (2, f"Error: {why}")


HEAD = "a5 a5 a5 a5 a5 a5 a5 a5 01 00 00 80 00 00 00 00 00 00 fe 02"
LETTERS = f"""\
{HEAD} 06 00 a3 00 01 00 00 01 79 ea 5a
{HEAD} 07 00 a3 02 01 00 00 01 0f 67 94 5a
{HEAD} 0d 00 a2 03 01 08 00 25 20 09 22 17 03 00 01 dc a6 01 5a
{HEAD} 2e 00 a3 06 01 01 00 ff 01 25 00 00 00 00 00 00 08 00 10 00 00 00 02 d0 02 00 00 00 \
01 01 03 00 02 00 0a 00 00 00 5c 46 45 30 30 30 5c 43 31 21 0c 47 5a
{HEAD} 05 00 a1 02 01 00 00 2d 40 5a
"""
"""On, brightness, the station's time, the letter in the controller's font; what is asked then."""


def test_the_bytes_are_a_line_a_frame(station: Path) -> None:
    assert told(run(station, "encode", "!", "--sign", "chu")) == (0, LETTERS, "")


def test_the_bytes_as_json(station: Path) -> None:
    plain = run(station, "encode", "Chào", "--sign", "cu").stdout.splitlines()
    rows = [
        json.loads(row)
        for row in run(station, "encode", "Chào", "--sign", "cu", "--json").stdout.splitlines()
    ]
    assert [row["hex"] for row in rows] == plain
    assert [row["bytes"] for row in rows] == [len(bytes.fromhex(line)) for line in plain]
    assert [row["shows"] for row in rows].count(True) == 1
    assert {row["answered"] for row in rows} == {False}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("x", "--sign", "cong"), "cong is a folder of pictures: no bytes are sent to it"),
        (("日", "--sign", "cu"), "signs have no shape for these characters: 日"),
        (("x", "--sign", "xyz"), 'there is no sign "xyz" that can be used'),
        ((SLOGAN * 40, "--sign", "cu"), "the slogans need 63 files and the sign has 50"),
    ],
)
def test_bytes_that_there_are_not_are_refused(
    station: Path, words: tuple[str, ...], why: str
) -> None:
    assert told(run(station, "encode", *words)) == (1, "", f"{why}\n")
