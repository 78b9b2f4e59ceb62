from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.audio.cache import Cache
from broadcaster.speech.espeak import Espeak
from broadcaster.speech.estimate import PAUSE, estimate

GREETING = "Kính thưa bà con và các bạn!"
NOTICE = (
    "Sáng mai, ngày mồng chín tháng mười, là Lễ khai mạc Techfest Hải Phòng năm hai nghìn không "
    "trăm hai mươi lăm. Địa điểm: Trung tâm Hội nghị, Biểu diễn thành phố, phường Thủy Nguyên."
)
NEWS = (
    "Nghị quyết được ban hành ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi "
    "tư. Đây là Nghị quyết về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển "
    "đổi số quốc gia. Ngay trong tên gọi, Nghị quyết đã nêu rõ những lĩnh vực cần tạo bước đột phá."
)
LETTER = (
    "UBND phường đề nghị các phòng, ban, đơn vị thuộc UBND phường thực hiện Nghị quyết số 57-NQ/TW "
    "ngày 22/12/2024 của Bộ Chính trị, từ 22/9 đến hết ngày 05/10/2025 trên hệ thống truyền thanh."
)


@pytest.mark.parametrize(
    "texts",
    [(NOTICE,), (NEWS,), (LETTER,), (GREETING, NOTICE, NEWS, LETTER), (NEWS,) * 8],
    ids=["notice", "news", "letter", "bulletin", "long"],
)
def test_foretells_espeak_within_15_percent(texts: tuple[str, ...], tmp_path: Path) -> None:
    spoken = asyncio.run(Espeak(Cache(tmp_path)).speak(texts, None))
    assert estimate(texts) == pytest.approx(spoken.seconds, rel=0.15)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("nghiêng", "ba"),
        ("quý già Thủy Nguyên", "một hai ba bốn"),
        ("Techfest", "một hai"),
        ("HaiPhong", "Hải Phòng"),
    ],
)
def test_counts_syllables_and_not_letters(text: str, like: str) -> None:
    assert estimate([text]) == estimate([like])


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [("2025", "25"), ("25", "05"), ("UBND", "TP"), ("một, hai", "một hai")],
)
def test_numbers_and_abbreviations_take_their_time(longer: str, shorter: str) -> None:
    assert estimate([longer]) > estimate([shorter])


def test_silence_takes_no_time() -> None:
    assert estimate([]) == 0
    assert estimate(["", " \n"]) == 0


@settings(deadline=None)
@given(st.lists(st.text()), st.lists(st.text()))
def test_more_text_takes_longer(some: list[str], more: list[str]) -> None:
    assert 0 <= estimate(some) <= estimate(some + more)
    both = [text for text in (some, more) if any(one.strip() for one in text)]
    joint = PAUSE if len(both) == 2 else 0
    assert estimate(some + more) == pytest.approx(estimate(some) + estimate(more) + joint)
