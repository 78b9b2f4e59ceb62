"""What Linux knows of its wall clock: whether a time source keeps it, and when it is set."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

BATTERY_CLOCKS = Path("/sys/class/rtc")
"""Where Linux shows the clocks that run on without power, where the machine has any."""
BOOT = Path("/proc/sys/kernel/random/boot_id")
_TIME_ERROR = 5
"""What adjtimex(2) answers while nothing keeps the clock."""
_ROOM = 512
"""Bytes: more than any struct timex takes. Zeros in it ask and change nothing."""
_ABSTIME, _CANCEL_ON_SET = 1, 2
"""Of timerfd_settime(2)."""
_NEVER = 2 ** (8 * ctypes.sizeof(ctypes.c_long) - 1) - 1


class _Expiry(ctypes.Structure):
    """A struct itimerspec: what repeats, which is nothing, and when it expires first."""

    _fields_ = (
        ("every_seconds", ctypes.c_long),
        ("every_nanoseconds", ctypes.c_long),
        ("seconds", ctypes.c_long),
        ("nanoseconds", ctypes.c_long),
    )


def synchronised() -> bool:
    """Say whether a time source keeps the wall clock, NTP say; False where nobody can know.

    chronyd, ntpd and systemd-timesyncd tell the kernel; whoever else sets the clock ends it.
    """
    if sys.platform != "linux":
        return False
    return bool(0 <= _libc().adjtimex(ctypes.create_string_buffer(_ROOM)) < _TIME_ERROR)


def boot() -> str:
    """Give what names this start of the machine; empty where nothing does."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def battery_clocks() -> list[datetime]:
    """Give what the clocks say that a battery keeps; such a clock may have lost its battery."""
    said = []
    for file in BATTERY_CLOCKS.glob("rtc*/since_epoch"):
        with contextlib.suppress(OSError, ValueError, OverflowError):  # then it says nothing
            said.append(datetime.fromtimestamp(int(file.read_text()), UTC))
    return said


def step_timer() -> int:
    """Open a descriptor that is readable whenever the wall clock was set; raises OSError.

    It is a timer that never expires: the kernel cancels it when the clock is set, or the machine
    was suspended. `drain` makes it ready for the next time.
    """
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    flags = os.O_NONBLOCK | os.O_CLOEXEC
    timer = _checked(_libc().timerfd_create(time.CLOCK_REALTIME, flags))
    try:
        arm(timer, _NEVER)
    except OSError:
        os.close(timer)
        raise
    return timer


def arm(timer: int, seconds: int, nanoseconds: int = 0) -> None:
    """Let a timer expire at that Unix time, or when the clock is set; raises OSError."""
    at = _Expiry(0, 0, seconds, nanoseconds)
    how = _ABSTIME | _CANCEL_ON_SET
    _checked(_libc().timerfd_settime(timer, how, ctypes.byref(at), None))


def drain(timer: int) -> None:
    """Take what made it readable."""
    with contextlib.suppress(OSError):  # which is how it says that the clock was set
        os.read(timer, 8)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
