"""The words sent with a dispute: short, and only what the facts and the buyer say."""

from autoclaim.model import Order, OrderLine, Shipment

SENTENCES = {
    "not_received": "I have not received this item.",
    "not_as_described": "The item I received is not as described.",
    "damaged": "The item arrived damaged.",
    "defective": "The item I received does not work.",
    "wrong_item": "I received a different item from the one I ordered.",
    "counterfeit": "The item I received is not genuine.",
    "empty_parcel": "The parcel arrived empty.",
    "missing_quantity": "I received fewer pieces than I ordered.",
    "missing_parts": "Parts of the item are missing.",
    "changed_mind": "I want to return this item.",
}


def statement(order: Order, line: OrderLine | None, reason: str | None) -> str | None:
    """The statement for a problem of `reason`, in English; None when nobody said what is wrong."""
    if reason is None:
        return None
    sentences = [
        SENTENCES[reason],
        *_what_was_said(line),
        *_what_the_parcel_shows(order, line, reason),
    ]
    return " ".join(sentences)


def _what_was_said(line: OrderLine | None) -> list[str]:
    note = line.problem.note if line and line.problem else None
    return [note.strip().rstrip(".") + "."] if note else []


def _what_the_parcel_shows(order: Order, line: OrderLine | None, reason: str) -> list[str]:
    shipment = _shipment(order, line)
    if shipment is None or reason != "not_received":
        return []
    facts = []
    if shipment.promised_by:
        facts.append(f"It was promised by {shipment.promised_by.day}.")
    if shipment.tracking_number:
        facts.append(f"Tracking number: {shipment.tracking_number}.")
    return facts


def _shipment(order: Order, line: OrderLine | None) -> Shipment | None:
    named = line.shipment_id if line else None
    for shipment in order.shipments:
        if shipment.shipment_id == named or len(order.shipments) == 1:
            return shipment
    return None
