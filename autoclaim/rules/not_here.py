"""R12: said to have arrived, but the buyer has not received it."""

from datetime import date

from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.closing import closed
from autoclaim.rules.deadline import counted_last_day
from autoclaim.rules.underway import cancel_is_gone
from autoclaim.rules.windows import Window, printed, window

_FOR_ACTING = ("S4", "S5")


def said_to_have_arrived(case: Case) -> Answer:
    """R12: the carrier, the buyer's click or the store says that it came; nothing did."""
    line = case.line
    answer = _row(case)
    return answer._replace(
        flags=(*answer.flags, "buyer_unasked") if line.inferred else answer.flags,
        why_not=(("cancel", cancel_is_gone(case)), *answer.why_not),
    )


def _row(case: Case) -> Answer:
    line = case.line
    if line.site_dates.dispute_until is not None:
        return _by_store(case, line.site_dates.dispute_until)
    late = case.late
    said_on = line.delivered_at or line.confirmation
    received = _received(case, said_on)
    if received is None:
        missing = (line.of_parcel("delivered_at"), *late.missing)
        why: Saying = ("arrival_day_missing",)
        answer = Answer("R12", "need_data", ("S5",), why, case.warning)
        return answer._replace(flags=late.flags, missing=missing)
    if late.window is None:
        return _by_arrival(case, received)._replace(missing=late.missing)
    answer = _by_both(case, late.window, received)
    return answer._replace(flags=(*late.flags, *answer.flags), missing=late.missing)


def _received(case: Case, said_on: Time | None) -> Window | None:
    """B: counted from the day it is said to have arrived."""
    days = case.terms.dispute_received_days
    if said_on is None or days is None:
        return None
    return window(said_on, days, case.now.zone, said_on.day)


def _by_store(case: Case, shown: Time) -> Answer:
    """Row 1: the store prints the last day."""
    line = case.line
    said_on = line.delivered_at or line.confirmation
    own = printed(shown, case.now.zone, None if said_on is None else said_on.day)
    late, received = counted_last_day(line, case.terms), _received(case, said_on)
    last_days = [late, None if received is None else received.last_on]
    earliest = min((day for day in last_days if day is not None), default=own.last_on)
    flags = ("site_differs",) if earliest != own.last_on else ()
    if own.over(case.now):
        return _over(case, own, flags)
    return _claim(own, (("delivery_or_deadline",),), flags)


def _by_arrival(case: Case, received: Window) -> Answer:
    """Row 3: the deadline is not known."""
    if received.over(case.now):
        why: Saying = ("arrival_window_past", received.last_on)
        return Answer("R12", "need_data", ("S5",), why, received, received.opens_on)
    others: tuple[Saying, ...] = (("delivery_or_deadline",),)
    if case.line.delivered_at is not None:
        return _claim(received, others)
    return _look(received, others)


def _by_both(case: Case, late: Window, received: Window) -> Answer:
    """Rows 4 to 6; the safe day is the smaller of both."""
    # two counts may both be meant, so the safe day is that of the stricter one
    safe_on = min(late.safe_on, received.safe_on)
    a = late._replace(safe_on=min(safe_on, late.last_on))
    b = received._replace(safe_on=min(safe_on, received.last_on))
    if case.line.delivered_at is not None:
        return _delivered(case, a.opening(b.opens_on), b)
    if a.opens_on is None or a.opens_on <= case.now.today:
        return _confirmed_late(case, a, b)
    return _confirmed_early(case, a.opens_on, a, b)


def _in_order(a: Window, b: Window) -> tuple[Window, Window]:
    """The earlier and the later window; on a tie B is the earlier."""
    return (a, b) if a.last_on < b.last_on else (b, a)


def _delivered(case: Case, a: Window, b: Window) -> Answer:
    """Row 4: the carrier says delivered."""
    earlier, later = _in_order(a, b)
    if not earlier.over(case.now):
        return _claim(earlier, (("act_by_earlier", later.last_on),))
    if not later.over(case.now):
        return _look(later, (("earlier_was", earlier.last_on),))
    return _over(case, later)


def _confirmed_late(case: Case, a: Window, b: Window) -> Answer:
    """Row 5: confirmed or closed by the store, and late by now."""
    if not a.over(case.now):
        return _claim(a, (("confirmation_window", b.last_on),))
    if not b.over(case.now):
        return _look(b, (("late_window_was", a.last_on),))
    return _over(case, _in_order(a, b)[1])


def _confirmed_early(case: Case, opens_on: date, a: Window, b: Window) -> Answer:
    """Row 6: confirmed or closed by the store, the late window is not open yet."""
    if b.over(case.now):
        return _look(a, (("confirmation_window_was", b.last_on),))
    if opens_on > a.last_on:
        return _look(b, (("late_window_until", a.last_on),))
    return _look(b, (("late_window_from", opens_on, a.last_on),))


def _claim(shown: Window, others: tuple[Saying, ...], flags: tuple[str, ...] = ()) -> Answer:
    why: Saying = ("not_here", shown.last_on)
    return Answer(
        "R12", "dispute", _FOR_ACTING, why, shown, shown.opens_on, flags=flags, others=others
    )


def _look(shown: Window, others: tuple[Saying, ...]) -> Answer:
    why: Saying = ("not_here_look", shown.last_on)
    return Answer("R12", "review", _FOR_ACTING, why, shown, shown.opens_on, others=others)


def _over(case: Case, gone: Window, flags: tuple[str, ...] = ()) -> Answer:
    why: Saying = ("not_here_over", gone.last_on)
    return closed(case, Answer("R12", "closed", ("S5",), why, gone, flags=flags))
