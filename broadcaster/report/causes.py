"""Why airings were not heard as a whole: reasons of one kind are counted together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from broadcaster.domain.record import Outcome
from broadcaster.messages import Message
from broadcaster.report.results import UNHEARD, Aired, Cause

UNLIKE = "…"


class Unlike(str):
    """What stands where reasons of one kind differ; whatever form a number was to have."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return UNLIKE


def causes(airings: Iterable[Aired]) -> tuple[Cause, ...]:
    """Count what was not heard as a whole, by outcome and reason; the most frequent first."""
    kinds: dict[tuple[Outcome, str | None], list[Message | None]] = {}
    for each in airings:
        if each.outcome is Outcome.PARTIAL or each.outcome in UNHEARD:
            reasons = kinds.setdefault((each.outcome, _kind(each.reason)), [])
            reasons.append(each.reason)
    found = [Cause(outcome, _common(kinds[outcome, id_]), len(kinds[outcome, id_]))
             for outcome, id_ in kinds]  # fmt: skip
    return tuple(sorted(found, key=lambda cause: (-cause.count, cause.outcome, str(cause.reason))))


def _kind(reason: Message | None) -> str | None:
    """Name what reasons have in common that differ in a time or a number only."""
    if reason is None:
        return None
    kinds = [_kind(value) or "" for _, value in reason.args if isinstance(value, Message)]
    return "\n".join([reason.id, *kinds])


def _common(reasons: Sequence[Message | None]) -> Message | None:
    first = reasons[0]
    if first is None:
        return None
    args = [dict(reason.args) for reason in reasons if reason is not None]
    return Message(first.id, tuple((name, _one([each[name] for each in args])) for name in args[0]))


def _one(values: Sequence[object]) -> object:
    if isinstance(values[0], Message):
        return _common([value for value in values if isinstance(value, Message)])
    return values[0] if all(value == values[0] for value in values) else Unlike(UNLIKE)
