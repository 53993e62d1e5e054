"""What a fact, a value of the policy, or an action is called when speaking to the buyer."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from autoclaim.model.decision import Action

_INDEX = re.compile(r"\[[0-9]+\]")

FACT_WORDS: Final[Mapping[str, str]] = {
    "now": "what day it is",
    "rates": "the exchange rate to US dollars",
    "holidays": "the holidays",
    "buyer.level": "your level at the store",
    "buyer.country": "your country",
    "buyer.time_zone": "your time zone",
    "lines": "the lines of the order",
    "shipments": "its parcels",
    "status": "the status of the order",
    "total": "what was paid for the order",
    "placed_at": "when it was ordered",
    "paid_at": "when it was paid",
    "seller.country": "the seller's country",
    "requested_at": "when the cancellation was asked for",
    "closed_at": "when the order was closed",
    "opened_at": "when the dispute was opened",
    "agreed_at": "when you and the seller agreed",
    "decided_at": "when the store decided",
    "offer": "what the seller offered",
    "full_refund": "whether the return is for a full refund",
    "refund.kind": "whether the refund was full or a part",
    "shipment_id": "in which parcel it travelled",
    "shipped_at": "when it was shipped",
    "promised_by": "by when it was promised",
    "delivered_at": "when it was delivered",
    "confirmed_at": "when its receipt was confirmed",
    "quantity": "how many were bought",
    "quantity_received": "how many came",
    "paid": "what was paid for it",
    "free_return": "whether the product page promises free returns",
}

VALUE_WORDS: Final[Mapping[str, str]] = {
    "cancel.usual_days": "the usual time to cancel",
    "cancel.answer_days": "the seller's time to answer a cancellation",
    "cancel.review_days": "the time to check a payment",
    "delivery.cap_days": "the longest time for a delivery",
    "dispute.early_from_day": "the first day for a dispute about a parcel that does not come",
    "dispute.received_from": "the time to dispute what came counts from",
    "dispute.received_days": "the time to dispute what came",
    "dispute.unconfirmed_days": "more time without a confirmation",
    "dispute.late_days": "the time to dispute after the deadline",
    "dispute.seller_answer_days": "the seller's time to answer a dispute",
    "dispute.store_joins_days": "the time until the store joins a dispute",
    "dispute.escalate_days": "the time until the store may be asked",
    "return.send_days": "the time to send an approved return",
    "return.no_reason": "returns without a reason",
    "fast.limits": "the highest price for the Fast Refund",
    "fast.price_of": "the Fast Refund looks at the price of the",
    "refund.cancel_workdays": "the time until a cancelled order is refunded",
    "refund.claim_days": "the time until a claim is refunded",
    "refund.claim_workdays": "the time until a claim is refunded",
    "amount.partial_categories": "what is not refunded in full",
}

ACTION_WORDS: Final[Mapping[Action, str]] = {
    "cancel": "cancel",
    "dispute": "open a dispute",
    "fast_refund": "ask for the Fast Refund",
    "return_goods": "send it back",
    "escalate": "ask the store",
    "track_refund": "wait for the refund",
    "wait": "wait",
    "review": "look at the order's page",
    "need_data": "say what is missing",
    "none": "nothing to do",
    "closed": "too late",
}


def fact_in_words(path: str) -> str:
    """The fact at `path` of a facts document; a path without words of its own stays as it is."""
    parts = _INDEX.sub("", path).split(".")
    for name in (".".join(parts[-2:]), parts[-1]):
        if name in FACT_WORDS:
            return FACT_WORDS[name]
    return path


def facts_in_words(paths: Iterable[str]) -> tuple[str, ...]:
    """The facts at these paths, each once."""
    return tuple(dict.fromkeys(fact_in_words(path) for path in paths))
