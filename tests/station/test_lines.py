"""Every key path of a TOML file is found in the line where a person sees it."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.station.lines import KeyPath, last_statement, lines

Write = Callable[["Page"], Any]

BY_HAND = '''\
# a comment
format = 1
"a.b".c . 'd' = [ # another ] }
  1, { k = """m
n ""\\"""", l = [2,
  3]},
]
[t.u]
x = "# no comment"
[t]
[[r]]
at = ["05:30",
 # between

 "17:00"]
[r.sub]
z = 1979-05-27 07:32:00
[[r]]
[[r.q]]
e = {}
f = [ ]
s = """a""\\""""""
"\\u00e9\\"" = \'\'\'
'' \'\'\'\'\'
last = 'C:\\'
'''


def test_each_form_by_hand() -> None:
    assert dict(lines(BY_HAND)) == {
        ("format",): 2,
        ("a.b",): 3,
        ("a.b", "c"): 3,
        ("a.b", "c", "d"): 3,
        ("a.b", "c", "d", 0): 4,
        ("a.b", "c", "d", 1): 4,
        ("a.b", "c", "d", 1, "k"): 4,
        ("a.b", "c", "d", 1, "l"): 5,
        ("a.b", "c", "d", 1, "l", 0): 5,
        ("a.b", "c", "d", 1, "l", 1): 6,
        ("t",): 10,
        ("t", "u"): 8,
        ("t", "u", "x"): 9,
        ("r",): 11,
        ("r", 0): 11,
        ("r", 0, "at"): 12,
        ("r", 0, "at", 0): 12,
        ("r", 0, "at", 1): 15,
        ("r", 0, "sub"): 16,
        ("r", 0, "sub", "z"): 17,
        ("r", 1): 18,
        ("r", 1, "q"): 19,
        ("r", 1, "q", 0): 19,
        ("r", 1, "q", 0, "e"): 20,
        ("r", 1, "q", 0, "f"): 21,
        ("r", 1, "q", 0, "s"): 22,
        ("r", 1, "q", 0, 'é"'): 23,
        ("r", 1, "q", 0, "last"): 25,
    }
    assert set(lines(BY_HAND)) == set(paths(tomllib.loads(BY_HAND)))


def test_windows_line_ends_count_as_one() -> None:
    assert lines(BY_HAND.replace("\n", "\r\n")) == lines(BY_HAND)


def test_lists_nested_as_deep_as_tomllib_reads_them() -> None:
    deep = f"a = {'[' * 300}{']' * 300}\nb = 1"
    assert lines(deep)[("b",)] == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("a = 1\nb = [\n 1,\n", 2),
        ("a = 1\n[t]\nb = '''\nc = 1\n", 3),
        ("a = [\n1]\nb", 3),
        ("a = 1\n[t", 2),
    ],
)
def test_the_last_statement_of_a_text_that_breaks_off(text: str, line: int) -> None:
    assert last_statement(text) == line


class Page:
    """Writes TOML and keeps count of the lines where things were put."""

    def __init__(self) -> None:
        self.text = ""
        self.found: dict[KeyPath, int] = {}

    def note(self, path: KeyPath) -> None:
        self.found[path] = self.text.count("\n") + 1


def paths(value: object, base: KeyPath = ()) -> Iterator[KeyPath]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    for key, one in inner:
        yield (*base, key)
        if isinstance(one, dict | list):
            yield from paths(one, (*base, key))


