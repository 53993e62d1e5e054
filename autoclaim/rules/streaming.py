"""Deciding a history of any length, order by order, with memory that does not grow with it.

Two things tie the orders of a document together: one that must be refused refuses all, and the
same one may be given twice (rules.md R17). So the orders are first gone through for their keys and
names only. The names pass a filter of fixed size that may take a new name for a seen one but never
the reverse; only the orders it holds back are kept, and merged exactly. Then each order is decided
where it first stands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from struct import Struct
from typing import Any

from autoclaim.errors import FactsRefused
from autoclaim.model.checking import refuse_unknown_keys
from autoclaim.model.decision import Decision
from autoclaim.model.facts import Facts, Order
from autoclaim.model.reading import below
from autoclaim.rules.decide import Judge, decide_order, judge_for
from autoclaim.rules.policies import Policies

_BITS = 27  # 2**27 bits are 16 MiB; of a million names it takes about one for seen wrongly
_PLACES = Struct(">4I")  # the four places of a name, out of its digest

Name = tuple[str, str]
Opens = Callable[[], Iterable[object]]
"""Begins to go through the orders from the first, as plain JSON values; called 2 or 3 times."""


class SeenNames:
    """A filter of names: what it says is new is new, what it says was seen may be new."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << (_BITS - 3))

    def add(self, name: Name) -> bool:
        """Whether `name` may have been added before; it has been from now on."""
        given = "\0".join(name).encode("utf-8", "surrogatepass")
        digest = blake2b(given, digest_size=_PLACES.size).digest()
        seen = True
        for number in _PLACES.unpack(digest):
            place = number % (1 << _BITS)
            bit = 1 << (place & 7)
            seen = seen and bool(self._bits[place >> 3] & bit)
            self._bits[place >> 3] |= bit
        return seen


Lot = list[tuple[int, object]]
"""All documents of one order with their places, the first first: what is decided in one go."""


def decide_stream(
    heading: Mapping[str, object], orders: Opens, policies: Policies, clock: datetime
) -> Iterator[Decision]:
    """The decisions of a document whose orders are not all in memory, in input order.

    `heading` is the document without its `orders`; `orders()` begins to go through them from the
    first each time it is called. Raises `FactsRefused` before the first decision when the document
    must be refused.
    """
    judge = judge_without_orders(heading, policies, clock)
    for lot in lots(orders):
        yield from decide_lot(judge, lot)


def judge_without_orders(
    heading: Mapping[str, object], policies: Policies, clock: datetime
) -> Judge:
    """The judge for a document, of which `heading` is all but its orders."""
    return judge_for(Facts.model_validate({**heading, "orders": []}), policies, clock)


def lots(orders: Opens) -> Iterator[Lot]:
    """The orders in input order, each with its later documents; each lot stands by itself.

    Raises `FactsRefused` before the first lot when one of the orders must be refused.
    """
    repeated = _repeated(orders)
    for index, given in enumerate(orders()):
        name = _name(given)
        if name not in repeated:
            yield [(index, given)]
        # emptied below, so later documents of the same order decide nothing again
        elif repeated[name]:
            yield repeated[name]
            repeated[name] = []  # its later documents say nothing more


def decide_lot(judge: Judge, lot: Lot) -> list[Decision]:
    """The decisions for one order, at the place of its first document."""
    return decide_order(judge, [Order.model_validate(given) for _, given in lot], lot[0][0])


def _repeated(orders: Opens) -> dict[Name, list[tuple[int, object]]]:
    """The orders that may be given more than once, with all their documents and places."""
    seen = SeenNames()
    maybe = {name for _, _, name in _checked(orders()) if seen.add(name)}
    if not maybe:
        return {}
    kept: dict[Name, list[tuple[int, object]]] = {name: [] for name in maybe}
    for index, given, name in _named(orders()):
        if name in maybe:
            kept[name].append((index, given))
    return kept


def _checked(orders: Iterable[object]) -> Iterator[tuple[int, object, Name]]:
    """The orders with their names, each looked at for what would refuse the document."""
    for index, given in enumerate(orders):
        try:
            refuse_unknown_keys(given)
        except FactsRefused as refused:
            raise below(f"orders[{index}]", refused) from None
        yield index, given, _name(given)


def _named(orders: Iterable[object]) -> Iterator[tuple[int, object, Name]]:
    for index, given in enumerate(orders):
        yield index, given, _name(given)


def _name(order: Any) -> Name:  # noqa: ANN401 - an object, its two names were looked at
    return order["store"], order["order_id"]
