"""Which slots need another `order` for one to air, or to be shown, before another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from broadcaster.domain.campaign import Campaign, LedSlot, RadioSlot
from broadcaster.errors import Refusal
from broadcaster.messages import msg
from broadcaster.planning.days import days_of
from broadcaster.planning.expand import reminder_slots


@dataclass(frozen=True, slots=True)
class _Place:
    """A slot among those of its campaign."""

    slot: RadioSlot | LedSlot
    order: int
    fixed: bool = False
    """A reminder has no order of its own."""

    @property
    def rank(self) -> tuple[int, str]:
        """What it is sorted by, within its class."""
        return self.order, self.slot.id


Meet = Callable[[RadioSlot | LedSlot, RadioSlot | LedSlot], bool]


def orders(
    campaign: Campaign, slot: str, before: str, days: Collection[date], holidays: Collection[date]
) -> dict[str, int]:
    """Give the orders to be set, by slot, for `slot` to come right before `before`.

    Only slots that meet on one of the `days` need one. Raises Refusal where no order can do it.
    """
    around = _around(campaign, slot, before)
    moved = next(place for place in around if place.slot.id == slot)
    mark = next(place for place in around if place.slot.id == before)
    if moved.slot.air_class is not mark.slot.air_class:
        _check_class(moved.slot, mark.slot)
        return {}
    peers = [place for place in around if place.slot.air_class is moved.slot.air_class]
    peers.sort(key=lambda place: place.rank)
    peers.remove(moved)
    peers.insert(peers.index(mark), moved)

    def meet(one: RadioSlot | LedSlot, other: RadioSlot | LedSlot) -> bool:
        return _meet(campaign, one, other, days, holidays)

    found = _fewest(peers, peers.index(moved), meet)
    if found is None:
        raise Refusal(
            msg(
                "a reminder stands in the way, and all reminders have order 0: set the order of "
                "the other slots of that minute"
            )
        )
    was = {place.slot.id: place.order for place in around}
    return {place.slot.id: place.order for place in found if place.order != was[place.slot.id]}


def _around(campaign: Campaign, slot: str, before: str) -> list[_Place]:
    heard = [_Place(each, each.order) for each in campaign.radio]
    heard += [_Place(each, 0, fixed=True) for each in reminder_slots(campaign)]
    seen = [_Place(each, each.order) for each in campaign.led]
    for places in (heard, seen):
        if {slot, before} <= {place.slot.id for place in places}:
            return places
    raise Refusal(
        msg(
            "{slot} and {other} have no order between them: only broadcasts have, and slogans",
            slot=slot,
            other=before,
        )
    )


def _check_class(moved: RadioSlot | LedSlot, mark: RadioSlot | LedSlot) -> None:
    if moved.air_class.rank > mark.air_class.rank:
        raise Refusal(
            msg(
                "{other} is of class {above} and goes before {slot} of class {below}, whatever "
                "their order",
                other=mark.id,
                above=mark.air_class.value,
                slot=moved.id,
                below=moved.air_class.value,
            )
        )


def _fewest(peers: Sequence[_Place], at: int, meet: Meet) -> Sequence[_Place] | None:
    """Put the orders right for this sequence by changing the fewest; None where none can do."""
    found: list[Sequence[_Place]] = []
    for moved in _tries(peers, at, meet):
        tried = [*peers[:at], moved, *peers[at + 1 :]]
        found += [way for way in (_pushed(tried, at, meet), _pulled(tried, at, meet)) if way]

    def cost(way: Sequence[_Place]) -> tuple[int, int]:
        changed = [new != old for new, old in zip(way, peers, strict=True)]
        # Of two ways as short, the one that touches the moved slot: it is the one spoken of.
        return sum(changed), not changed[at]

    return min(found, key=cost, default=None)


def _tries(peers: Sequence[_Place], at: int, meet: Meet) -> list[_Place]:
    """Give the moved slot as it is, and as close as can be to its neighbours."""
    moved = peers[at]
    if moved.fixed:
        return [moved]
    before = [each.rank for each in peers[:at] if meet(each.slot, moved.slot)]
    after = [each.rank for each in peers[at + 1 :] if meet(each.slot, moved.slot)]
    tries = [moved]
    if after:
        tries.append(replace(moved, order=_below(moved, min(after))))
    if before:
        tries.append(replace(moved, order=_above(moved, max(before))))
    return tries


def _above(place: _Place, rank: tuple[int, str]) -> int:
    return rank[0] + (place.slot.id <= rank[1])


def _below(place: _Place, rank: tuple[int, str]) -> int:
    return rank[0] - (place.slot.id >= rank[1])


def _pushed(peers: Sequence[_Place], at: int, meet: Meet) -> Sequence[_Place] | None:
    """Raise orders from the moved slot on, as far as needed; None where one is fixed."""
    done = list(peers[:at])
    for place in peers[at:]:
        least = max((each.rank for each in done if meet(each.slot, place.slot)), default=None)
        if least is not None and place.rank <= least:
            if place.fixed:
                return None
            done.append(replace(place, order=_above(place, least)))
        else:
            done.append(place)
    return done


def _pulled(peers: Sequence[_Place], at: int, meet: Meet) -> Sequence[_Place] | None:
    """Lower orders from the moved slot back, as far as needed; None where one is fixed."""
    done = list(peers[at + 1 :])
    for place in reversed(peers[: at + 1]):
        most = min((each.rank for each in done if meet(each.slot, place.slot)), default=None)
        if most is not None and place.rank >= most:
            if place.fixed:
                return None
            done.insert(0, replace(place, order=_below(place, most)))
        else:
            done.insert(0, place)
    return done


def _meet(
    campaign: Campaign,
    one: RadioSlot | LedSlot,
    other: RadioSlot | LedSlot,
    days: Collection[date],
    holidays: Collection[date],
) -> bool:
    """Tell whether two slots start at one minute, or are shown at one time, on any day."""
    if isinstance(one, RadioSlot) and isinstance(other, RadioSlot):
        together = not set(one.at).isdisjoint(other.at)
    elif isinstance(one, LedSlot) and isinstance(other, LedSlot):
        together = any(
            a.covers(b.start) or b.covers(a.start) for a in one.between for b in other.between
        )
    else:
        return False
    if not together or set(one.zones).isdisjoint(other.zones):
        return False
    shared = set(days_of(campaign, one.days, days, holidays))
    return not shared.isdisjoint(days_of(campaign, other.days, days, holidays))
