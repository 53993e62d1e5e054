from datetime import UTC, date, datetime, timedelta
from typing import Any

from autoclaim.model import Money
from autoclaim.model.deadline import Deadline

TODAY = date(2026, 4, 20)
NOON = datetime(2026, 4, 20, 20, tzinfo=UTC)  # the same day on the store's clock
LATE = {
    "store": "aliexpress",
    "order_id": "8200000000000001",
    "status": "awaiting_delivery",
    "placed_at": "2026-03-01",
    "paid_at": "2026-03-01",
    "shipments": [{"shipment_id": "p1", "shipped_at": "2026-03-04", "promised_by": "2026-04-10"}],
    "lines": [{"line_id": "1", "title": "Lamp", "problem": {"kind": "not_received"}}],
}


def a_deadline(number: int = 1, *, left: int | None = 7, **changed: Any) -> Deadline:  # noqa: ANN401 - any field
    """A dispute window whose last safe day is `left` days from today."""
    safe_on = None if left is None else TODAY + timedelta(days=left)
    last_on = safe_on and safe_on + timedelta(days=1)
    closes = last_on and datetime.combine(last_on, datetime.min.time(), UTC) + timedelta(hours=31)
    usual = Deadline(
        kind="order",
        key=f"aliexpress/820000000000000{number}/1",
        title=f"Thing {number}",
        action="dispute",
        opens_on=TODAY - timedelta(days=3),
        last_on=last_on,
        safe_on=safe_on,
        closes_at=closes,
        basis="rule",
        amount=Money.of("24.99", "USD"),
        flags=(),
        why="It has not come by the deadline.",
        account="mine",
    )
    return usual._replace(**changed)
