"""Whether the Fast Refund fits: the buyer's level and a price in USD (rules.md R3, S6)."""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

from autoclaim.model.facts import Rate
from autoclaim.model.money import Money
from autoclaim.rules.answers import Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.citing import Limit

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


class Fit(NamedTuple):
    """`fits` None = not known, for want of what `missing` names.

    `rate` is the buyer's rate that the price was compared through, `limit` that of the level.
    A price that does not fit is told in `usd`, and its `limit` only when the level is known.
    """

    fits: bool | None
    missing: tuple[str, ...] = ()
    usd: Decimal | None = None
    rate: Rate | None = None
    limit: Limit | None = None


def fast_refund_fits(case: Case) -> Fit:
    """Whether level and price fit; what fails decides at once, before anything is missed."""
    limits, level, line = case.terms.fast_limits, case.document.level, case.line
    if not limits or (level is not None and level not in limits):
        return Fit(fits=False)
    by_line = case.terms.fast_price_of != "order"
    price = line.price if by_line else line.order.total
    free = by_line and price is None and line.zero_price
    usd, rate = (_ZERO, None) if free else in_usd(case, price)
    # a price over the highest limit fits no level, whichever the buyer has
    limit = limits[level] if level is not None else max(limits.values(), key=_reach)
    if usd is not None and not limit.keeps(usd):
        return Fit(fits=False, usd=usd, rate=rate, limit=limit if level else None)
    missing: tuple[str, ...] = () if level is not None else ("buyer.level",)
    if usd is None:
        path = line.price_path if by_line else "total"
        missing += (path,) if price is None else ("rates",)
    return Fit(None if missing else True, missing, None, rate, limit)


def _reach(limit: Limit) -> Decimal:
    return limit.usd


def in_usd(case: Case, price: Money | None) -> tuple[Decimal | None, Rate | None]:
    """A price in USD, exactly, and the buyer's rate it went through; None without a rate."""
    if price is None or price.currency == "USD":
        return (None if price is None else price.amount), None
    rate = _rate_for(case.document.rates, price.currency, case.now.today)
    if rate is None or rate.rate is None:
        return None, None
    with localcontext(Context(prec=len(price.written) + len(rate.rate) + 10)):
        return price.amount * Decimal(rate.rate), rate


def _rate_for(rates: tuple[Rate, ...], currency: str, today: date) -> Rate | None:
    """The latest rate not after `today`; one without a day is the oldest, on a tie the first."""
    best: Rate | None = None
    for rate in rates:
        usable = rate.from_currency == currency and rate.to_currency == "USD" and rate.rate
        # a rate of an unreadable day may be of any day, so it is not used
        if not usable or "on" in rate.unread or (rate.on is not None and rate.on.day > today):
            continue
        if best is None or _rate_day(rate) > _rate_day(best):
            best = rate
    return best


def _rate_day(rate: Rate) -> date:
    return date.min if rate.on is None else rate.on.day


def readings_of_limit(fit: Fit) -> tuple[Saying, ...]:
    """The other readings when the price just misses its level's limit (section 8, 27 and 28)."""
    if fit.limit is None or fit.usd is None:
        return ()
    said: list[Saying] = []
    if fit.limit.under is not None and fit.usd == fit.limit.usd:
        said.append(("under_or_up_to", fit.limit.under))
    elif not fit.limit.keeps(fit.usd) and fit.limit.keeps(_to_cents(fit.usd)):
        said.append(("rounded_would_fit", f"{_to_cents(fit.usd):f}"))
    return tuple(said)


def _to_cents(usd: Decimal) -> Decimal:
    with localcontext(Context(prec=len(usd.as_tuple().digits) + 10)):
        return usd.quantize(_CENT, ROUND_HALF_UP)


def through_rate(fit: Fit) -> tuple[tuple[str, ...], tuple[Saying, ...]]:
    """The flag and the other reading of a price that was compared through a rate."""
    if fit.rate is None or fit.rate.rate is None:
        return (), ()
    return ("converted",), (("another_rate", fit.rate.from_currency, fit.rate.rate),)
