"""What a person orders to be announced at once."""

from __future__ import annotations

from dataclasses import dataclass

CAMPAIGN = "interrupt"
"""What the keys of an announcement's airings begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An urgent announcement: either a text or a script, in zones, now."""

    text: str | None = None
    script: str | None = None
    """By id."""
    zones: tuple[str, ...]
    voice: str | None = None
    """None: that of the script, or of the station."""
    dry_run: bool = False
    """Only say what would be announced."""
