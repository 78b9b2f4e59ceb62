"""Days, months, years and their ranges, in every style that letters use."""

from __future__ import annotations

import re

from broadcaster.reading.numbers import cardinal, month, whole
from broadcaster.reading.scan import Rule, Scan

_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_Y = r"[12]\d{3}"
_END = r"(?![\d/]|[.,-]\d)"
_TO = r" ?- ?(?:ngày |NGÀY )?"

KNOWN = frozenset(
    "1/1 3/2 27/2 8/3 26/3 30/4 1/5 7/5 15/5 19/5 1/6 5/6 28/6 27/7 19/8 2/9 1/10 10/10 13/10"
    " 15/10 20/10 9/11 18/11 20/11 1/12 10/12 19/12 22/12".split()
)
"""Days of the year that everybody knows: a bare 30/4 means the day."""
BEFORE = frozenset(
    "ngày sáng trưa chiều tối đêm hôm từ đến tới trước sau lễ khánh dịp chót qua hết kể nữ nhân"
    " mừng niệm vào hạn nam giáo quốc nhi động đội nghỉ tết nay mai đường phố mùng mồng rằm".split()
)
"""Words that a day and a month follow."""
NUMBERED = (
    "khối|lớp|điều|khoản|mục|chương|phần|tổ|tdp|dân phố|thôn|xóm|khu|khu phố|ấp|khóm|phường|quận"
    "|đội|đợt|kỳ|vòng|bảng|nhóm|tầng|phòng|câu|bài|trang|bàn|ngõ|ngách|lô|thửa|cụm|chi bộ|cấp"
    "|vùng|trạm|cống|cửa|loại|dãy|tòa|nhà|điểm bầu cử|kv|khu vực|bậc|tiết|ca|tập|mẫu|bước|nhịp"
    "|trụ|làn|số"
)
"""Words that a number follows as a name, in a pattern."""
_NUMBERED = re.compile(rf"(?<!\w)(?:{NUMBERED}) $", re.IGNORECASE)
_GRADED = re.compile(r"(?<!\w)(?:thương binh|bậc|điểm|đạt|xếp|hạng) $", re.IGNORECASE)
_TODAY = re.compile(
    r"(?:hôm|ngày|sáng|trưa|chiều|tối|đêm) (?:nay|qua|mai|kia)[ ,(]{1,2}$", re.IGNORECASE
)
_DAYTIME = frozenset("ngày sáng trưa chiều tối đêm".split())
PARTS = frozenset(
    "số tổng diện dân hộ đại quãng lượng cốc thìa quân thời đoạn sản nhu cầu giá mức vốn cổ đảng"
    " thành cử người học cán chặng bát viên muỗng ly kinh lương ca kg lít công trẻ tuổi"
    " triệu nghìn ngàn tỷ tấn tạ ha mét km m cm điểm độ m2 đồng"
    " gia năm ngày tháng tuần giờ phút lần".split()
)
"""Words that a fraction stands before."""
STREETS = ("đường", "phố", "ngõ", "ngách", "hẻm", "kiệt", "số nhà", "nhà số", "lô", "thửa")
WITHOUT_TO = re.compile(r"(?:năm học|niên khóa|nhiệm kỳ|nhiệm kì|mùa giải)\W*$", re.IGNORECASE)
"""Terms that are named by their two years, without `đến`."""

AMOUNTS = frozenset("từ đến tới hết qua".split())
"""Words before days that amounts may follow as well."""
PARTED = frozenset("1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/10".split())
"""Fractions that people use: a day only beside another day."""
_NEAR = 12
_ANOTHER = re.compile(r"\d{1,2}/\d{1,2}")
_DAYS_LISTED = re.compile(
    r"(?:ngày:?|mùng|mồng|rằm) (?:\d{1,2}(?:, ?|; ?|;? và ))*$", re.IGNORECASE
)
_STREET = re.compile(
    r"(?:đường|phố|công viên|cầu|công ty|nhà máy|xí nghiệp|bệnh viện|hợp tác xã|HTX|rạp|bến xe"
    r"|trường(?: (?:MN|mầm non|mẫu giáo|TH|tiểu học|THCS|THPT))?) $",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<!\w)(?:ngày (?!này)[^\W\d_]+(?:[^\d,;:.()/]|, ch){2,50}|quốc khánh|quốc tế lao động"
    r"|cách mạng tháng (?:tám|8)"
    r"|quốc tế phụ nữ|phụ nữ việt nam|nhà giáo việt nam|liệt sĩ|miền nam|(?:dịp|nghỉ|kỳ|đợt"
    r"|ngày) lễ|dịp|lễ|mừng)"
    r"(?: \d{1,2}[/-]\d{1,2}(?:,| và| -))? $",
    re.IGNORECASE,
)
"""A feast, whose day is a part of its name."""
_HAPPENS = re.compile(
    r"(?<!\w)(?:ra|tổ|vào|từ|đến|tới|trước|sau|sáng|trưa|chiều|tối|đêm|hôm|thứ|nhật|mạc|qua|hết"
    r"|hạn|kể"
    r"|là|lúc|họp|dự|tháng|sẽ|đã|phường|xã|điểm|nơi|mũi|thời|giờ)(?!\w)",
    re.IGNORECASE,
)
"""Words after which a day is one that something happens on."""
_NEXT_WORD = re.compile(r" ?([^\W\d_]+)")


