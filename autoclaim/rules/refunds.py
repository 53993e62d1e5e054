"""Money that came back, and money that is owed (rules.md R1, R4)."""

from typing import NamedTuple

from autoclaim.model.times import Time
from autoclaim.rules.answers import Amount, Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.closing import closed
from autoclaim.rules.fast_refund import fast_refund_fits
from autoclaim.rules.windows import (
    Window,
    after,
    next_workday,
    window,
    work_window,
    workday_after,
)


def money_came_back(case: Case) -> Answer | None:
    """R1: a refund was paid."""
    line = case.line
    refund = line.refund
    if refund.paid is None and refund.paid_at is None:
        return None
    # money dated tomorrow has not come back; R2 says that the facts cannot be
    if refund.paid_at is not None and case.now.is_before(refund.paid_at):
        return None
    if refund.kind is None:
        missing = (line.of_case("refund", "kind"),)
        return Answer("R1", "need_data", ("S10",), ("refund_kind_unknown",), missing=missing)
    if refund.kind == "full":
        return Answer("R1", "none", (), ("refunded_in_full",))
    return _part_came_back(case) if refund.kind == "partial" else None


def _part_came_back(case: Case) -> Answer | None:
    line, warning, flags = case.line, case.warning, ("partial_paid",)
    if line.problem_unreadable:
        return None
    if line.problem is None:
        return Answer("R1", "none", (), ("refunded_in_part",))
    if warning is not None and warning.over(case.now):
        why: Saying = ("part_paid_over", warning.last_on)
        return closed(case, Answer("R1", "closed", ("S5",), why, warning, flags=flags))
    clauses = ("S4", "S5")
    others: tuple[Saying, ...] = (("case_settled",),)
    return Answer("R1", "review", clauses, ("part_paid",), warning, flags=flags, others=others)


class Owed(NamedTuple):
    """Where money is owed from, and what the answer says beside it."""

    start: Time
    clauses: tuple[str, ...]
    after_cancelling: bool = False
    amount: Amount = "usual"


def money_owed(case: Case, rule: str, owed: Owed) -> Answer:
    """Money owed from a time on: wait for it, or ask the store once the window is over."""
    due = due_window(case, owed)
    in_workdays = due is not None and due.days is None
    if due is None:
        why: Saying = ("refund_due_no_term",)
        return Answer(rule, "track_refund", owed.clauses, why, amount=owed.amount)
    if not due.over(case.now):
        others = _readings_of_holidays(case, owed, due) if in_workdays else ()
        why = ("refund_due", due.last_on)
        return Answer(
            rule, "track_refund", owed.clauses, why, due, due.opens_on, amount=owed.amount,
            others=others,
        )  # fmt: skip
    return Answer(
        rule,
        "escalate",
        owed.clauses if "S10" in owed.clauses else (*owed.clauses, "S10"),
        ("refund_overdue", due.last_on),
        opens_on=after(due.last_on, 1),
        amount=owed.amount,
        flags=("overdue",),
        others=_readings_of_overdue(case, owed, due),
    )


def due_window(case: Case, owed: Owed) -> Window | None:
    """Until when the money must be back."""
    terms, holidays, zone = case.terms, case.document.holidays, case.now.zone
    workdays = terms.refund_claim_workdays
    if owed.after_cancelling:
        workdays = terms.refund_cancel_workdays
    elif terms.refund_claim_days is not None:
        return window(owed.start, terms.refund_claim_days, zone)
    return None if workdays is None else work_window(owed.start, workdays, holidays, zone)


def _readings_of_holidays(case: Case, owed: Owed, due: Window) -> tuple[Saying, ...]:
    """Section 8, row 12: the given holidays moved the last day."""
    workdays = (
        case.terms.refund_cancel_workdays
        if owed.after_cancelling
        else case.terms.refund_claim_workdays
    )
    # without given holidays both readings end on the same day
    if workdays is None or not case.document.holidays:
        return ()
    without = workday_after(owed.start.day, workdays[1], frozenset())
    return () if without == due.last_on else (("holidays_do_not_count", without),)


