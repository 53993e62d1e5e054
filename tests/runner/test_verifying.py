"""What the store shows after the buyer sent, held against what was sent."""

from decimal import Decimal
from typing import Any

import pytest

from autoclaim.model import CaseSeen, Claim, Money
from autoclaim.runner.verifying import contradictions


def money(amount: str, currency: str = "USD") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


SENT = Claim(
    account="mine",
    store="fairstore",
    order_id="8200000000000001",
    line_id="1",
    kind="dispute",
    store_reason="Package still on the way",
    amount=money("24.90"),
)
SHOWN = CaseSeen(
    order_id="8200000000000001",
    line_id="1",
    kind="dispute",
    reason_text="package  still on the way",
    amount=money("24.9"),
)


def test_the_same_said_otherwise_is_no_contradiction() -> None:
    assert contradictions(SENT, SHOWN) == []


def test_what_the_store_leaves_out_contradicts_nothing() -> None:
    bare = CaseSeen(order_id=SENT.order_id, kind="dispute")

    assert contradictions(SENT, bare) == []


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"order_id": "8200000000000002"}, "order: 8200000000000002"),
        ({"line_id": "2"}, "line: 2 instead of 1"),
        ({"kind": "cancel"}, "kind: cancel"),
        ({"reason_text": "I changed my mind"}, "reason: I changed my mind"),
        ({"amount": money("2.49")}, "amount: 2.49 USD instead of 24.9 USD"),
        ({"amount": money("24.90", "EUR")}, "amount: 24.9 EUR"),
    ],
)
def test_what_the_store_shows_otherwise_is_named(shown: dict[str, Any], said: str) -> None:
    [found] = contradictions(SENT, SHOWN.model_copy(update=shown))

    assert said in found
