"""All deadlines and refunds as a table or a document for other programs."""

from collections.abc import Iterable, Sequence
from typing import Literal

from autoclaim.edge.export import as_csv, as_json
from autoclaim.model.deadline import Deadline
from autoclaim.runner.deadlines import all_deadlines, all_judged, order_address, read_order_key
from autoclaim.runner.refunds import refunds
from autoclaim.runner.report_parts import row_order
from autoclaim.runner.wiring import Wiring

ExportFormat = Literal["csv", "json"]
COLUMNS = (
    "kind",
    "account",
    "store",
    "order_id",
    "line_id",
    "title",
    "action",
    "opens_on",
    "safe_on",
    "last_on",
    "closes_at",
    "basis",
    "amount",
    "currency",
    "flags",
    "address",
    "why",
)


def exported(wiring: Wiring, wanted: ExportFormat) -> str:
    """The text of the export: `csv` has one row per deadline, `json` refunds besides."""
    judged = all_judged(wiring)
    every = sorted(all_deadlines(wiring, judged), key=row_order)
    if wanted == "csv":
        return as_csv(COLUMNS, rows(wiring, every))
    document: dict[str, object] = {
        "format": 1,
        "now": wiring.now().isoformat(),
        "deadlines": list(rows(wiring, every)),
        "refunds": [one.as_json() for one in refunds(judged)],
    }
    return as_json(document)


def rows(wiring: Wiring, deadlines: Iterable[Deadline]) -> Sequence[dict[str, object]]:
    """One flat row per deadline; days and moments in ISO 8601, None = not known."""
    return [
        {
            "kind": one.kind,
            "account": one.account,
            **_names(one),
            "title": one.title,
            "action": one.action,
            "opens_on": one.opens_on and one.opens_on.isoformat(),
            "safe_on": one.safe_on and one.safe_on.isoformat(),
            "last_on": one.last_on and one.last_on.isoformat(),
            "closes_at": one.closes_at and one.closes_at.isoformat(),
            "basis": one.basis,
            "amount": one.amount and one.amount.written,
            "currency": one.amount and one.amount.currency,
            "flags": " ".join(one.flags),
            "address": order_address(wiring, one),
            "why": one.why,
        }
        for one in deadlines
    ]


def _names(one: Deadline) -> dict[str, object]:
    if one.kind != "order":
        return {"store": None, "order_id": None, "line_id": None, "title": one.title or one.key}
    key = read_order_key(one.key)
    return {"store": key.store, "order_id": key.order_id, "line_id": key.line_id or None}
