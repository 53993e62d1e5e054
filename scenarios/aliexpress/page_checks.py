"""One look at each kind of page, told in a few words: what it tells, and what is new on it."""

from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged

from .case_pages import CasePages
from .joining import Glimpse
from .pages import OrderPages, OrdersPage
from .payloads import never_seen

_SENT = {"partly_shipped", "awaiting_delivery", "completed"}
_NO_ORDER = "8200000000000000"  # invented: no account has it


class PageChecks:
    """Looks at the pages of one account; those of an order are those of its newest one."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._pages = OrderPages(visit)
        self._newest: Glimpse | None = None

    def orders(self) -> str:
        """The first page of the list."""
        first = next(OrdersPage.open(self._visit).pages(), [])
        self._newest = first[0] if first else None
        return _told(first, f"{len(first)} orders") if first else "none, and the page says so"

    def detail(self) -> str:
        """The newest order's own page."""
        if self._newest is None:
            return "there is no order to look at"
        return _told(self._pages.detail(self._newest.order_id), "the newest order")

    def tracking(self) -> str:
        """Its parcel, once it has one."""
        if self._newest is None or self._newest.facts.get("status") not in _SENT:
            return "the newest order has not been sent"
        return _told(self._pages.tracking(self._newest.order_id), "its parcel")

    def returns(self) -> str:
        """The list of returns."""
        return f"{CasePages(self._visit).how_many()} cases"

    def no_order(self) -> str:
        """The page of an order that does not exist, which must not be taken for one."""
        try:
            self._pages.detail(_NO_ORDER)
        except PageChanged:
            return "an order that does not exist is refused"
        raise PageChanged(self._visit.page.url, "that an order which does not exist is refused")


def _told(seen: list[Glimpse], what: str) -> str:
    facts = sorted({fact for glimpse in seen for fact in glimpse.told} - {"order_id"})
    new = never_seen(seen)
    return f"{what}: {', '.join(facts)}" + (f"; never seen before: {'; '.join(new)}" * bool(new))
