"""The columns of a CSV of orders: one row per order line, each column one fact of contracts.md."""

from typing import NamedTuple

DAY = "a day like 2026-03-04"  # or a moment like 2026-03-04T10:00:00-08:00
SUM = "an amount like 24.99"
YES = "yes or no"


class Column(NamedTuple):
    """A column: where its fact stands, how it is written, and what it means.

    `path` begins with `order`, `shipment` or `line`, which it belongs to.
    """

    path: tuple[str, ...]
    written: str
    means: str


COLUMNS: dict[str, Column] = {
    "order_id": Column(("order", "order_id"), "a number", "the order; needed in every row"),
    "store": Column(("order", "store"), "a name", "needless with only one store"),
    "read_at": Column(("read_at",), DAY, "when you took this down"),
    "status": Column(("order", "status"), "a word of contracts.md", "e.g. awaiting_delivery"),
    "placed_at": Column(("order", "placed_at"), DAY, "when the order was placed"),
    "paid_at": Column(("order", "paid_at"), DAY, "when it was paid"),
    "paid_with": Column(("order", "paid_with"), "a word", "visa, mastercard, amex, paypal, other"),
    "total": Column(("order", "total"), SUM, "what the whole order cost"),
    "currency": Column(("currency",), "three letters", "of all amounts in the row, e.g. USD"),
    "ship_to_country": Column(("order", "ship_to_country"), "two letters", "e.g. ES"),
    "seller": Column(("order", "seller", "name"), "a text", "who sold it"),
    "seller_country": Column(("order", "seller", "country"), "two letters", "e.g. CN"),
    "cancel_until": Column(("order", "site_dates", "cancel_until"), DAY, "as the store prints it"),
    "dispute_until": Column(("order", "site_dates", "dispute_until"), DAY, "the same"),
    "refund_if_not_delivered_by": Column(
        ("order", "site_dates", "refund_if_not_delivered_by"), DAY, "the same"
    ),
    "line_id": Column(("line", "line_id"), "a number", "needed with several rows"),
    "title": Column(("line", "title"), "a text", "the product"),
    "quantity": Column(("line", "quantity"), "a whole number", "how many were bought"),
    "quantity_received": Column(("line", "quantity_received"), "a whole number", "how many came"),
    "paid": Column(("line", "paid"), SUM, "for the line, less discounts"),
    "category": Column(("line", "category"), "a text", "what kind of product"),
    "virtual": Column(("line", "virtual"), YES, "nothing is sent"),
    "gift": Column(("line", "gift"), YES, "a free gift"),
    "free_return": Column(("line", "free_return"), YES, "sold with free returns"),
    "problem": Column(("line", "problem", "kind"), "a word", "e.g. not_received, damaged"),
    "problem_noticed_at": Column(("line", "problem", "noticed_at"), DAY, "when you noticed it"),
    "problem_note": Column(("line", "problem", "note"), "a text", "in your words"),
    "shipment_id": Column(("shipment", "shipment_id"), "a text", "only with several parcels"),
    "carrier": Column(("shipment", "carrier"), "a text", "who carries the parcel"),
    "tracking_number": Column(("shipment", "tracking_number"), "a text", "the parcel's number"),
    "parcel_state": Column(("shipment", "state"), "a word", "e.g. in_transit, delivered, lost"),
    "shipped_at": Column(("shipment", "shipped_at"), DAY, "when the parcel was sent"),
    "promised_by": Column(("shipment", "promised_by"), DAY, "the last day promised"),
    "extended_to": Column(("shipment", "extended_to"), DAY, "the later day you agreed to"),
    "delivered_at": Column(("shipment", "delivered_at"), DAY, "by the carrier's word"),
    "confirmed_at": Column(("shipment", "confirmed_at"), DAY, "you confirmed that it came"),
    "completed_at": Column(("shipment", "completed_at"), DAY, "the store ended the order"),
    "last_scan_at": Column(("shipment", "last_scan_at"), DAY, "the parcel's newest step"),
    "dispute_opened_at": Column(("line", "dispute", "opened_at"), DAY, "a dispute under way"),
    "dispute_state": Column(("line", "dispute", "state"), "a word", "open, agreed, refused, …"),
    "answer_by": Column(("line", "dispute", "answer_by"), DAY, "when you have to answer by"),
    "refund": Column(("line", "refund", "kind"), "a word", "full, partial or none"),
    "refund_paid": Column(("line", "refund", "paid"), SUM, "the money that came back"),
    "refund_paid_at": Column(("line", "refund", "paid_at"), DAY, "when it came back"),
}

AMOUNTS = frozenset(name for name, column in COLUMNS.items() if column.written == SUM)
FLAGS = frozenset(name for name, column in COLUMNS.items() if column.written == YES)
COUNTS = frozenset({"quantity", "quantity_received"})
