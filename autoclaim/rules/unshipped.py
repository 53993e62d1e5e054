"""Not shipped: payment, a cancellation that was asked for, and the way to cancel (R6 to R9)."""

from datetime import date

from autoclaim.model.decision import Action, Basis
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.knowing import Situation
from autoclaim.rules.windows import Window, after, printed, window

_SELLER_HOURS_AS_DAYS = 3  # the 72 hours of newer editions (section 8, row 5)


def status_unknown(case: Case) -> Answer:
    """R6: dates and parcels alone never decide."""
    why: Saying = ("status_unknown",)
    return Answer("R6", "need_data", ("S1", "S5"), why, case.warning, missing=("status",))


def not_paid_yet(case: Case) -> Answer | None:
    """R7: not paid, or the payment is being checked."""
    if case.line.status == "awaiting_payment":
        return Answer(
            "R7",
            "cancel",
            ("S1",),
            ("unpaid",),
            amount="nothing",
            flags=("nothing_to_refund",),
            others=(("unpaid_not_named",),),
        )
    return _payment_checked(case) if case.line.status == "payment_review" else None


def _payment_checked(case: Case) -> Answer:
    order, days = case.line.order, case.terms.cancel_review_days
    start = case.line.payment
    answer = Answer(
        "R7",
        "wait",
        ("S1",),
        ("payment_checked",),
        missing=() if order.paid_at is not None else ("paid_at",),
        why_not=(("cancel", ("payment_is_checked",)),),
    )
    if days is None:
        day = None if start is None else after(start.day, 1)
        other: Saying = (
            ("checking_takes_a_day", day) if day else ("checking_takes_a_day_somewhen",)
        )
        return answer._replace(others=(other,))
    if start is None or case.now.today >= after(start.day, days):
        return answer
    opens_on = after(start.day, days)
    basis: Basis = "rule" if order.paid_at is not None else "estimate"
    return answer._replace(why=("payment_checked_until", opens_on), opens_on=opens_on, basis=basis)


def maybe_shipped(case: Case) -> Answer:
    """R8, first row: in a partly shipped order nobody knows whether this line was shipped."""
    line = case.line
    # the line may be in any of them, so the earliest warning counts
    parcels = line.order.shipments
    cases = [case.beside(parcel) for parcel in parcels] or [case]
    known = [warning for warning in (each.warning for each in cases) if warning is not None]
    earliest = min(known, key=lambda window: window.last_on, default=None)
    return Answer(
        "R8",
        "review",
        ("S1", "S5"),
        ("maybe_shipped",),
        earliest,
        missing=(line.of_line("shipment_id"),),
        others=(("whole_order",),),
    )


def cancellation_asked(case: Case) -> Answer | None:
    """R8: the line is not shipped, and a cancellation was asked for or refused."""
    line = case.line
    refused_at = line.cancellation.refused_at
    if line.pending:
        return _pending(case)
    if refused_at is None:
        return None
    return Answer(
        "R8",
        "escalate",
        ("S1", "S4", "S10"),
        ("cancel_refused", refused_at.day),
        opens_on=refused_at.day,
        others=(("ask_again",),),
    )


def _pending(case: Case) -> Answer:
    line, days = case.line, case.terms.cancel_answer_days
    requested_at = line.cancellation.requested_at
    answer = Answer(
        "R8", "wait", ("S1",), ("cancel_pending",), why_not=(("cancel", ("already_asked",)),)
    )
    if requested_at is None:
        return answer._replace(missing=(line.of_cancellation("requested_at"),))
    if days is None:
        by = after(requested_at.day, _SELLER_HOURS_AS_DAYS)
        return answer._replace(others=(("seller_has_72_hours", by),))
    until = window(requested_at, days, case.now.zone)
    if not until.over(case.now):
        return answer._replace(why=("cancel_pending_until", until.last_on), window=until)
    return answer._replace(
        action="escalate",
        clauses=("S1", "S10"),
        why=("cancel_unanswered", until.last_on),
        opens_on=after(until.last_on, 1),
        flags=("overdue",),
    )


def not_shipped(case: Case) -> Answer:
    """R9: the way to cancel is open; the status decides, not the usual seven days."""
    line, now = case.line, case.now
    start, shown = line.payment, line.site_dates.cancel_until
    if start is None and shown is None:
        missing = ("paid_at",)
        return Answer("R9", "need_data", ("S1", "S2"), ("cancel_no_day",), missing=missing)
    usual = case.terms.cancel_usual_days
    counted = None if start is None or usual is None else window(start, usual, now.zone)
    opens_on = None if start is None else start.day
    if shown is not None:
        answer = _by_store(case, printed(shown, now.zone, opens_on), counted)
    else:
        answer = _by_count(case, counted, opens_on)
    answer = _with_flags(case, answer)
    return answer if "site_date_passed" in answer.flags else _without_button(case, answer)


def _by_store(case: Case, own: Window, counted: Window | None) -> Answer:
    differs = counted is not None and counted.last_on != own.last_on
    flags = ("site_differs",) if differs else ()
    if own.over(case.now):
        flags = (*flags, "site_date_passed")
        why: Saying = ("cancel_day_passed", own.last_on)
        return Answer("R9", "review", ("S1", "S2"), why, own, own.opens_on, flags=flags)
    why = ("cancel_until", own.last_on)
    return Answer("R9", "cancel", ("S1", "S2"), why, own, own.opens_on, flags=flags)


def _by_count(case: Case, counted: Window | None, opens_on: date | None) -> Answer:
    line, shown = case.line, counted
    why: Saying = ("cancel_open",)
    flags: tuple[str, ...] = ()
    others: tuple[Saying, ...] = ()
    # in a partly shipped order the store may take only the whole of it
    sure = line.paid_at is not None and line.status != "partly_shipped"
    if counted is not None and counted.over(case.now):
        why, shown = ("cancel_past_usual", counted.last_on), None
        flags, others = ("past_usual_days",), (("usual_days_limit", counted.last_on),)
    elif counted is not None:
        why = ("cancel_until", counted.last_on)
        shown = counted if sure else counted._replace(basis="estimate")
    return Answer(
        "R9",
        "cancel",
        ("S1", "S2"),
        why,
        shown,
        opens_on,
        basis=None if sure else "estimate",
        flags=flags,
        missing=() if line.paid_at is not None else ("paid_at",),
        others=others,
    )


def _with_flags(case: Case, answer: Answer) -> Answer:
    line = case.line
    flags, others = answer.flags, answer.others
    if line.status == "partly_shipped":
        others = (*others, ("whole_order",))
    if line.status == "frozen":
        others = (*others, ("frozen",))
    if line.zero_price:
        flags = (*flags, "nothing_to_refund")
    if flags is answer.flags and others is answer.others:
        return answer
    return answer._replace(flags=flags, others=others)


def _without_button(case: Case, answer: Answer) -> Answer:
    """The page was read and shows no way to cancel: a person must look, or ask the store."""
    if not case.lacks("cancel"):
        return answer
    action: Action = "review"
    clauses = answer.clauses
    if case.line.status == "frozen":
        action, clauses = "escalate", ("S1", "S2", "S10")
    flags = (*answer.flags, "not_offered")
    return answer._replace(
        action=action, clauses=clauses, why=("cancel_not_offered",), flags=flags
    )


def is_overtaken(line: Situation) -> bool:
    """R8: shipped although a cancellation was asked for and not answered."""
    return line.shipped and line.pending
