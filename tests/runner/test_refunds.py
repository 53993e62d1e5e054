"""Money promised against money that came: how it stands, and what to do about it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from autoclaim.cli.refund_tables import refund_table
from autoclaim.model import Money
from autoclaim.runner.deadlines import all_judged
from autoclaim.runner.refunds import Refund, buyers_currency, in_currency, months, refunds
from tests.runner.claiming import LATE, an_old_order_with_money_owed, an_order, machine

AGREED = {"opened_at": "2026-11-01", "state": "agreed", "agreed_at": "2026-11-20"}
WHOLE = {"amount": "24.99", "currency": "USD"}
PART = {"amount": "10.00", "currency": "USD"}
OTHER = {"amount": "24.99", "currency": "EUR"}


def came(paid: dict[str, str], **more: str) -> dict[str, Any]:
    refund = {"kind": "full", "paid": paid, "paid_at": "2026-11-22", **more}
    return {"dispute": AGREED, "refund": refund}


STATES = [
    pytest.param({"dispute": AGREED, "refund": {"kind": "full"}}, "due", "on its way", id="due"),
    pytest.param(came(WHOLE), "received", "Nothing is left", id="whole"),
    pytest.param(came(PART), "short", "ask the store for the rest", id="partial"),
    pytest.param(came(WHOLE, paid_as="coupon"), "credit", "not as money", id="coupon"),
    pytest.param(came(WHOLE, paid_as="balance"), "credit", "the way you paid", id="bonus-balance"),
    pytest.param(
        {"dispute": {**AGREED, "offer": PART}, "refund": came(OTHER)["refund"]},
        "other_currency",
        "compare them yourself",
        id="other-currency",
    ),
    pytest.param(an_old_order_with_money_owed(), "overdue", "the prepared text", id="overdue"),
]


def the_refund(tmp_path: Path, facts: dict[str, Any]) -> Refund:
    [refund] = refunds(all_judged(machine(tmp_path, {**an_order(), **facts})))
    return refund


@pytest.mark.parametrize(("facts", "state", "next_step"), STATES)
def test_promised_is_compared_with_received_and_the_next_step_named(
    tmp_path: Path, facts: dict[str, Any], state: str, next_step: str
) -> None:
    told = the_refund(tmp_path, facts).as_json()

    assert told["state"] == state
    assert next_step in str(told["next_step"])


def a_refund(promised: Money, received: Money) -> Refund:
    may = date(2026, 5, 1)
    named = ("aliexpress", LATE, None, "Lamp")
    return Refund(*named, promised, may, None, None, received, may, overdue=False)


def test_months_are_counted_in_the_currency_named_or_else_in_the_one_met_most_often() -> None:
    dollars, euros, none = Money.of("10", "USD"), Money.of("10", "EUR"), Money.of("7", "XXX")
    found = [a_refund(dollars, dollars), a_refund(euros, dollars), a_refund(none, none)]

    most, named = buyers_currency(found, None), buyers_currency(found, "EUR")
    in_euros = months(in_currency(found, named, date(2026, 4, 15)))

    assert (most, named, buyers_currency([], None)) == ("USD", "EUR", None)
    assert [(row.month, row.currency) for row in in_euros] == [
        ("2026-05", "EUR"),
        ("2026-05", "XXX"),
    ]
    assert in_euros[0].promised == in_euros[0].received + 10 - in_euros[0].received / 2
    assert in_euros[1].promised == 7


@pytest.mark.parametrize("facts", [case.values[0] for case in STATES[2:]])
def test_what_is_not_as_promised_is_printed_with_its_next_step(
    tmp_path: Path, facts: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    refund = the_refund(tmp_path, facts)

    refund_table([refund])

    said = " ".join(capsys.readouterr().out.split())
    assert f"{LATE}: {refund.as_json()['next_step']}" in said
    assert ("`autoclaim review` shows it" in said) == (refund.state == "overdue")
