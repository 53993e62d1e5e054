"""How sure the day of each way outside the store is, and on whose clock it is counted."""

from typing import Any

import pytest

from tests.rules.shipped import decided
from tests.rules.tables import facts_of

LATE = {
    "policy": "seed-2021",
    "now": "2026-04-10T12:00:00-07:00",
    "status": "awaiting_delivery",
    "placed": "2026-01-07T00:30:00-08:00",
    "paid": "2026-01-08T00:30:00-08:00",
    "shipped": "2026-01-10T10:00:00-08:00",
    "promised": "2026-03-05T00:30:00-08:00",
    "problem": "not_received",
}
FAULTY = {
    **LATE,
    "status": "completed",
    "delivered": "2026-04-01T00:30:00-07:00",
    "problem": "damaged",
}
CONFIRMED = {**FAULTY, "policy": "ed-2018", "delivered": "", "confirmed": "2026-04-01"}


def routes_of(given: dict[str, str]) -> dict[str, str]:
    [decision] = decided(facts_of(given))
    return {name: f"{last_on or '-'} {basis or '-'}" for name, last_on, basis in decision.routes}


@pytest.mark.parametrize(
    ("given", "route", "expected"),
    [
        ({**LATE, "paid_with": "visa"}, "visa", "2026-07-03 rule"),
        ({**LATE, "paid_with": "visa", "zone": "Pacific/Honolulu"}, "visa", "2026-07-02 rule"),
        ({**LATE, "paid_with": "mastercard"}, "mastercard", "2026-07-03 rule"),
        ({**LATE, "paid_with": "amex"}, "amex", "2026-05-08 estimate"),
        ({**LATE, "paid_with": "paypal"}, "paypal", "2026-07-07 rule"),
        ({**LATE, "paid": "", "paid_with": "paypal"}, "paypal", "2026-07-06 estimate"),
        ({**LATE, "paid_with": ""}, "paypal", "2026-07-07 estimate"),
        ({**LATE, "paid_with": ""}, "visa", "2026-07-03 estimate"),
        ({**LATE, "paid_with": "visa", "country": "US"}, "us_fcba", ""),
        ({**LATE, "promised": "", "paid_with": "visa"}, "visa", "2026-05-08 estimate"),
        (
            {**LATE, "promised": "2027-05-01", "paid_with": "visa", "extended": "2026-03-05"},
            "visa",
            "2027-07-02 rule",
        ),
        ({**LATE, "country": "ES"}, "eu_late_delivery", "- -"),
        ({**FAULTY, "country": "ES"}, "eu_withdrawal", "2026-04-15 rule"),
        (
            {**FAULTY, "country": "ES", "zone": "Pacific/Honolulu"},
            "eu_withdrawal",
            "2026-04-14 rule",
        ),
        ({**FAULTY, "country": "ES"}, "eu_guarantee", "2028-04-01 rule"),
        ({**FAULTY, "country": "ES", "delivered": ""}, "eu_withdrawal", ""),
        ({**FAULTY, "country": "GB"}, "uk_withdrawal", "2026-04-15 rule"),
        ({**FAULTY, "country": "GB"}, "uk_reject", "2026-05-01 rule"),
        (
            {**FAULTY, "country": "GB", "now": "2026-05-01T12:00:00-07:00"},
            "uk_reject",
            "2026-05-01 rule",
        ),
        ({**FAULTY, "country": "GB", "now": "2026-05-02T12:00:00-07:00"}, "uk_reject", ""),
        ({**CONFIRMED, "country": "ES"}, "eu_guarantee", "- -"),
        ({**CONFIRMED, "country": "GB"}, "uk_withdrawal", "- -"),
    ],
)
def test_each_route_says_how_sure_its_day_is(
    given: dict[str, str], route: str, expected: str
) -> None:
    assert routes_of(given).get(route, "") == expected


def test_one_delivery_of_several_is_an_estimate() -> None:
    document: dict[str, Any] = facts_of({**FAULTY, "country": "ES"})
    [order] = document["orders"]
    order["lines"][0]["shipment_id"] = order["shipments"][0]["shipment_id"] = "p1"
    order["shipments"].append({"shipment_id": "p2"})

    [decision] = decided(document)

    assert {route.route: route.basis for route in decision.routes}["eu_withdrawal"] == "estimate"
