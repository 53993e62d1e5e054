"""What the running subscriptions cost a month and a year, in their currencies and in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from autoclaim.edge.rates import Rate, bundled_rates
from autoclaim.errors import WrongInput
from autoclaim.model.money import Money, is_currency
from autoclaim.rules.subscriptions import Total, totals
from autoclaim.runner.subscriptions import JudgedSubscription, running, today_of
from autoclaim.runner.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Together:
    """All of it in one currency: by which rates, and which currencies have none."""

    total: Total
    rates: Sequence[Rate]
    without_rate: Sequence[str]


@dataclass(frozen=True, slots=True)
class Totals:
    """By currency, and together when that was asked for."""

    by_currency: dict[str, Total]
    together: Together | None

    def lines(self) -> list[str]:
        """In sentences: by currency, then all of it with the rates and their day."""
        told = [f"Together {_a_month_and_a_year(one)}." for one in self.by_currency.values()]
        if (one := self.together) and (one.rates or one.without_rate):
            told.append(f"All of it: {_a_month_and_a_year(one.total)}.")
            told += [
                f"  1 {rate.from_currency} = {rate.rate:f} {rate.to_currency} on {rate.on} (ECB)"
                for rate in one.rates
            ]
        if one and one.without_rate:
            told.append(f"  left out, no rate is known: {', '.join(one.without_rate)}")
        return told

    def as_json(self) -> dict[str, Any]:
        """As `subscription list --json` prints it."""
        one = self.together
        return {
            "by_currency": {name: _written(total) for name, total in self.by_currency.items()},
            "together": one
            and {
                **_written(one.total),
                "rates": [rate.as_json() for rate in one.rates],
                "without_rate": list(one.without_rate),
            },
        }


def total_costs(
    wiring: Wiring, judged: Sequence[JudgedSubscription], currency: str | None
) -> Totals:
    """What those that run cost; together in `currency` when one is given.

    Raises:
        WrongInput: no ISO 4217 code.
    """
    by_currency = totals(running(judged))
    if currency is None:
        return Totals(by_currency, None)
    if not is_currency(currency):
        raise WrongInput(f"{currency!r} is no currency.", "Three capitals, like EUR.")
    rates = bundled_rates(by_currency, currency, today_of(wiring))
    without = sorted(set(by_currency) - {currency, *rates})
    if currency in by_currency or rates or not by_currency:
        total = Total(*(_sum(by_currency, field, currency, rates) for field in Total._fields))
        return Totals(by_currency, Together(total, [*rates.values()], without))
    raise WrongInput(f"No rate to {currency} is known.", "Choose another currency.")


def _sum(
    by_currency: dict[str, Total],
    field: str,
    currency: str,
    rates: Any,  # noqa: ANN401
) -> Money:
    amount = Decimal(0)
    for name, total in by_currency.items():
        money: Money = getattr(total, field)
        if name == currency:
            amount += money.amount
        elif name in rates:
            amount += rates[name].convert(money).amount
    return Money(amount=amount, currency=currency)


def _a_month_and_a_year(total: Total) -> str:
    month, year = total.per_month, total.per_year
    return f"{_money(month)} a month, {_money(year)} a year"


def _money(money: Money) -> str:
    return f"{money.written} {money.currency}"


def _written(total: Total) -> dict[str, Any]:
    return {name: money.as_json() for name, money in total._asdict().items()}
