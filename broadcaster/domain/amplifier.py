"""What keys an amplifier or a transmitter, as devices.toml describes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """A serial port's control line, high while it is on."""

    name: str
    """rts, dtr."""


@dataclass(frozen=True, slots=True)
class Relay:
    """The messages that a relay board takes."""

    on: bytes
    off: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierSpec:
    """A loudspeaker's amplifier; loudspeakers may share one."""

    link: str
    by: Line | Relay
    warm_up: timedelta = timedelta(seconds=5)
    """From when it is on to the first sample."""
    release: timedelta = timedelta(seconds=1)
    """From the last sample to when it is off: what is still on its way is heard."""

    @property
    def switch(self) -> tuple[str, Line | Relay]:
        """Name what is switched: loudspeakers that have this in common share an amplifier."""
        return self.link, self.by
