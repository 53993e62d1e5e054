"""What a statement may assert about an order line: the store's facts and the buyer's own words."""

from datetime import date

from autoclaim.model import Money, Order, OrderLine, Shipment
from autoclaim.model.times import Time

# Parcel states that have a sentence of their own; the fact prints nothing, the sentence says it.
PARCEL_FACTS = {
    "lost": "parcel_lost",
    "returned_to_sender": "parcel_returned",
    "customs_hold": "parcel_at_customs",
    "no_scan": "parcel_never_scanned",
    "delivered_elsewhere": "parcel_elsewhere",
}


def facts_for_statement(
    order: Order, line: OrderLine | None, amount: Money | None, language: str
) -> dict[str, str]:
    """The known facts by the names that templates use; what is not known is absent.

    Days are written out in `language` as the policy clock counts them.
    """
    shipment = _shipment(order, line)
    facts: dict[str, str | None] = {
        "order_id": order.order_id,
        "note": _note(line),
        "amount": f"{amount.written} {amount.currency}" if amount else None,
        "quantity": _count(line.quantity if line else None),
        "quantity_received": _count(line.quantity_received if line else None),
        **(_of_shipment(shipment, language) if shipment else {}),
    }
    return {name: text for name, text in facts.items() if text is not None}


def written_day(day: date | None, language: str) -> str | None:
    """The day in words, which no two countries read differently."""
    if day is None:
        return None
    from babel.dates import format_date

    return format_date(day, format="long", locale=language)


def _of_shipment(shipment: Shipment, language: str) -> dict[str, str | None]:
    state = PARCEL_FACTS.get(shipment.state or "")
    return {
        "promised_by": _day(shipment.extended_to or shipment.promised_by, language),
        "delivered_on": _day(shipment.delivered_at, language),
        "last_scan_on": _day(shipment.last_scan_at, language),
        "tracking_number": shipment.tracking_number,
        **({state: ""} if state else {}),
    }


def _day(time: Time | None, language: str) -> str | None:
    return written_day(time.day, language) if time else None


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)


def _note(line: OrderLine | None) -> str | None:
    """The buyer's own words, ended as a sentence."""
    note = line.problem.note if line and line.problem else None
    if not note or not note.strip():
        return None
    words = " ".join(note.split())
    return words if words[-1] in ".!?…" else f"{words}."


def _shipment(order: Order, line: OrderLine | None) -> Shipment | None:
    named = line.shipment_id if line else None
    for shipment in order.shipments:
        if shipment.shipment_id == named or len(order.shipments) == 1:
            return shipment
    return None
