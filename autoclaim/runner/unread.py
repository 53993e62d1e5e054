"""Values that stood on a page or in a file and could not be read: said, never guessed."""

from collections.abc import Iterator

from autoclaim.model import Order


def unread_paths(order: Order) -> Iterator[str]:
    """`order id: path` for every value of the order that is there and not known."""
    yield from (f"{order.order_id}: {path}" for path in sorted(order.unread))
    for name, parts in (("lines", order.lines), ("shipments", order.shipments)):
        for part in parts:
            yield from (
                f"{order.order_id}: {name}[{part.place}].{path}" for path in sorted(part.unread)
            )
