import socket
from datetime import date, timedelta
from decimal import Decimal

import pytest

from autoclaim.edge.rates import bundled_rates
from autoclaim.model.money import Money

TODAY = date(2026, 4, 15)


def test_a_rate_names_its_day_and_where_it_comes_from() -> None:
    rate = bundled_rates(["USD"], "EUR", TODAY)["USD"]

    written = rate.as_json()

    assert written["from"] == "USD"
    assert written["to"] == "EUR"
    assert TODAY - timedelta(days=10) <= date.fromisoformat(written["on"]) <= TODAY
    assert "European Central Bank" in written["source"]


def test_an_amount_is_converted_by_the_rate_shown_and_rounded_to_the_minor_unit() -> None:
    rate = bundled_rates(["USD"], "JPY", TODAY)["USD"]

    yen = rate.convert(Money.of("9.99", "USD"))

    exact = Decimal("9.99") * Decimal(rate.as_json()["rate"])
    assert abs(yen.amount - exact) <= Decimal("0.5")
    assert yen.amount == yen.amount.to_integral_value()
    assert yen.currency == "JPY"


def test_a_weekend_has_the_rate_of_the_day_before() -> None:
    sunday = date(2026, 4, 12)

    rate = bundled_rates(["USD"], "EUR", sunday)["USD"]

    assert rate.on == date(2026, 4, 10)


def test_both_directions_agree() -> None:
    there = bundled_rates(["GBP"], "USD", TODAY)["GBP"]
    back = bundled_rates(["USD"], "GBP", TODAY)["USD"]

    assert abs(there.rate * back.rate - 1) < Decimal("0.00001")


@pytest.mark.parametrize("gone", ["HRK", "DEM", "XTS"])
def test_a_currency_without_a_rate_today_is_left_out(gone: str) -> None:
    assert bundled_rates([gone, "EUR"], "EUR", TODAY) == {}
    assert bundled_rates(["EUR"], gone, TODAY) == {}


def test_no_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)

    assert bundled_rates(["USD"], "EUR", TODAY)
