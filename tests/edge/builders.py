from datetime import UTC, datetime
from typing import Any

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
PASSPHRASE = "a long enough sentence"


def an_order(order_id: str = "8200000000000001", **facts: object) -> dict[str, Any]:
    return {"store": "fairstore", "order_id": order_id, **facts}


def lines(*ids: str) -> list[dict[str, str]]:
    return [{"line_id": line_id} for line_id in ids]


def a_draft(order_id: str = "8200000000000001", **changed: object) -> dict[str, Any]:
    draft = {
        "account": "mine",
        "store": "fairstore",
        "order_id": order_id,
        "line_id": "1",
        "kind": "dispute",
        "reason": "not_received",
    }
    return {**draft, **changed}
