"""A text shown to be read aloud, while the microphone listens."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import textwrap
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.app import talk
from broadcaster.clock import SystemTime, rest_until
from broadcaster.domain.station import Script
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.recording.microphone import Microphone

NARROWEST, WIDTH = 20, 60
"""Columns of a line: it holds any word, and the eye finds the next."""
COUNT = 3
LOUDEST, FAINTEST = -1.0, -35.0
"""dB of full scale between which the peaks of a voice are to be."""
LAST = 10
"""Levels, of which there are five a second, that are judged together."""
BAR, BAR_DB = 20, 60.0


def listen(script: Script, device: str, to: Path) -> None:
    """Record until Enter or Ctrl-C; raises DeviceError, with what was recorded until then kept."""
    from broadcaster.recording.microphone import Microphone

    with Microphone(device, to) as microphone:
        name = microphone.event()["name"]
        _show(script)
        talk("{name} is open. Read after the count; Enter or Ctrl-C ends it.", name=name)
        _count_down()
        with _ended_by_a_key(microphone):
            microphone.begin()
            lost = _follow(microphone)
    if lost:
        talk("the computer did not keep up, and parts are missing: better do it again")


def _show(script: Script) -> None:
    width = max(NARROWEST, min(WIDTH, shutil.get_terminal_size().columns))
    for paragraph in script.paragraphs:
        for line in paragraph.split("\n"):
            for part in textwrap.wrap(line, width - 4):
                click.secho(f"    {part}", bold=True, err=True)
        click.echo(err=True)


def _count_down() -> None:
    for number in range(COUNT, 0, -1):
        click.echo(f"{number}... ", nl=False, err=True)
        rest_until(SystemTime().monotonic() + 1)
    click.echo(err=True)


@contextlib.contextmanager
def _ended_by_a_key(microphone: Microphone) -> Iterator[None]:
    """End the recording at Enter or Ctrl-C, not at what was typed before."""
    with contextlib.suppress(ImportError):
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)

    def wait() -> None:
        # Not through sys.stdin: this thread may be waiting still when the program ends.
        os.read(sys.stdin.fileno(), 1)
        microphone.end()

    before = signal.signal(signal.SIGINT, lambda *_: microphone.end())
    threading.Thread(target=wait, daemon=True).start()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _follow(microphone: Microphone) -> int:
    """Show how loud it is until it ends; give how often sound was lost."""
    peaks: deque[float] = deque(maxlen=LAST)
    try:
        while (event := microphone.event())["event"] != "ended":
            peaks.append(event["peak"])
            click.echo(f"\r{_level(event, peaks)}", nl=False, err=True)
    finally:
        click.echo(err=True)
    return int(event["lost"])


def _level(event: dict[str, Any], peaks: deque[float]) -> str:
    from broadcaster.report.words import length

    full = round(BAR * max(0.0, 1 + event["peak"] / BAR_DB))
    line = f"{length(event['seconds'])}  {'#' * full:{BAR}}  {_hint(peaks)}"
    return f"{line:{WIDTH}}"


def _hint(peaks: deque[float]) -> str:
    if max(peaks) > LOUDEST:
        return tr(msg("too loud: go further away"))
    if len(peaks) == LAST and max(peaks) < FAINTEST:
        return tr(msg("too quiet: come nearer"))
    return ""
