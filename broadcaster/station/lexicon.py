"""Reads lexicon.toml: what a station reads otherwise than the standard lexicon, or beyond it."""

from __future__ import annotations

from collections.abc import Mapping

from broadcaster.domain.lexicon import Case, Cases, Lexicon, names_of, words_of
from broadcaster.messages import msg
from broadcaster.station.document import Document
from broadcaster.station.kinds import boolean, list_of, text
from broadcaster.station.table import Cell, table, top_table

LEXICON = "lexicon.toml"

_texts = list_of(text)


def lexicon(document: Document) -> Lexicon:
    """Read all of it that is right."""
    top = top_table(document)
    if top is None:
        return Lexicon()
    empty: Mapping[str, tuple[Case, ...]] = {}
    found = Lexicon(
        abbreviations=top.optional("abbreviations", _cases, empty),
        symbols=top.optional("symbols", _cases, empty),
        prefixes=top.optional("prefixes", _cases, empty),
        units=top.optional("units", _cases, empty),
        words=words_of(top.optional("words", list_of(text, may_be_empty=True), ())),
        names=names_of(top.optional("names", list_of(text, may_be_empty=True), ())),
    )
    top.close()
    return found


def _cases(cell: Cell) -> Cases | None:
    of = table(cell)
    if of is None:
        return None
    found = {key: of.optional(key, _entry, ()) for key in cell.value}
    return {key: cases for key, cases in found.items() if cases}


def _entry(cell: Cell) -> tuple[Case, ...] | None:
    """Read what is said, or a list of cases."""
    if isinstance(cell.value, str):
        said = text(cell)
        return None if said is None else (Case(say=said),)
    if not isinstance(cell.value, list):
        cell.wrong(msg("must be a text in quotes, or a list of cases, not {found}"))
        return None
    found = [_case(element) for element in cell.elements()]
    return tuple(case for case in found if case is not None)


def _case(cell: Cell) -> Case | None:
    of = table(cell)
    if of is None:
        return None
    say = of.required("say", text)
    case = Case(
        say=say or "",
        before=of.optional("before", _texts, ()),
        after=of.optional("after", _texts, ()),
        near=of.optional("near", _texts, ()),
        opening=of.optional("opening", boolean, default=False),
        rows=of.optional("rows", boolean, default=False),
    )
    of.close()
    return case if say else None
