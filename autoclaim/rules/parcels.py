"""R17: in which shipment each line of an order travelled."""

from typing import NamedTuple

from autoclaim.model.facts import Order, OrderLine, Shipment
from autoclaim.rules.knowing import Situation


class Travelled(NamedTuple):
    """A line with each parcel it is judged with: one situation, or one per shipment.

    `missing` is the path of the shipment's name when the facts do not tell it.
    """

    situations: tuple[Situation, ...]
    missing: tuple[str, ...]

    @property
    def assumed(self) -> bool:
        """Whether it is not known in which of several parcels the line travelled."""
        return len(self.situations) > 1


def lines_of(order: Order) -> list[Travelled]:
    """The lines of an order, in its own order; without lines, the one unnamed line."""
    return [_travelled(order, line) for line in order.lines or (None,)]


def _travelled(order: Order, line: OrderLine | None) -> Travelled:
    name = None if line is None else line.shipment_id
    named = _called(order, name)
    if named is not None:
        return Travelled((Situation(order, line, named),), ())
    path = "lines" if line is None else f"lines[{line.place}].shipment_id"
    dangling = () if name is None else (path,)
    if order.status == "partly_shipped" or not order.shipments:
        return Travelled((Situation(order, line, None),), dangling)
    situations = tuple(Situation(order, line, parcel) for parcel in order.shipments)
    return Travelled(situations, (path,) if len(situations) > 1 else dangling)


def _called(order: Order, name: str | None) -> Shipment | None:
    if name is not None:
        for parcel in order.shipments:
            if parcel.shipment_id == name:
                return parcel
    return None
