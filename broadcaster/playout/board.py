"""Keeps one sign on its desired content: sends when they differ, and nothing while they agree."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from broadcaster.domain.airing import SignContent
from broadcaster.domain.record import Kind
from broadcaster.errors import DeviceError
from broadcaster.messages import Message
from broadcaster.playout.told import Told
from broadcaster.ports import Ledger, Sign, SignState, TimeSource

FIRST_RETRY = 1.0
LONGEST_RETRY = 60.0
"""Seconds between two tries at a sign that can't be reached."""

logger = logging.getLogger(__name__)


class Board:
    """One sign and what it is known to hold."""

    def __init__(self, sign: Sign, ledger: Ledger, time: TimeSource) -> None:
        self._sign = sign
        self._ledger = ledger
        self._time = time
        self._desired: SignContent | None = None
        self._held: SignContent | None = None
        self._recorded: tuple[SignContent, str] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._told = Told()

    def want(self, content: SignContent) -> None:
        """Say what the sign is to hold from now on."""
        self._desired = content
        if content != self._held and (self._sending is None or self._sending.done()):
            self._sending = asyncio.create_task(self._settle())

    async def close(self) -> None:
        """Stop trying and let go of the port; what the sign holds stays."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)
        await self._sign.close()

    async def settled(self) -> None:
        """Wait until the sign holds what is desired."""
        if self._sending is not None:
            await self._sending

    async def _settle(self) -> None:
        """Send until desired and held agree; what is desired may change meanwhile."""
        retry = FIRST_RETRY
        while (content := self._desired) is not None and content != self._held:
            try:
                state = await self._sign.send(content)
            except DeviceError as error:
                self._held = None
                self._record(content, SignState.UNREACHABLE, error.message)
                await self._time.sleep(retry)
                retry = min(2 * retry, LONGEST_RETRY)
            else:
                self._held = content
                self._record(content, state)
                retry = FIRST_RETRY

    def _record(
        self, content: SignContent, state: SignState, reason: Message | None = None
    ) -> None:
        """Write a change of state, once: a sign that stays unreachable fills no ledger."""
        if self._recorded == (content, state):
            return
        data = describe(content) | {"state": state.value, "reason": str(reason or "")}
        if self._told.news("state", (content, state)):
            logger.info(
                "sign %s: %s", self._sign.id, state.value, extra={"action": "sign-state"} | data
            )
        try:
            self._ledger.append(self._time.now(), Kind.SIGN, f"sign/{self._sign.id}", data)
        except DeviceError as error:
            # The sign matters more than its record: it is told again with the next change.
            if self._told.news("ledger", error):
                logger.warning("%s", error, extra={"action": "ledger-failed"})
            return
        self._told.over("ledger")
        self._recorded = (content, state)


def describe(content: SignContent) -> dict[str, Any]:
    """Give content as the ledger keeps it."""
    return {
        "slogans": [slogan.text for slogan in content.slogans],
        "campaigns": list(content.campaigns),
        "clock": content.clock,
        "brightness": content.brightness,
    }
