"""What a station's devices are made of, by their drivers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

from broadcaster.domain.amplifier import AmplifierSpec
from broadcaster.domain.boards import Alpha
from broadcaster.domain.link import LINE, NETWORK, LinkUrl
from broadcaster.domain.outputs import Icecast, Sip
from broadcaster.domain.station import SignSpec, SpeakerSpec, Station
from broadcaster.links.open import open_amplifiers, open_lines
from broadcaster.links.watched import Watched, outlives
from broadcaster.playout.amplifiers import Power
from broadcaster.ports import Amplifier, Sign, Speaker
from broadcaster.signs.drawing import Draw, DrawApart, draw_here
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.virtual import VirtualSign
from broadcaster.speakers.file import FileSpeaker
from broadcaster.speakers.player import PlayerSpeaker
from broadcaster.talk import Line
from broadcaster.wiring.place import AUDIO, SDP, Place

ANSWERED = 0.5
"""Seconds in which a call is answered, mostly; what is answered later begins later."""
JOINED = 1.5
"""Seconds that a mount is up and silent at least, for its listeners to come."""


def _file(spec: SpeakerSpec, place: Place) -> Speaker:
    return FileSpeaker(spec.id, place.folder / AUDIO / spec.id, place.time)


def _multicast(spec: SpeakerSpec, place: Place) -> Speaker:
    sdp = place.folder / SDP / f"{spec.id}.sdp"
    return _player(spec, place, name=spec.name or spec.id, sdp=str(sdp))


def _icecast(spec: SpeakerSpec, place: Place) -> Speaker:
    assert isinstance(spec.output, Icecast)  # noqa: S101 - the station's reader sees to it
    secret = place.station.folder / spec.output.password_file
    more = {"name": spec.name or place.station.name, "password_file": str(secret)}
    sink = {"driver": spec.driver, **asdict(spec.output), **more}
    return PlayerSpeaker(spec.id, sink, place.time, JOINED)


def _sip(spec: SpeakerSpec, place: Place) -> Speaker:
    assert isinstance(spec.output, Sip)  # noqa: S101 - the station's reader sees to it
    file = spec.output.password_file
    secret = str(place.station.folder / file) if file else ""
    sink = {"driver": spec.driver, **asdict(spec.output), "password_file": secret}
    return PlayerSpeaker(spec.id, sink, place.time, ANSWERED)


def _player(spec: SpeakerSpec, place: Place, **more: str) -> Speaker:
    assert spec.output is not None  # noqa: S101 - the station's reader sees to it
    return PlayerSpeaker(
        spec.id, {"driver": spec.driver, **asdict(spec.output), **more}, place.time
    )


def _virtual(spec: SignSpec, place: Place, draw: Draw) -> VirtualSign:
    return VirtualSign(spec, place.folder / "signs", place.station.timezone, place.time, draw)


SPEAKERS: Mapping[str, Callable[[SpeakerSpec, Place], Speaker]] = {
    "file": _file,
    "icecast": _icecast,
    "multicast": _multicast,
    "sip": _sip,
    "soundcard": _player,
}


def speakers(place: Place) -> dict[str, Speaker]:
    """Make every loudspeaker by its driver."""
    specs = place.station.speakers
    return {name: SPEAKERS[spec.driver](spec, place) for name, spec in specs.items()}


def quiet(place: Place) -> dict[str, Speaker]:
    """Make a file of every loudspeaker instead, whatever its driver."""
    return {name: _file(spec, place) for name, spec in place.station.speakers.items()}


def signs(place: Place) -> dict[str, Sign]:
    """Make every sign; those with a link hang on its line, and may share it."""
    specs = place.station.signs
    lines = open_lines(filter(None, map(line_of, specs.values())), place.time)
    draw = DrawApart()
    return {name: _sign(spec, place, lines, draw) for name, spec in specs.items()}


def drawn(place: Place) -> dict[str, VirtualSign]:
    """Make pictures of every sign instead, whatever its driver."""
    return {name: _virtual(spec, place, draw_here) for name, spec in place.station.signs.items()}


def _sign(spec: SignSpec, place: Place, lines: Mapping[str, Line], draw: Draw) -> Sign:
    link = line_of(spec)
    if spec.settings is None or link is None:
        return _virtual(spec, place, draw)
    return LineSign(spec, driver(spec), lines[link], place.station.timezone, place.time)


def line_of(spec: SignSpec) -> str | None:
    """Give where a board is; an Alpha sign has no network of its own: behind a socket is a line."""
    if not spec.link:
        return None
    url = LinkUrl.parse(spec.link)
    behind = isinstance(spec.settings, Alpha) and url.baud == NETWORK
    return f"{url}?baud={LINE}&format={url.format}" if behind else spec.link


def amplifiers(place: Place) -> dict[str, Amplifier]:
    """Make what switches the amplifier of each loudspeaker that has one."""
    return open_amplifiers(_switched(place.station))


def _switched(station: Station) -> dict[str, AmplifierSpec]:
    return {name: spec.amplifier for name, spec in station.speakers.items() if spec.amplifier}


def powers(place: Place) -> dict[str, Power]:
    """Make the same to be keyed, each released even if we are killed."""
    specs, made = _switched(place.station), amplifiers(place)
    # One object for each, as those that share it are counted.
    watched = {made[n]: Watched(made[n], spec) for n, spec in specs.items() if outlives(spec)}
    return {
        name: Power(
            watched.get(made[name], made[name]),
            spec.warm_up.total_seconds(),
            spec.release.total_seconds(),
        )
        for name, spec in specs.items()
    }
