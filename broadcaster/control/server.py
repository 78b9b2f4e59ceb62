"""The daemon's local API, beside what it airs and never in its way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster.control.admission import admit
from broadcaster.control.answers import ApiError, answer_to, written
from broadcaster.control.caller import user_of
from broadcaster.control.conversation import PIECE, Conversation, SlowReaderError
from broadcaster.control.desk import Desk
from broadcaster.control.door import Door, door
from broadcaster.control.following import follow
from broadcaster.control.routes import EVENTS, READS, Act, act_of, path_of
from broadcaster.control.within import within
from broadcaster.errors import DeviceError, Refusal, UserError, why
from broadcaster.messages import joined, msg
from broadcaster.ports import TimeSource

PATIENCE = 5.0
"""Seconds in which a request has to be there whole, and an answer read."""
CLOSING = 1.0
"""Seconds for the last answers."""
AGAIN = 1.0
"""Seconds after which it is tried again to let callers in, where the system would not."""
CALLERS = 32
"""At once."""
FOLLOWERS = 16
QUEUE = 1024
"""Callers whom the system keeps waiting."""

logger = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def serving(desk: Desk, time: TimeSource, folder: Path) -> AsyncIterator[None]:
    """Answer for the desk; where that can't be, say so and let the station run without."""
    async with contextlib.AsyncExitStack() as stack:
        try:
            opened = stack.enter_context(door(folder))
        except DeviceError as error:
            logger.warning(error, extra={"action": "control-failed"})
        else:
            server = Server(desk, time, opened)
            server.start()
            stack.push_async_callback(server.close)
        yield


@dataclass(eq=False, slots=True)
class Caller:
    """Somebody who is connected and has not been answered yet."""

    talk: Conversation
    task: asyncio.Task[None]
    obeyed: bool = False
    """Whether the desk is at what was asked: it is not to be broken off."""


class Server:
    """Answers for a desk, at one door."""

    def __init__(
        self, desk: Desk, time: TimeSource, opened: Door, patience: float = PATIENCE
    ) -> None:
        self._desk = desk
        self._time = time
        self._door = opened
        self._patience = patience
        self._callers: dict[asyncio.Task[None], Caller] = {}
        self._followers: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Let callers in."""
        self._door.socket.listen(QUEUE)
        self._door.socket.settimeout(0)
        self._entrance = asyncio.create_task(self._let_in())

    async def close(self) -> None:
        """Let no more in, and give those who are in their answers."""
        for task in (self._entrance, *self._followers):
            task.cancel()
        waiting = {self._entrance, *self._callers, *self._followers}
        with contextlib.suppress(TimeoutError):
            await within(self._time, CLOSING, asyncio.wait(waiting))
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _let_in(self) -> None:
        # One by one, each listened to before the next: asyncio's own servers take all there are.
        loop = asyncio.get_running_loop()
        while True:
            try:
                peer, _ = await loop.sock_accept(self._door.socket)
                self._meet(Conversation(*await asyncio.open_connection(sock=peer, limit=PIECE)))
            except OSError as error:
                logger.warning(joined("control", why(error)), extra={"action": "control-failed"})
                await self._time.sleep(AGAIN)

    def _meet(self, talk: Conversation) -> None:
        if len(self._callers) >= CALLERS and not self._give_up_the_first():
            _turn_away(talk)
            return
        task = asyncio.create_task(self._serve(talk))
        self._callers[task] = Caller(talk, task)
        task.add_done_callback(self._forget)

    def _give_up_the_first(self) -> bool:
        """Make room: whoever came first and is slow must not keep out who comes last."""
        slow = next((each for each in self._callers.values() if not each.obeyed), None)
        if slow is not None:
            _turn_away(slow.talk)
            slow.task.cancel()
            self._forget(slow.task)
        return slow is not None

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._callers.pop(task, None)
        self._followers.discard(task)

    async def _serve(self, talk: Conversation) -> None:
        try:
            await self._converse(talk)
            await within(self._time, self._patience, talk.finish())
        except (EOFError, OSError, SlowReaderError, TimeoutError):
            pass  # It hung up, or doesn't listen.
        except Exception:
            logger.exception(msg("a request failed"), extra={"action": "control-failed"})
        finally:
            talk.hang_up()

    async def _converse(self, talk: Conversation) -> None:
        try:
            path, body = await within(self._time, self._patience, self._request(talk))
            if path == EVENTS:
                await self._follow(talk)
                return
        except TimeoutError:
            late = ApiError(408, "too-slow", msg("the request did not come in time"))
            talk.answer(*answer_to(late))
        except ApiError as error:
            talk.answer(*answer_to(error))
        else:
            talk.answer(*await self._answer(path, body, talk))

    async def _request(self, talk: Conversation) -> tuple[str, bytes]:
        head = await talk.head()
        admit(head, self._door)
        return path_of(head), await talk.body(head)

    async def _answer(self, path: str, body: bytes, talk: Conversation) -> tuple[int, bytes]:
        try:
            if path in READS:
                return 200, written(READS[path](self._desk))
            return 200, written(await self._obey(act_of(path, body), talk))
        except (ApiError, UserError, Refusal, DeviceError) as error:
            return answer_to(error)
        except Exception as error:
            logger.exception(msg("a request failed"), extra={"action": "control-failed"})
            return answer_to(error)

    async def _obey(self, act: Act, talk: Conversation) -> Any:
        me = self._caller()
        me.obeyed = True
        try:
            by = await asyncio.to_thread(user_of, talk.peer())
            return await act(self._desk, by)
        finally:
            me.obeyed = False

    async def _follow(self, talk: Conversation) -> None:
        if len(self._followers) >= FOLLOWERS:
            raise _busy()
        me = self._caller()
        del self._callers[me.task]
        self._followers.add(me.task)
        await follow(self._desk, talk, self._time)

    def _caller(self) -> Caller:
        task = asyncio.current_task()
        return next(each for each in self._callers.values() if each.task is task)


def _turn_away(talk: Conversation) -> None:
    talk.answer(*answer_to(_busy()))
    talk.hang_up()


def _busy() -> ApiError:
    return ApiError(503, "busy", msg("too many ask at once; try again"))
