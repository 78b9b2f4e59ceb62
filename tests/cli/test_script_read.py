"""`script read`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import make, run, told, usage, write

ARGUMENTS = "[OPTIONS] [ID | FILE | -]"
TEXT = "Nghị quyết số 57-\nNQ/TW của XQZ.\n\n- ngày13/9/2025;"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_the_words_stand_below_the_text_and_what_is_doubtful_is_said(station: Path) -> None:
    assert told(run(station, "script", "read", "-", stdin=TEXT)) == (
        0,
        (
            "Nghị quyết số 57-NQ/TW của XQZ.\n"
            "    Nghị quyết số năm mươi bảy nghị quyết Trung ương của ích quy dét.\n"
            "- ngày13/9/2025;\n"
            "    ngày mười ba tháng chín năm hai nghìn không trăm hai mươi lăm\n"
        ),
        (
            '"XQZ" is in no lexicon: it is read as well as can be\n'
            '"ngày13/9/2025" seems mistyped: it is read as "ngày 13/9/2025"\n'
        ),
    )


def test_as_json_it_is_one_value(station: Path) -> None:
    result = run(station, "script", "read", "-", "--json", stdin=TEXT)

    assert json.loads(result.stdout) == {
        "input": TEXT,
        "spoken": "Nghị quyết số năm mươi bảy nghị quyết Trung ương của ích quy dét.\n"
        "ngày mười ba tháng chín năm hai nghìn không trăm hai mươi lăm",
        "unknown": ["XQZ"],
        "flaws": [{"text": "ngày13/9/2025", "read": "ngày 13/9/2025"}],
    }


@pytest.mark.parametrize("words", [(), ("-",), ("--json",)])
def test_many_texts_are_read_a_line_each(station: Path, words: tuple[str, ...]) -> None:
    lines = [json.dumps({"text": text}) for text in ("UBND\nphường", "7h30")]
    result = run(station, "script", "read", "--jsonl", *words, stdin="\n\n".join(lines))

    assert [json.loads(line)["spoken"] for line in result.stdout.splitlines()] == [
        "Ủy ban nhân dân phường",
        "bảy giờ ba mươi phút",
    ]
    assert json.loads(result.stdout.splitlines()[0])["input"] == "UBND\nphường"


def test_a_script_is_read_by_its_id_and_a_file_by_its_name_without_the_header(
    station: Path, tmp_path: Path
) -> None:
    header = "---\ntitle: Tin 01/10\n---\n"
    write(station / "scripts/chao.md", f"{header}Kính thưa UBND.\n")
    write(tmp_path / "bài.md", f"{header}Quý IV.\n")
    write(tmp_path / "bài.txt", "Quý I.\n")

    for source, words in (
        ("chao", "Kính thưa UBND.\n    Kính thưa Ủy ban nhân dân.\n"),
        (str(tmp_path / "bài.md"), "Quý IV.\n    Quý bốn.\n"),
        (str(tmp_path / "bài.txt"), "Quý I.\n    Quý một.\n"),
    ):
        assert told(run(station, "script", "read", source)) == (0, words, "")


def test_the_station_s_lexicon_and_region_count(station: Path) -> None:
    write(station / "lexicon.toml", 'format = 1\n[abbreviations]\nXQZ = "xí nghiệp"\n')
    devices = (station / "devices.toml").read_text(encoding="utf-8")
    write(station / "devices.toml", f'{devices}[voice]\nregion = "south"\n')

    assert run(station, "script", "read", "-", stdin="XQZ 1.001").stdout.splitlines()[1] == (
        "    Xí nghiệp một ngàn không trăm lẻ một"
    )


def test_no_station_is_needed(tmp_path: Path) -> None:
    assert told(run(tmp_path, "script", "read", "-", stdin="25%")) == (
        0, "25%\n    hai mươi lăm phần trăm\n", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "stdin", "error"),
    [
        (("khong-co",), "", "khong-co: is missing\n"),
        (("-",), b"\xff\xfe", "standard input is not UTF-8\n"),
        (
            ("--jsonl",),
            '{"text": "a"}\n{"txt": 1}',
            'standard input, line 2: must be {"text": ...}\n',
        ),
        (("--jsonl",), "[]", 'standard input, line 1: must be {"text": ...}\n'),
    ],
)
def test_what_cannot_be_read_is_said(
    station: Path, words: tuple[str, ...], stdin: str | bytes, error: str
) -> None:
    result = run(station, "script", "read", *words, stdin=stdin)

    assert (result.exit_code, result.stderr) == (1, error)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((), "name a script or a file, or give - to read standard input"),
        (("chao", "--jsonl"), "--jsonl reads standard input alone"),
    ],
)
def test_what_is_not_understood_is_a_usage_error(
    station: Path, words: tuple[str, ...], error: str
) -> None:
    assert told(run(station, "script", "read", *words)) == usage("script read", ARGUMENTS, error)
