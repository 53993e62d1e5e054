"""The stored orders, judged as of now: which, and in which order of urgency."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from autoclaim.edge.ledger import StoredOrder
from autoclaim.errors import WrongInput
from autoclaim.model import Decision, Facts, Order
from autoclaim.model.times import policy_day
from autoclaim.rules.merging import grouped, merged
from autoclaim.runner.decide_document import decide_facts
from autoclaim.runner.wiring import Wiring

# What the buyer can act on comes first, then what somebody should look at, then other people's
# time, then what is over.
URGENCY = {
    "cancel": 0,
    "dispute": 0,
    "fast_refund": 0,
    "return_goods": 0,
    "escalate": 1,
    "review": 1,
    "need_data": 2,
    "wait": 3,
    "track_refund": 3,
    "closed": 4,
    "none": 5,
}
SETTLED = frozenset({"closed", "none"})
LATEST = date.max
WITHIN = re.compile(r"(\d{1,4})\s*d?")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which orders are listed; `closing_within` counts from today, today included."""

    account: str | None = None
    closing_within: timedelta | None = None
    search: str = ""
    only_open: bool = False
    store: str | None = None

    @classmethod
    def of(
        cls,
        account: str | None,
        closing_within: str | None,
        search: str,
        *,
        only_open: bool,
        store: str | None = None,
    ) -> "Filter":
        """The filter of a command line; `closing_within` is a number of days like `7d`."""
        days = WITHIN.fullmatch(closing_within.strip()) if closing_within else None
        if closing_within and not days:
            raise WrongInput(f"{closing_within!r} is no number of days.", "Write it like 7d.")
        within = timedelta(days=int(days[1])) if days else None
        return cls(account, within, search.casefold(), only_open, store)

    def keeps(self, decision: Decision, today: date) -> bool:
        """Whether the decision is among those wanted; `today` is the day on the store's clock."""
        settled = decision.action in SETTLED
        if self.closing_within is None:
            return not (self.only_open and settled)
        closes = decision.last_on
        return (
            not settled and closes is not None and today <= closes <= today + self.closing_within
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """One stored order with the decisions about those of its lines that were asked for."""

    stored: StoredOrder
    order: Order
    decisions: Sequence[Decision]


def judged_orders(wiring: Wiring, wanted: Filter) -> list[Judged]:
    """The stored orders that `wanted` keeps, judged as of now."""
    if wanted.account:
        wiring.account(wanted.account)  # a misspelt name is said, not taken for "no orders"
    by_owner: defaultdict[str | None, list[StoredOrder]] = defaultdict(list)
    for stored in _of_the_store(wiring, wanted):
        if _matches(stored, wanted.search):
            by_owner[stored.account].append(stored)
    today = policy_day(wiring.now())
    return [
        Judged(one.stored, one.order, kept)
        for owner, orders in by_owner.items()
        for one in judge(wiring, owner, orders)
        if (kept := [decision for decision in one.decisions if wanted.keeps(decision, today)])
    ]


def _of_the_store(wiring: Wiring, wanted: Filter) -> Iterable[StoredOrder]:
    orders = wiring.ledger.orders(wanted.account)
    if wanted.store is None:
        return orders
    found = [one for one in orders if one.store == wanted.store]
    if not found:
        wiring.site(wanted.store)  # refuses a store that nobody knows; others have no orders here
    return found


def judge(wiring: Wiring, owner: str | None, orders: Sequence[StoredOrder]) -> Iterator[Judged]:
    """Decide about orders of one account, with what is known of its buyer."""
    facts = Facts.model_validate(facts_document(wiring, owner, orders))
    decisions = iter(decide_facts(facts, wiring.now()))
    for stored, (_, given) in zip(orders, grouped(facts.orders), strict=True):
        order = merged(given, 0).order if len(given) > 1 else given[0]
        yield Judged(stored, order, [next(decisions) for _ in order.lines or [None]])


def facts_document(
    wiring: Wiring, owner: str | None, orders: Iterable[StoredOrder]
) -> dict[str, Any]:
    """The orders as a facts document (contracts.md 1) with the buyer of that account.

    Readings that differ from an order's newest facts stand behind all orders: the rules say
    `conflict` of them (R17).
    """
    orders = list(orders)
    buyers = {account.name: account.buyer for account in wiring.ledger.accounts()}
    buyer = dict(buyers.get(owner or "", {}))
    return {
        "format": 1,
        **({"buyer": buyer} if buyer else {}),
        "orders": [
            *(one.facts for one in orders),
            *(other.facts for one in orders for other in one.apart),
        ],
    }


def facts_of(wiring: Wiring, judged: Sequence[Judged]) -> dict[str, Any]:
    """The listed orders as one facts document; its buyer only where all are of one account."""
    owners = {one.stored.account for one in judged}
    owner = owners.pop() if len(owners) == 1 else None
    return facts_document(wiring, owner, (one.stored for one in judged))


def rows_of(judged: Iterable[Judged]) -> tuple[list[Decision], dict[tuple[str, str | None], str]]:
    """The decisions, most urgent first, and the titles of their lines."""
    titles: dict[tuple[str, str | None], str] = {}
    decisions: list[Decision] = []
    for one in judged:
        decisions += one.decisions
        titles |= {
            (one.order.order_id, line.line_id): line.title or "" for line in one.order.lines
        }
    return most_urgent_first(decisions), titles


def most_urgent_first(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions by what the buyer can do and until when; those without a day last."""
    return sorted(
        decisions, key=lambda one: (URGENCY[one.action], one.safe_on or LATEST, one.order_id)
    )


def _matches(order: StoredOrder, search: str) -> bool:
    titles = " ".join(str(line.get("title")) for line in order.facts.get("lines") or [])
    return search in f"{order.order_id} {titles}".casefold()
