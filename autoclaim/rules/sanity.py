"""R2: facts that cannot be, so that a person must look before anything is decided."""

from collections.abc import Iterator

from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.contradictions import contradicts
from autoclaim.rules.knowing import NO_PARCEL, Situation
from autoclaim.rules.windows import Now


def facts_that_cannot_be(case: Case) -> Answer | None:
    """Something is dated after now, or two facts cannot both be true."""
    line = case.line
    future, contradiction = _in_future(line, case.now), contradicts(line)
    if not (future or contradiction):
        return None
    flags: tuple[str, ...] = ("future_event",) if future else ()
    if contradiction:
        flags += ("contradiction",)
    why: Saying = (flags[0],)
    clauses = ("S5",) if line.shipped else ("S1",)
    return Answer("R2", "review", clauses, why, case.warning, flags=flags)


def _in_future(line: Situation, now: Now) -> bool:
    """Whether something that has happened is told of a time after now."""
    today = now.today
    for time in _parcel_events(line) if line.parcel is not NO_PARCEL else _order_events(line):
        # what lies before today's day needs no closer look
        if time is not None and time.day >= today and now.is_before(time):
            return True
    if line.has_case:
        return any(time is not None and now.is_before(time) for time in _case_events(line))
    return False


def _order_events(line: Situation) -> tuple[Time | None, ...]:
    order = line.order
    return order.placed_at, order.paid_at, line.noticed_at


def _parcel_events(line: Situation) -> tuple[Time | None, ...]:
    order, parcel = line.order, line.parcel
    return (
        order.placed_at,
        order.paid_at,
        line.noticed_at,
        parcel.shipped_at,
        parcel.delivered_at,
        parcel.confirmed_at,
        parcel.completed_at,
        parcel.last_scan_at,
    )


def _case_events(line: Situation) -> Iterator[Time | None]:
    asked, dispute, returned = line.cancellation, line.dispute, line.return_
    yield from (asked.requested_at, asked.accepted_at, asked.refused_at, asked.closed_at)
    yield from (dispute.opened_at, dispute.agreed_at, dispute.decided_at, dispute.withdrawn_at)
    yield from (returned.approved_at, returned.sent_at, line.refund.paid_at)
