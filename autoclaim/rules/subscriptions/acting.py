"""The days to act by: the notice period, the way a notice travels, and the safety margin."""

from collections.abc import Container
from datetime import date, timedelta
from typing import NamedTuple

from autoclaim.model.span import Span
from autoclaim.model.subscription import Subscription
from autoclaim.rules.subscriptions.renewals import step_of
from autoclaim.rules.subscriptions.spans import last_day_before, strictest_day_before
from autoclaim.rules.windows import is_workday, next_workday

_ONE_DAY = timedelta(days=1)
_NO_NOTICE = Span(0, "day")
_MONTH_AHEAD = 30  # days before `safe_on` from which acting is advised; half a step if shorter

Holidays = Container[date]


class Acting(NamedTuple):
    """The days to act by so that a term does not begin on `renews_on`; all inclusive.

    `arrive_by` is the last day on which the notice may reach the provider, `last_on` the last day
    to send it, `opens_on` the day from which the buyer is advised to decide.
    """

    renews_on: date
    opens_on: date
    safe_on: date
    last_on: date
    arrive_by: date


def acting_before(
    renews_on: date, subscription: Subscription, holidays: Holidays, *, notice: Span | None = None
) -> Acting:
    """The days to act by before `renews_on`; `notice` stands in place of the subscription's own.

    A notice period that is not known counts as none: the last day is the day before the renewal.
    """
    period = notice or subscription.notice or _NO_NOTICE
    end = renews_on - _ONE_DAY
    arrive_by = last_day_before(end, period)
    strict = min(strictest_day_before(end, period), arrive_by)
    last_on = sent_by(arrive_by, subscription, holidays)
    margin = timedelta(days=subscription.margin_days)
    safe_on = sent_by(strict, subscription, holidays) - margin
    if subscription.channel in {"call", "letter"}:
        safe_on = _workday_at_latest(safe_on, holidays)
    ahead = min(_MONTH_AHEAD, step_of(subscription).days_at_most // 2)
    return Acting(renews_on, safe_on - timedelta(days=ahead), safe_on, last_on, arrive_by)


def sent_by(arrive_by: date, subscription: Subscription, holidays: Holidays) -> date:
    """The last day to send a notice that has to be there on `arrive_by`.

    A letter is delivered and posted on working days; everything else is there the same day.
    """
    if subscription.channel != "letter":
        return arrive_by
    day = _workday_at_latest(arrive_by, holidays)
    for _ in range(subscription.letter_days):
        day = _workday_at_latest(day - _ONE_DAY, holidays)
    return day


def arrives_on(sent_on: date, subscription: Subscription, holidays: Holidays) -> date:
    """The day on which a notice sent on `sent_on` is there."""
    if subscription.channel != "letter":
        return sent_on
    day = sent_on
    for _ in range(subscription.letter_days):
        day = next_workday(day, holidays)
    return day


def _workday_at_latest(day: date, holidays: Holidays) -> date:
    while not is_workday(day, holidays):
        day -= _ONE_DAY
    return day
