"""When a subscription renews, and when it is charged: the days that cancelling is about."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from autoclaim.model.span import Span
from autoclaim.model.subscription import Subscription
from autoclaim.rules.subscriptions.spans import after, month_begin, shifted

_A_MONTH = Span(1, "month")
_AT_ONCE = Span(0, "day")
_ONE_DAY = timedelta(days=1)


class Renewals(NamedTuple):
    """A row of days, without end: the k-th is `base` + `first` + k times `step`.

    Spans are added at once, so that a row begun on a 31st comes back to the 31st.
    """

    base: date
    first: Span
    step: Span

    def day(self, number: int) -> date:
        """The day of that number, from 0."""
        months = self.first.months + self.step.months * number
        return shifted(self.base, months, self.first.days + self.step.days * number)

    def since(self, day: date) -> Iterator[date]:
        """The days of the row on or after `day`, one by one."""
        # An estimate from below, so that a row of many years is not walked from its beginning.
        far = (day - self.day(0)).days // self.step.days_at_most
        for number in count(max(0, far)):
            if (found := self.day(number)) >= day:
                yield found


def begun_on(subscription: Subscription) -> date | None:
    """The day from which paid periods are counted; None when no such day is known."""
    return _start(subscription) or subscription.renews_on


def _start(subscription: Subscription) -> date | None:
    """The first day that costs the full price; None when it is not known."""
    return subscription.trial_ends or subscription.started_on


def bound_until(subscription: Subscription) -> date | None:
    """The first day after the minimum term; None when there is none, or its start is not known."""
    start = _start(subscription)
    if start is None or subscription.minimum_term is None:
        return None
    return after(start, subscription.minimum_term)


def charges_since(subscription: Subscription, day: date) -> Iterator[date]:
    """The days on or after `day` on which a period is charged.

    They are counted from the start; from the provider's own day, and back from it, when that is
    not among them.
    """
    start, stated = _start(subscription), subscription.renews_on
    counted = Renewals(start, _AT_ONCE, subscription.every) if start else None
    # to the end of a month: a new term begins on its first day, whenever it is charged
    if counted and (
        stated is None
        or subscription.notice_to == "month-end"
        or next(counted.since(stated)) == stated
    ):
        yield from counted.since(day)
    elif stated:
        yield from _charges_around(stated, subscription.every, start, day)


def _charges_around(stated: date, every: Span, start: date | None, day: date) -> Iterator[date]:
    row = Renewals(stated, _AT_ONCE, every)
    if start:
        if start >= day:
            yield start
        # the first period is longer or shorter than the others, by less than half of one
        day = max(day, min(stated, start + timedelta(days=every.days_at_most // 2)))
    first = next(number for number in count() if row.day(-number - 1) < day)
    yield from (row.day(-number) for number in range(first, 0, -1))
    yield from row.since(day)


def renewals_after(subscription: Subscription, today: date) -> Iterator[date]:
    """The first days of new terms after `today`, each avoided by cancelling in time; endless.

    None at all when no day is known to count from. With notice to any day each charge is such a
    day, with notice to the end of a month each first of a month, once the minimum term is over.
    """
    begun = begun_on(subscription)
    if begun is None:
        return
    earliest = today + _ONE_DAY
    trial = subscription.trial_ends
    if trial and trial >= earliest:
        yield trial
        earliest = trial + _ONE_DAY
    free = bound_until(subscription)
    yield from _after_trial(subscription, begun, max(earliest, free) if free else earliest)


def _after_trial(subscription: Subscription, begun: date, earliest: date) -> Iterator[date]:
    if subscription.notice_to == "month-end":
        yield from _month_begins(earliest)
        return
    stated = subscription.renews_on
    if stated and stated >= earliest:
        yield stated
        earliest = stated + _ONE_DAY
    yield from _row(subscription, begun).since(earliest)


def _month_begins(earliest: date) -> Iterator[date]:
    first = month_begin(earliest)
    yield from Renewals(first, _AT_ONCE, _A_MONTH).since(first)


def _row(subscription: Subscription, begun: date) -> Renewals:
    counted = _counted_row(subscription)
    if counted is not None and not site_differs(subscription):
        return counted
    # The provider's own day beats the count; what follows is counted from it.
    return Renewals(subscription.renews_on or begun, _AT_ONCE, step_of(subscription))


def _counted_row(subscription: Subscription) -> Renewals | None:
    start = _start(subscription)
    if start is None:
        return None
    step, least = step_of(subscription), subscription.minimum_term
    if least and after(start, least) > after(start, step):
        return Renewals(start, least, step)
    return Renewals(start, step, step)


def step_of(subscription: Subscription) -> Span:
    """From one day that cancelling can avoid to the next."""
    if subscription.notice_to == "month-end":
        return _A_MONTH
    return subscription.every if subscription.notice_to == "any" else subscription.term


def site_differs(subscription: Subscription) -> bool:
    """Whether the provider's own renewal day is not among those that are counted.

    A day within the minimum term is a charge, and no renewal that could be avoided.
    """
    counted, stated = _counted_row(subscription), subscription.renews_on
    if counted is None or stated is None or subscription.notice_to == "month-end":
        return False
    free = bound_until(subscription)
    return next(counted.since(stated)) != stated and not (free and stated < free)


def anchor_assumed(subscription: Subscription) -> bool:
    """Whether later days are counted from a short month's last day, which may mean a 31st."""
    stated = subscription.renews_on
    if stated is None or subscription.trial_ends or subscription.started_on:
        return False
    last_of_month = (stated + _ONE_DAY).day == 1
    return last_of_month and stated.day < 31 and bool(step_of(subscription).months)  # noqa: PLR2004 - the longest month
