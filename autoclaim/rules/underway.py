"""Shipped and not arrived: wait, and claim once the deadline is over (rules.md R10, R11)."""

from datetime import date

from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.closing import closed
from autoclaim.rules.deadline import Deadline, Late
from autoclaim.rules.unshipped import is_overtaken
from autoclaim.rules.windows import Window, after

_GONE = frozenset({"lost", "returned_to_sender"})


def problem_unreadable(case: Case) -> Answer | None:
    """R10: what the buyer said cannot be read; it is asked again."""
    if not (case.line.shipped and case.line.problem_unreadable):
        return None
    why: Saying = ("problem_unreadable",)
    return Answer("R10", "need_data", ("S5",), why, case.warning, reason=None)


def not_arrived(case: Case) -> Answer | None:
    """R11: the line is shipped, has not arrived, and no fault of the goods is told."""
    line = case.line
    if not line.shipped or line.arrived or line.fault:
        return None
    late = case.late
    answer = _row(case, late)
    state = line.parcel.state
    flags = late.flags
    if state == "no_scan":
        flags = (*flags, "no_scan")
    elif state == "customs_hold":
        flags = (*flags, "customs")
    return answer._replace(
        flags=(*answer.flags, *flags),
        missing=late.missing,
        why_not=(("cancel", cancel_is_gone(case)), *answer.why_not),
    )


def cancel_is_gone(case: Case) -> Saying:
    """Why a shipped line cannot be cancelled."""
    shipped_at = case.line.parcel.shipped_at
    return ("was_shipped",) if shipped_at is None else ("was_shipped_on", shipped_at.day)


def _row(case: Case, late: Late) -> Answer:
    if case.line.problem == "changed_mind" and case.offers("cancel"):
        return _still_cancellable(case, late)
    if late.window is None or late.deadline is None:
        return Answer("R11", "need_data", ("S5",), ("deadline_unknown",), case.warning)
    answer = _by_window(case, late, late.window, late.deadline)
    said = _readings_of_deadline(case, late.window, late.deadline, late)
    return answer._replace(others=(*answer.others, *said))


def _still_cancellable(case: Case, late: Late) -> Answer:
    """Row 1: shipped, but the page still offers to cancel."""
    shown = late.window or case.warning
    return Answer(
        "R11",
        "review",
        ("S1",),
        ("shipped_but_cancellable",),
        shown,
        shown.opens_on if shown else None,
        flags=("still_offered",),
        others=(("undelivered_can_cancel",),),
    )


def _by_window(case: Case, late: Late, window: Window, deadline: Deadline) -> Answer:
    """Rows 3 to 7."""
    now, opens_on = case.now, late.opens_on
    if opens_on is not None and window.last_on < opens_on:
        if window.over(now):
            return _over(case, window)
        return Answer("R11", "review", ("S5",), ("ends_before_it_opens", window.last_on), window)
    if opens_on is not None and now.today < opens_on:
        if case.line.parcel.state in _GONE and not late.early:
            return _gone(window, opens_on)
        return _wait(case, window, opens_on, deadline)
    return _over(case, window) if window.over(now) else _claim(case, window)


def _gone(window: Window, opens_on: date) -> Answer:
    """Row 4: lost or returned before the deadline."""
    return Answer(
        "R11",
        "review",
        ("S4", "S5"),
        ("parcel_gone", opens_on),
        window,
        others=(("gone_at_once", window.last_on),),
        why_not=(("dispute", ("opens_later", opens_on)),),
    )


def _wait(case: Case, window: Window, opens_on: date, deadline: Deadline) -> Answer:
    """Row 5: it may still come."""
    line = case.line
    others: list[Saying] = []
    if case.now.today == deadline.day:
        others.append(("deadline_day_is_late",))
    if line.parcel.state == "no_scan":
        others.append(("not_shipped_before_scan",))
    if line.problem == "changed_mind":
        others.append(("undelivered_can_cancel",))
    if is_overtaken(line):
        others.append(("request_came_first",))
    return Answer(
        "R11",
        "wait",
        ("S5",),
        ("still_in_time", opens_on, window.last_on),
        window,
        opens_on,
        others=tuple(others),
        why_not=(("dispute", ("opens_later", opens_on)),),
    )


def _claim(case: Case, window: Window) -> Answer:
    """Row 6: late."""
    others: tuple[Saying, ...] = (("customs_excluded",),) if case.line.customs else ()
    return Answer(
        "R11",
        "dispute",
        ("S4", "S5"),
        ("late", window.last_on),
        window,
        window.opens_on,
        reason="not_received",
        flags=_unasked(case),
        others=others,
    )


def _over(case: Case, window: Window) -> Answer:
    """Rows 3 and 7: late, and the window is over."""
    why: Saying = ("late_over", window.last_on)
    over = Answer(
        "R11", "closed", ("S5",), why, window, reason="not_received", flags=_unasked(case)
    )
    return closed(case, over)


def _unasked(case: Case) -> tuple[str, ...]:
    return () if case.line.problem == "not_received" else ("buyer_unasked",)


def _readings_of_deadline(
    case: Case, window: Window, deadline: Deadline, late: Late
) -> tuple[Saying, ...]:
    """Section 8, rows 15 to 17, for a deadline that is not the store's own."""
    promise, days = case.line.promise, case.terms.dispute_late_days or 0
    if deadline.by_store:
        return ()
    said: list[Saying] = []
    is_open = not window.over(case.now)
    if promise is not None and deadline.cap is not None and deadline.cap < promise.day:
        until = after(promise.day, days)
        if is_open or case.now.today <= until:
            said.append(("promise_is_deadline", promise.day, until))
    if is_open and deadline.by_promise and case.line.parcel.extended_to is not None:
        first = case.line.parcel.promised_by
        said.append(
            ("extension_does_not_count", after(first.day, days))
            if first is not None
            else ("extension_does_not_count_somewhen",)
        )
    if is_open and "cap_unchecked" in late.flags:
        said.append(("cap_may_be_earlier",))
    return tuple(said)
