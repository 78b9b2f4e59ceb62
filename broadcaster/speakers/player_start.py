"""Starts a player's process: what takes its time is loaded side by side."""

from __future__ import annotations

import contextlib
import sys
import threading


def main() -> None:
    """Be the child; the first argument is the output's driver."""
    driver = sys.argv[1]
    if driver == "soundcard":
        threading.Thread(target=_look_for_cards, daemon=True).start()
    from broadcaster.speakers import player_child

    player_child.main(driver)


def _look_for_cards() -> None:
    """Have PortAudio do so, which is waiting for the sound server mostly."""
    with contextlib.suppress(OSError):
        # `soundcard` waits for this, and says what is lacking.
        import sounddevice  # noqa: F401


if __name__ == "__main__":
    main()
