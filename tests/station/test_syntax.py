"""What TOML refuses is told in words for people, and costs no more than its own line."""

from __future__ import annotations

import tomllib

import pytest

from broadcaster.station.syntax import parse

QUOTES = "a quote is missing, or there is one too many"
OPEN = "a list or text opens here and is not closed"


def told(text: str) -> tuple[str, bool]:
    """Give what is said of a campaign's lines, and whether the rest could be read."""
    parsed = parse("a.toml", f"[campaign]\n{text}")
    said = "\n".join(str(problem).removeprefix("a.toml:") for problem in parsed.problems)
    return said, parsed.values is not None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("title = Ngày hội # a", 'title: a text stands in quotes; write: "Ngày hội"'),
        (
            "place = Hải Phòng, Việt Nam",
            'place: a text stands in quotes; write: "Hải Phòng, Việt Nam"',
        ),
        ("late = 10m", 'late: a text stands in quotes; write: "10m"'),
        ("zones = [toan-phuong]", 'zones: a text stands in quotes; write: "toan-phuong"'),
        (
            "items = [{ chime = default }]",
            'items: a text stands in quotes; write: "default"',
        ),
        (
            "title = “Sáng, chiều”",
            ('title: quotes must be straight, as in "text"; write: "Sáng, chiều"'),
        ),
        ("until = 2025-09-31", "until: 2025-09-31 is no date: that month has 30 days"),
        ("until = 2025-02-29", "until: 2025-02-29 is no date: that month has 28 days"),
        ("until = 2025-13-01", "until: 2025-13-01 is no date: a year has 12 months"),
        ("until = 31/9/2025", "until: 31/9/2025 is no date: that month has 30 days"),
        (
            "until = 2025-9-1",
            "until: 2025-9-1 is not how a date is written; write: 2025-09-01",
        ),
        (
            "from = 22/9/2025",
            "from: 22/9/2025 is not how a date is written; write: 2025-09-22",
        ),
        ("at = 05:30", 'at: a time of day stands in quotes; write: "05:30"'),
        ("at = [5h30]", 'at: a time of day stands in quotes; write: "05:30"'),
        ("enabled = True", "enabled: must be true or false, in small letters; write: true"),
        ("enabled = no", "enabled: must be true or false, in small letters; write: false"),
        ("order = 010", "order: a number does not begin with 0; write: 10"),
        ("gain_db = -16,5", "gain_db: a number has a point, not a comma; write: -16.5"),
        ('title = "Ngày hội', f'title: {QUOTES}; write: title = "Ngày hội"'),
        ('title = "a"b"', f"title: {QUOTES}"),
        ('at = ["05:30, "17:00"]', f"at: {QUOTES}"),
        ('title: "a"', 'title: there is no = between key and value; write: title = "a"'),
        (
            "until 2025-10-05",
            "until: there is no = between key and value; write: until = 2025-10-05",
        ),
        (
            'tiêu-đề = "a"',
            'tiêu-đề: a key has the letters a-z, digits, - and _, not "tiêu-đề"',
        ),
        ("title =", "title: has no value"),
        ("a = [1 2]", "a: a comma or a closing bracket is missing"),
        ("a = 1 b = 2", "a: something after the value does not belong there"),
        (r'a = "C:\q"', "a: in quotes a backslash is written twice"),
        ("a = " + "9" * 5000, "a: can't be read: a number is too long"),
    ],
)
def test_a_wrong_line_is_told_and_the_rest_is_read(line: str, expected: str) -> None:
    text = f"before = 1\n{line}\nafter = 2\n"
    said, read = told(text)
    assert said == f"3: campaign.{expected}"
    assert read
    values = parse("a.toml", text).values
    assert values
    assert (values["before"], values["after"]) == (1, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\na = 2", "3: campaign.a: stands here twice"),
        ("a = 1\na = [\n 1,\n]\nb = 1", "3: campaign.a: stands here twice"),
        ("[zones.x]\na = 1\n[zones.x]\na = 2", "4: zones.x: stands here twice"),
        (
            "a = 2025-09-31\nb = x\nc = 05:30",
            (
                "2: campaign.a: 2025-09-31 is no date: that month has 30 days\n"
                '3: campaign.b: a text stands in quotes; write: "x"\n'
                '4: campaign.c: a time of day stands in quotes; write: "05:30"'
            ),
        ),
        (
            'a = [2025-09-31, "x", 05:30, “y”, 5]',
            (
                "2: campaign.a: 2025-09-31 is no date: that month has 30 days\n"
                '2: campaign.a: a time of day stands in quotes; write: "05:30"\n'
                '2: campaign.a: quotes must be straight, as in "text"; write: "y"'
            ),
        ),
        (
            "a = [x, 1] 5",
            (
                '2: campaign.a: a text stands in quotes; write: "x"\n'
                "2: campaign.a: something after the value does not belong there"
            ),
        ),
        (
            '[[radio]]\n[[radio]]\nat = [\n "05:30",\n 17:00,\n]\n',
            '6: radio[2].at: a time of day stands in quotes; write: "17:00"',
        ),
        (
            '[[radio]]\nat = x\nid = "ban-tin"\n',
            '3: radio.ban-tin.at: a text stands in quotes; write: "x"',
        ),
    ],
)
def test_wrong_lines_among_others(text: str, expected: str) -> None:
    assert told(text) == (expected, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a = [\n "x",\nb = 3\n', f"2: campaign.a: {OPEN}"),
        ('a = ["x"\nb = [{ c = 1 }]\n', f"2: campaign.a: {OPEN}"),
        ('[[radio]]\nzones = [\n  "a",\n\n[[led]]\nid = "q"\n', f"3: radio[1].zones: {OPEN}"),
        ('b = 1\na = """x\nc = 2\n', f"3: campaign.a: {OPEN}"),
        ("a = [1,\n2,", f"2: campaign.a: {OPEN}"),
        ("[radio", "2: campaign: a comma or a closing bracket is missing"),
        (
            "[radio]\na = 1\n[radio]\n",
            (
                "4: radio: stands here twice; "
                "a list of tables has two brackets on either side: [[radio]]"
            ),
        ),
        ("a = " + "[" * 5000, "2: campaign.a: can't be read: lists lie too deep in one another"),
        ("[[e[[led]]", "2: campaign: a comma or a closing bracket is missing"),
        ("= 3", "2: campaign: can't be read as TOML: Invalid statement"),
    ],
)
def test_what_reaches_beyond_its_line_ends_the_reading(text: str, expected: str) -> None:
    assert told(text) == (expected, False)


