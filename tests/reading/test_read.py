"""Pauses, mistypings, unknown words, regions, and a station's own lexicon."""

from __future__ import annotations

import pytest

from broadcaster.domain.lexicon import Case, Lexicon, Region
from broadcaster.reading.read import read, spoken_lines


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Chào bà con! Mời bà con nghe; rồi về.", "Chào bà con! Mời bà con nghe, rồi về."),
        ("Kính gửi:\n- Các phòng;\n- Tổ dân phố.", "Kính gửi.\nCác phòng.\nTổ dân phố."),
        ("THÔNG BÁO\nVề việc tiêm chủng", "thông báo.\nVề việc tiêm chủng"),
        ("1. Mục đích\n2. Yêu cầu", "một, Mục đích.\nhai, Yêu cầu"),
        ("Ngày hội (01/10), vui lắm", "Ngày hội, ngày một tháng mười, vui lắm"),
        ("Ban tổ chức - Đơn vị", "Ban tổ chức, Đơn vị"),
        ("kinh tế - xã hội", "kinh tế xã hội"),
        ("tin, bài,…", "tin, bài."),
        ("“Hải Phòng” vươn mình", "Hải Phòng vươn mình"),
        ("thực hiện./.", "thực hiện."),
        ("Một đoạn.\n\nHai đoạn.", "Một đoạn.\nHai đoạn."),
    ],
)
def test_pauses_are_marks_and_lines_and_never_words(text: str, spoken: str) -> None:
    assert read(text).spoken == spoken


def test_a_line_that_a_page_broke_is_one_line() -> None:
    text = (
        "Ủy ban nhân dân phường đề nghị các phòng, ban, đơn vị của\n\nPhường Thủy Nguyên tham gia"
    )

    assert read(text).spoken.count("\n") == 0


def test_a_paragraph_is_one_line_for_the_voice() -> None:
    assert spoken_lines(["- Một;\n- Hai.", "", "…", "Ba"]) == ("Một. Hai.", "Ba")


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("ngày13/9", (("ngày13/9", "ngày 13/9"),)),
        ("Tổ chức: Tư 09-11/10/2025", (("Tư", "Từ"),)),
        ("(số31/2024/QH15)", (("số31/2024/QH15", "số 31/2024/QH15"),)),
        ("lúc 16h00ngày 20/10", (("16h00ngày", "16h00 ngày"),)),
        ("ngày 08//11/2025", (("08//11/2025", "08/11/2025"),)),
        ("ngày 20.10/2025", (("20.10/2025", "20/10/2025"),)),
        ("ngày 1O/10", (("1O/10", "10/10"),)),
        ("ngày 15.8.2025, 9-10/2025", ()),
        ("thứ Tư ngày 1/10", ()),
        ("Tư tưởng 10/10", ()),
    ],
)
def test_what_seems_mistyped_is_read_right_and_told(
    text: str, flaws: tuple[tuple[str, str], ...]
) -> None:
    assert read(text).flaws == flaws


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Công ty XQZT và sản phẩm blahblah, blahblah", ("XQZT", "blahblah")),
        ("Văn bản số 12/KH-XQZ", ("XQZ",)),
        ("Chúc mừng 😀 bà con", ("😀",)),
        ("Привет bà con", ("Привет",)),
        ("UBND phường, Techfest, AI, Đắk Lắk, COVID-19", ()),
    ],
)
def test_what_is_no_vietnamese_and_in_no_lexicon_is_told(
    text: str, unknown: tuple[str, ...]
) -> None:
    assert read(text).unknown == unknown


def test_an_unknown_abbreviation_is_spelled_and_no_capitals_are_left() -> None:
    assert read("Công ty XQZ").spoken == "Công ty ích quy dét"


def test_the_south_has_its_own_words_for_numbers() -> None:
    text = "1.005 hộ, năm 2007"

    assert (
        read(text).spoken == "một nghìn không trăm linh năm hộ, năm hai nghìn không trăm linh bảy"
    )
    assert (
        read(text, region=Region.SOUTH).spoken
        == "một ngàn không trăm lẻ năm hộ, năm hai ngàn không trăm lẻ bảy"
    )


def test_a_station_adds_to_the_lexicon_and_says_otherwise() -> None:
    own = Lexicon(
        abbreviations={
            "XQZ": (Case(say="xí nghiệp quận"),),
            "CT": (Case(say="chung thủy", after=("son",)), Case(say="công ty")),
        },
        symbols={"TU": (Case(say="Tỉnh ủy"),)},
        words=frozenset({"blahblah"}),
        names={"chosat": "chợ sắt"},
    )
    reading = read("XQZ, CT son, CT Hải Âu, blahblah, 12-KH/TU, UBND, chosat.vn", own)

    assert reading.unknown == ()
    assert reading.spoken == (
        "Xí nghiệp quận, chung thủy son, công ty Hải Âu, blahblah, "
        "mười hai kế hoạch Tỉnh ủy, Ủy ban nhân dân, chợ sắt chấm vê nờ"
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Tỉnh ủy ban hành Kế hoạch số 12-KH/TU", "kế hoạch Tỉnh ủy"),
        ("Thành ủy ban hành Kế hoạch số 12-KH/TU", "kế hoạch Thành ủy"),
        ("Báo cáo tại TT Đảng ủy", "Thường trực Đảng ủy"),
        ("Báo cáo tại TT Y tế", "Trung tâm y tế"),
        ("TT Nội dung Thời gian", "thứ tự Nội dung"),
    ],
)
def test_one_abbreviation_is_read_by_what_stands_around_it(text: str, spoken: str) -> None:
    assert spoken.lower() in read(text).spoken.lower()


def test_what_stands_far_away_decides_nothing() -> None:
    far = f"Tỉnh ủy {'và các ban ' * 60}. Kế hoạch số 12-KH/TU"

    assert read(far).spoken.endswith("kế hoạch Thành ủy")
