"""What a daemon lets people do; the daemon has it without knowing this room.

A `reason` is English, and beside it `reason_message` is the same as `messages.to_json` keeps it,
so that whoever asked can read it in another language. Instants are ISO 8601 with their offset.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any, Protocol

from broadcaster.domain.order import Order

Told = Mapping[str, Any]
"""What can be written as JSON."""


class Desk(Protocol):
    """A daemon, as people command it. `by` is who asks, for the ledger.

    Whatever can't be obeyed raises UserError or Refusal, a device or disk that failed DeviceError.
    """

    def status(self) -> Told:
        """Tell what is on air, what comes next and how every device is.

        `station`: its name; `version`; `now`, `started`: instants;
        `clock`: {trusted, reason, reason_message};
        `paused`: null or {since, by};
        `on_air`, and `next`, three groups that wait or are ahead, an item a zone: {key, group,
        campaign, slot, title, zone, class, speakers, begins, started, ends, position}, the last
        in seconds;
        `season`: null, or {reason, reason_message} where no campaign is on;
        `devices`: {id, kind, name, state, since, reason, reason_message} each, the kind one of
        speaker, sign, amplifier, engine and disk, the state one of ok, failed and unknown;
        `problems`: what `errors.problem_json` gives, each.
        """

    def health(self) -> Told:
        """Tell whether all is well: {healthy, faults: [{of, kind, action, since, reason, ...}]}."""

    async def interrupt(self, order: Order, by: str) -> Told:
        """Announce at once, or say what would be: {group, keys, spoken, voice, seconds}.

        `spoken`: the words as a voice will speak them; `keys` are of the airings that come of it.
        """

    async def silence(self, by: str) -> Told:
        """End what sounds, for good: {stopped: [key]}."""

    async def pause(self, by: str) -> Told:
        """Let nothing but what is urgent begin, until `resume`, and cut what sounds."""

    async def resume(self, by: str) -> Told:
        """Go on after a pause."""

    async def reload(self, by: str) -> Told:
        """Read the station's files again: {taken, files, problems}."""

    async def confirm_clock(self, by: str) -> Told:
        """Take a person's word that the clock is right."""

    def stop(self, by: str) -> None:
        """End the daemon."""

    def follow(self) -> AsyncGenerator[Told, None]:
        """Tell what changes from now on, until closed; never waits for who reads it.

        Either a record of the ledger as `log --json` has it, {seq, at, kind, key, data, ...}, or
        {kind: "status"} where something else changed that `status` tells.
        """
