"""Which orders of the list deserve a look at their own pages, and that look.

Looked at are: an order that is new (unless it is over and older than any right), one of which the
list tells something else than is known, and one under way, because its parcel moves without the
list showing it. Not looked at are: an order that is over and as it was known, and one under way
that the caller calls fresh (`Wanted.fresh`: looked at lately, and no day of it is near), unless
the list shows a change. With `Wanted.full` every order is looked at.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from autoclaim.browser.visit import Visit
from autoclaim.model import Order, Time
from autoclaim.model.wanted import Wanted

from . import promised_twice, words
from .case_pages import CasePages, refund_of_cancelled
from .joining import Facts, Glimpse, joined
from .pages import OrderPages
from .payloads import STORE, orders

_OVER = {"completed", "cancelled"}
_ENDED = {"finished", "withdrawn"}
_SENT = {"partly_shipped", "awaiting_delivery", "completed", "unknown"}


def report(wanted: Wanted, glimpse: Glimpse) -> None:
    """Tell whoever asked what one page told, and what it did not."""
    order = f" of {glimpse.order_id}"
    missing = [what + order for what in glimpse.untold]
    wanted.page_read(glimpse.page, glimpse.told, glimpse.unseen, missing)


class Plan:
    """Sorts the orders of the list: settled ones are done, the others wait for a closer look."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._seen: set[str] = set()
        self._over = False
        self._waiting: deque[str] = deque()  # as text: of a long history most may wait
        self.done = 0

    @property
    def all(self) -> int:
        """How many orders are wanted, as far as the list was read."""
        return len(self._seen)

    @property
    def is_enough(self) -> bool:
        """Whether further pages of the list can bring nothing that is wanted."""
        return self._over or self._is_full

    def take(self, page: list[Glimpse], today: date | None) -> Iterator[Order]:
        """The settled orders of one page of the list; what needs a closer look is noted."""
        known = 0
        for glimpse in page:
            report(self._wanted, glimpse)
            if self._is_full or not self._is_young_enough(glimpse.facts):
                continue
            self._seen.add(glimpse.order_id)
            if self._is_settled(glimpse.facts, today) or self._is_fresh(glimpse):
                known += glimpse.order_id in self._wanted.known
                self.done += 1
                yield self._as_known(glimpse) or orders([glimpse])[0]
            else:
                self._wait(glimpse.facts)
        young = any(self._is_young_enough(glimpse.facts) for glimpse in page)
        stops = self._wanted.known_to_the_end and not self._wanted.full
        self._over = not young or (known == len(page) and stops)

    def take_known(self) -> None:
        """Note the known orders under way that the list did not reach, too."""
        for order_id, known in self._wanted.known.items():
            if self._is_full or order_id in self._seen or known.get("status") in _OVER:
                continue
            if order_id in self._wanted.fresh and not self._wanted.full:
                continue
            if self._is_young_enough(known):
                self._seen.add(order_id)
                self._wait({"order_id": order_id})

    def waiting(self) -> Iterator[Glimpse]:
        """What the list told of each order that needs a closer look; it is let go by then."""
        while self._waiting:
            yield Glimpse("list", json.loads(self._waiting.popleft()))

    def _wait(self, facts: Facts) -> None:
        self._waiting.append(json.dumps(facts, ensure_ascii=False))

    @property
    def _is_full(self) -> bool:
        most = self._wanted.most
        return most is not None and len(self._seen) >= most

    def _is_young_enough(self, order: Mapping[str, object]) -> bool:
        placed = Time.read(order.get("placed_at"))
        since = self._wanted.since
        return since is None or placed is None or placed.day >= since

    def _is_settled(self, order: Facts, today: date | None) -> bool:
        """Whether the order's own pages can tell nothing that matters and is not known yet."""
        if self._wanted.full or order.get("status") not in _OVER or _has_running_case(order):
            return False
        known = self._wanted.known.get(str(order["order_id"]))
        if known is None:
            return _is_old(order, today) and not _may_bring_money(order)
        if _has_running_case(known) or not _shows_nothing_new(order, known):
            return False
        return not _may_bring_money(known) or (_is_old(order, today) and _was_looked_at(known))

    def _is_fresh(self, glimpse: Glimpse) -> bool:
        """Whether a known order was looked at lately, and the list shows nothing new of it."""
        known = self._wanted.known.get(glimpse.order_id)
        if known is None or self._wanted.full or glimpse.order_id not in self._wanted.fresh:
            return False
        return _shows_nothing_new(glimpse.facts, known) and _shows_no_other_case(
            glimpse.facts, known
        )

    def _as_known(self, glimpse: Glimpse) -> Order | None:
        known = self._wanted.known.get(glimpse.order_id)
        return None if known is None else Order.model_validate(known)


