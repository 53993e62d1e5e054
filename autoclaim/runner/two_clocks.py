"""One promise, printed a day apart by two readings: two clocks, and the earlier day counts.

A store prints the same day on its own clock on one page and on the buyer's on the next. Whichever
was read later, the earlier day is the one to rely on. Days further apart are no clocks': a later
reading then replaces an earlier one, as everywhere (readings.py).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from autoclaim.model import Order
from autoclaim.model.dated import Reading

PATH = "site_dates.refund_if_not_delivered_by"
_A_DAY = timedelta(days=1)
_PROMISE = PATH.rpartition(".")[2]


def promised(order: Order) -> date | None:
    """The day on which money comes back without delivery, as the order's pages print it."""
    time = order.site_dates.refund_if_not_delivered_by if order.site_dates else None
    return time.day if time else None


def are_two_clocks(one: Order, other: Order) -> bool:
    """Whether the two print one promise, a day apart."""
    days = promised(one), promised(other)
    return days[0] is not None and days[1] is not None and abs(days[0] - days[1]) == _A_DAY


def with_earlier_promise(whole: Order, one: Order, other: Order) -> Order:
    """`whole`, which was put together from the two, with the earlier day of their promise."""
    if not are_two_clocks(one, other):
        return whole
    earlier = min((one, other), key=lambda order: promised(order) or date.max)
    dates = whole.as_facts().get("site_dates"), earlier.as_facts().get("site_dates")
    ours, theirs = (part if isinstance(part, Mapping) else {} for part in dates)
    return whole.model_copy(update={"site_dates": {**ours, _PROMISE: theirs[_PROMISE]}})


def printed_twice(readings: Iterable[Reading]) -> dict[str, set[date]]:
    """By order number the days that readings print a day apart; the orders of one store."""
    by_order: dict[str, list[Order]] = {}
    for reading in readings:
        by_order.setdefault(reading.order.order_id, []).append(reading.order)
    found: dict[str, set[date]] = {}
    for order_id, orders in by_order.items():
        for place, one in enumerate(orders):
            for other in (two for two in orders[:place] if are_two_clocks(one, two)):
                days = {promised(one), promised(other)} - {None}
                found.setdefault(order_id, set()).update(day for day in days if day)
    return found


def told(twice: Mapping[str, Iterable[date]]) -> list[str]:
    """One text for each order whose promise is printed with several days."""
    return [
        f"{' and '.join(map(str, sorted(days)))} of order {number}"
        for number, days in twice.items()
    ]
