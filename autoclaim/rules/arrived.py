"""Arrived, or said to have arrived (rules.md R12, R13)."""

from datetime import date

from autoclaim.model.record import record
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.free_returns import return_without_reason
from autoclaim.rules.not_here import said_to_have_arrived
from autoclaim.rules.windows import Window, after, printed, window


@record
class Received:
    """The received window, None when not known; `flags` tell when it is not as counted."""

    window: Window | None
    flags: tuple[str, ...] = ()


def received_window(case: Case) -> Received:
    """Until when goods that arrived may be disputed; the store's own day beats the count."""
    line, zone = case.line, case.now.zone
    delivered_at, shown = line.delivered_at, line.site_dates.dispute_until
    opens_on = None if delivered_at is None else delivered_at.day
    counted = _counted(case, opens_on)
    if shown is None:
        return Received(counted)
    own = printed(shown, zone, opens_on)
    differs = counted is not None and counted.last_on != own.last_on
    return Received(own, ("site_differs",) if differs else ())


def _counted(case: Case, opens_on: date | None) -> Window | None:
    line, terms, zone = case.line, case.terms, case.now.zone
    days, counted_from = terms.dispute_received_days, terms.dispute_received_from
    if days is None or counted_from is None:
        return None
    start = line.delivered_at if counted_from == "delivered_at" else line.confirmation
    if start is not None:
        return window(start, days, zone, opens_on)
    if line.delivered_at is None:
        return None
    more = terms.dispute_unconfirmed_days or 0
    return window(line.delivered_at, days + more, zone, opens_on)._replace(basis="estimate")


def arrived(case: Case) -> Answer:
    """R13: the line is shipped and nothing before fits: it is here, or it came and is not here."""
    line = case.line
    if line.problem == "not_received":
        return said_to_have_arrived(case)
    if line.problem is None and line.parcel.state == "delivered_elsewhere":
        return Answer("R13", "review", ("S4", "S5"), ("delivered_elsewhere",), case.warning)
    if line.problem == "changed_mind":
        return return_without_reason(case, None)
    received = received_window(case)
    if line.problem is None:
        return _nothing_wrong(received)
    return _faulty(case, received)


def _nothing_wrong(received: Received) -> Answer:
    """Row 3: a day is no reason to act."""
    shown = received.window
    return Answer(
        "R13",
        "none",
        (),
        ("nothing_wrong", shown.last_on) if shown else ("nothing_wrong_no_day",),
        shown,
        shown.opens_on if shown else None,
        flags=received.flags,
        why_not=(("dispute", ("no_problem",)),),
    )


def _faulty(case: Case, received: Received) -> Answer:
    """Rows 5 to 7."""
    flags = received.flags + (("buyer_unasked",) if case.line.inferred else ())
    if received.window is None:
        return _delivery_day_missing(case, flags)
    if not received.window.over(case.now):
        return _claim(case, received.window, flags)
    others = _reading_of_confirmation(case, received.window)
    answer = return_without_reason(case, received.window)
    if not (flags or others):
        return answer
    return answer._replace(flags=(*answer.flags, *flags), others=(*others, *answer.others))


def _delivery_day_missing(case: Case, flags: tuple[str, ...]) -> Answer:
    others: tuple[Saying, ...] = (("confirmation_counts",),) if case.warning is not None else ()
    return Answer(
        "R13",
        "need_data",
        ("S5",),
        ("delivery_day_missing",),
        case.warning,
        flags=flags,
        missing=(case.line.of_parcel("delivered_at"),),
        others=others,
    )


def _claim(case: Case, shown: Window, flags: tuple[str, ...]) -> Answer:
    line = case.line
    clauses: tuple[str, ...] = ("S4", "S5")
    others: tuple[Saying, ...] = ()
    partial = line.problem == "missing_parts"
    if _in_part_only(case):
        partial, clauses, others = True, ("S4", "S5", "S9"), (("never_in_full",),)
    return Answer(
        "R13",
        "dispute",
        clauses,
        ("faulty", shown.last_on),
        shown,
        shown.opens_on,
        flags=(*flags, "partial_likely") if partial else flags,
        others=(*others, *_reading_of_deadline(case, shown)),
    )


def _in_part_only(case: Case) -> bool:
    categories, category = case.terms.amount_partial_categories, case.line.line.category
    return bool(categories and category and category.strip().lower() in categories)


def _reading_of_deadline(case: Case, shown: Window) -> tuple[Saying, ...]:
    """Section 8, row 23: a late parcel that came after all."""
    delivered_at = case.line.delivered_at
    by_delivery = case.terms.dispute_received_from == "delivered_at"
    if not by_delivery or shown.days is None or delivered_at is None:
        return ()
    deadline, days = case.late.deadline, case.terms.dispute_late_days
    if deadline is None or days is None or deadline.day >= delivered_at.day:
        return ()
    return (("deadline_counts", after(deadline.day, days)),)


def _reading_of_confirmation(case: Case, shown: Window) -> tuple[Saying, ...]:
    """Section 8, row 22: counted from the delivery, though the confirmation came later."""
    confirmation, days = case.line.confirmation, case.terms.dispute_received_days
    if shown.days is None or confirmation is None or days is None:
        return ()
    if shown.start is not case.line.delivered_at:
        return ()
    last = after(confirmation.day, days)
    # the window is over, so a day that is not before today is later than its last day
    return () if last < case.now.today else (("confirmation_counts_until", last),)
