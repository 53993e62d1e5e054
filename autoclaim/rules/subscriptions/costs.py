"""What a subscription costs: the next term, what is still due, what is lost, and a year."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from autoclaim.model.money import Money, minor_digits
from autoclaim.model.span import Span
from autoclaim.model.subscription import Subscription
from autoclaim.rules.subscriptions.renewals import charges_since, step_of
from autoclaim.rules.subscriptions.spans import after

_ONE_DAY = timedelta(days=1)
_MONTHS = 12
_DAYS_A_YEAR = Fraction(146_097, 400)  # of the Gregorian calendar, over its 400 years


def charged_between(subscription: Subscription, first: date, last: date) -> int:
    """How often a period is charged from `first` to `last`, both inclusive."""
    charges = charges_since(subscription, first)
    return sum(1 for _ in takewhile(lambda day: day <= last, charges))


def times(price: Money, count: int) -> Money:
    """The price so many times."""
    return Money(amount=price.amount * count, currency=price.currency)


def next_term(subscription: Subscription, renews_on: date) -> Money:
    """What the term costs that begins on `renews_on`, with all its charges.

    After a trial that is at least the minimum term.
    """
    length = step_of(subscription)
    least = subscription.minimum_term
    if renews_on == subscription.trial_ends and least:
        length = max(length, least, key=lambda span: after(renews_on, span))
    charges = charged_between(subscription, renews_on, after(renews_on, length) - _ONE_DAY)
    return times(subscription.price, max(1, charges))


def still_due(subscription: Subscription, today: date, ends_on: date) -> Money:
    """What is charged after `today` until the subscription ends on `ends_on`, inclusive."""
    return times(subscription.price, charged_between(subscription, today + _ONE_DAY, ends_on))


def unused(subscription: Subscription, ends_on: date) -> Money:
    """The part of what is paid that falls after `ends_on`, by days; rounded down.

    Nothing before the first charge, as in a trial, and nothing when it ends with a paid period.
    """
    first_unused = ends_on + _ONE_DAY
    following = next(charges_since(subscription, first_unused))
    if following == first_unused:
        return times(subscription.price, 0)
    begun = _charged_before(subscription, following)
    if begun is None:
        return times(subscription.price, 0)
    return subscription.price.share((following - first_unused).days, (following - begun).days)


def _charged_before(subscription: Subscription, following: date) -> date | None:
    """The charge before `following`, itself one; None when it is the first."""
    far = timedelta(days=2 * subscription.every.days_at_most)  # a first period may be longer
    charges = charges_since(subscription, following - far)
    return max(takewhile(lambda day: day < following, charges), default=None)


class Total(NamedTuple):
    """What subscriptions in one currency cost, rounded to its minor unit."""

    per_month: Money
    per_year: Money


def totals(subscriptions: Iterable[Subscription]) -> dict[str, Total]:
    """What they cost by currency, spread evenly over a year of the calendar."""
    sums: dict[str, Fraction] = {}
    for one in subscriptions:
        before = sums.get(one.price.currency, Fraction())
        sums[one.price.currency] = before + Fraction(one.price.amount) * _a_year(one.every)
    return {
        currency: Total(_money(sum_ / _MONTHS, currency), _money(sum_, currency))
        for currency, sum_ in sorted(sums.items())
    }


def _a_year(every: Span) -> Fraction:
    if every.months:
        return Fraction(_MONTHS, every.months)
    return _DAYS_A_YEAR / every.days


def _money(amount: Fraction, currency: str) -> Money:
    digits = minor_digits(currency)
    minor_units = int(amount * 10**digits + Fraction(1, 2))  # half a minor unit is rounded up
    with localcontext() as context:
        context.prec = max(28, len(str(minor_units)) + digits)
        return Money(amount=Decimal(minor_units).scaleb(-digits), currency=currency)
