"""Which driver talks to a sign."""

from __future__ import annotations

from broadcaster.domain.boards import Alpha, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.signs.alpha.board import AlphaDriver
from broadcaster.signs.c_power.board import CPowerDriver
from broadcaster.signs.jetfile.board import JetFileDriver
from broadcaster.signs.onbon.bx5_board import OnbonBx5Driver
from broadcaster.signs.onbon.bx6_board import OnbonBx6Driver
from broadcaster.signs.screen import Driver


def driver(spec: SignSpec) -> Driver:
    """Make what talks to a board on a line, by its settings."""
    match spec.settings:
        case Alpha() as settings:
            return AlphaDriver(spec, settings)
        case CPower() as settings:
            return CPowerDriver(spec, settings)
        case OnbonBx5() as settings:
            return OnbonBx5Driver(spec, settings)
        case OnbonBx6() as settings:
            return OnbonBx6Driver(spec, settings)
        case JetFile() as settings:
            return JetFileDriver(spec, settings)
        case _:
            message = f"{spec.id} has no settings of a board on a line"
            raise AssertionError(message)
