"""The page for a browser: its charts and its tables."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from broadcaster.report.charts import Chart, charts
from broadcaster.report.figures import results
from broadcaster.report.results import Results
from broadcaster.report.results_page import results_page
from tests.fakes.ledger import MemoryLedger
from tests.report.hand import HANOI, air, at, fill, key
from tests.report.reading import Page
from tests.report.test_docx import NAMES
from tests.report.test_figures import DAYS


def counted() -> Results:
    ledger = MemoryLedger()
    fill(ledger)
    return results(ledger.records(), "ngay-hoi", HANOI, DAYS)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(results_page(counted(), NAMES))


def drawn(of: Results) -> dict[str, Chart]:
    return dict(zip(("days", "zones", "signs", "causes"), charts(of, NAMES), strict=True))


def test_it_stands_alone_and_says_what_it_was_made_of(page: Page) -> None:
    assert page.all("script") == []
    assert [each for each in page.all("link") if each] == []
    assert page.all("html")[0]["lang"] == "vi"
    held = {each["name"]: each["content"] for each in page.all("meta") if "name" in each}
    assert held["broadcaster-campaign"] == "ngay-hoi"
    assert held["broadcaster-record"] == "33"
    assert held["broadcaster-window"] == "2025-09-22/2025-09-24"


def test_it_says_all_that_the_document_says(page: Page) -> None:
    text = " ".join(page.words)
    for said in (
        "I. TÌNH HÌNH TRIỂN KHAI", "II. KẾT QUẢ THỰC HIỆN", "IV. NGUỒN SỐ LIỆU", "Phụ lục",
        "Theo kế hoạch có 8 lượt phát", "chưa có số liệu",
    ):  # fmt: skip
        assert said in text


def test_planned_stands_beside_aired_for_each_day() -> None:
    bars = drawn(counted())["days"].bars
    assert [(bar.kind, bar.height) for bar in bars] == [
        ("planned", 220), ("planned", 220), ("planned", pytest.approx(220 * 2 / 3, abs=0.01)),
        ("given", pytest.approx(220 * 2 / 3, abs=0.01)), ("given", 0),
        ("given", pytest.approx(220 / 3, abs=0.01)),
    ]  # fmt: skip
    assert len({round(bar.y + bar.height, 1) for bar in bars}) == 1
    lefts = sorted((bar.x, bar.x + bar.width) for bar in bars)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(lefts))


def test_zones_and_signs_are_as_long_as_their_minutes_and_hours() -> None:
    found = drawn(counted())
    zones = {(bar.kind, bar.figure.text.strip("\ue000\ue001")): bar.width
             for bar in found["zones"].bars}  # fmt: skip
    whole = zones["planned", "zones.loa.asked"]
    # 120 + 120 + 90 + 60 + 60 + 120 of 570 s, given 40 + 120 + 60.
    assert zones["given", "zones.loa.given"] == pytest.approx(whole * 220 / 570, abs=0.1)
    assert zones["planned", "zones.loa-2.asked"] == pytest.approx(whole * 120 / 570, abs=0.1)
    asked, acknowledged, untold = (bar.width for bar in found["signs"].bars)
    assert acknowledged == pytest.approx(asked * 19 / 20, abs=0.1)
    assert untold == pytest.approx(asked * 2 / 20, abs=0.1)


def test_causes_have_a_bar_each_and_long_ones_are_shortened() -> None:
    chart = drawn(counted())["causes"]
    assert len(chart.bars) == len(chart.words) == len(counted().causes)
    assert all(len(word.text) <= 85 for word in chart.words)


def test_every_word_and_bar_is_within_its_chart() -> None:
    for chart in drawn(counted()).values():
        for bar in chart.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= chart.width
            assert 0 <= bar.y <= bar.y + bar.height <= chart.height
            assert 0 < bar.figure.y <= chart.height
        assert all(0 < word.y <= chart.height for word in chart.words)


def test_a_year_makes_the_chart_wider_and_not_its_bars_thinner() -> None:
    ledger = MemoryLedger()
    for number in range(365):
        start = at(1, 5, 30) + timedelta(days=number)
        where = f"ngay-hoi/tin/{start.astimezone(HANOI).isoformat('T', 'minutes')}/loa"
        air(ledger, where, start, 60.0, "aired", 60.0)
    chart = drawn(results(ledger.records(), "ngay-hoi", HANOI))["days"]
    assert chart.width > 12_000
    assert all(bar.width > 10 for bar in chart.bars)


def test_nothing_missed_is_said_and_nothing_known_is_said_otherwise() -> None:
    ledger = MemoryLedger()
    air(ledger, key("tin", 22, "05:30"), at(22, 5, 30), 60.0, "aired", 60.0)
    found = drawn(results(ledger.records(), "ngay-hoi", HANOI))
    assert found["causes"].bars == ()
    assert found["causes"].empty.startswith("The ledger has no airing that was heard in part")
    assert found["signs"].empty == "no data"
