"""R2: facts that cannot be, so that a person must look before anything is decided."""

from datetime import date, datetime

from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.contradictions import contradicts
from autoclaim.rules.knowing import (
    NO_CANCELLATION,
    NO_DISPUTE,
    NO_PARCEL,
    NO_RETURN,
    Situation,
)
from autoclaim.rules.windows import Now


def facts_that_cannot_be(case: Case) -> Answer | None:
    """Something is dated after now, or two facts cannot both be true."""
    line = case.line
    # the facts do not change with the moment, so this is looked at once
    if line.contradiction is None:
        _look_at_times(line)
    future = _in_future(line, case.now)
    if not (future or line.contradiction):
        return None
    flags: tuple[str, ...] = ("future_event",) if future else ()
    if line.contradiction:
        flags += ("contradiction",)
    why: Saying = (flags[0],)
    clauses = ("S5",) if line.shipped else ("S1",)
    return Answer("R2", "review", clauses, why, case.warning, flags=flags)


def _in_future(line: Situation, now: Now) -> bool:
    moment, day = line.last_moment, line.last_day
    if moment is not None and moment > now.moment:
        return True
    return day is not None and day > now.latest_today


def _look_at_times(line: Situation) -> None:
    """Find the last moment and the last day told, and whether the facts clash; kept with them."""
    last_moment: datetime | None = None
    last_day: date | None = None
    for time in _events(line):
        if time is None:
            continue
        if time.form != "day":
            if last_moment is None or time.moment > last_moment:
                last_moment = time.moment
        elif last_day is None or time.day > last_day:
            last_day = time.day
    line.last_moment, line.last_day = last_moment, last_day
    line.contradiction = contradicts(line)


def _events(line: Situation) -> list[Time | None]:
    """Everything that has happened, if it is told at all."""
    order, parcel, asked, dispute = line.order, line.parcel, line.cancellation, line.dispute
    times = [order.placed_at, order.paid_at, line.noticed_at, line.refund.paid_at]
    if parcel is not NO_PARCEL:
        times += (parcel.shipped_at, parcel.delivered_at, parcel.confirmed_at)
        times += (parcel.completed_at, parcel.last_scan_at)
    if line.return_ is not NO_RETURN:
        times += (line.return_.approved_at, line.return_.sent_at)
    if asked is not NO_CANCELLATION:
        times += (asked.requested_at, asked.accepted_at, asked.refused_at, asked.closed_at)
    if dispute is not NO_DISPUTE:
        times += (dispute.opened_at, dispute.agreed_at, dispute.decided_at, dispute.withdrawn_at)
    return times
