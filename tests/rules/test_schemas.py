"""The JSON Schemas of the facts and of the decisions."""

import re
from typing import Any

import pytest

from autoclaim.model import Facts, WrittenDecisions


def definition(schema: dict[str, Any], noun: str, key: str) -> dict[str, Any]:
    field = schema["$defs"][noun]["properties"][key]
    return next((part for part in field.get("anyOf", [field]) if part != {"type": "null"}), field)


def test_keys_are_those_of_the_contract() -> None:
    schema = Facts.model_json_schema()

    assert "return" in schema["$defs"]["Order"]["properties"]
    assert set(schema["$defs"]["Rate"]["properties"]) == {"from", "to", "rate", "on"}
    assert schema["required"] == ["orders"]
    assert schema["$defs"]["Order"]["required"] == ["store", "order_id"]
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2026-04-01", True),
        ("2026-04-01T12:00:00-07:00", True),
        ("2026-04-01T12:00", True),
        ("2026-04-01 12:00", False),
        ("2026-04-01T12:00:00 PST", False),
    ],
)
def test_a_time_is_described_by_its_three_forms(text: str, *, fits: bool) -> None:
    pattern = definition(Facts.model_json_schema(), "Order", "paid_at")["pattern"]

    assert bool(re.search(pattern, text)) is fits


def test_an_amount_is_never_a_number() -> None:
    facts, decisions = Facts.model_json_schema(), WrittenDecisions.model_json_schema()

    assert facts["$defs"]["Money"]["properties"]["amount"]["type"] == "string"
    assert decisions["$defs"]["Money"]["properties"]["amount"]["type"] == "string"


@pytest.mark.parametrize("key", ["shipments", "lines", "paid_at", "problem", "site_actions"])
def test_everything_but_the_names_may_be_null(key: str) -> None:
    schema = Facts.model_json_schema()
    noun = "OrderLine" if key == "problem" else "Order"

    assert {"type": "null"} in schema["$defs"][noun]["properties"][key]["anyOf"]


def test_closed_lists_are_closed() -> None:
    schema = Facts.model_json_schema()

    assert "frozen" in definition(schema, "Order", "status")["enum"]
    assert "lost" in definition(schema, "Shipment", "state")["enum"]
