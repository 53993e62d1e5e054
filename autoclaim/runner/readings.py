"""Several readings of one order, put together; what cannot be told apart is kept apart.

A later reading replaces an earlier one, and each fills what the other leaves out. Without a moment
nobody can tell which of two is later: where they differ, both are kept, and the rules say
`conflict` (rules.md R17). Only the status tells by itself: it moves forward and never back; and of
one promise printed a day apart the earlier day counts (two_clocks.py).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from typing import NamedTuple

from autoclaim.model import Order
from autoclaim.model.dated import Reading
from autoclaim.rules.merging import merged
from autoclaim.runner import two_clocks

# How far an order has come. What stands on one step can follow each other either way, or, of the
# two ends, not at all; `frozen` stands on none, because it comes and goes.
STEPS = {
    "awaiting_payment": 0,
    "payment_review": 1,
    "awaiting_shipment": 2,
    "cancelling": 2,
    "partly_shipped": 3,
    "awaiting_delivery": 4,
    "completed": 5,
    "cancelled": 5,
}


class Together(NamedTuple):
    """What the readings of one order come to; `apart` differ from `order`, nobody knows why."""

    order: Order
    at: datetime | None
    apart: tuple[Order, ...] = ()

    @property
    def orders(self) -> list[Order]:
        """All of them, as they go into a facts document."""
        return [self.order, *self.apart]


def together(readings: Iterable[Reading]) -> list[Together]:
    """The orders of the readings, each once, in the order they were first seen."""
    by_order: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        key = reading.order.store, reading.order.order_id
        by_order.setdefault(key, []).append(reading)
    return [_one_order(seen) for seen in by_order.values()]


def _one_order(seen: Sequence[Reading]) -> Together:
    """The later fills what it leaves out from the earlier; what ties is tried both ways.

    Readings of one moment are taken in the order of their own text, so that the order of the files
    does not matter.
    """
    dated, undated = _by_moment(seen), _alike([one.order for one in seen if not one.at])
    if not dated:
        dated, undated = [(None, undated)], []
    ranks = [orders for _, orders in dated]
    order = _folded(ranks)
    apart = [
        other
        for place, orders in enumerate(ranks)
        for other in orders[1:]
        if _differ(order, _folded([*ranks[:place], [other, *orders], *ranks[place + 1 :]]))
    ]
    for other in undated:
        if _differ(order, other):
            apart.append(other)
        else:
            order = _over(order, other)
    return Together(order, dated[0][0], tuple(_alike(apart)))


def _by_moment(seen: Iterable[Reading]) -> list[tuple[datetime | None, list[Order]]]:
    """The dated readings by their moment, the latest first."""
    moments: dict[datetime, list[Order]] = {}
    for reading in seen:
        if reading.at:
            moments.setdefault(reading.at, []).append(reading.order)
    return [(at, _alike(moments[at])) for at in sorted(moments, reverse=True)]


def _alike(orders: Iterable[Order]) -> list[Order]:
    """Each of the readings once, in the order of their text."""
    texts = {json.dumps(order.as_facts(), sort_keys=True): order for order in orders}
    return [texts[text] for text in sorted(texts)]


def _folded(ranks: Sequence[Sequence[Order]]) -> Order:
    return reduce(_over, [order for orders in ranks for order in orders])


def _over(later: Order, earlier: Order) -> Order:
    """The later reading, filled from the earlier one; the status is the one further on."""
    whole = merged(_only_lines_named([later, earlier]), 0).order
    if _further(later, earlier) is earlier:
        told = {"status": earlier.status, "status_text": earlier.status_text}
        whole = whole.model_copy(update=told)
    return two_clocks.with_earlier_promise(whole, later, earlier)


def _differ(one: Order, other: Order) -> bool:
    """Whether the two contradict each other, but for a status that has moved on, or two clocks."""
    paths = set(merged(_only_lines_named([one, other]), 0).differing)
    paths -= {twice.path for twice in two_clocks.promised_twice(one, other).values()}
    if _further(one, other) is not None:
        paths.discard("status")
    return bool(paths)


def _only_lines_named(orders: Sequence[Order]) -> Sequence[Order]:
    """The orders; where each has one line and one of them names it, it is the same line in both.

    Who writes down an order of one line seldom knows the number that the store gave the line.
    """
    names = {line.line_id for order in orders for line in order.lines} - {None}
    if len(names) != 1 or any(len(order.lines) != 1 for order in orders):
        return orders
    [name] = names
    return [
        order.model_copy(update={"lines": [{**order.lines[0].as_facts(), "line_id": name}]})
        for order in orders
    ]


def _further(one: Order, other: Order) -> Order | None:
    """The one whose status can only follow the other's; None when that cannot be told."""
    first, second = (_step(order.status) for order in (one, other))
    if first is None or second is None or first == second:
        return None
    return one if first > second else other


def _step(status: str | None) -> int | None:
    return STEPS.get(status or "")
