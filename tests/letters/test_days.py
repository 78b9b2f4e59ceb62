"""Days and periods, in every style that letters write them in."""

from __future__ import annotations

from datetime import date

import pytest

from broadcaster.letters.days import periods
from broadcaster.letters.found import Context

LETTER = Context(date(2025, 9, 22), 2025)
CASES = {
    "Từ  22/9/2025-05/10/2025": "2025-09-22 2025-10-05",
    "Tư 09-11/10/2025": "2025-10-09 2025-10-11",
    "từ ngày 22/9 đến ngày 05/10/2025": "2025-09-22 2025-10-05",
    "từ nay đến hết ngày 10/10/2025": "2025-09-22 2025-10-10",
    "(từ 01-15/11/2025)": "2025-11-01 2025-11-15",
    "trong tháng 11/2025": "2025-11-01 2025-11-30",
    "trong quý IV/2025": "2025-10-01 2025-12-31",
    "từ tuần thứ hai của tháng 12/2025 đến hết tháng 12/2025": "2025-12-08 2025-12-31",
    "từ ngày 25/12/2025 đến 05/01/2026": "2025-12-25 2026-01-05",
    "từ 25/12 đến hết 05/01/2026": "2025-12-25 2026-01-05",
    "từ ngày 15 tháng 10 đến ngày 20 tháng 10 năm 2025": "2025-10-15 2025-10-20",
    "các ngày 9, 10 và 11/10/2025": "2025-10-09 2025-10-11",
    "từ 7h00 ngày 5/10 đến 17h00 ngày 06/10/2025": "2025-10-05 2025-10-06",
    "từ ngày 09/02/2026 (22 tháng Chạp năm Ất Tỵ) đến ngày 22/02/2026": "2026-02-09 2026-02-22",
    "07h30 ngày 01/10/2025": "2025-10-01",
    "14h00 - 16h30 ngày 5/10": "2025-10-05",
    "19h30, 29/11/2025": "2025-11-29",
    "ngày 10/01": "2026-01-10",
    "ngày 22 tháng 9 năm 2025": "2025-09-22",
    "30/8/219": "2025-08-30",
    "10/2025/10": "2025-10-10",
    "ngày13/9/2025": "2025-09-13",
    "ngày 10/3 âm lịch (tức ngày 26/4/2026)": "2026-04-26",
    "rằm tháng 8 âm lịch": "",
    "31/9/2025": "",
    "Nghị quyết số 57-NQ/TW": "",
    "số 3093/SKHCN-QLCL": "",
}


@pytest.mark.parametrize("text", CASES)
def test_days_are_found(text: str) -> None:
    found = [
        " ".join(dict.fromkeys(str(day) for day in (each.period.start, each.period.end)))
        for each in periods(text, LETTER)
    ]
    assert " | ".join(found) == CASES[text]
