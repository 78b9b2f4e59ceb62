"""Says of each password that devices.toml keeps elsewhere whether it is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from broadcaster.domain.outputs import Icecast, Sip
from broadcaster.domain.station import SpeakerSpec
from broadcaster.messages import Message
from broadcaster.secret import password
from broadcaster.station.document import Document


def passwords(folder: Path, document: Document, speakers: Mapping[str, SpeakerSpec]) -> None:
    """Warn of what can't be read by whoever asks; the daemon's own user may be able to."""
    for id_, spec in speakers.items():
        if isinstance(spec.output, Icecast | Sip) and spec.output.password_file:
            found = password(folder / spec.output.password_file)
            if isinstance(found, Message):
                path = ("speakers", id_, "password_file")
                document.warn(path, ".".join(path), found)
