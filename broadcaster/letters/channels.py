"""The channels that a letter orders to be used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcaster.letters.contents import is_contents
from broadcaster.letters.outline import Node

_WORDS = {
    "loudspeaker": r"(?:đài|hệ\s+thống)\s+truyền\s+thanh|loa\s+(?:truyền\s+thanh|phát\s+thanh|công"
    r"\s+cộng|phường|xã|cố\s+định|không\s+dây|thông\s+minh)|truyền\s+thanh\s+(?:phường|xã|cơ\s+sở"
    r"|thông\s+minh)|hệ\s+thống\s+loa|cụm\s+loa|trên\s+loa|qua\s+loa"
    r"|(?:đài\s+|thời\s+gian\s+|lịch\s+)phát\s+thanh|phát\s+thanh(?=\s+(?:trên|ít\s+nhất|mỗi|ngày|\d))",
    "led": r"(?:bảng|màn\s+hình|biển)\s+(?:điện\s+tử\s+)?led|bảng\s+(?:chữ\s+|tin\s+)?điện\s+tử"
    r"|màn\s+hình\s+điện\s+tử|bảng\s+quang\s+báo|đèn\s+led",
    "portal": r"(?:cổng|trang)\s+(?:/\s*trang\s+)?thông\s+tin\s+điện\s+tử|cổng\s+TTĐT|trang\s+TTĐT"
    r"|website|trang\s+web|cổng\s+thành\s+phần",
    "fanpage": r"fan\s?page|(?:trang\s+)?facebook",
    "zalo": r"zalo|OA",
    "banner": r"băng\s*[- ]?r[ôo]n|băng\s+zôn|phướn|pa\s?nô|pano|áp\s+phích|banner|poster"
    r"|(?:treo|kẻ\s+vẽ)\s+(?:các\s+)?khẩu\s+hiệu|băng,?\s*cờ|treo\s+khẩu\s+hiệu|băng\s+khẩu\s+hiệu",
    "flag": r"treo\s+(?:quốc\s+kỳ|cờ)|cờ\s+(?:tổ\s+quốc|đảng|nước|phướn|hồng\s+kỳ)|quốc\s+kỳ",
    "mobile_car": r"(?:xe|loa)\s+(?:(?:tuyên\s+truyền|thông\s+tin|cổ\s+động|ô\s+tô)\s+)?lưu\s+động"
    r"|(?:tuyên\s+truyền|thông\s+tin|cổ\s+động)\s+lưu\s+động|loa\s+kéo|xe\s+tuyên\s+truyền"
    r"|xe\s+cổ\s+động|xe\s+loa",
    "social": r"mạng\s+xã\s+hội|tiktok|youtube",
    "app": r"ứng\s+dụng|\bapp\b|công\s+dân\s+số(?=\s+(?:\w+\s+){0,2}(?:app|ứng))|smarthp",
}  # fmt: skip
_FORMS = {
    name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for name, words in _WORDS.items()
}
_NOT = re.compile(
    r"kết\s+bạn|không\s+(?:sử\s+dụng|dùng|treo|phát|đăng|chia\s+sẻ|được)|nghiêm\s+cấm|hạn\s+chế",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_CLAUSE = re.compile(r"[.;](?:\s|$)")
_APP = re.compile(
    r"ứng\s+dụng(?=\s+(?:VNeID|công\s+dân|smart|zalo|di\s+động|trên\s+điện\s+thoại|“|\"|[A-Z]))"
    r"|\bapp\b|SmartHP|(?:qua|trên)\s+(?:ứng\s+dụng|app)"
)


_TELLS = re.compile(r"tuyên\s+truyền|thông\s+(?:tin|báo)|đăng|phát|gửi|nhắn|đẩy", re.IGNORECASE)
"""An application may be spoken of for another reason."""


def channels_of(root: Node) -> list[tuple[str, Node]]:
    """Give each channel, and where it is first ordered, in the order that they are told in."""
    found: dict[str, Node] = {}
    for node in _ordering(root):
        cells = [cell for table in node.tables for row in table.rows for cell in row.cells]
        text = _QUOTED.sub("“”", ". ".join([node.text, *cells]).replace("\n", " "))
        for clause in _CLAUSE.split(text):
            if _NOT.search(clause):
                continue
            for name, form in _FORMS.items():
                pattern = _APP if name == "app" else form
                told = name != "app" or _TELLS.search(clause)
                if name not in found and told and pattern.search(clause):
                    found[name] = node
    return [(name, found[name]) for name in _FORMS if name in found]


def _ordering(root: Node) -> Iterator[Node]:
    """Give the paragraphs that order something: not the reasons before, nor what is to be said."""
    first = next((n for n, node in enumerate(root.under) if node.kind not in {"text", "dash"}), 0)
    for node in root.under[first:]:
        yield from _less_contents(node)


def _less_contents(node: Node) -> Iterator[Node]:
    yield node
    for each in node.under:
        if is_contents(each):
            yield Node(each.kind, each.style, each.text.partition(":")[0], each.line)
        else:
            yield from _less_contents(each)
