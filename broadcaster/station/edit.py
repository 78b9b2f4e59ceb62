"""Edits of a playlist's text: a slot added, changed, moved, taken out. The rest stays as it was."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from broadcaster.errors import Problem, UserError
from broadcaster.messages import msg
from broadcaster.station.document import FORMAT, Document
from broadcaster.station.edit_parts import (
    KINDS,
    Part,
    inserted,
    joined,
    parts,
    place_for,
    plain_lines,
    with_part,
    without,
)
from broadcaster.station.edit_table import row, table, with_key
from broadcaster.station.ids import nearest

CAMPAIGN = "campaign"
"""What people call a playlist's own table, where they would name a slot."""


def new_playlist(head: Mapping[str, Any]) -> str:
    """Give the text of a playlist that has no slot yet; `head` is its campaign table."""
    return f"format = 1\n\n{table(CAMPAIGN, head)}"


class PlaylistText:
    """A playlist as its text; every edit gives a new one.

    Raises UserError where the text can't be edited: TOML refuses it, or it is of a newer format.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        _check(file, text)
        self._parts: Sequence[Part] = parts(text)

    def slots(self) -> dict[str, str]:
        """Give the kind of every slot and event, by id."""
        return {part.id: part.kind for part in self._parts if part.kind in KINDS}

    def kind(self, slot: str) -> str:
        """Give a slot's kind; raises UserError where there is no such slot."""
        slots = self.slots()
        if slot not in slots:
            problem = msg('there is no slot "{slot}"', slot=slot)
            raise UserError([Problem(self.file, None, "", problem, nearest(slot, slots))])
        return slots[slot]

    def enabled(self, slot: str) -> bool:
        """Say whether a slot, or the campaign, is not switched off by itself."""
        kind, id_ = _place(self, slot)
        return bool(row(plain_lines(self._part(kind, id_).text), kind).get("enabled", True))

    def added(self, kind: str, keys: Mapping[str, Any]) -> PlaylistText:
        """Add a slot or event behind the others of its kind; raises UserError: its id is taken."""
        self._check_free(keys["id"])
        new = Part(kind, keys["id"], table(kind, keys))
        return self._with(inserted(self._parts, new, place_for(self._parts, kind)))

    def changed(self, slot: str, keys: Mapping[str, Any]) -> PlaylistText:
        """Set keys of a slot, or of the campaign; None takes one away."""
        if keys.get("id", slot) != slot:
            self._check_free(keys["id"])
        kind, id_ = _place(self, slot)
        part = self._part(kind, id_)
        text = plain_lines(part.text)
        for key, value in keys.items():
            text = with_key(text, kind, key, value)
        return self._with(with_part(self._parts, replace(part, text=text)))

    def removed(self, slot: str) -> PlaylistText:
        """Take a slot out, with the comments that are about it."""
        return self._with(without(self._parts, self.kind(slot), slot))

    def moved(self, slot: str, before: str) -> PlaylistText:
        """Put a slot's table in front of another's; those of two kinds stay where they are."""
        part = self._part(self.kind(slot), slot)
        if self.kind(before) != part.kind or slot == before:
            return self
        rest = without(self._parts, part.kind, slot)
        ids = [each.id if each.kind == part.kind else "" for each in rest]
        return self._with(inserted(rest, part, ids.index(before)))

    def _check_free(self, id_: Any) -> None:
        if id_ in [CAMPAIGN, *self.slots()]:
            taken = msg("{found} is taken by another table of this file", found=f'"{id_}"')
            raise UserError([Problem(self.file, None, "", taken)])

    def _part(self, kind: str, id_: str) -> Part:
        found = next((p for p in self._parts if (p.kind, p.id) == (kind, id_)), None)
        if found is None:
            raise UserError([Problem(self.file, None, kind, msg("is missing"))])
        return found

    def _with(self, changed: Sequence[Part]) -> PlaylistText:
        return PlaylistText(self.file, joined(changed))


def free_id(wishes: Iterable[str], taken: Iterable[str]) -> str:
    """Give the first wish that is not taken, or the first with a number behind it."""
    used = {*taken, CAMPAIGN}
    wishes = list(wishes)
    for wish in wishes:
        if wish not in used:
            return wish
    return next(name for n in range(2, len(used) + 3) if (name := f"{wishes[0]}-{n}") not in used)


def _place(playlist: PlaylistText, slot: str) -> tuple[str, str]:
    return (CAMPAIGN, "") if slot == CAMPAIGN else (playlist.kind(slot), slot)


def _check(file: str, text: str) -> None:
    plain = plain_lines(text)
    try:
        format_ = tomllib.loads(plain).get("format", FORMAT)
    except ValueError:
        raise UserError(Document(file, plain).problems) from None
    if format_ == FORMAT:
        return
    document = Document(file, plain)
    # What else is wrong may be what the edit puts right.
    if not document.check_format():
        raise UserError(document.problems)
