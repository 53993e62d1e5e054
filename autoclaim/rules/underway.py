"""Shipped and not arrived: wait, and claim once the deadline is over (rules.md R10, R11)."""

from datetime import date

from autoclaim.model.decision import Action
from autoclaim.rules.answers import THE_PROBLEM, Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.closing import closed
from autoclaim.rules.deadline import Deadline
from autoclaim.rules.unshipped import is_overtaken
from autoclaim.rules.windows import Window, after

_LOST = frozenset({"lost", "returned_to_sender"})
_FLAG_OF_STATE: dict[str | None, tuple[str, ...]] = {
    "no_scan": ("no_scan",),
    "customs_hold": ("customs",),
}


def problem_unreadable(case: Case) -> Answer:
    """R10: what the buyer said cannot be read; it is asked again."""
    why: Saying = ("problem_unreadable",)
    return Answer("R10", "need_data", ("S5",), why, case.warning)


def not_arrived(case: Case) -> Answer:
    """R11: the line is shipped, has not arrived, and no fault of the goods is told."""
    line = case.line
    late = case.late
    if line.problem == "changed_mind" and case.offers("cancel"):
        return _still_cancellable(case)
    if late.window is None or late.deadline is None:
        return _answer(case, "need_data", ("S5",), ("deadline_unknown",), case.warning)
    return _by_window(case, late.window, late.deadline)


def cancel_is_gone(case: Case) -> Saying:
    """Why a shipped line cannot be cancelled."""
    shipped_at = case.line.shipped_at
    return ("was_shipped",) if shipped_at is None else ("was_shipped_on", shipped_at.day)


def _answer(
    case: Case,
    action: Action,
    clauses: tuple[str, ...],
    why: Saying,
    window: Window | None,
    *,
    opens_on: date | None = None,
    reason: str | None = THE_PROBLEM,
    flags: tuple[str, ...] = (),
    others: tuple[Saying, ...] = (),
    not_before: date | None = None,
) -> Answer:
    """An answer of R11, with what every row says: no cancelling, and all about the deadline."""
    late = case.late
    why_not: tuple[tuple[Action, Saying], ...] = (("cancel", cancel_is_gone(case)),)
    if not_before is not None:
        why_not = (*why_not, ("dispute", ("opens_later", not_before)))
    flags = (*flags, *late.flags, *_FLAG_OF_STATE.get(case.line.parcel.state, ()))
    return Answer(
        "R11",
        action,
        clauses,
        why,
        window,
        opens_on,
        reason=reason,
        flags=flags,
        missing=late.missing,
        others=others,
        why_not=why_not,
    )


def _still_cancellable(case: Case) -> Answer:
    """Row 1: shipped, but the page still offers to cancel."""
    shown = case.late.window or case.warning
    return _answer(
        case,
        "review",
        ("S1",),
        ("shipped_but_cancellable",),
        shown,
        opens_on=shown.opens_on if shown else None,
        flags=("still_offered",),
        others=(("undelivered_can_cancel",),),
    )


def _by_window(case: Case, window: Window, deadline: Deadline) -> Answer:
    """Rows 3 to 7."""
    now, opens_on = case.now, window.opens_on
    # an edition without days after the deadline, or a printed day before it
    if opens_on is not None and window.last_on < opens_on:
        row = _over if window.over(now) else _ends_first
        return row(case, window, deadline)
    if opens_on is not None and now.today < opens_on:
        # the carrier gave it up, but this policy opens nothing before the deadline
        if case.line.parcel.state in _LOST and not case.late.early:
            return _gone(case, window, opens_on, deadline)
        return _wait(case, window, opens_on, deadline)
    return (_over if window.over(now) else _claim)(case, window, deadline)


def _ends_first(case: Case, window: Window, deadline: Deadline) -> Answer:
    """Row 3: the time to claim ends before it opens."""
    why: Saying = ("ends_before_it_opens", window.last_on)
    others = _readings_of_deadline(case, window, deadline)
    return _answer(case, "review", ("S5",), why, window, others=others)


def _gone(case: Case, window: Window, opens_on: date, deadline: Deadline) -> Answer:
    """Row 4: lost or returned before the deadline."""
    others = (("gone_at_once", window.last_on), *_readings_of_deadline(case, window, deadline))
    why: Saying = ("parcel_gone", opens_on)
    return _answer(case, "review", ("S4", "S5"), why, window, others=others, not_before=opens_on)


def _wait(case: Case, window: Window, opens_on: date, deadline: Deadline) -> Answer:
    """Row 5: it may still come."""
    line = case.line
    others: tuple[Saying, ...] = _readings_of_deadline(case, window, deadline)
    if case.now.today == deadline.day:
        others += (("deadline_day_is_late",),)
    if line.parcel.state == "no_scan":
        others += (("not_shipped_before_scan",),)
    if line.problem == "changed_mind":
        others += (("undelivered_can_cancel",),)
    if line.has_case and is_overtaken(line):
        others += (("request_came_first",),)
    why: Saying = ("still_in_time", opens_on, window.last_on)
    return _answer(
        case, "wait", ("S5",), why, window, opens_on=opens_on, others=others, not_before=opens_on
    )


def _claim(case: Case, window: Window, deadline: Deadline) -> Answer:
    """Row 6: late."""
    others = _readings_of_deadline(case, window, deadline)
    if case.line.customs:
        others = (("customs_excluded",), *others)
    return _answer(
        case,
        "dispute",
        ("S4", "S5"),
        ("late", window.last_on),
        window,
        opens_on=window.opens_on,
        reason="not_received",
        flags=_unasked(case),
        others=others,
    )


def _over(case: Case, window: Window, deadline: Deadline) -> Answer:
    """Rows 3 and 7: late, and the window is over."""
    over = _answer(
        case,
        "closed",
        ("S5",),
        ("late_over", window.last_on),
        window,
        reason="not_received",
        flags=_unasked(case),
        others=_readings_of_deadline(case, window, deadline),
    )
    return closed(case, over)


def _unasked(case: Case) -> tuple[str, ...]:
    return () if case.line.problem == "not_received" else ("buyer_unasked",)


def _readings_of_deadline(case: Case, window: Window, deadline: Deadline) -> tuple[Saying, ...]:
    """Section 8, rows 15 to 17, for a deadline that is not the store's own."""
    promise, late_days = case.line.promise, case.terms.dispute_late_days or 0
    if deadline.basis == "site" or promise is None:
        return ()
    is_open = not window.over(case.now)
    if deadline.start is not promise:
        until = after(promise.day, late_days)
        if is_open or case.now.today <= until:
            return (("promise_is_deadline", promise.day, until),)
        return ()
    if not is_open:
        return ()
    said: tuple[Saying, ...] = ()
    if case.line.parcel.extended_to is not None:
        said = (_reading_of_extension(case, late_days),)
    return (*said, ("cap_may_be_earlier",)) if deadline.basis == "estimate" else said


def _reading_of_extension(case: Case, late_days: int) -> Saying:
    first = case.line.parcel.promised_by
    if first is None:
        return ("extension_does_not_count_somewhen",)
    return ("extension_does_not_count", after(first.day, late_days))
