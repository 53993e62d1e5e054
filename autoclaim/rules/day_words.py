"""Where each day of a decision comes from, in words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from autoclaim.model.decision import Decision
from autoclaim.rules.joining import Judged
from autoclaim.rules.windows import Window, after, last_days

_UNSURE = ", an estimate, because a fact is not known"


class DayTold(NamedTuple):
    """One day of a decision and where it comes from."""

    name: str
    day: date
    origin: str


def days_told(decision: Decision, judged: Judged) -> Iterator[DayTold]:
    """The days of a decision that are shown; `judged` is the answer it completes."""
    window = judged.answer.window
    if decision.opens_on is not None:
        yield DayTold("first day", decision.opens_on, _first_day(decision.opens_on, judged))
    if window is None:
        return
    yield DayTold("last day", window.last_on, _last_day(window))
    yield DayTold("safe day", window.safe_on, _safe_day(window))


def _first_day(opens_on: date, judged: Judged) -> str:
    answer, late = judged.answer, judged.case.late
    if answer.rule == "R11" and late.deadline is not None and late.deadline.day < opens_on:
        return "the day after the delivery deadline"
    if answer.window is not None and opens_on == answer.window.start.day:
        return "the day that the time counts from"
    if answer.rule == "R9":
        return "the day of payment, else of the order"
    if answer.action == "escalate":
        overdue = "overdue" in answer.flags
        return "the day after that time ended" if overdue else "the day of the refusal"
    return _FIRST_DAYS.get(answer.rule, "counted by the policy")


_FIRST_DAYS = {
    "R3": "the day the return was approved or sent",
    "R12": "the day it is said to have arrived",
    "R13": "the day of delivery",
    "R14": "the day of delivery",
}


def _last_day(window: Window) -> str:
    start = window.start
    unsure = _UNSURE if window.basis == "estimate" else ""
    if window.days is not None:
        return f"counted by the policy: {window.days} days after {_given(window)}{unsure}"
    printed_for, _ = last_days(start, None)
    if window.basis == "site" and window.last_on == printed_for:
        return f"printed by the store: {start}"
    if window.basis == "site":
        more = (window.last_on - printed_for).days
        return f"counted by the policy: {more} days after {start}, the deadline the store prints"
    return f"counted by the policy in working days after {_given(window)}{unsure}"


def _given(window: Window) -> str:
    """The day it counts from, and how it was written when that is not the same."""
    day, written = str(window.start.day), str(window.start)
    return day if day == written else f"{day} (given as {written})"


def _safe_day(window: Window) -> str:
    if window.safe_on == after(window.last_on, -1):
        return "a day before the last one, so that no way of counting makes it late"
    if window.safe_on == window.last_on:
        return "the last day by every way of counting"
    return "the last day by the strictest way of counting, on the earlier of both clocks"