def _readings_of_overdue(case: Case, owed: Owed, due: Window) -> tuple[Saying, ...]:
    """Section 8, rows 31 and 11."""
    said: list[Saying] = []
    if not owed.after_cancelling:
        said.append(("fifteen_days_for_paying",))
    if due.days is None:
        workday = next_workday(due.last_on, case.document.holidays)
        if case.now.today < workday:
            said.append(("late_from_workday", workday))
    return tuple(said)


def refund_due(case: Case) -> Answer | None:
    """R4: a cancellation was accepted, or a dispute ended."""
    line = case.line
    asked, state = line.cancellation, line.dispute.state
    if asked.accepted_at or asked.closed_at or line.status == "cancelled":
        return _after_cancelling(case)
    if state == "agreed":
        return _after_agreement(case)
    if state == "finished" or (state == "refused" and line.dispute.decided_at is not None):
        return _after_decision(case)
    return None


def _after_cancelling(case: Case) -> Answer:
    line = case.line
    asked = line.cancellation
    # cancelled for nothing: no money is on its way
    if line.refund.kind == "none" or line.zero_price:
        return Answer("R4", "none", (), ("nothing_was_paid",), flags=("nothing_to_refund",))
    start = asked.accepted_at or asked.closed_at
    if start is not None:
        return money_owed(case, "R4", Owed(start, ("S7",), after_cancelling=True))
    closing = line.of_cancellation("closed_at")
    if line.order.paid_at is None:
        missing: tuple[str, ...] = ("paid_at", closing)
        return Answer("R4", "need_data", ("S7",), ("cancelled_unpaid",), missing=missing)
    return Answer("R4", "track_refund", ("S7",), ("cancelled_no_day",), missing=(closing,))


def _after_agreement(case: Case) -> Answer:
    line = case.line
    agreed_at = line.dispute.agreed_at
    if line.refund.kind == "none":
        return Answer("R4", "review", ("S10",), ("agreed_on_nothing",))
    amount, unknown = agreed_amount(case)
    others: tuple[Saying, ...] = ()
    if fast_refund_fits(case).fits:
        others = (("fast_without_return",),)
    if agreed_at is None:
        missing = (*unknown, line.of_case("dispute", "agreed_at"))
        answer = Answer("R4", "track_refund", ("S10",), ("agreed_no_day",), amount=amount)
        answer = answer._replace(missing=missing)
    else:
        answer = money_owed(case, "R4", Owed(agreed_at, ("S10",), amount=amount))
        answer = answer._replace(missing=unknown)
    not_fast: Saying = ("fast_needs_return",)
    return answer._replace(others=(*answer.others, *others), why_not=(("fast_refund", not_fast),))


def _after_decision(case: Case) -> Answer:
    line = case.line
    dispute, kind = line.dispute, line.refund.kind
    decided_at = dispute.decided_at
    if dispute.state == "refused" or kind == "none":
        return Answer(
            "R4",
            "escalate",
            ("S8", "S10"),
            ("decided_against",),
            opens_on=None if decided_at is None else decided_at.day,
            others=(("decision_is_final",),),
        )
    if kind is None:
        missing: tuple[str, ...] = (line.of_case("refund", "kind"),)
        return Answer("R4", "need_data", ("S8", "S10"), ("decision_unknown",), missing=missing)
    amount, unknown = agreed_amount(case)
    if decided_at is None:
        missing = (*unknown, line.of_case("dispute", "decided_at"))
        answer = Answer("R4", "track_refund", ("S10",), ("decided_no_day",), amount=amount)
        return answer._replace(missing=missing)
    answer = money_owed(case, "R4", Owed(decided_at, ("S10",), amount=amount))
    return answer._replace(missing=unknown)


def agreed_amount(case: Case) -> tuple[Amount, tuple[str, ...]]:
    """What was agreed on: the offer when it is a part, else the usual amount; what is missing."""
    line = case.line
    if line.refund.kind != "partial" and line.return_.full_refund is not False:
        return "usual", ()
    known = line.dispute.offer is not None
    return "agreed", () if known else (line.of_case("dispute", "offer"),)
