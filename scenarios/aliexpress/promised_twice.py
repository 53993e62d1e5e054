"""One promise, printed with two days: by two pages of one order, or two places of one reading.

The earlier day counts (joining.py). A single day of difference is the same promise on two clocks,
as this store prints it (site-facts 4.2): it is told, and that is all. A larger one is no clock's:
then nobody can tell which is right, both are kept, and the rules say `conflict` (rules.md R17).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from autoclaim.model import Time

from .joining import Glimpse

_TWO_CLOCKS = timedelta(days=1)
_PROMISE = "refund_if_not_delivered_by"


def days(seen: Iterable[Glimpse]) -> list[date]:
    """The days on which one order's glimpses say that money comes back, each once, sorted."""
    promised = (glimpse.facts.get("site_dates") for glimpse in seen)
    printed = (one.get(_PROMISE) for one in promised if isinstance(one, dict))
    return sorted({time.day for text in printed if (time := Time.read(text))})


def contradict(promised: list[date]) -> bool:
    """Whether the days are further apart than two clocks are."""
    return len(promised) > 1 and promised[-1] - promised[0] > _TWO_CLOCKS


def other_reading(store: str, order_id: str, promised: list[date]) -> dict[str, object]:
    """The later day as a reading of its own (facts), to stand beside the earlier one."""
    site_dates = {_PROMISE: promised[-1].isoformat()}
    return {"store": store, "order_id": order_id, "site_dates": site_dates}
