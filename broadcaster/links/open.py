"""From what devices.toml says to links and amplifiers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping

from broadcaster.domain.amplifier import AmplifierSpec, Line, Relay
from broadcaster.domain.link import LinkUrl
from broadcaster.links.amplifier import ControlLine, RelayBoard
from broadcaster.links.control_port import ControlPort
from broadcaster.links.line import PortLine
from broadcaster.links.serial_link import SerialLink
from broadcaster.ports import Amplifier, TimeSource

DESCRIPTORS = 512
"""What a daemon needs besides its lines: the ledger, child processes and their pipes."""
EACH = 6
"""What pyserial takes while it opens a port, and the one that is kept of them."""


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


def open_lines(links: Iterable[str], time: TimeSource) -> dict[str, PortLine]:
    """Make the line of each link, one for all that are the same port with the same settings.

    A port is opened when something is said on it.
    """
    urls = {link: LinkUrl.parse(link) for link in links}
    made = {url: PortLine(url, time) for url in urls.values()}
    return {link: made[url] for link, url in urls.items()}


def make_room(lines: int) -> None:
    """Let this process have the descriptors of so many lines, as far as the system lets it."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = EACH * lines + DESCRIPTORS
        if soft != resource.RLIM_INFINITY and soft < wanted:
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
