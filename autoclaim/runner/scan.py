"""Read the orders of an account from the store into the ledger."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from autoclaim.edge.locks import hold_account
from autoclaim.errors import PageChanged
from autoclaim.model import Account, Order
from autoclaim.model.wanted import Wanted
from autoclaim.runner.coverage import Coverage, last_good, lost
from autoclaim.runner.freshness import fresh_orders
from autoclaim.runner.history import (
    TO_THE_END,
    goes_to_the_end,
    is_known_to_the_end,
    note_beginning,
)
from autoclaim.runner.known_orders import KnownOrders
from autoclaim.runner.unread import unread_paths
from autoclaim.runner.wiring import Wiring

if TYPE_CHECKING:
    from autoclaim.browser.visit import Visit


SHOWN = 20  # places at which something was missing that are kept; the first tell enough


@dataclass(slots=True)
class Scanned:
    """What a scan brought: the numbers of the orders, how many were new, and how many changed.

    `unread` are the values that stood there and could not be read (`order id: path`), `looked` the
    numbers of the orders whose own pages were read, and `lost` the facts that the pages told last
    time and hardly tell now. `promised_twice` are promises printed with different days: the
    earlier counts, and where two clocks do not explain it, both are kept.
    """

    account: Account
    orders: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    looked: set[str] = field(default_factory=set)
    coverage: Coverage = field(default_factory=Coverage)
    lost: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    promised_twice: list[str] = field(default_factory=list)
    keeps_something: bool = False
    _apart: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def note_promises(
        self, order_id: str, days: Sequence[date], apart: Mapping[str, Any] | None
    ) -> None:
        """Note that one promise is printed with several days, and the reading kept apart."""
        printed = " and ".join(map(str, days))
        self.promised_twice.append(f"{printed} of order {order_id}")
        if apart is not None:
            self._apart[order_id] = apart

    def take_apart(self, order_id: str) -> Iterator[Mapping[str, Any]]:
        """The reading to be kept beside that of the order, if there is one; once."""
        if order_id in self._apart:
            yield self._apart.pop(order_id)

    @property
    def is_whole(self) -> bool:
        """Whether the pages told all that such pages tell, and all of it could be read."""
        return not (self.lost or self.coverage.untold or self.unread)

    @property
    def exit_code(self) -> int:
        """4 (contracts.md 3) for a reading that is not whole: what was read is kept all the same.

        Something never seen before that took no fact away is named, and is no fault: stores add
        banners. An unseen status, or a button that may be one of those that matter, takes one.
        """
        return 0 if self.is_whole else PageChanged.exit_code


def scan(
    wiring: Wiring,
    name: str | None,
    *,
    full: bool = False,
    since: date | None = None,
    most: int | None = None,
) -> Scanned:
    """Sign in and read; every order is kept as soon as it is read, so Ctrl-C loses nothing.

    `since` (inclusive, the order's day) and `most` bound how far back the reading goes; `full`
    reads everything again, else what is known and settled is not read a second time, and what is
    under way only when the list shows something new or freshness.py says that it is time.
    """
    account = wiring.account(name)
    wanted = wanted_of(wiring, account, full=full, since=since, most=most)
    with (
        hold_account(wiring.places.locks, account),
        wiring.visit(account, headed=wiring.reads_in_a_window()) as visit,
    ):
        return read_orders(wiring, visit, account, wanted)


def wanted_of(
    wiring: Wiring,
    account: Account,
    *,
    full: bool = False,
    since: date | None = None,
    most: int | None = None,
) -> Wanted:
    """What a reading of the account should bring, after what the ledger knows already."""
    if full:
        return Wanted(full=True, since=since, most=most)
    known = KnownOrders(wiring.ledger, account.name, account.store)
    to_the_end = is_known_to_the_end(wiring.ledger, account.name)
    return Wanted(known, full, since, most, fresh_orders(wiring, account.name), to_the_end)


def read_orders(wiring: Wiring, visit: "Visit", account: Account, wanted: Wanted) -> Scanned:
    """Read what is wanted into the ledger during a visit, and note that it went well."""
    scanned = Scanned(account)
    wanted = wanted._replace(
        looked=scanned.looked.add,
        page_read=scanned.coverage.add,
        promised_twice=scanned.note_promises,
    )
    for order in wiring.flow(account.store, "read_orders").run(visit, wanted):
        _keep(wiring, scanned, order, wanted.known.get(order.order_id))
    _finish(wiring, scanned, to_the_end=goes_to_the_end(wanted))
    wiring.ledger.keep_copy(wiring.now().date())
    return scanned


def _finish(wiring: Wiring, scanned: Scanned, *, to_the_end: bool) -> None:
    """Keep what the pages told, beside what they told before."""
    account, ledger = scanned.account, wiring.ledger
    before = (event.body for event in ledger.events("scan_finished", account=account.name))
    counts = scanned.coverage.as_json()
    scanned.lost = lost(counts, last_good(before))
    told = {"orders": len(scanned.orders), "coverage": counts, TO_THE_END: to_the_end}
    coverage = scanned.coverage
    drift = {"lost": scanned.lost, "unseen": coverage.unseen, "untold": coverage.untold[:SHOWN]}
    body = {**told, **{name: found for name, found in drift.items() if found}}
    ledger.scan_finished(account.name, store=account.store, counts=body, at=wiring.now())


def _keep(wiring: Wiring, scanned: Scanned, order: Order, known: Mapping[str, Any] | None) -> None:
    scanned.orders.append(order.order_id)
    scanned.unread.extend(unread_paths(order))
    was_looked_at, facts = order.order_id in scanned.looked, order.as_facts()
    if facts == known and not was_looked_at:
        return  # the list alone settles no doubt about what the order's own pages told
    account, ledger = scanned.account, wiring.ledger
    if not scanned.keeps_something:
        note_beginning(wiring, account)
        scanned.keeps_something = True
    with ledger.together():
        seen = ledger.see_orders([facts], at=wiring.now(), account=account.name)
        for other in scanned.take_apart(order.order_id):
            ledger.see_apart(other, at=wiring.now())
        if was_looked_at:
            ledger.look_taken(account.name, order.store, order.order_id, at=wiring.now())
    scanned.new += len(seen.new)
    scanned.changed += len(seen.changed)
