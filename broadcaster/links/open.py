"""From what devices.toml says to links and amplifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from broadcaster.domain.amplifier import AmplifierSpec, Line, Relay
from broadcaster.domain.link import LinkUrl
from broadcaster.links.amplifier import ControlLine, RelayBoard
from broadcaster.links.control_port import ControlPort
from broadcaster.links.line import SpokenLine
from broadcaster.links.serial_link import SerialLink
from broadcaster.ports import Amplifier, TimeSource


def open_amplifiers(specs: Mapping[str, AmplifierSpec]) -> dict[str, Amplifier]:
    """Make the amplifiers of loudspeakers: one for those that share a switch, named by the first.

    Switches that share a port share its opening too.
    """
    made: dict[tuple[str, Line | Relay], Amplifier] = {}
    ports: dict[str, SerialLink] = {}
    for speaker, spec in specs.items():
        name = f"{speaker}.amplifier"
        if spec.link not in ports:
            ports[spec.link] = _port(spec.link, name, specs.values())
        if spec.switch not in made:
            made[spec.switch] = _amplifier(name, ports[spec.link], spec.by)
    return {speaker: made[spec.switch] for speaker, spec in specs.items()}


def _port(link: str, name: str, specs: Iterable[AmplifierSpec]) -> SerialLink:
    has_lines = any(isinstance(spec.by, Line) for spec in specs if spec.link == link)
    return (ControlPort if has_lines else SerialLink)(LinkUrl.parse(link), name)


def _amplifier(name: str, port: SerialLink, by: Line | Relay) -> Amplifier:
    if isinstance(by, Relay):
        return RelayBoard(name, port, by)
    assert isinstance(port, ControlPort)  # noqa: S101 - made for it above
    return ControlLine(name, port, by)


def open_line(url: str, time: TimeSource) -> SpokenLine:
    """Make the line of a board; its port is opened when something is said on it."""
    return SpokenLine(LinkUrl.parse(url), time)
