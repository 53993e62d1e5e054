"""Read the buyer's own orders.

By hand: My Orders → "View orders" until nothing new comes → the details and the tracking of each
order that is under way, and the page of each dispute.
"""

from collections.abc import Iterator

from autoclaim.browser.visit import Visit
from autoclaim.model import Order
from autoclaim.model.wanted import Wanted

from .looking_closer import CloserLook, Plan
from .pages import OrdersPage

EFFECT = "reads"


def run(visit: Visit, wanted: Wanted) -> Iterator[Order]:
    """Every wanted order as soon as it is read, each once; settled ones first.

    Raises:
        PageChanged: a page is not what it was, or the list is empty without saying so.
        NeedsPerson: the store ended the session or wants to see a person.
    """
    plan = Plan(wanted)
    orders = OrdersPage.open(visit)
    for page in orders.pages():
        yield from plan.take(page, orders.today)
        visit.progress(plan.done, None, "orders")
        if plan.is_enough:
            break
    plan.take_known()

    closer = CloserLook(visit, wanted)
    for listed in plan.waiting():
        yield closer.at(listed)
        plan.done += 1
        visit.progress(plan.done, plan.all, "orders")
    closer.end()
