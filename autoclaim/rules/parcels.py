"""R17: in which shipment each line of an order travelled."""

from autoclaim.model.facts import Order, OrderLine
from autoclaim.rules.knowing import Situation

Travelled = tuple[tuple[Situation, ...], tuple[str, ...]]
"""A line with each parcel it is judged with: one situation, or one per shipment when nobody knows
which; then the path of the shipment's name when the facts do not tell it."""


def lines_of(order: Order) -> list[Travelled]:
    """The lines of an order, in its own order; without lines, the one unnamed line."""
    return [_travelled(order, line) for line in order.lines or (None,)]


def _travelled(order: Order, line: OrderLine | None) -> Travelled:
    name = None if line is None else line.shipment_id
    if name is not None:
        for parcel in order.shipments:
            if parcel.shipment_id == name:
                return (Situation(order, line, parcel),), ()
    path = "lines" if line is None else f"lines[{line.place}].shipment_id"
    dangling = () if name is None else (path,)
    if order.status == "partly_shipped" or not order.shipments:
        return (Situation(order, line, None),), dangling
    situations = tuple(Situation(order, line, parcel) for parcel in order.shipments)
    return situations, (path,) if len(situations) > 1 else dangling
