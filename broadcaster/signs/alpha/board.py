"""Talks to a board that speaks the Alpha protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broadcaster.domain.boards import Alpha
from broadcaster.domain.station import SignSpec
from broadcaster.signs.alpha import answers
from broadcaster.signs.alpha import frames as alpha
from broadcaster.signs.alpha.frames import AlphaFramer, Mode, Packet
from broadcaster.signs.alpha.memory import CLOCK, DARK, Content, Layout, Memory
from broadcaster.signs.screen import LETTERS, Screen
from broadcaster.talk import Answer, Say, UnshowableError

ANEW = 5
"""The minutes of an hour in which it is renewed with its memory: no write is answered, and what
noise took of a picture or a text nobody is told."""
PATIENCE = 3.0
"""Seconds for an answer: a table of fifty files takes 0.6 of them at 9600 baud."""


class AlphaDriver:
    """Says all that an Alpha sign needs.

    What is shown is a run of text files, which call pictures. New ones are written into files that
    are not being shown, ahead of their instant, and a run of them is the change; where there are
    none free, the sign is dark meanwhile, as a picture that is written over would be seen half
    old, half new. It answers no write. Where it may be asked, it is asked what runs; where not, a
    renewal makes room anew once an hour, as a memory that was lost would never be known of.
    """

    tells_time = True
    forgets = False

    def __init__(self, spec: SignSpec, settings: Alpha) -> None:
        self._framer = AlphaFramer(settings.type, settings.address, settings.clear)
        self._asks = settings.answers
        self._memory = Memory(spec, settings.memory, self._framer)

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Give what leads from what it holds to a screen."""
        if urgent := self._priority(screen):
            return [_say(urgent, shows=True)]
        new, old = self._memory.lay(screen), self._laid(held)
        room = self._ask(answers.TABLE, answers.has(new.table))
        hourly = screen == held and now.minute < ANEW
        if old is None or old.table != new.table or hourly:
            return [*self._anew(new, now), *room, *self._runs(new)]
        covered = held is not None and self._priority(held) is not None
        clock = [_say(self._framer.clock(now))] if screen.clock else []
        change = [*clock, *self._change(old, new, covered=covered)]
        # A memory that was lost is found before anything is written into it.
        return [*self._runs(old), *change, *(room if screen == held else []), *self._runs(new)]

    def look(self) -> list[Say]:
        """Ask what it is."""
        return self._ask(answers.ABOUT, answers.about())

    def _runs(self, layout: Layout) -> list[Say]:
        return self._ask(answers.RUN, answers.runs(layout.run))

    def _ask(self, label: bytes, answer: Answer) -> list[Say]:
        said = Say(self._framer.ask(label).pieces, answer, patience=PATIENCE, rest=alpha.PACE)
        return [said] if self._asks else []

    def _laid(self, held: Screen | None) -> Layout | None:
        """Give the layout of what a sign holds, under the priority file too, if it is known."""
        while held is not None and self._priority(held):
            held = held.under
        try:
            return None if held is None else self._memory.lay(held)
        except UnshowableError:  # of a test pattern it was given less
            return None

    def _anew(self, new: Layout, now: datetime) -> list[Say]:
        """Give all of it, whatever it holds; what runs is seen as its texts come in."""
        framer = self._framer
        always = {
            CLOCK: framer.text(CLOCK, Mode.HOLD, alpha.CALL_TIME),
            DARK: framer.text(DARK, Mode.HOLD, b" "),
        }
        shown = [each.packet for each in new.texts] or [always.pop(new.run)]
        before = [
            # A picture that is written while the priority file is on is lost; nor is what lay under
            # that to be seen once more.
            framer.run(DARK),
            framer.release(),
            framer.clear(),
            framer.memory(new.table),
            framer.run(new.run),
            framer.day_clock(),
            framer.clock(now),
            *always.values(),
            *(each.packet for each in new.called),
        ]
        return _shown([*before, *shown], len(before))

    def _change(self, old: Layout, new: Layout, *, covered: bool) -> list[Say]:
        """Give what leads from one layout to another; `covered`: the priority file is on."""
        files = _changed(old.called, new.called) + _changed(old.texts, new.texts)
        if files and not covered and not any(each.blinks for each in files):
            return _shown([each.packet for each in files], 0)
        dark, run = self._framer.run(DARK), self._framer.run(new.run)
        release = [self._framer.release()] if covered else []
        if not files:
            return _shown([run, *release], len(release))
        in_use = {each.label for each in (*old.called, *old.texts)}
        hides = covered or not in_use.isdisjoint(each.label for each in files)
        before = [dark, *release] if hides else []
        packets = [*before, *(each.packet for each in files), run]
        return _shown(packets, len(packets) - 1)

    def _priority(self, screen: Screen) -> Packet | None:
        """Give the priority file of urgent plain words: it is there at once, over all others."""
        if not screen.urgent or not all(set(scene.text) <= LETTERS for scene in screen.scenes):
            return None
        first = screen.scenes[0]
        # Of what was laid out in pages the words are one text again.
        whole = replace(first, text="  ".join(scene.text for scene in screen.scenes))
        words = self._memory.words(whole)
        if not whole.text.strip() or len(words) > alpha.PRIORITY_SIZE:
            return None
        return self._framer.text(alpha.PRIORITY, self._memory.mode(whole, own=True), words)


def _changed(old: Sequence[Content], new: Sequence[Content]) -> list[Content]:
    there = set(old)
    return [each for each in new if each not in there]


def _shown(packets: Sequence[Packet], shows: int) -> list[Say]:
    return [_say(packet, shows=number == shows) for number, packet in enumerate(packets)]


def _say(packet: Packet, *, shows: bool = False) -> Say:
    return Say(packet.pieces, pause=alpha.PAUSE, rest=packet.after, shows=shows)
