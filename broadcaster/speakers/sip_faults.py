"""Why a call did not come to be, or did not last, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from broadcaster.messages import Message as Text
from broadcaster.messages import msg
from broadcaster.speakers.sip_message import Message


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one call."""

    to: str
    """Who is called, as people know it: 900@10.0.0.5."""
    server: str
    codecs: str

    def silent(self) -> Text:
        """Say that nothing came back at all."""
        return msg("{server} does not answer", server=self.server)

    def rang(self) -> Text:
        """Say that it was let ring."""
        return msg("{to} rang but was not answered; it must answer by itself", to=self.to)

    def gone(self) -> Text:
        """Say that it went away while it sounded."""
        return msg("{to} no longer answers", to=self.to)

    def held(self) -> Text:
        """Say that it answered, and does not listen."""
        return msg("{to} has put the call on hold", to=self.to)

    def codec(self) -> Text:
        """Say that there is no codec in common."""
        return replace(_codec, args=(("to", self.to), ("codecs", self.codecs)))

    def password(self, *, given: bool) -> Text:
        """Say that the password is wrong, or lacking."""
        if given:
            return msg("{server} does not accept the user or the password", server=self.server)
        return msg("{server} wants a user and a password_file", server=self.server)

    def hung_up(self, bye: Message) -> Text:
        """Say that the far end ended it, and why where it says so (RFC 3326)."""
        said = re.search(r'text="([^"]+)"', bye.value("Reason"))
        if said:
            return msg("{to} hung up: {why}", to=self.to, why=said[1])
        return msg("{to} hung up", to=self.to)

    def refused(self, response: Message) -> Text:
        """Say what a final response means that is no success (RFC 3261, section 21)."""
        said = f"{response.code} {response.start[2]}".strip()
        known = REFUSALS.get(response.code, OTHERWISE)
        filled = {"to": self.to, "server": self.server, "codecs": self.codecs, "said": said}
        return replace(known, args=tuple(filled.items()))


_absent = msg("{server} has no extension {to}")
_away = msg("{to} is not connected to {server} now")
_busy = msg("{to} is busy")
_codec = msg("{to} takes none of the codecs offered: {codecs}")
REFUSALS: Mapping[int, Text] = {
    403: msg(
        "{server} forbids the call to {to}: check the user, the password, and who may call it"
    ),
    404: _absent, 410: _absent, 484: _absent, 604: _absent,
    408: _away, 480: _away,
    486: _busy, 600: _busy,
    415: _codec, 488: _codec, 606: _codec,
    603: msg("{to} declined the call"),
}  # fmt: skip
OTHERWISE = msg("{to} refused the call: {said}")
