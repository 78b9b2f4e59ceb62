"""Which driver talks to a sign."""

from __future__ import annotations

from broadcaster.domain.boards import Alpha, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.signs.screen import Driver


def driver(spec: SignSpec) -> Driver:
    """Make what talks to a board on a line, by its settings.

    A station has boards of one kind or two: those alone are loaded.
    """
    match spec.settings:
        case Alpha() as settings:
            from broadcaster.signs.alpha.board import AlphaDriver

            return AlphaDriver(spec, settings)
        case CPower() as settings:
            from broadcaster.signs.c_power.board import CPowerDriver

            return CPowerDriver(spec, settings)
        case OnbonBx5() as settings:
            from broadcaster.signs.onbon.bx5_board import OnbonBx5Driver

            return OnbonBx5Driver(spec, settings)
        case OnbonBx6() as settings:
            from broadcaster.signs.onbon.bx6_board import OnbonBx6Driver

            return OnbonBx6Driver(spec, settings)
        case JetFile() as settings:
            from broadcaster.signs.jetfile.board import JetFileDriver

            return JetFileDriver(spec, settings)
        case _:
            message = f"{spec.id} has no settings of a board on a line"
            raise AssertionError(message)
