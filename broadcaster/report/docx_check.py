"""Finds the figures of a DOCX again, whatever a clerk has written around them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from broadcaster.report.check import Difference
from broadcaster.report.compared import compared, expected
from broadcaster.report.docx_parts import bookmark
from broadcaster.report.named import nameless
from broadcaster.report.results import Results
from broadcaster.report.stamp import Stamp, read

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_BEFORE = re.compile(r"\d[\d.,]*$")
_AFTER = re.compile(r"(?:[.,]?\d)+")


def read_docx(
    content: bytes,
) -> tuple[Stamp | None, Callable[[Results], Iterator[Difference]]]:
    """Give what a DOCX says it was made of, and what tells its differences; raises ValueError."""
    try:
        document = docx.Document(io.BytesIO(content))
        stamp = read(_properties(document))
    except (PackageNotFoundError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error
    places = dict(_bookmarks(document))
    return stamp, lambda results: _differences(places, results)


def _differences(places: Mapping[str, str], results: Results) -> Iterator[Difference]:
    wanted = expected(results, nameless())
    found = {name: [places[each] for each in _places(name, times) if each in places]
             for name, times in wanted.items()}  # fmt: skip
    return compared(found, wanted, results)


def _places(name: str, times: int) -> list[str]:
    first = bookmark(name)
    return [first, *(f"{first}_{number}" for number in range(2, times + 1))]


def _bookmarks(document: Document) -> Iterator[tuple[str, str]]:
    """Give each bookmark's text, with digits that were written close to it."""
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        line = start.getparent()
        before, inside, after = _around(line, start)
        close = _BEFORE.search(before), _AFTER.match(after)
        added = [found[0] if found else "" for found in close]
        yield start.get(qn("w:name")), f"{added[0]}{inside}{added[1]}".strip()


def _around(line: _Element, start: _Element) -> tuple[str, str, str]:
    """Give the text of a paragraph before, in and after a bookmark."""
    parts, part = ["", "", ""], 0
    for each in line.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
        if each is start:
            part = 1
        elif each.tag == qn("w:bookmarkEnd") and each.get(qn("w:id")) == start.get(qn("w:id")):
            part = 2
        elif each.tag == qn("w:t"):
            parts[part] += each.text or ""
    return parts[0], parts[1], parts[2]


def _properties(document: Document) -> Mapping[str, str]:
    for part in document.part.package.iter_parts():
        if part.partname == "/docProps/custom.xml":
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
            return {each.get("name", ""): "".join(each.itertext()) for each in root}
    return {}
