"""Whether a finished programme may air, by what was measured on its file."""

from __future__ import annotations

from broadcaster.messages import Message, msg

TOLERANCE = 1.0
"""LU off what it should be: less is not heard as another loudness."""


def unfit(
    lufs: float | None, dbtp: float, meant: float | None, ceiling: float, *, spent: bool
) -> Message | None:
    """Say why a programme may not air; None where it may.

    `meant` is the loudness that it should have, None where it is to be silent. Too soft is no
    reason where the limiter is `spent`: more would be distorted, and a soft announcement is better
    than none.
    """
    if dbtp > ceiling:
        return msg(
            "came out with peaks of {dbtp:.1f} dBTP, over the ceiling of {ceiling} dBTP",
            dbtp=dbtp,
            ceiling=ceiling,
        )
    if meant is None:
        return None
    if lufs is None:
        return msg("came out silent, and something should be heard in it")
    off = lufs - meant
    if off > TOLERANCE or (off < -TOLERANCE and not spent):
        return msg(
            "came out at {lufs:.1f} LUFS where {meant:.1f} LUFS are meant", lufs=lufs, meant=meant
        )
    return None
