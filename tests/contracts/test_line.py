"""What every line must do: ports, sockets, serial servers, the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.talk import LineError, RefusedError, Say
from tests.contracts.parrots import World, ask


@pytest.fixture(params=["serial", "socket", "rfc2217", "fake"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = World(request.param, tmp_path)
    yield made
    made.end.unplug()


# pyserial leaves a socket that its peer has closed to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*unclosed <socket:pytest.PytestUnraisableExceptionWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)


def test_an_answer_is_given_and_nothing_of_an_earlier_one(world: World) -> None:
    async def main() -> None:
        for text in ("1 first", "2 second", "1 third"):
            heard = await world.line.say(ask(text))
            assert heard is not None
            assert str(heard.told) == f"yes {text}\n"

    world.run(main())


def test_what_has_no_answer_is_only_said(world: World) -> None:
    async def main() -> None:
        assert await world.line.say(Say((b"1 a\n",))) is None
        assert await world.line.say(ask("1 b"))

    world.run(main())


def test_pieces_arrive_as_one(world: World) -> None:
    async def main() -> None:
        said = ask("1 whole")
        await world.line.say(Say((b"1 wh", b"ole\n"), said.answer, said.patience, pause=0.1))

    world.run(main())


def test_a_refusal_is_told_and_the_line_still_works(world: World) -> None:
    async def main() -> None:
        world.parrots[0].refuses = True
        with pytest.raises(RefusedError):
            await world.line.say(ask("1 a"))
        assert await world.line.say(ask("2 b"))

    world.run(main())


def test_a_dead_board_costs_its_patience_and_others_still_answer(world: World) -> None:
    async def main() -> None:
        world.parrots[0].dead = True
        with pytest.raises(LineError):
            await world.line.say(ask("1 a", patience=0.2))
        assert await world.line.say(ask("2 b"))
        world.parrots[0].dead = False
        assert await world.line.say(ask("1 c"))

    world.run(main())


def test_those_who_ask_at_once_are_answered_in_turn(world: World) -> None:
    async def main() -> None:
        said = [ask(f"{number} {turn}") for turn in range(5) for number in (1, 2)]
        heard = await asyncio.gather(*map(world.line.say, said))
        assert None not in heard

    world.run(main())


def test_noise_is_no_answer(world: World) -> None:
    async def main() -> None:
        world.parrots[0].corrupts = True
        with pytest.raises(LineError):
            await world.line.say(ask("1 a", patience=0.2))
        world.parrots[0].corrupts = False
        assert await world.line.say(ask("1 b"))

    world.run(main())


def test_an_unplugged_line_says_so_and_serves_again(world: World) -> None:
    async def main() -> None:
        assert await world.line.say(ask("1 a"))
        world.end.unplug()
        with pytest.raises(LineError):
            await world.line.say(ask("1 b"))
        with pytest.raises(LineError):
            await world.line.check()
        world.end.plug_in()
        await world.line.check()
        assert await world.line.say(ask("1 c"))

    world.run(main())


def test_a_loss_is_told_at_once_to_who_asks_and_to_who_listens(world: World) -> None:
    async def main() -> None:
        told: list[LineError] = []
        world.line.listen(told.append)
        world.parrots[0].mute = True
        asking = asyncio.create_task(world.line.say(ask("1 a", patience=600)))
        await world.until(lambda: world.parrots[0].mine == [b"1 a"])
        world.end.unplug()
        with pytest.raises(LineError) as raised:
            await asyncio.wait_for(asking, 10)
        assert [str(error) for error in told] == [str(raised.value)]

    world.run(main())


def test_a_loss_is_told_while_nothing_is_said(world: World) -> None:
    async def main() -> None:
        told: list[LineError] = []
        world.line.listen(told.append)
        assert await world.line.say(ask("1 a"))
        world.end.unplug()
        await world.until(lambda: len(told) == 1)

    world.run(main())


def test_what_had_begun_is_finished_though_who_said_it_is_cancelled(world: World) -> None:
    async def main() -> None:
        whole = Say((b"1 wh", b"ole\n"), ask("1 whole").answer, 5.0, pause=0.2)
        saying = asyncio.create_task(world.line.say(whole))
        await world.until(lambda: world.parrots[0].heard == b"1 wh")
        saying.cancel()
        heard = await world.line.say(ask("2 b"))
        assert str(heard and heard.told) == "yes 2 b\n"
        assert world.parrots[0].mine == [b"1 whole"]
        assert saying.cancelled()

    world.run(main())


def test_an_answer_to_who_was_cancelled_is_not_given_to_the_next(world: World) -> None:
    async def main() -> None:
        world.parrots[0].delay = 0.2
        saying = asyncio.create_task(world.line.say(ask("1 a")))
        await world.until(lambda: world.parrots[0].mine == [b"1 a"])
        saying.cancel()
        heard = await world.line.say(ask("2 b"))
        assert str(heard and heard.told) == "yes 2 b\n"

    world.run(main())


def test_who_is_cancelled_while_waiting_is_not_heard(world: World) -> None:
    async def main() -> None:
        world.parrots[0].delay = 0.2
        saying = asyncio.create_task(world.line.say(ask("1 a")))
        await world.until(lambda: world.parrots[0].mine == [b"1 a"])
        waiting = asyncio.create_task(world.line.say(ask("1 b")))
        other = asyncio.create_task(world.line.say(ask("1 c")))
        await asyncio.wait([waiting], timeout=0)
        waiting.cancel()
        assert await saying
        assert await other
        assert world.parrots[0].mine == [b"1 a", b"1 c"]

    world.run(main())


def test_what_is_being_said_fails_when_the_line_is_closed(world: World) -> None:
    async def main() -> None:
        world.parrots[0].mute = True
        asking = asyncio.create_task(world.line.say(ask("1 a", patience=600)))
        await world.until(lambda: world.parrots[0].mine == [b"1 a"])
        await world.line.close()
        with pytest.raises(LineError, match="was closed"):
            await asyncio.wait_for(asking, 10)
        assert await world.line.say(ask("2 b"))

    world.run(main())


def test_a_closed_line_opens_again(world: World) -> None:
    async def main() -> None:
        assert await world.line.say(ask("1 a"))
        await world.line.close()
        await world.line.close()
        assert await world.line.say(ask("1 b"))

    world.run(main())


def test_seconds_are_those_of_the_line(world: World) -> None:
    assert world.line.seconds(2000) == pytest.approx(2 * world.line.seconds(1000))