def day_month(day: str, month_: str) -> str:
    """Give a day of a month, without `ngày`."""
    return f"{cardinal(int(day))} tháng {month(int(month_))}"


def _year(year: str | None, scan: Scan) -> str:
    return f" năm {whole(year, scan.region)}" if year else ""


def _day(scan: Scan, said: str) -> str:
    """Say `ngày` before a day, unless it was said."""
    behind = scan.behind
    listed = _DAYS_LISTED.search(behind) or behind.lower().endswith("ngày")
    named = listed or _STREET.search(behind) or _is_feast(scan)
    return said if named else f"ngày {said}"


def _is_feast(scan: Scan) -> bool:
    """Tell the day of a name from a day that something happens on: Quốc khánh 2/9, dịp lễ 30/4."""
    found = _NAMED.search(scan.behind)
    return bool(found and not _HAPPENS.search(found[0]))


def _from_to(found: re.Match[str], scan: Scan) -> str | None:
    """22/9/2025-05/10/2025, 28/9 - 03/10/2025."""
    d1, m1, y1, d2, m2, y2 = found.group("d1", "m1", "y1", "d2", "m2", "y2")
    first = day_month(d1, m1) + _year(y1, scan)
    last = day_month(d2, m2) + _year(y2, scan)
    if not y2 and _is_feast(scan):
        # Two days off in a row, no time that lasts.
        return f"{first}, {last}"
    return f"{_day(scan, first)} đến ngày {last}"


def _days_of_month(found: re.Match[str], scan: Scan) -> str | None:
    """09-11/10/2025."""
    d1, d2, m, y = found.group("d1", "d2", "m", "y")
    if int(d1) >= int(d2) or (not y and not _means_a_day(scan, d2, m, found.end())):
        return None
    first = _day(scan, cardinal(int(d1)))
    return f"{first} đến ngày {day_month(d2, m)}{_year(y, scan)}"


def _full(found: re.Match[str], scan: Scan) -> str | None:
    """22/12/2024, 15.8.2025, 22 /9/ 2025."""
    d, m, y = found.group("d", "m", "y")
    return _day(scan, day_month(d, m) + _year(y, scan))


def _short(found: re.Match[str], scan: Scan) -> str | None:
    """01/10, 01-10, 20.10: where it means a day."""
    d, m, mark = found.group("d", "m", "mark")
    if not _means_a_day(scan, d, m, found.end(), mark):
        return None
    return _day(scan, day_month(d, m))


def _means_a_day(scan: Scan, day: str, month_: str, end: int, mark: str = "/") -> bool:
    behind = scan.behind.lower().rstrip(" (")
    if _DAYS_LISTED.search(scan.behind) or (_is_feast(scan) and not _counts(scan, end)):
        return True
    follows = behind.endswith(scan.last) and scan.last in BEFORE
    # 1-10 is a range of numbers as well: only what is written or known as a day is one.
    padded = day.startswith("0") or month_.startswith("0") or f"{int(day)}/{int(month_)}" in KNOWN
    if mark == "/" and _GRADED.search(scan.behind):
        return False
    if mark != "/":
        told = (follows and scan.last in _DAYTIME) or _TODAY.search(scan.behind)
        listed = scan.behind.endswith("(") or follows or mark == "-"
        named = mark == "-" and _NUMBERED.search(scan.behind)
        return bool(told or (padded and listed and not named)) and not _counts(scan, end)
    if follows:
        return not _is_a_part(scan, f"{day}/{month_}", end)
    if behind.endswith(STREETS) or _counts(scan, end):
        return False
    return padded or not int(day) < int(month_) <= 10  # noqa: PLR2004 - tenths


