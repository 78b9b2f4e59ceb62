"""The letters are whole, and what is expected of each stands in each of its forms."""

import json
import re
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from tests.letters.squeezing import squeezed

HERE = Path(__file__).parent
FILES = {"letter.html", "letter.txt", "letter.docx", "letter.pdf", "letter-2.pdf", "expected.json"}
KEYS = {
    "document_no", "date", "issuer", "urgency", "implements", "campaigns", "channels",
    "reporting_deadline", "typos", "text_form",
}  # fmt: skip
CAMPAIGN = {"title", "theme", "contents", "slogans", "window", "extra_windows", "events"}
EVENT = {"title", "date", "date_end", "part_of_day", "time", "place"}
CHANNELS = "loudspeaker led portal fanpage zalo banner flag mobile_car social app".split()
PARTS = {None, "sáng", "trưa", "chiều", "tối", "cả ngày"}
URGENCIES = {None, "khẩn", "thượng khẩn", "hỏa tốc"}

FOLDERS = sorted(page.parent for page in HERE.glob("*/*/letter.html"))
PRINTS = ["letter.pdf", "letter-2.pdf"]
each_letter = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def expected(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@cache
def pasted(folder: Path) -> str:
    return squeezed((folder / "letter.txt").read_text(encoding="utf-8"))


def of_word(folder: Path) -> str:
    document = docx.Document(str(folder / "letter.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]))


def printed(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return squeezed(
        "\n".join(re.sub(r"^\s*\d+\s*$", "", page, flags=re.MULTILINE) for page in pages)
    )


def windows(campaign: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in (campaign["window"], *campaign["extra_windows"]) if each]


def days(letter: dict[str, Any]) -> list[str]:
    found = [letter["date"], letter["reporting_deadline"]]
    for campaign in letter["campaigns"]:
        found += [window[end] for window in windows(campaign) for end in ("start", "end")]
        found += [event[key] for event in campaign["events"] for key in ("date", "date_end")]
    return [day for day in found if day is not None]


def texts(letter: dict[str, Any]) -> list[str | None]:
    found = [*letter["typos"], *letter["implements"]]
    for campaign in letter["campaigns"]:
        found += [campaign["title"], campaign["theme"], *campaign["contents"]]
        found += [*campaign["slogans"], *(window["label"] for window in campaign["extra_windows"])]
        found += [event[key] for event in campaign["events"] for key in ("title", "place")]
    return found


def absent(wanted: list[str | None], body: str) -> list[str]:
    return [text for text in wanted if text and squeezed(text) not in body]


def test_some_are_held() -> None:
    parents = [folder.parent.name for folder in FOLDERS]
    assert parents.count("tuned") >= 16
    assert parents.count("held") == 8


@each_letter
def test_it_is_whole(folder: Path) -> None:
    assert {file.name for file in folder.iterdir()} == FILES


@each_letter
def test_what_is_expected_has_exactly_the_keys(folder: Path) -> None:
    letter = expected(folder)
    assert set(letter) == KEYS
    assert set(letter["text_form"]) < KEYS
    for campaign in letter["campaigns"]:
        assert set(campaign) == CAMPAIGN
        assert all(set(event) == EVENT for event in campaign["events"])
        assert all(set(window) == {"label", "start", "end"} for window in campaign["extra_windows"])
        assert campaign["window"] is None or set(campaign["window"]) == {"start", "end"}


@each_letter
def test_what_is_expected_is_well_formed(folder: Path) -> None:
    letter = expected(folder)
    for day in days(letter):
        assert date.fromisoformat(day).isoformat() == day
    for window in (each for campaign in letter["campaigns"] for each in windows(campaign)):
        assert (window["start"] or "") <= (window["end"] or "9999")
    for event in (each for campaign in letter["campaigns"] for each in campaign["events"]):
        assert event["part_of_day"] in PARTS
        assert event["time"] is None or time.fromisoformat(event["time"])
        assert event["date_end"] is None or event["date"] < event["date_end"]
    assert letter["channels"] == [name for name in CHANNELS if name in letter["channels"]]
    assert letter["urgency"] in URGENCIES


@each_letter
def test_what_is_expected_stands_in_the_text(folder: Path) -> None:
    letter = expected(folder)
    missing = absent(texts(letter | letter["text_form"]), pasted(folder))
    assert missing == []


@each_letter
@pytest.mark.parametrize("name", PRINTS)
def test_the_prints_keep_every_mark(folder: Path, name: str) -> None:
    letter = expected(folder)
    body = printed(folder / name)
    numbers = [letter["document_no"], letter["urgency"], *letter["implements"]]
    slogans = [slogan for campaign in letter["campaigns"] for slogan in campaign["slogans"]]
    # Word by word: a table's row may go on overleaf, and its cells then lie between each other.
    words = [word for slogan in slogans for word in slogan.split()]
    assert absent([*numbers, *words], body) == []


@each_letter
def test_the_word_form_says_what_is_expected(folder: Path) -> None:
    letter = expected(folder)
    heading = [letter["document_no"], letter["issuer"], letter["urgency"]]
    assert absent([*heading, *texts(letter)], of_word(folder)) == []
