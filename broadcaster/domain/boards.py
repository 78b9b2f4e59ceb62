"""What the drivers of LED boards need to know, as devices.toml describes it: one kind a driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

BX6_MODELS: Mapping[str, int] = {
    "6E1": 0x0174,
    "6E2": 0x0274,
    "6E3": 0x0374,
    "6E1X": 0x0474,
    "6E2X": 0x0574,
    "6Q0": 0x0066,
    "6Q1": 0x0166,
    "6Q2": 0x0266,
    "6Q3": 0x0366,
    "6Q2L": 0x0466,
    "6Q3L": 0x0566,
}
"""The BX-6 controllers that have dynamic areas, and the numbers that frames name them by.

Source: "6th dynamic area user manual" 2.0 of github.com/onbonlab/BX-V-VI, 4. It calls the Q0 "QL".
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnbonBx6:
    """A BX-6 controller of Onbon's."""

    address: int = 1
    """Its screen number, 1 on a line of its own."""
    model: str = ""
    """One of BX6_MODELS; empty: whichever."""
    speed: int = 8
    """Of what scrolls: 0 is the fastest, 63 the slowest."""


BX5_MODELS = (
    *("5K1", "5K2", "5MK1", "5MK2", "5K1Q-YY"),
    *("6K1", "6K2", "6K3", "6K1-YY", "6K2-YY", "6K3-YY", "6K1-4G", "6K2-4G", "6K4"),
)
"""BX-5K and BX-6K controllers, as they are marked."""
BX5_PICTURE_MODELS = ("5K2", "5MK1", "5MK2", "6K2", "6K3")
"""Those with an area for one picture that stands, and those that are said to be compatible with
them; whatever is marked behind a hyphen.

Source: the maker's "BX-5K/6K communication protocol" v1.4, 4 and 8.3.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnbonBx5:
    """A BX-5K or BX-6K controller of Onbon's."""

    model: str
    """One of BX5_MODELS."""
    address: int = 1

    @property
    def pictures(self) -> bool:
        """Whether it shows a picture, and one alone; else letters of its own fonts."""
        return self.model.split("-")[0] in BX5_PICTURE_MODELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """A sign that speaks the Alpha protocol."""

    address: str = "00"
    """Two hex digits; 00 is every sign on the line."""
    type: str = "Z"
    """What kind of sign listens: Z all, ^ a BetaBrite; one character."""
    clear: str = "E$"
    """What erases all files: some signs want E$$$$."""
    memory: int | None = None
    """Bytes of its memory for pictures and texts; None: unknown, and not judged."""
    answers: bool = False
    """Whether it may be asked what it holds: the line is two-way, and no other sign answers too."""


class Framing(StrEnum):
    """How a C-Power controller's frames are wrapped."""

    SERIAL = "serial"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class CPower:
    """A C-Power controller of Lumen's."""

    address: int = 1
    """Its screen number."""
    framing: Framing | None = None
    """None: that of the network behind socket://, else that of serial lines."""
    code: str = "FFFFFFFF"
    """Eight hex digits that it wants to hear on the network."""
    moves: bool = True
    """Whether it moves pictures."""
    switches: bool = True
    """Whether it can be told to light its LEDs or not."""
    speed: int = 5
    """Of what moves, 1 is the fastest; no source has a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JetFile:
    """A sign that speaks JetFile II."""

    group: int = 1
    unit: int = 1
    trailing: bool = True
    """Whether a zero byte follows each frame."""


BoardSettings = OnbonBx6 | OnbonBx5 | Alpha | CPower | JetFile
