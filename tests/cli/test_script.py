"""`script new`, `list` and `show`, whole."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.cli.desk import NEWS, make, read, run, told, usage, write
from tests.stations import GREETING

ARGUMENTS = "[OPTIONS] ID"
BODY = "Kính thưa bà con.\n\nHết."


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def new(station: Path, *words: str, stdin: str | bytes | None = None) -> tuple[int, str, str]:
    return told(run(station, "script", "new", "moi", "--title", "Bài mới", *words, stdin=stdin))


def voiced(id_: str) -> str:
    """Give the reminder that a script is not recorded."""
    return (
        f"scripts/{id_}.md: only espeak would read this; "
        f"a recording beside it would be heard instead: {id_}.wav\n"
    )


UNSEEN = "the timetable stays as it is\n"
WRITTEN = (0, "", f"{voiced('moi')}{UNSEEN}written: scripts/moi.md\n")


def test_a_text_given_in_the_command_is_written_behind_its_front_matter(station: Path) -> None:
    more = ("--letter", " 12/UBND ", "--voice", "vi")
    assert new(station, "--text", BODY, *more) == WRITTEN
    assert read(station, "scripts/moi.md") == (
        f"---\ntitle: Bài mới\nletter: 12/UBND\nvoice: vi\n---\n{BODY}\n"
    )


@pytest.mark.parametrize(
    "given",
    [
        BODY + "\n",
        f"\n\n{BODY}\n\n",
        "\ufeff" + BODY.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", BODY),
    ],
    ids=["plain", "blank lines", "byte order mark and CRLF", "letters in pieces"],
)
def test_a_text_from_a_file_and_from_standard_input_is_tidied_alike(
    station: Path, tmp_path: Path, given: str
) -> None:
    wanted = f"---\ntitle: Bài mới\n---\n{BODY}\n"
    write(tmp_path / "bài.txt", given)
    assert new(station, "--text", str(tmp_path / "bài.txt")) == WRITTEN
    assert read(station, "scripts/moi.md") == wanted
    (station / "scripts/moi.md").unlink()
    assert new(station, "--text", "-", stdin=given.encode()) == WRITTEN
    assert read(station, "scripts/moi.md") == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n", "scripts/moi.md:3: has no text to be spoken\nnothing was written\n"),
        ("bai.txt", "there is no bai.txt\n"),
        ("~/Bài viết/mới.MD", "there is no ~/Bài viết/mới.MD\n"),
        (
            GREETING,
            "the text begins with --- as a whole script does: give the text to be spoken alone\n",
        ),
    ],
    ids=["nothing", "a missing file", "another missing file", "a whole script"],
)
def test_what_is_no_text_to_be_spoken_is_refused(station: Path, text: str, said: str) -> None:
    assert new(station, "--text", text) == (1, "", said)
    assert not (station / "scripts/moi.md").exists()


def test_bytes_that_are_no_utf_8_are_refused_with_their_line(station: Path) -> None:
    utf16 = BODY.encode("utf-16")
    (station / "bai.txt").write_bytes(utf16)
    assert new(station, "--text", str(station / "bai.txt")) == (
        1,
        "",
        "bai.txt:1: is not UTF-8; it looks like UTF-16; save it as UTF-8\n",
    )
    assert new(station, "--text", "-", stdin=b"Xin\nch\xe0o") == (
        1,
        "",
        "scripts/moi.md:5: is not UTF-8; save it as UTF-8\nnothing was written\n",
    )
    assert not (station / "scripts/moi.md").exists()


def test_without_a_text_and_a_terminal_it_asks_for_the_text(station: Path) -> None:
    assert new(station, stdin="") == usage(
        "script new",
        ARGUMENTS,
        "give the text: --text TEXT, --text FILE, or --text - to read it",
    )


def test_a_script_that_is_there_is_never_replaced(station: Path) -> None:
    words = ("--title", "Khác", "--text", "Khác.")
    assert told(run(station, "script", "new", "chao", *words)) == (
        1,
        "",
        "scripts/chao.md is there already\n",
    )
    assert read(station, "scripts/chao.md") == GREETING


def test_a_dry_run_and_an_id_that_is_none_write_nothing(station: Path) -> None:
    assert new(station, "--text", "Hết.", "--dry-run") == (
        0,
        "",
        f"{voiced('moi')}{UNSEEN}nothing was written\n",
    )
    words = ("--title", "A", "--text", "A")
    assert told(run(station, "script", "new", "Bài mới", *words)) == usage(
        "script new",
        ARGUMENTS,
        "Invalid value for 'ID': an id has lower-case letters a-z, digits and hyphens, "
        'not "Bài mới"; did you mean "bai-moi"?',
    )
    assert sorted(path.name for path in (station / "scripts").iterdir()) == ["chao.md", "tin.md"]


def test_json_tells_the_file_and_what_check_would_say(station: Path) -> None:
    code, out, err = new(station, "--text", "Hết.", "--json")
    assert (code, err) == (0, WRITTEN[2])
    assert json.loads(out) == {
        "file": "scripts/moi.md",
        "written": True,
        "airings": {"added": [], "removed": [], "changed": []},
        "signs": {"added": [], "removed": []},
        "problems": [
            {
                "file": "scripts/moi.md",
                "line": None,
                "key": "",
                "message": "only espeak would read this",
                "hint": "a recording beside it would be heard instead: moi.wav",
                "level": "warning",
            }
        ],
    }


def test_a_script_that_a_playlist_waits_for_lets_its_slot_air(station: Path) -> None:
    (station / "scripts/chao.md").unlink()
    words = ("--title", "Lời chào", "--text", "Kính thưa bà con.")
    assert told(run(station, "script", "new", "chao", *words)) == (
        0,
        """\
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; \
refused: radio.chieu.items[2].script: there is no scripts/chao.md
+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao
- 17:30 23/09            phuong  ngay-hoi/khai-mac: chime, chao; \
refused: event.khai-mac.remind.script: there is no scripts/chao.md
+ 17:30 23/09            phuong  ngay-hoi/khai-mac: chime, chao
""",
        f"{voiced('chao')}written: scripts/chao.md\n",
    )


def test_every_script_is_a_row_with_its_length_and_who_airs_it(station: Path) -> None:
    write(station / "scripts/ghi-am.md", GREETING.replace("Lời chào", "Bản ghi âm"))
    write(station / "scripts/ghi-am.wav", "stands for a recording")
    assert told(run(station, "script", "list")) == (
        0,
        """\
