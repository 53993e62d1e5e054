"""A document too large for memory is decided as a small one is."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from autoclaim.errors import AutoclaimError, FactsRefused, WrongInput
from autoclaim.runner.decide_batch import LOTS_A_BATCH, open_batch, spooled
from autoclaim.runner.decide_document import decide_facts, read_facts

CLOCK = datetime(2026, 4, 10, 19, tzinfo=UTC)


def an_order(number: int, **facts: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {
        "store": "aliexpress",
        "order_id": f"82{number:014}",
        "status": "awaiting_shipment",
        "paid_at": "2026-04-02T10:00:00-07:00",
        "total": {"amount": "20.00", "currency": "USD"},
        **facts,
    }


def batched(document: str, jobs: int = 1, **how: str) -> list[dict[str, Any]]:
    with spooled(document[:10].encode(), io.BytesIO(document[10:].encode())) as file:
        return [json.loads(text) for text in open_batch(file, CLOCK, **how).decisions(jobs)]


def whole(document: str, **how: str) -> list[dict[str, Any]]:
    return [one.as_json() for one in decide_facts(read_facts(document, **how), CLOCK)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_decisions_are_the_same_and_in_input_order(jobs: int) -> None:
    orders = [an_order(number) for number in range(2 * LOTS_A_BATCH + 7)]
    orders[3] = an_order(len(orders) - 1, status="awaiting_delivery")
    document = json.dumps({"format": 1, "policy": "seed-2021", "orders": orders})

    decisions = batched(document, jobs)

    assert decisions == whole(document)
    assert "conflict" in decisions[3]["flags"]


def test_what_stands_behind_the_orders_counts_too() -> None:
    document = json.dumps(
        {"orders": [an_order(1)], "buyer": {"time_zone": "Asia/Tokyo"}, "now": "2026-04-09"}
    )

    assert batched(document) == whole(document)


def test_the_command_line_replaces_now_and_policy() -> None:
    document = json.dumps({"now": "2026-04-03", "orders": [an_order(1)]})
    how = {"now": "2026-04-30", "policy": "ed-2018"}

    assert batched(document, **how) == whole(document, **how)
    assert batched(document, **how) != batched(document)


@pytest.mark.parametrize(
    ("document", "error", "said"),
    [
        ('{"orders": [{"store": "a", "order_id": "1", "lnes": []}]}', FactsRefused, "[0].lnes"),
        ('{"orders": [], "buyr": {}}', FactsRefused, "buyr"),
        ('{"orders": {}}', FactsRefused, "list of orders"),
        ('{"format": 2, "orders": []}', FactsRefused, "format"),
        ('{"orders": [', WrongInput, "not JSON"),
        ('{"orders": [{"store": "a", "order_id": NaN}]}', WrongInput, "not JSON"),
        ("[1, 2]", FactsRefused, "list of orders"),
    ],
)
def test_what_is_refused_is_refused_before_the_first_decision(
    document: str, error: type[AutoclaimError], said: str
) -> None:
    with pytest.raises(error) as refused:
        batched(document)

    assert said in str(refused.value)