def test_a_wrong_value_is_stood_in_for_alone() -> None:
    parsed = parse("a.toml", 'a = [2025-09-31, "b", { c = x, d = 5 }]')
    assert parsed.values == {"a": ["\0000", "b", {"c": "\0001", "d": 5}]}
    assert list(parsed.stand_ins) == ["\0000", "\0001"]
    assert parsed.lines == {}


def test_a_line_of_wrong_values_is_wrong_as_a_whole() -> None:
    parsed = parse("a.toml", f"a = [{', '.join('x' * 100)}]\nb = 1")
    assert parsed.values == {"a": "", "b": 1}
    assert [str(problem) for problem in parsed.problems] == [
        'a.toml:1: a: a text stands in quotes; write: "x"'
    ] * 11
    assert list(parsed.lines) == [1]


def test_a_table_broken_over_lines() -> None:
    text = '[a]\nremind = { before = "1d",\n  at = "17:00" }\n'
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert told(text) == ("3: a.remind: a table in { } stands on one line", False)
    else:
        # TOML 1.1, which newer Pythons read, allows it.
        assert told(text) == ("", True)


def test_a_file_of_something_else_ends_soon() -> None:
    parsed = parse("a.toml", "một dòng chữ\n" * 3000)
    assert parsed.values is None
    assert len(parsed.problems) <= 50