chao    0:01  -           ngay-hoi  Lời chào
ghi-am  -     ghi-am.wav  -         Bản ghi âm
tin     0:03  -           -         Bản tin
""",
        "",
    )
    lines = run(station, "script", "list", "--json").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row.pop("seconds") is None for row in rows] == [False, True, False]
    paragraphs = ["Kính thưa bà con."]
    shown = {
        "letter": "", "voice": None, "recording": None, "stale": False, "paragraphs": paragraphs,
    }  # fmt: skip
    assert rows == [
        shown | {"id": "chao", "title": "Lời chào", "playlists": ["ngay-hoi"]},
        shown
        | {"id": "ghi-am", "title": "Bản ghi âm", "recording": "ghi-am.wav", "playlists": []},
        shown
        | {
            "id": "tin", "title": "Bản tin", "letter": "12/UBND", "playlists": [],
            "paragraphs": [*paragraphs, "Phường ta có tin vui."],
        },
    ]  # fmt: skip


def test_scripts_that_are_wrong_are_told_beside_the_list(station: Path) -> None:
    write(station / "scripts/tin.md", NEWS.replace("---\n", "", 1))
    result = run(station, "script", "list")
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["chao"]
    assert result.stderr == (
        "scripts/tin.md:1: must begin with a line ---, then title: ..., then a line ---\n"
    )


def test_a_station_without_scripts_says_how_to_make_one(station: Path) -> None:
    for path in (station / "scripts").iterdir():
        path.unlink()
    assert told(run(station, "script", "list")) == (
        0,
        "",
        "there is no script; make one: broadcaster script new ID --title ...\n",
    )


def test_show_gives_the_paragraphs_as_they_are_written(station: Path) -> None:
    write(station / "scripts/tin.md", NEWS.replace("có tin", "có\n  tin"))
    assert told(run(station, "script", "show", "tin")) == (
        0,
        "tin: Bản tin\n\nKính thưa bà con.\n\nPhường ta có\ntin vui.\n",
        voiced("tin"),
    )
    shown = json.loads(run(station, "script", "show", "chao", "--json").stdout)
    assert shown.pop("seconds") > 0
    assert shown == {
        "id": "chao", "title": "Lời chào", "letter": "", "voice": None, "recording": None,
        "stale": False, "paragraphs": ["Kính thưa bà con."], "playlists": ["ngay-hoi"],
    }  # fmt: skip


def test_show_tells_a_script_that_is_missing_or_unreadable(station: Path) -> None:
    assert told(run(station, "script", "show", "chap")) == (
        1,
        "",
        'scripts/chap.md: is missing; did you mean "chao"?\n',
    )
    write(station / "scripts/tin.md", "---\ntitle: Bản tin\n")
    assert told(run(station, "script", "show", "tin")) == (
        1,
        "",
        "scripts/tin.md:1: the line --- after title: ... is missing\n",
    )
