"""The closed lists of words in the facts (contracts.md 1)."""

from typing import Literal

Level = Literal["silver", "gold", "platinum", "diamond"]
Status = Literal[
    "awaiting_payment",
    "payment_review",
    "awaiting_shipment",
    "partly_shipped",
    "awaiting_delivery",
    "completed",
    "cancelling",
    "cancelled",
    "frozen",
    "unknown",
]
PaidWith = Literal["visa", "mastercard", "amex", "paypal", "other"]
ParcelState = Literal[
    "in_transit",
    "no_scan",
    "customs_hold",
    "returned_to_sender",
    "lost",
    "delivered",
    "delivered_elsewhere",
]
ProblemKind = Literal[
    "not_received",
    "not_as_described",
    "damaged",
    "defective",
    "wrong_item",
    "counterfeit",
    "empty_parcel",
    "missing_quantity",
    "missing_parts",
    "changed_mind",
]
DisputeState = Literal["open", "agreed", "refused", "withdrawn", "finished"]
RefundKind = Literal["full", "partial", "none"]
PaidAs = Literal["balance", "coupon"]  # what came back in place of money
