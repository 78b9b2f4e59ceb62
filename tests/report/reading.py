"""Reads a page as a browser would, as far as tests ask."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "img", "link", "br", "input"}


class Page(HTMLParser):
    """The elements of a page, its links, and its text without tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        """All that a person reads, a piece a line."""
        return "\n".join(self.words)

    def all(self, tag: str, class_: str = "") -> list[dict[str, str]]:
        """Give the attributes of every such element."""
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and (not class_ or class_ in attrs.get("class", "").split())
        ]
