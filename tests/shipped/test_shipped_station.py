"""The ward's own station: what its letter orders is in it, said as it should be said, and airs."""

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from broadcaster.domain.airing import Rundown
from broadcaster.domain.campaign import Campaign, Event, Speech
from broadcaster.domain.station import Station
from broadcaster.planning.expand import expand
from broadcaster.planning.resolve import resolve
from broadcaster.station.load import load

ROOT = Path(__file__).parents[2]
PLACE = "Trung tâm Hội nghị - Biểu diễn thành phố, phường Thủy Nguyên"
LAST_DAY = date(2025, 10, 11)

PROGRAMME = """
09     sáng     Lễ khai mạc Techfest HaiPhong 2025
09     chiều    Diễn đàn “Nghị quyết 57-NQ/TW, đường băng cất cánh cho khoa học công nghệ, đổi mới sáng tạo và chuyển đổi số”
10     sáng     Hội thảo khoa học “Khoa học và Công nghệ biển thành phố Hải Phòng: Tầm nhìn chiến lược và đề xuất đột phá”
10     sáng     Hội thảo “AI tạo sinh – Xu thế khởi nghiệp và phát triển kinh tế số tại thành phố Hải Phòng”
11     sáng     Hội thảo “Xây dựng Hải Phòng thành trung tâm nhân lực chất lượng cao ngành điện tử, bán dẫn”
11     sáng     Phiên kết nối cung cầu công nghệ giữa các tổ chức, doanh nghiệp trong nước và doanh nghiệp nước ngoài
11     chiều    Phiên kết nối đầu tư cho doanh nghiệp khởi nghiệp
11     chiều    Tổng kết Hội thi “công dân số – sử dụng thông minh, sống an toàn”
11     chiều    Bế mạc Techfest HaiPhong 2025
09-11  cả ngày  Trình diễn, trưng bày, giới thiệu và kết nối sản phẩm ĐMST, sản phẩm OCOP
09-11  cả ngày  Khu trải nghiệm không gian tương lai và thực hành STEAM
"""  # noqa: E501 - the letter's rows as they stand in it

MADE_KNOWN = {
    "ngay-hoi-dmst": "Đổi mới sáng tạo toàn dân, động lực phát triển quốc gia",
    "nghi-quyet-57": "Nghị quyết số năm mươi bảy của Bộ Chính trị",
    "nghi-quyet-03": "Nghị quyết số không ba của Chính phủ",
    "luat-khcn-dmst": "Luật Khoa học, công nghệ và đổi mới sáng tạo năm hai nghìn không trăm",
    "ke-hoach-12": "Kế hoạch hành động số mười hai của Ban Thường vụ Thành ủy Hải Phòng",
    "ke-hoach-238": "Kế hoạch số hai trăm ba mươi tám của Ủy ban nhân dân thành phố Hải Phòng",
    "vinh-danh": "các doanh nghiệp, tổ chức, cá nhân có kết quả, có thành tựu đổi mới sáng tạo",
}
"""The script of each thing that the letter wants known, and words that it can't do without."""


@pytest.fixture(scope="module")
def station() -> Station:
    loaded = load(ROOT)
    assert [str(problem) for problem in loaded.problems if problem.level == "error"] == []
    assert loaded.station is not None
    return loaded.station


def campaign(station: Station, name: str) -> Campaign:
    return next(each for each in station.campaigns if each.id == name)


def rundown(station: Station) -> Rundown:
    """Plan everything, each script taken for the longest that it may be."""
    days = [date(2025, 9, 15) + timedelta(days) for days in range(40)]
    airings = expand(
        station.campaigns, days, station.timezone, station.holidays, lambda _name, _slot: 150.0
    )
    return resolve(airings, station.zones)


def row(event: Event) -> str:
    assert (event.date.year, event.date.month) == (2025, 10)
    days = f"{event.date:%d}" if event.until is None else f"{event.date:%d}-{event.until:%d}"
    return f"{days:5}  {event.part:7}  {event.title}"


def spoken(script: str, station: Station) -> str:
    return " ".join(station.scripts[script].paragraphs)


def test_nothing_is_wrong_but_that_only_espeak_would_read() -> None:
    problems = load(ROOT).problems

    assert {(problem.level, problem.message.id) for problem in problems} == {
        ("warning", "only {engine} would read this")
    }
    assert len(problems) == len(list(ROOT.glob("scripts/*.md")))


def test_the_sign_in_comments_can_be_used(tmp_path: Path) -> None:
    """A technician takes the # away and has a sign that is right."""
    devices = (ROOT / "devices.toml").read_text(encoding="utf-8")
    given, example = devices.split("# [signs.bang-cho]")
    example = "# [signs.bang-cho]" + example
    (tmp_path / "devices.toml").write_text(
        given.replace('"nha-van-hoa"]', '"nha-van-hoa", "bang-cho"]')
        + "".join(line.removeprefix("# ") for line in example.splitlines(keepends=True)),
        encoding="utf-8",
    )

    loaded = load(tmp_path)

    assert [str(problem) for problem in loaded.problems if problem.level == "error"] == []
    assert loaded.station is not None
    assert loaded.station.signs["bang-cho"].driver == "alpha"


