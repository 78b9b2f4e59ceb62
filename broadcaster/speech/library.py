"""Finds the espeak-ng library: Debian's where it is installed, else the wheel's."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

SYSTEM = (
    "/usr/lib/*/libespeak-ng.so.1",
    "/usr/lib64/libespeak-ng.so.1",
    "/usr/lib/libespeak-ng.so.1",
    "/usr/local/lib/libespeak-ng.so.1",
)


@dataclass(frozen=True, slots=True)
class Library:
    """One build of espeak-ng."""

    path: Path
    data: Path | None
    """The folder that holds its voices; None: the one built into it."""

    @property
    def identity(self) -> str:
        """Tell this build from another without loading it: speech differs between two."""
        real = self.path.resolve()
        return f"{real.name}/{real.stat().st_size}"


@functools.cache
def find() -> Library:
    """Give the library that speaks on this machine."""
    for pattern in SYSTEM:
        for path in sorted(Path("/").glob(pattern.lstrip("/"))):
            return Library(path, None)
    return wheel()


def wheel() -> Library:
    """Give the library that was installed with this package."""
    import espeakng_loader

    return Library(Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_data_path()))
