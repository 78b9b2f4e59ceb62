"""Where loudspeakers' sound goes, as devices.toml describes it: one kind a driver."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Soundcard:
    """A sound card of this machine."""

    device: str = ""
    """A part of its name; empty: the system's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Multicast:
    """Where IP loudspeakers listen, and what they take."""

    group: str
    port: int
    codec: str = "l16"
    """l16, pcma, pcmu, opus."""
    ttl: int = 1
    """Routers that it may pass, and one."""
    dscp: int = 46
    """RFC 4594's class for voice: expedited forwarding."""
    interface: str = ""
    """The address of the network card that it goes out of; empty: the system's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Icecast:
    """A mount of an Icecast server, for who listens on the network."""

    url: str
    """Of the mount: `http://host:8000/loa.opus`; or https."""
    codec: str
    """opus, mp3."""
    bitrate: int
    """Thousands of bits a second."""
    password_file: str
    """What holds the password, from the station's folder on."""
    user: str = "source"
    """Icecast's own name for who sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sip:
    """An extension that answers by itself: a call is made for each broadcast."""

    to: str
    """Its URI: sip:900@10.0.0.5."""
    user: str = ""
    password_file: str = ""
    """Relative to the station folder, or anywhere; empty: no password."""
    codec: str = ""
    """g722, pcma, pcmu, opus; empty: what the far end takes of the first three."""
    interface: str = ""
    """The address of the network card that it goes out of; empty: the system's choice."""


Output = Soundcard | Multicast | Icecast | Sip