def test_the_innovation_day_is_the_letters(station: Station) -> None:
    day = campaign(station, "ngay-hoi-dmst")

    assert day.theme == "Đổi mới sáng tạo toàn dân - Động lực phát triển quốc gia"
    assert day.implements == ("3093/SKHCN-QLCL",)
    assert day.letter is None
    assert (day.from_, day.until) == (date(2025, 9, 22), date(2025, 10, 5))
    assert [slot.slogans for slot in day.led] == [
        ("Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10",)
    ]


def test_techfest_is_the_letters(station: Station) -> None:
    techfest = campaign(station, "techfest-2025")

    assert techfest.theme == "Sáng tạo không giới hạn – Hải Phòng vươn mình ra biển lớn"
    assert (techfest.from_, techfest.until) == (date(2025, 10, 8), LAST_DAY)
    assert [slot.slogans for slot in techfest.led] == [(techfest.theme,)]
    assert [row(event) for event in techfest.events] == PROGRAMME.strip().splitlines()
    assert {event.place for event in techfest.events} == {PLACE}


def test_slogans_stand_on_both_signs_from_six_to_ten(station: Station) -> None:
    slots = [slot for each in station.campaigns for slot in each.led]

    assert [[str(between) for between in slot.between] for slot in slots] == [["06:00-22:00"]] * 2
    signs = {sign for slot in slots for zone in slot.zones for sign in station.zones[zone].signs}
    assert signs == set(station.signs)
    assert len(signs) == 2


def test_each_thing_to_be_made_known_is_said_several_times(station: Station) -> None:
    heard = Counter(
        item.script
        for entry in rundown(station).planned
        if entry.airing.campaign == "ngay-hoi-dmst"
        for item in entry.airing.slot.items
        if isinstance(item, Speech)
    )

    assert heard == {
        "ngay-hoi-dmst": 10,
        "nghi-quyet-57": 3,
        "nghi-quyet-03": 3,
        "luat-khcn-dmst": 3,
        "ke-hoach-12": 3,
        "ke-hoach-238": 3,
        "vinh-danh": 3,
    }
    assert [name for name, words in MADE_KNOWN.items() if words not in spoken(name, station)] == []


def test_two_broadcasts_a_day_and_none_refused(station: Station) -> None:
    plan = rundown(station)

    assert [str(entry.refusal) for entry in plan.refused] == []
    broadcasts = {
        (entry.airing.start.date(), f"{entry.airing.start:%H:%M}") for entry in plan.planned
    }
    # On the closing day nothing is left to be announced in the afternoon.
    assert broadcasts == {
        (date(2025, 9, 22) + timedelta(day), at)
        for day in [*range(14), 16, 17, 18, 19]
        for at in ("05:30", "17:00")
    } - {(LAST_DAY, "17:00")}


def test_every_part_of_techfests_days_is_announced_on_its_eve_in_order(station: Station) -> None:
    reminders = [
        (f"{entry.airing.start:%d %H:%M}", entry.airing.slot.id, entry.airing.slot.items[-1])
        for entry in rundown(station).planned
        if entry.airing.slot.id in {event.id for event in campaign(station, "techfest-2025").events}
    ]

    assert reminders == [
        ("08 17:00", "khai-mac", Speech("nhac-khai-mac")),
        ("08 17:00", "nq57-dien-dan", Speech("nhac-dien-dan")),
        ("09 17:00", "hoi-thao-bien", Speech("nhac-sang-ngay-10")),
        ("10 17:00", "hoi-thao-ban-dan", Speech("nhac-sang-ngay-11")),
        ("10 17:00", "ket-noi-dau-tu", Speech("nhac-chieu-ngay-11")),
    ]


def test_scripts_are_written_for_the_ear(station: Station) -> None:
    """The engine reads a text as it stands: no digits, no UBND, no 57-NQ/TW."""
    unspeakable = re.compile(r"\d|\b[A-ZĐ]{2,}\b|[/&+%<>_*#–—]| - ")

    found = {
        script.id: unspeakable.findall(spoken(script.id, station))
        for script in station.scripts.values()
    }

    assert {name: marks for name, marks in found.items() if marks} == {}


def test_scripts_greet_their_listeners(station: Station) -> None:
    greeting = "Kính thưa bà con và các bạn!"

    assert {script.paragraphs[0] for script in station.scripts.values()} == {greeting}


def test_scripts_are_as_long_as_listeners_bear(station: Station) -> None:
    """In syllables: espeak and announcers speak about four a second."""
    length = {name: len(spoken(name, station).split()) for name in station.scripts}

    long = {name: count for name, count in length.items() if not name.startswith("nhac-")}
    assert {name: count for name, count in long.items() if not 200 <= count <= 350} == {}
    short = {name: count for name, count in length.items() if name.startswith("nhac-")}
    assert {name: count for name, count in short.items() if not 60 <= count <= 120} == {}


def test_every_script_is_aired(station: Station) -> None:
    aired = {
        item.script
        for entry in rundown(station).planned
        for item in entry.airing.slot.items
        if isinstance(item, Speech)
    }

    assert aired == set(station.scripts)


def test_every_file_is_composed_unicode() -> None:
    files = [ROOT / "devices.toml", *ROOT.glob("scripts/*.md"), *ROOT.glob("playlists/*.toml")]

    assert len(files) > 3
    assert [
        file.name
        for file in files
        if not unicodedata.is_normalized("NFC", file.read_text(encoding="utf-8"))
    ] == []
