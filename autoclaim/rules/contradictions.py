"""Facts that cannot both be true, by the order of events or by what they say (rules.md R2)."""

from datetime import timedelta

from autoclaim.model.facts import Dispute
from autoclaim.model.times import Time
from autoclaim.rules.knowing import Situation

_ON_ITS_WAY = frozenset({"in_transit", "no_scan", "customs_hold", "returned_to_sender", "lost"})
_NOT_PAID = frozenset({"awaiting_payment", "payment_review"})
_ONE_DAY = timedelta(days=1)


def events_reversed(line: Situation) -> bool:
    """Whether something came before what must come before it."""
    return (
        _before(line.paid_at, line.order.placed_at)
        or _parcel_events_reversed(line)
        or _case_events_reversed(line)
    )


def facts_deny_each_other(line: Situation) -> bool:
    """Whether two facts of the line, its parcel or its order say what cannot both be true."""
    received = line.line.quantity_received
    return (
        (line.delivered_at is not None and line.parcel.state in _ON_ITS_WAY)
        or _status_denies_facts(line)
        or (received is not None and _quantity_denies_problem(line, received))
    )


def _before(first: Time | None, second: Time | None) -> bool:
    """Whether what should come first lies on an earlier day than what should come before it.

    One day of difference is allowed when exactly one of the two has an offset: the other was read
    on a clock that may not be its own.
    """
    if first is None or second is None or first.day >= second.day:
        return False
    return first.has_offset is second.has_offset or second.day - first.day > _ONE_DAY


def _parcel_events_reversed(line: Situation) -> bool:
    order, parcel = line.order, line.parcel
    shipped, delivered = parcel.shipped_at, parcel.delivered_at
    if shipped is not None and (
        _before(shipped, order.placed_at)
        or _before(shipped, order.paid_at)
        or _before(parcel.promised_by, shipped)
        or _before(delivered, shipped)
        or _before(parcel.confirmed_at, shipped)
        or _before(parcel.completed_at, shipped)
    ):
        return True
    return _before(delivered, order.paid_at) or _before(parcel.extended_to, parcel.promised_by)


def _case_events_reversed(line: Situation) -> bool:
    paid = line.paid_at
    return (
        _before(line.cancellation.accepted_at, line.cancellation.requested_at)
        or _before(line.return_.sent_at, line.return_.approved_at)
        or _before(line.refund.paid_at, paid)
        or _dispute_reversed(line.dispute, paid)
    )


def _dispute_reversed(dispute: Dispute, paid: Time | None) -> bool:
    opened = dispute.opened_at
    return (
        _before(opened, paid)
        or _before(dispute.agreed_at, opened)
        or _before(dispute.decided_at, opened)
        or _before(dispute.withdrawn_at, opened)
    )


def _status_denies_facts(line: Situation) -> bool:
    status, proof = line.status, line.proof
    if status in _NOT_PAID and (proof or (status == "awaiting_payment" and line.paid_at)):
        return True
    if status == "cancelled":
        return False
    if line.not_shipped:
        return line.fault or (line.line.quantity_received or 0) > 0
    asked = line.cancellation
    return proof and line.has_case and bool(asked.accepted_at or asked.closed_at)


def _quantity_denies_problem(line: Situation, received: int) -> bool:
    bought = line.line.quantity
    if received > 0 and line.problem == "not_received":
        return True
    if bought is None:
        return False
    return received > bought or (line.problem == "missing_quantity" and received >= bought)
