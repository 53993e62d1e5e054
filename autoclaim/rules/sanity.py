"""R2: facts that cannot be, so that a person must look before anything is decided."""

from datetime import date

from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.contradictions import events_reversed, facts_deny_each_other
from autoclaim.rules.knowing import Situation
from autoclaim.rules.windows import Now


def facts_that_cannot_be(case: Case) -> Answer | None:
    """Something is dated after now, or two facts cannot both be true."""
    line = case.line
    future, contradiction = False, facts_deny_each_other(line)
    if not _went_as_usual(line, case.now.today):
        future = _in_future(line, case.now)
        contradiction = contradiction or events_reversed(line)
    if not (future or contradiction):
        return None
    flags: tuple[str, ...] = ("future_event",) if future else ()
    if contradiction:
        flags += ("contradiction",)
    why: Saying = (flags[0],)
    clauses = ("S5",) if line.shipped else ("S1",)
    return Answer("R2", "review", clauses, why, case.warning, flags=flags)


def _went_as_usual(line: Situation, today: date) -> bool:
    """Whether all happened in the usual order, before today, and nothing more is told.

    So it is with most lines, and then no two times of one need a closer look.
    """
    parcel, shipped, noticed = line.parcel, line.shipped_at, line.noticed_at
    if line.has_case or parcel.extended_to or parcel.last_scan_at:
        return False
    if noticed is not None and noticed.day >= today:
        return False
    promised = parcel.promised_by
    if promised is not None and shipped is not None and promised.day < shipped.day:
        return False
    day = date.min
    for time in (
        line.order.placed_at,
        line.paid_at,
        shipped,
        line.delivered_at,
        line.confirmed_at,
        line.completed_at,
    ):
        if time is not None:
            if time.day < day:
                return False
            day = time.day
    return day < today


def _in_future(line: Situation, now: Now) -> bool:
    """Whether something that has happened is told of a time after now."""
    return any(now.is_before(time) for time in _events(line) if time is not None)


def _events(line: Situation) -> tuple[Time | None, ...]:
    asked, dispute, returned = line.cancellation, line.dispute, line.return_
    return (
        line.order.placed_at,
        line.paid_at,
        line.noticed_at,
        line.shipped_at,
        line.delivered_at,
        line.confirmed_at,
        line.completed_at,
        line.parcel.last_scan_at,
        asked.requested_at,
        asked.accepted_at,
        asked.refused_at,
        asked.closed_at,
        dispute.opened_at,
        dispute.agreed_at,
        dispute.decided_at,
        dispute.withdrawn_at,
        returned.approved_at,
        returned.sent_at,
        line.refund.paid_at,
    )
