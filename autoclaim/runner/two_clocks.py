"""One promise, printed a day apart by two readings: two clocks, and the earlier day counts.

A store prints the same day on its own clock on one page and on the buyer's on the next: the day on
which money comes back without delivery, and that by which a parcel was promised. Whichever was
read later, the earlier day is the one to rely on: what ends so many days after it would else end
a day too late. Days further apart are no clocks': a later reading then replaces an earlier one,
as everywhere (readings.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from autoclaim.model import Order, Shipment, Time
from autoclaim.model.dated import Reading

_A_DAY = timedelta(days=1)
_MONEY_BACK = "refund_if_not_delivered_by"


class Twice(NamedTuple):
    """One promise that two readings print a day apart; `path` is its place in the first."""

    path: str
    earlier: Time
    later: Time


def promised_twice(one: Order, other: Order) -> dict[str, Twice]:
    """The promises of the two that are a day apart, by the parcel's number, or their own name."""
    theirs = {name: time for name, _, time in _promises(other)}
    found = {}
    for name, path, time in _promises(one):
        both = sorted((time, theirs.get(name, time)), key=lambda each: each.day)
        if both[1].day - both[0].day == _A_DAY:
            found[name] = Twice(path, *both)
    return found


def _promises(order: Order) -> Iterator[tuple[str, str, Time]]:
    """Name, path and day of each promise: of money without delivery, and of each named parcel."""
    money_back = order.site_dates.refund_if_not_delivered_by if order.site_dates else None
    if money_back:
        yield _MONEY_BACK, f"site_dates.{_MONEY_BACK}", money_back
    for place, parcel in enumerate(order.shipments):
        if parcel.shipment_id and parcel.promised_by:
            yield parcel.shipment_id, f"shipments[{place}].promised_by", parcel.promised_by


def with_earlier_promise(whole: Order, one: Order, other: Order) -> Order:
    """`whole`, which was put together from the two, with the earlier day of each promise."""
    twice = promised_twice(one, other)
    if not twice:
        return whole
    changes: dict[str, object] = {}
    if _MONEY_BACK in twice and whole.site_dates:
        earlier = {_MONEY_BACK: str(twice[_MONEY_BACK].earlier)}
        changes["site_dates"] = whole.site_dates.as_facts() | earlier
    if whole.shipments:
        changes["shipments"] = [_with_earlier(parcel, twice) for parcel in whole.shipments]
    return whole.model_copy(update=changes)


def _with_earlier(parcel: Shipment, twice: Mapping[str, Twice]) -> dict[str, object]:
    promise = twice.get(parcel.shipment_id or "")
    return parcel.as_facts() | ({"promised_by": str(promise.earlier)} if promise else {})


def printed_twice(readings: Iterable[Reading]) -> dict[str, set[date]]:
    """By order number the days that readings print a day apart; the orders of one store."""
    by_order: dict[str, list[Order]] = {}
    for reading in readings:
        by_order.setdefault(reading.order.order_id, []).append(reading.order)
    found: dict[str, set[date]] = {}
    for order_id, orders in by_order.items():
        for place, one in enumerate(orders):
            for other in orders[:place]:
                for twice in promised_twice(one, other).values():
                    found.setdefault(order_id, set()).update((twice.earlier.day, twice.later.day))
    return found


def told(twice: Mapping[str, Iterable[date]]) -> list[str]:
    """One text for each order whose promise is printed with several days."""
    return [
        f"{' and '.join(map(str, sorted(days)))} of order {number}"
        for number, days in twice.items()
    ]
