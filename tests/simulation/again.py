"""Lives a ward's days again and tells them: `python -m tests.simulation.again SEED [TEXT]`.

With a text it tells of sounds and records alone whose names have it in them.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator

from broadcaster.domain.record import Kind, Record
from tests.simulation.test_ward import judged, lived
from tests.simulation.world import World

Line = tuple[float, str]


def story(seed: int, text: str) -> Iterator[str]:
    """Tell what befell, what sounded and what the ledger has, in order of true time."""
    world, acts = lived(seed)
    records = world.records()
    lines: list[Line] = [(act.at, f"befell: {act.name}") for act in acts]
    lines += [(death.at, "died") for death in world.deaths]
    lines += [(at, "began") for at in world.starts]
    lines += _sounds(world, text)
    # By the wall clock, as nothing else of a record is known.
    lines += [(world.true(each.at), _told(each)) for each in records if text in each.key]
    for at, what in sorted(lines, key=lambda line: line[0]):
        yield f"{at:12.2f} {world.time.wall(at).astimezone(world.zone):%d %H:%M:%S} {what}"
    digest = hashlib.sha256("".join(record.hash for record in records).encode()).hexdigest()
    yield f"{len(records)} records, {digest[:16]}"
    yield from (f"BROKEN {wrong}" for wrong in judged(world))


def _sounds(world: World, text: str) -> Iterator[Line]:
    for sound in world.street.sounds:
        if text in sound.label:
            yield sound.begins, f"{sound.speaker}: {sound.label} from {sound.offset:g} s on"
            yield sound.ends, f"{sound.speaker}: {sound.label} ends"


def _told(record: Record) -> str:
    words = ("did", "outcome", "reason") if record.kind != Kind.SIGN else ("state",)
    more = " ".join(str(record.data[word]) for word in words if record.data.get(word))
    return f"  {record.seq} {record.kind} {record.key} {more}"


if __name__ == "__main__":
    for told in story(int(sys.argv[1]), "".join(sys.argv[2:])):
        print(told)
