"""R5: a dispute is running. It is never withdrawn by autoclaim."""

from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.fast_refund import fast_refund_fits
from autoclaim.rules.windows import after, printed, window


def dispute_running(case: Case) -> Answer | None:
    """R5: `open`, `refused` without a decision, begun without a state, or state unreadable."""
    line = case.line
    dispute = line.dispute
    if "state" in dispute.unread:
        why: Saying = ("dispute_unreadable",)
        return Answer("R5", "need_data", ("S8",), why, case.warning)
    begun = dispute.state is None and dispute.opened_at is not None
    if dispute.state not in ("open", "refused") and not begun:
        return None
    answer = _whose_turn(case)
    return answer._replace(
        flags=(*answer.flags, *_beside(case)),
        why_not=(("dispute", ("dispute_runs",)),),
    )


def _beside(case: Case) -> tuple[str, ...]:
    warning = case.warning
    # after the window a withdrawn dispute could not be opened again
    keep = warning is None or warning.over(case.now)
    fits = case.line.fault and fast_refund_fits(case).fits
    return (("keep_dispute",) if keep else ()) + (("fast_possible",) if fits else ())


def _whose_turn(case: Case) -> Answer:
    dispute = case.line.dispute
    if dispute.offer is not None or dispute.answer_by is not None:
        return _buyers_turn(case)
    if dispute.opened_at is None:
        missing = (case.line.of_case("dispute", "opened_at"),)
        return Answer("R5", "wait", ("S8", "S10"), ("dispute_no_day",), missing=missing)
    return _sellers_or_stores_turn(case, dispute.opened_at)


def _buyers_turn(case: Case) -> Answer:
    """An offer or a request waits for the buyer's own choice."""
    answer_by = case.line.dispute.answer_by
    if answer_by is None:
        return Answer("R5", "review", ("S8",), ("offer_waits",))
    until = printed(answer_by, case.now.zone)
    over = until.over(case.now)
    why: Saying = ("answer_was_due" if over else "answer_due", until.last_on)
    return Answer("R5", "review", ("S8",), why, until, flags=("overdue",) if over else ())


def _sellers_or_stores_turn(case: Case, opened_at: Time) -> Answer:
    terms, now = case.terms, case.now
    turns = (
        ("seller_answers", terms.dispute_seller_answer_days),
        ("store_joins", terms.dispute_store_joins_days),
        ("store_asked", terms.dispute_escalate_days),
    )
    escalate = terms.dispute_escalate_days
    others: tuple[Saying, ...] = () if escalate is None else (("fifteen_days_for_paying",),)
    for who, days in turns:
        if days is None:
            continue
        until = window(opened_at, days, now.zone)
        if not until.over(now):
            why: Saying = (who, until.last_on)
            return Answer("R5", "wait", ("S8", "S10"), why, until, others=others)
    if escalate is None:
        return Answer("R5", "wait", ("S8", "S10"), ("store_decides",), flags=("store_decides",))
    return Answer(
        "R5",
        "escalate",
        ("S8", "S10"),
        ("dispute_overdue", after(opened_at.day, escalate)),
        opens_on=after(opened_at.day, escalate + 1),
        flags=("overdue",),
        others=others,
    )
