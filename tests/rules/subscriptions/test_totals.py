"""What subscriptions cost a month and a year, by currency, to the last minor unit."""

from datetime import date

import pytest

from autoclaim.rules.subscriptions import totals
from autoclaim.rules.subscriptions.costs import next_term, unused
from tests.rules.subscriptions.rows import subscription


@pytest.mark.parametrize(
    ("price", "every", "per_month", "per_year"),
    [
        ("10.00 EUR", "1 month", "10.00", "120.00"),
        ("10.00 EUR", "1 year", "0.83", "10.00"),
        ("1.00 EUR", "8 months", "0.13", "1.50"),  # 0.125: half a cent is rounded up
        ("0.05 EUR", "3 months", "0.02", "0.20"),  # 0.0166…
        ("7.00 EUR", "1 week", "30.44", "365.24"),  # a year has 365.2425 days
        ("1000 JPY", "4 months", "250", "3000"),
        ("1.000 KWD", "7 months", "0.143", "1.714"),
    ],
)
def test_a_price_is_spread_over_the_year(
    price: str, every: str, per_month: str, per_year: str
) -> None:
    (total,) = totals([subscription(price=price, every=every)]).values()

    assert (total.per_month.written, total.per_year.written) == (per_month, per_year)
    assert total.per_month.currency == total.per_year.currency == price[-3:]


def test_each_currency_has_its_sum_and_parts_are_rounded_only_at_the_end() -> None:
    third = subscription(price="0.10 EUR", every="1 year")

    found = totals([subscription(price="5.00 USD", every="1 month"), *[third] * 3])

    assert list(found) == ["EUR", "USD"]
    assert (found["EUR"].per_month.written, found["EUR"].per_year.written) == ("0.03", "0.30")
    assert found["USD"].per_year.written == "60.00"


def test_a_sum_of_many_digits_is_not_rounded_off() -> None:
    price = "1234567890123456789012345678.91 EUR"

    (total,) = totals([subscription(price=price, every="1 year")]).values()

    assert total.per_year.written == price.split(maxsplit=1)[0]


def test_of_nothing_there_is_no_sum() -> None:
    assert totals([]) == {}


@pytest.mark.parametrize(
    ("trial_ends", "ends_on", "lost"),
    [
        ("", date(2026, 1, 31), "9.00"),  # 31 days from the 10th on, nine of them unused
        ("", date(2026, 2, 9), "0.00"),
        ("2026-01-20", date(2026, 1, 15), "0.00"),
        ("2026-01-20", date(2026, 1, 19), "0.00"),
        ("2026-01-20", date(2026, 1, 20), "30.00"),
    ],
)
def test_what_is_paid_and_not_used_is_shared_by_days(
    trial_ends: str, ends_on: date, lost: str
) -> None:
    paid = subscription(price="31.00 EUR", started_on="2026-01-10", trial_ends=trial_ends)

    assert unused(paid, ends_on).written == lost


@pytest.mark.parametrize(
    ("minimum_term", "renews_for", "amount"),
    [
        ("", "", "10.00"),
        ("12 months", "", "120.00"),
        ("40 days", "", "20.00"),
        ("3 weeks", "2 months", "20.00"),
        ("3 months", "12 months", "120.00"),
    ],
)
def test_after_a_trial_the_longer_of_minimum_term_and_term_is_at_stake(
    minimum_term: str, renews_for: str, amount: str
) -> None:
    trial = subscription(trial_ends="2026-12-15", minimum_term=minimum_term, renews_for=renews_for)

    assert next_term(trial, date(2026, 12, 15)).written == amount
