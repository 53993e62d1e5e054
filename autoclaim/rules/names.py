"""Short names of facts, for people: `--if delivered=2026-04-03`, and the columns of our tables."""

from collections.abc import Mapping
from typing import Final

_ORDER = "orders[{order}]."
_LINE = "orders[{order}].lines[{line}]."
_PARCEL = "orders[{order}].shipments[{parcel}]."

NAMES: Final[Mapping[str, str]] = {
    "now": "now",
    "policy": "policy",
    "holidays": "holidays",
    "level": "buyer.level",
    "zone": "buyer.time_zone",
    "country": "buyer.country",
    "status": _ORDER + "status",
    "placed": _ORDER + "placed_at",
    "paid": _ORDER + "paid_at",
    "paid_with": _ORDER + "paid_with",
    "total": _ORDER + "total",
    "ship_to": _ORDER + "ship_to_country",
    "seller": _ORDER + "seller.country",
    "buttons": _ORDER + "site_actions",
    "cancel_until": _ORDER + "site_dates.cancel_until",
    "dispute_until": _ORDER + "site_dates.dispute_until",
    "refund_by": _ORDER + "site_dates.refund_if_not_delivered_by",
    "cancel_requested": _ORDER + "cancellation.requested_at",
    "cancel_accepted": _ORDER + "cancellation.accepted_at",
    "cancel_refused": _ORDER + "cancellation.refused_at",
    "cancel_closed": _ORDER + "cancellation.closed_at",
    "dispute": _ORDER + "dispute.state",
    "dispute_opened": _ORDER + "dispute.opened_at",
    "agreed": _ORDER + "dispute.agreed_at",
    "decided": _ORDER + "dispute.decided_at",
    "withdrawn": _ORDER + "dispute.withdrawn_at",
    "offer": _ORDER + "dispute.offer",
    "answer_by": _ORDER + "dispute.answer_by",
    "return_approved": _ORDER + "return.approved_at",
    "return_sent": _ORDER + "return.sent_at",
    "return_tracking": _ORDER + "return.tracking_number",
    "full_refund": _ORDER + "return.full_refund",
    "refund": _ORDER + "refund.kind",
    "refunded": _ORDER + "refund.paid",
    "refunded_on": _ORDER + "refund.paid_at",
    "shipped": _PARCEL + "shipped_at",
    "tracking": _PARCEL + "tracking_number",
    "state": _PARCEL + "state",
    "promised": _PARCEL + "promised_by",
    "extended": _PARCEL + "extended_to",
    "delivered": _PARCEL + "delivered_at",
    "confirmed": _PARCEL + "confirmed_at",
    "completed": _PARCEL + "completed_at",
    "problem": _LINE + "problem.kind",
    "noticed": _LINE + "problem.noticed_at",
    "price": _LINE + "paid",
    "quantity": _LINE + "quantity",
    "received": _LINE + "quantity_received",
    "category": _LINE + "category",
    "virtual": _LINE + "virtual",
    "gift": _LINE + "gift",
    "free_return": _LINE + "free_return",
}

# What a buyer means who supposes one of these: a parcel that was delivered is not in transit.
IMPLIED: Final[Mapping[str, Mapping[str, str]]] = {
    "shipped": {_ORDER + "status": "awaiting_delivery"},
    "delivered": {_ORDER + "status": "awaiting_delivery", _PARCEL + "state": "delivered"},
    "confirmed": {_ORDER + "status": "completed"},
    "completed": {_ORDER + "status": "completed"},
}
