"""A board that holds one picture, whatever happens to it: no page out of turn, none too short."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.ports import SignState
from tests.playout.paging import Street, loop

DWELLS = {"Một": 3.0, "Hai": 5.0, "Ba": 2.0, "Bốn": 4.0, "Năm": 15.0, "Sáu": 8.0}
LOOPS = (("Một", "Hai", "Ba"), ("Bốn", "Năm"), ("Sáu",))
FOLLOWING = {one: other for each in LOOPS for one, other in pairwise([*each, each[0]])}
CONTENTS = [loop(*((text, DWELLS[text]) for text in each)) for each in LOOPS]
SOON = 60.0 + 15.0 + 5.0
"""Seconds in which whatever happened is mended: the longest pause, a page, and a try."""
FRAME = 0.31
"""Seconds in which a page still comes in that was on the line when other content was wanted."""

seconds = st.sampled_from([0.3, 1.0, 2.7, 9.0, 45.0])
acts = st.lists(
    st.tuples(
        st.one_of(
            st.integers(0, 2),
            st.sampled_from(["die", "live", "unplug", "plug", "power", "refuse", "obey"]),
        ),
        seconds,
    ),
    max_size=15,
)


class Life:
    """A board, what it was to show since when, and what happens to it."""

    def __init__(self) -> None:
        self.street = Street()
        self.board = self.street.emulated[0]
        self.wanted: list[tuple[float, int]] = []
        self.mended = 0.0

    def want(self, number: int) -> None:
        if not self.wanted or self.wanted[-1][1] != number:
            self.wanted.append((self.now, number))
        self.street.want(CONTENTS[number])

    @property
    def now(self) -> float:
        return self.street.time.monotonic()

    def act(self, what: int | str) -> None:
        match what:
            case int():
                self.want(what)
            case "die" | "live":
                self.board.dead = what == "die"
            case "unplug":
                self.street.line.unplug()
            case "plug":
                self.street.line.unplugged = False
            case "power":
                self.board.lose_power()
            case _:
                self.board.refuses = what == "refuse"

    def mend(self) -> None:
        for what in ("live", "plug", "obey"):
            self.act(what)

    def spans(self) -> list[tuple[int, list[tuple[float, str]]]]:
        """Give what came while each content was wanted; what came again once."""
        seen = self.street.seen(*DWELLS)
        ends = [at for at, _ in self.wanted[1:]] + [float("inf")]
        return [
            (number, once([each for each in seen if began <= each[0] < end], began, number))
            for (began, number), end in zip(self.wanted, ends, strict=True)
        ]


def once(seen: list[tuple[float, str]], began: float, number: int) -> list[tuple[float, str]]:
    """Leave out what renews what is there, is sent again after a fault, or was on the line."""
    while seen and seen[0][1] not in LOOPS[number] and seen[0][0] < began + FRAME:
        seen = seen[1:]
    return [each for n, each in enumerate(seen) if n == 0 or seen[n - 1][1] != each[1]]


@settings(max_examples=60, deadline=None)
@given(acts)
def test_each_page_has_its_turn_and_its_time(script: list[tuple[int | str, float]]) -> None:
    life = Life()

    async def main() -> None:
        life.want(0)
        for what, pause in script:
            life.act(what)
            await life.street.time.sleep(pause)
        life.mend()
        await life.street.time.sleep(SOON)
        assert life.street.boards[0].state is SignState.READ_BACK
        life.mended = life.now
        await life.street.time.sleep(60)
        # After a power cut that nobody saw, pictures were sent to where there was no area.
        refused = [each for each in life.board.faults if each.startswith("error 6: a4 03")]
        assert life.board.faults == refused
        life.board.faults.clear()

    life.street.run(main)
    for number, seen in life.spans():
        assert {text for _, text in seen} <= set(LOOPS[number])
        for (at, one), (later, other) in pairwise(seen):
            assert other == FOLLOWING[one]
            assert later - at > DWELLS[one] - 0.01
    _, last = life.spans()[-1]
    for (at, one), (later, _) in pairwise(each for each in last if each[0] > life.mended):
        assert later - at < DWELLS[one] + 0.1
    assert len(last) == 1 or last[-1][0] > life.now - 16.0  # it never ends
