"""The texts that a letter orders to be displayed, and never another that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from broadcaster.letters.outline import Node
from broadcaster.letters.paragraphs import plain
from broadcaster.letters.quotes import quoted
from broadcaster.letters.slogan_tables import in_table

_BEARS = (
    r"(?:băng\s*r[ôo]n|biểu\s+ngữ|pa\s?nô|bảng\s+điện\s+tử|led)"
    r"[^“”.;]{0,60}(?:ghi|nội\s+dung|dòng\s+chữ)"
)
_NAMES = re.compile(r"khẩu\s+hiệu|dòng\s+chữ", re.IGNORECASE)
_SPEAKS = re.compile(rf"khẩu\s+hiệu|dòng\s+chữ|{_BEARS}", re.IGNORECASE)
_LIST = re.compile(
    r"^(?:(?:một\s+số|các|những|hệ\s+thống|nội\s+dung|danh\s+mục|phụ\s+lục|gợi\s+ý|về)\s+)*"
    r"(?:nội\s+dung\s+)?(?:câu\s+)?khẩu\s+hiệu"
    r"|(?:khẩu\s+hiệu|dòng\s+chữ)(?!\s+(?:tại|trên))[^:;.“”]{0,45}(?:\([^)]*\))?\s*:",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"không\s+(?:được\s+)?(?:sử\s+dụng|dùng|treo|tuyên\s+truyền)|thu\s+hồi|bãi\s+bỏ|hủy\s+bỏ|ngừng"
    r"|thay\s+(?:thế\s+)?(?:cho|khẩu\s+hiệu)|(?<!\w)bỏ\s+khẩu\s+hiệu|in\s+sai|viết\s+sai|nhầm|đã\s+ban\s+hành",
    re.IGNORECASE,
)
_CORRECT = re.compile(
    r"(?:bằng|thành|nay\s+là|sửa\s+(?:lại\s+)?là|đúng\s+là|bởi)\W*(?:khẩu\s+hiệu)?\W*$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"khẩu\s+hiệu[^“”.;]{{0,60}}$|{_BEARS}[^“”.;]{{0,20}}$|^[\s;,]*(?:và\s+)?$", re.IGNORECASE
)
_NOT_ONE = re.compile(
    r"^(?:thời\s+gian|hình\s+thức|địa\s+điểm|quy\s+cách|kích\s+thước|chủ\s+đề|lưu\s+ý|ghi\s+chú)",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[-–+*•])\s*")
_LED = re.compile(r"(?:[^“”:]{0,40}:\s*)?[“\"]")
"""Quotes about all of an item, not about a name within it."""
_BESIDE = re.compile(r"(?<=[!.])\s+-\s+(?=[A-ZĐÀ-Ỹ])")
"""Between two of a list in columns that a copy has put in one line."""
_DAY = re.compile(r"(?:từ|đến|trước)\s+(?:hết\s+)?(?:ngày\s*)?\d|thời\s+gian", re.IGNORECASE)
LONGEST = 250
"""Characters of a slogan."""


class Slogan(NamedTuple):
    """A slogan and its line."""

    text: str
    line: int


def slogans_of(node: Node) -> Iterator[Slogan]:
    """Give the slogans of a part of a letter, in order."""
    for each in _roots(node):
        yield from _listed(each)


def _roots(node: Node) -> Iterator[Node]:
    """Give the highest nodes that speak of slogans."""
    if node.kind != "root" and _SPEAKS.search(node.text):
        yield node
        return
    for each in node.under:
        yield from _roots(each)


def _listed(node: Node) -> Iterator[Slogan]:
    if not _LIST.search(node.text):
        for text in _kept(node.text, named=True):
            yield Slogan(text, node.line)
        for each in node.under:
            for root in _roots(each):
                yield from _listed(root)
        return
    yield from _inline(node)
    for item in node.under:
        yield from _item(item)
    for table in node.tables:
        yield from (Slogan(bare(text), line) for text, line in in_table(table))


def _inline(node: Node) -> Iterator[Slogan]:
    """Give what stands behind the word on its own line."""
    first = next(_NAMES.finditer(node.text)).end()
    quotes = quoted(node.text[first:])
    if quotes:
        for text in _kept(node.text[first:]):
            yield Slogan(text, node.line)
    elif (colon := node.text.find(":", first)) >= 0:
        rest = node.text[colon + 1 :].strip()
        for part in re.split(r";\s+", rest):
            if (text := bare(part)) and len(text) <= LONGEST and not _DAY.match(text):
                yield Slogan(text, node.line)


def _kept(text: str, *, named: bool = False) -> Iterator[str]:
    """Give the quotations of a sentence, but for what is withdrawn."""
    before = 0
    for each in quoted(text):
        led = text[before : each.start]
        withdrawn = _WITHDRAWN.search(led) and not _CORRECT.search(led)
        following = _WITHDRAWN.match(text[each.end :].lstrip(" ,"))
        before = each.end
        called = not named or _CALLED.search(led) is not None
        if called and not withdrawn and not following:
            yield each.text


def _item(node: Node) -> Iterator[Slogan]:
    if _NOT_ONE.match(node.text):
        return
    if any(each.kind != "text" for each in node.under):
        pass  # a heading within the list
    elif _WITHDRAWN.match(node.text):
        yield from (Slogan(text, node.line) for text in _kept(node.text, named=True))
    elif _LED.match(node.text):
        yield from (Slogan(text, node.line) for text in _kept(node.text))
    else:
        for part in _BESIDE.split(node.text):
            if (text := bare(part)) and len(text) <= LONGEST and not text.endswith(":"):
                yield Slogan(text, node.line)
    for each in node.under:
        yield from _item(each)


def bare(text: str) -> str:
    """Give a slogan without mark, quotes and the list's own punctuation."""
    text = _MARK.sub("", plain(text)).strip()
    text = text.strip('“”"«»').rstrip(";,").strip()
    text = text.removesuffix("./.").rstrip()
    return text[:-1].rstrip() if text.endswith(".") and not text.endswith("...") else text