def _is_a_part(scan: Scan, written: str, end: int) -> bool:
    """Tell `tới 1/2 sân` from `từ 1/2 đến 5/2`."""
    if scan.last not in AMOUNTS or written not in PARTED:
        return False
    return not _ANOTHER.search(f"{scan.behind[-_NEAR:]} {scan.ahead(end)[:_NEAR]}")


def _counts(scan: Scan, end: int) -> bool:
    """Tell whether a word follows that numbers count."""
    found = _NEXT_WORD.match(scan.ahead(end))
    return bool(found and found[1].lower() in PARTS)


def _first_of_several(found: re.Match[str], scan: Scan) -> str | None:
    """Từ 01 đến 05/10: the day that has its month later."""
    if scan.last not in {"từ", "đến", "ngày"}:
        return None
    return _day(scan, cardinal(int(found["d"])))


def _month_year(found: re.Match[str], scan: Scan) -> str | None:
    """10/2025, 9-10/2025."""
    first, last, y = found.group("m1", "m2", "y")
    last_word = scan.last
    if last_word == "quý":
        return f"{cardinal(int(last))}{_year(y, scan)}" if not first else None
    if last_word in {"số", "định", "quyết", "tư", "thị", "luật", "lệnh"}:
        return None
    months = f"tháng {month(int(last))}"
    if first:
        months = f"tháng {month(int(first))} đến {months}"
    if last_word == "tháng":
        months = months.removeprefix("tháng ")
    return f"{months}{_year(y, scan)}"


def _from_month_to(found: re.Match[str], scan: Scan) -> str:
    """11/2025-3/2026."""
    m1, y1, m2, y2 = found.group("m1", "y1", "m2", "y2")
    first = f"{month(int(m1))}{_year(y1, scan)}"
    said = "" if scan.last == "tháng" else "tháng "
    return f"{said}{first} đến tháng {month(int(m2))}{_year(y2, scan)}"


def _season(found: re.Match[str], scan: Scan) -> str | None:
    """Năm học 2025/2026, mùa giải 2025/26."""
    first, last = found.group("y1", "y2")
    if int(last) != (int(first) + 1) % 10 ** len(last):
        return None
    return f"{whole(first, scan.region)}, {whole(last, scan.region)}"


def _years(found: re.Match[str], scan: Scan) -> str | None:
    """2021-2025."""
    first, last = found.group("y1", "y2")
    to = ", " if WITHOUT_TO.search(scan.behind) else " đến "
    return f"{whole(first, scan.region)}{to}{whole(last, scan.region)}"


RULES: tuple[Rule, ...] = (
    (
        re.compile(
            rf"(?P<d1>{_D})(?P<s>[/.])(?P<m1>{_M})(?:(?P=s)(?P<y1>{_Y}))?{_TO}"
            rf"(?P<d2>{_D})(?P=s)(?P<m2>{_M})(?:(?P=s)(?P<y2>{_Y}))?{_END}"
        ),
        _from_to,
    ),
    (
        re.compile(
            rf"(?P<d1>{_D}){_TO}(?P<d2>{_D})(?P<s>[/.])(?P<m>{_M})(?:(?P=s)(?P<y>{_Y}))?{_END}"
        ),
        _days_of_month,
    ),
    (
        re.compile(rf"(?P<d>{_D}) ?(?P<s>[/.-]) ?(?P<m>{_M}) ?(?P=s) ?(?P<y>{_Y}){_END}"),
        _full,
    ),
    (re.compile(rf"(?P<d>{_D})(?P<mark>[/.-])(?P<m>{_M}){_END}(?![\w%°]| ?(?:%|°))"), _short),
    (
        re.compile(
            rf"(?P<d>{_D})(?= (?:đến|tới|ĐẾN|TỚI) (?:ngày |NGÀY )?{_D}[/.]{_M}(?:[/.]{_Y})?{_END})"
        ),
        _first_of_several,
    ),
    (
        re.compile(
            rf"(?P<m1>{_M})/(?P<y1>{_Y})(?: ?- ?(?:tháng )?| đến )(?P<m2>{_M})/(?P<y2>{_Y}){_END}"
        ),
        _from_month_to,
    ),
    (re.compile(rf"(?P<y1>{_Y})/(?P<y2>{_Y}|\d\d)(?![\w/.-])"), _season),
    (re.compile(rf"(?:(?P<m1>{_M}) ?- ?)?(?P<m2>{_M}) ?[/-] ?(?P<y>{_Y}){_END}"), _month_year),
    (re.compile(rf"(?P<y1>{_Y}) ?- ?(?P<y2>{_Y})(?![\d/]|[.,]\d)"), _years),
)
