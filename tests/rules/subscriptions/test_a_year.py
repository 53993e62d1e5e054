"""A year, day by day: no renewal comes without an earlier day on which the buyer was told.

Told means what a reminder sees: the action is `cancel`, and the day lies in the window.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import product, takewhile
from zoneinfo import ZoneInfo

import pytest

from autoclaim.model.subscription import Subscription, SubscriptionDecision
from autoclaim.rules.subscriptions import decide_subscription
from autoclaim.rules.subscriptions.acting import acting_before
from autoclaim.rules.subscriptions.renewals import renewals_after
from tests.rules.subscriptions.rows import subscription

HERE = ZoneInfo("Europe/Berlin")
BEGIN, END, LATER = date(2027, 7, 1), date(2028, 7, 1), date(2029, 7, 1)  # a leap day lies between
HOLIDAYS = frozenset({date(2027, 12, 24), date(2027, 12, 27), date(2028, 1, 1)})
KINDS = [
    pytest.param({"every": every, "notice": notice, "notice_to": to, "channel": by}, id=name)
    for every, notice, to, by in product(
        ["1 week", "1 month", "3 months", "1 year"],
        ["none", "14 days", "1 month", "3 months"],
        ["any", "term-end", "month-end"],
        ["web", "letter"],
    )
    if (name := f"every {every}, notice {notice} to {to} by {by}")
]


def decisions_of_the_year(watched: Subscription) -> list[tuple[date, SubscriptionDecision]]:
    year = [BEGIN + timedelta(days=number) for number in range((END - BEGIN).days)]
    mornings = [(day, datetime.combine(day, time(9), HERE)) for day in year]
    return [
        (day, decide_subscription(watched, None, morning, HERE, HOLIDAYS))
        for day, morning in mornings
    ]


@pytest.mark.parametrize("said", KINDS)
def test_no_renewal_comes_without_an_earlier_reminder(said: dict[str, str]) -> None:
    watched = subscription(started_on="2025-08-31", **said)
    renewals = takewhile(lambda day: day < LATER, renewals_after(watched, BEGIN))
    last_days = {acting_before(day, watched, HOLIDAYS).last_on for day in renewals}
    to_be_told = {day for day in last_days if BEGIN <= day < END}

    told = {
        one.last_on
        for day, one in decisions_of_the_year(watched)
        if one.action == "cancel" and one.last_on and day <= one.last_on
    }

    assert to_be_told
    assert to_be_told - told == set()


def test_most_reminders_leave_days_to_act() -> None:
    watched = subscription(started_on="2025-08-31", notice="14 days")
    told = [(day, one) for day, one in decisions_of_the_year(watched) if one.action == "cancel"]

    by_window = {
        one.last_on: min(day for day, same in told if same.last_on == one.last_on)
        for _, one in told
    }

    of_the_year = {last: first for last, first in by_window.items() if last and last < END}
    assert len(of_the_year) == 12
    assert all((last - first).days >= 14 for last, first in of_the_year.items())


def test_nothing_is_told_of_what_is_kept() -> None:
    watched = subscription(started_on="2025-08-31", keep=True)

    assert {one.action for _, one in decisions_of_the_year(watched)} == {"none"}


def test_the_ends_of_months_are_really_among_them() -> None:
    renewals = renewals_after(subscription(started_on="2025-08-31"), BEGIN)

    ends = list(takewhile(lambda day: day < END, renewals))

    assert len(ends) == 12
    assert all(day.day == monthrange(day.year, day.month)[1] for day in ends)