class CloserLook:
    """Opens the own pages of one order after the other."""

    def __init__(self, visit: Visit, wanted: Wanted) -> None:
        self._visit = visit
        self._wanted = wanted
        self._pages = OrderPages(visit)
        self._cases = CasePages(visit)

    def at(self, listed: Glimpse) -> Order:
        """The order with all that its detail, tracking, case and refund pages tell."""
        order_id = listed.order_id
        seen = [listed, *self._pages.detail(order_id)]
        facts = joined(seen)[0]
        if _has_parcels(facts):
            seen += self._pages.tracking(order_id)
        if "dispute" in facts:
            seen += self._cases.about(order_id)
        if facts.get("status") == "cancelled" and "paid_at" in facts:
            seen += refund_of_cancelled(self._visit, order_id, Glimpse("list", facts).lines)
        for glimpse in seen[1:]:
            report(self._wanted, glimpse)
        self._wanted.looked(order_id)
        self._tell_of_promises(order_id, seen)
        return orders(seen)[0]

    def end(self) -> None:
        """Look at no more."""
        self._pages.end()

    def _tell_of_promises(self, order_id: str, seen: list[Glimpse]) -> None:
        days = promised_twice.days(seen)
        if len(days) > 1:
            other = promised_twice.other_reading(STORE, order_id, days)
            apart = other if promised_twice.contradict(days) else None
            self._wanted.promised_twice(order_id, days, apart)


def _has_parcels(order: Facts) -> bool:
    """Whether the tracking page may have something to tell."""
    actions = order.get("site_actions")
    offered = not isinstance(actions, list) or "track" in actions
    return order.get("status") in _SENT and offered


def _is_old(order: Facts, today: date | None) -> bool:
    """Whether the order is older than any right the store ever printed."""
    placed = Time.read(order.get("placed_at"))
    longest = timedelta(days=words.table("reading")["settled_after_days"])
    return placed is not None and today is not None and placed.day < today - longest


def _disputes(order: Mapping[str, object]) -> list[object]:
    """The states of the disputes about the order and its lines."""
    found = [part.get("dispute") for part in (order, *_lines(order))]
    return [dispute.get("state") for dispute in found if isinstance(dispute, dict)]


def _has_running_case(order: Mapping[str, object]) -> bool:
    return any(state not in _ENDED for state in _disputes(order))


def _may_bring_money(order: Mapping[str, object]) -> bool:
    """Whether it was cancelled or disputed, and what came back, if anything, is not known."""
    refunds = [part.get("refund") for part in (order, *_lines(order))]
    told = [one for one in refunds if isinstance(one, dict) and ("paid" in one or "kind" in one)]
    owed = max(len(_disputes(order)), int(order.get("status") == "cancelled"))
    return len(told) < owed


def _was_looked_at(known: Mapping[str, object]) -> bool:
    """Whether the order's own page was read: the list never tells of its buttons."""
    return "site_actions" in known


def _lines(order: Mapping[str, object]) -> list[Facts]:
    lines = order.get("lines")
    return lines if isinstance(lines, list) else []


def _shows_nothing_new(order: Facts, known: Mapping[str, object]) -> bool:
    """Whether what the list tells of status, price and refund is known already.

    The words of a known status may differ between the list and the order's own page, and so may a
    day by the clock it is printed on: neither is news.
    """
    news = ["status", "total"] + ["status_text"] * (order.get("status") == "unknown")
    return all(known.get(key) == order[key] for key in news if key in order)


def _shows_no_other_case(order: Facts, known: Mapping[str, object]) -> bool:
    """Whether the line about a refund on the card tells a state that is known, or none of both."""
    told, before = _disputes(order), _disputes(known)
    return all(state in before for state in told) and (bool(told) or not _has_running_case(known))
