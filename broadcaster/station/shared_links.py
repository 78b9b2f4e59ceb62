"""Says which devices can't hang on the same link, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from broadcaster.domain.boards import Alpha, BoardSettings, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import SignSpec, SpeakerSpec
from broadcaster.messages import Message, msg
from broadcaster.station.document import Document

EVERY_ALPHA = "00"
"""The address that every Alpha sign listens to (form 9708-8061)."""
ANY_TYPE = "Z"

Note = Callable[[str, str, Message, Message | None], None]
"""Takes a sign, one of its keys, what is wrong, and a hint."""


class _Wired(NamedTuple):
    """A sign on a link."""

    id: str
    settings: BoardSettings
    url: LinkUrl


def shared_links(
    document: Document, speakers: Mapping[str, SpeakerSpec], signs: Mapping[str, SignSpec]
) -> dict[str, SignSpec]:
    """Give the signs, less those that can't be reached where they are, or not alone."""
    wrong: set[str] = set()

    def note(sign: str, key: str, message: Message, hint: Message | None) -> None:
        wrong.add(sign)
        path = ("signs", sign, key)
        document.wrong(path, ".".join(path), message, hint)

    lines: dict[str, list[_Wired]] = {}
    for spec in signs.values():
        if spec.settings and spec.link:
            url = LinkUrl.parse(spec.link)
            lines.setdefault(url.where, []).append(_Wired(spec.id, spec.settings, url))
    for line in lines.values():
        _beside_amplifiers(line, speakers, note)
        _settings(line, note)
        _addresses(line, note)
    return {id_: spec for id_, spec in signs.items() if id_ not in wrong}


def _beside_amplifiers(line: list[_Wired], speakers: Mapping[str, SpeakerSpec], note: Note) -> None:
    for speaker in speakers.values():
        keyed = speaker.amplifier and LinkUrl.parse(speaker.amplifier.link).where
        if keyed == line[0].url.where:
            text = msg("is where the amplifier of {speaker} is plugged in", speaker=speaker.id)
            for sign in line:
                note(sign.id, "link", text, msg("what a sign is sent could switch it"))
            return


def _settings(line: list[_Wired], note: Note) -> None:
    first = line[0]
    for sign in line[1:]:
        if sign.url != first.url:
            text = msg(
                "is the line of {sign}, with other settings: {these}, not {those}",
                sign=first.id,
                these=_told(sign.url),
                those=_told(first.url),
            )
            note(sign.id, "link", text, msg("signs that share a line have the same link"))


def _told(url: LinkUrl) -> str:
    return f"{url.scheme} {url.baud} {url.format}"


def _addresses(line: list[_Wired], note: Note) -> None:
    """Note whose content others on the line would show too."""
    for sign in line:
        others = [each.id for each in line if each is not sign and _takes(each, sign)]
        if others:
            key = "unit" if isinstance(sign.settings, JetFile) else "address"
            text = msg("what it is sent, {signs} would show too", signs=", ".join(others))
            hint = msg("signs that share a line have addresses of their own")
            note(sign.id, key, text, hint)


def _takes(other: _Wired, sign: _Wired) -> bool:
    """Say whether a board takes what is sent to another one."""
    match sign.settings, other.settings:
        case Alpha() as one, Alpha() as two:
            types = one.type == two.type or ANY_TYPE in {one.type, two.type}
            return types and one.address in {EVERY_ALPHA, two.address}
        case (OnbonBx5() | OnbonBx6()) as one, (OnbonBx5() | OnbonBx6()) as two:
            return one.address == two.address
        case CPower() as one, CPower() as two:
            return one.address == two.address
        case JetFile() as one, JetFile() as two:
            return (one.group, one.unit) == (two.group, two.unit)
        case _:
            return False