bare_keys = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=4)
any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
keys = bare_keys | any_text
gaps = st.sampled_from(["", " ", "\n", " # [ ] { } , = \" '\n", "\n\n\t"])
blanks = st.sampled_from(["", " ", "\t "])


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def multi_line(parts: list[str]) -> str:
    body = "\n".join(parts).replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""{body.removesuffix(chr(34))}"""'


def literal_multi_line(parts: list[str]) -> str:
    return f"'''{chr(10).join(parts).replace(chr(39), '.')}'''"


scalars = st.one_of(
    st.integers().map(str),
    st.sampled_from(["true", "1e3", "inf", "2025-10-09", "05:30:00", "1979-05-27 07:32:00Z"]),
    any_text.map(quoted),
    st.text(string.printable[:-5], max_size=6).map(lambda text: f"'{text.replace(chr(39), '.')}'"),
    st.lists(any_text, max_size=3).map(multi_line),
    st.lists(any_text, max_size=3).map(literal_multi_line),
    st.sampled_from(['""""""', '"""a"""""', "'''a'''''", '"""\\\n  a"""', '"""\\""""', '""', "''"]),
)


def put_key(page: Page, key: str, *, plain: bool) -> None:
    bare = key and all(letter in string.ascii_letters + string.digits + "-_" for letter in key)
    page.text += key if bare and plain else quoted(key)


def put_list(inner: list[tuple[str, Any, str]], *, comma: bool) -> Callable[[Page, KeyPath], None]:
    def put(page: Page, path: KeyPath) -> None:
        page.text += "["
        for place, (before, value, after) in enumerate(inner):
            page.text += before
            page.note((*path, place))
            value(page, (*path, place))
            page.text += after + ("," if comma or place < len(inner) - 1 else "")
        page.text += "]"

    return put


def put_inline(inner: dict[str, Any], gap: str) -> Callable[[Page, KeyPath], None]:
    def put(page: Page, path: KeyPath) -> None:
        page.text += "{"
        for place, (key, value) in enumerate(inner.items()):
            page.text += ("," if place else "") + gap
            page.note((*path, key))
            put_key(page, key, plain=gap == "")
            page.text += f"{gap}={gap}"
            value(page, (*path, key))
        page.text += gap + "}"

    return put


def put_scalar(text: str) -> Callable[[Page, KeyPath], None]:
    def put(page: Page, _: KeyPath) -> None:
        page.text += text

    return put


values = st.recursive(
    scalars.map(put_scalar),
    lambda inner: (
        st.builds(put_list, st.lists(st.tuples(gaps, inner, gaps), max_size=3), comma=st.booleans())
        | st.builds(put_inline, st.dictionaries(keys, inner, max_size=3), blanks)
    ),
    max_leaves=8,
)
bodies = st.dictionaries(keys, st.tuples(gaps, values, st.booleans()), max_size=4)


def put_body(page: Page, path: KeyPath, body: dict[str, tuple[str, Any, bool]]) -> None:
    for key, (gap, value, plain) in body.items():
        page.text += gap if gap.endswith("\n") else ""
        page.note((*path, key))
        put_key(page, key, plain=plain)
        page.text += " = "
        value(page, (*path, key))
        page.text += "\n"


tables = st.dictionaries(bare_keys, st.tuples(st.booleans(), st.lists(bodies, max_size=3)))


@settings(max_examples=60, deadline=None)
@given(bodies, tables)
def test_every_path_is_where_it_was_written(
    top: dict[str, tuple[str, Any, bool]],
    sections: dict[str, tuple[bool, list[dict[str, tuple[str, Any, bool]]]]],
) -> None:
    page = Page()
    put_body(page, (), {key: body for key, body in top.items() if key not in sections})
    for name, (as_list, parts) in sections.items():
        for place, body in enumerate(parts):
            if place == 0:
                page.note((name,))
            path: KeyPath = (name, place) if as_list else (name, f"t{place}")
            page.note(path)
            page.text += f"[[{name}]]\n" if as_list else f"[{name} . t{place}] # t\n"
            put_body(page, path, body)

    assert set(page.found) == set(paths(tomllib.loads(page.text)))
    assert dict(lines(page.text)) == page.found


plain_values = st.recursive(
    st.integers() | any_text | st.dates() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(keys, plain_values, max_size=4))
def test_nothing_that_another_writer_writes_is_lost(content: dict[str, Any]) -> None:
    text = tomlkit.dumps(content)
    assert set(lines(text)) == set(paths(tomllib.loads(text)))
