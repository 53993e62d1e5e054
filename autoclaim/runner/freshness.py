"""Which orders under way need no fresh look at their own pages yet.

The list of orders does not show a parcel's steps, so an order under way is looked at again even
where the list shows nothing new: the sooner, the nearer a day on which one of its windows opens or
ends. A tenth of the time until that day may pass, at least an hour and at most two days. Two days,
because a carrier's delivery opens a window that no list shows, and the shortest of these is seven
days (site-facts 6.6): it is noticed with five days left, whatever its length. A running case
is looked at after six hours: it may ask for an answer within days, and its card says it in words
that do not tell one question from another.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from autoclaim.model import Decision, Order
from autoclaim.model.times import policy_day
from autoclaim.runner.listing import Judged, judge
from autoclaim.runner.wiring import Wiring

AT_LEAST = timedelta(hours=1)
AT_MOST = timedelta(days=2)
AT_MOST_IN_A_CASE = timedelta(hours=6)
ENDED = frozenset({"finished", "withdrawn"})
SHARE = 10  # of the time until the next day, one part of so many may pass


def fresh_orders(wiring: Wiring, account: str) -> Collection[str]:
    """The numbers of the account's orders that were looked at lately enough."""
    now = wiring.now()
    late = {order: at for order, at in wiring.ledger.looks(account).items() if now - at < AT_MOST}
    return {
        stored.order_id
        for stored in wiring.ledger.orders(account)
        if stored.order_id in late
        for judged in judge(wiring, account, [stored])
        if is_fresh(late[stored.order_id], now, judged)
    }


def is_fresh(looked: datetime, now: datetime, judged: Judged) -> bool:
    """Whether a look at that moment still holds; never after the clock was set back."""
    left = time_left(judged.decisions, policy_day(now))
    most = AT_MOST_IN_A_CASE if has_running_case(judged.order) else AT_MOST
    return timedelta(0) <= now - looked < min(most, max(AT_LEAST, left / SHARE))


def has_running_case(order: Order) -> bool:
    """Whether a dispute about the order or one of its lines is not known to be over."""
    disputes = (order.dispute, *(line.dispute for line in order.lines))
    return any(dispute.state not in ENDED for dispute in disputes if dispute)


def time_left(decisions: Iterable[Decision], today: date) -> timedelta:
    """The time until the next day on which a window opens or ends; a long time when none is."""
    days = (day for one in decisions for day in (one.opens_on, one.safe_on, one.last_on) if day)
    return min((day - today for day in days if day >= today), default=timedelta.max)
