"""What a scan keeps: two days of one promise, and whether a reading left something behind."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from autoclaim.model import Account, Order
from autoclaim.model.wanted import Wanted
from autoclaim.runner import catalogue
from autoclaim.runner.history import goes_to_the_end
from autoclaim.runner.listing import Filter, judged_orders
from autoclaim.runner.scan import Scanned, _finish, _keep, wanted_of
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent

NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
NUMBER = "8200000000150011"
MINE = Account(name="mine", store="aliexpress", email="you@buyer.example", added_at=NOW)
FACTS = {
    "store": "aliexpress",
    "order_id": NUMBER,
    "status": "awaiting_delivery",
    "placed_at": "2026-03-01",
    "paid_at": "2026-03-01",
    "shipments": [{"shipment_id": "p1", "shipped_at": "2026-03-03", "promised_by": "2026-04-10"}],
    "site_dates": {"refund_if_not_delivered_by": "2026-04-10"},
    "lines": [{"line_id": "1", "problem": {"kind": "not_received"}}],
}
LATER = {
    "store": "aliexpress",
    "order_id": NUMBER,
    "site_dates": {"refund_if_not_delivered_by": "2026-04-16"},
}
DAYS = [date(2026, 4, 10), date(2026, 4, 16)]


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(Settings(tmp_path / "home", now=NOW), Silent())


def read(wiring: Wiring, *, closer: bool, twice: bool) -> Scanned:
    """One reading of the order: with a look at its own pages or not, as the pages tell it."""
    scanned = Scanned(MINE)
    if closer:
        scanned.looked.add(NUMBER)
    if twice:
        scanned.note_promises(NUMBER, DAYS, LATER)
    known = wiring.ledger.facts_of("aliexpress", NUMBER)
    _keep(wiring, scanned, Order.model_validate(FACTS), known)
    return scanned


def judged(wiring: Wiring) -> tuple[str, str, bool]:
    [one] = [decision for order in judged_orders(wiring, Filter()) for decision in order.decisions]
    return one.action, str(one.last_on), "conflict" in one.flags


def test_two_days_of_one_promise_are_a_conflict_with_the_earlier_day(wiring: Wiring) -> None:
    read(wiring, closer=True, twice=False)
    plain = judged(wiring)

    scanned = read(wiring, closer=True, twice=True)

    [stored] = wiring.ledger.orders()
    assert [one.facts["site_dates"] for one in stored.apart] == [LATER["site_dates"]]
    assert plain == ("dispute", plain[1], False)
    assert judged(wiring) == ("review", plain[1], True)
    assert scanned.promised_twice == [f"2026-04-10 and 2026-04-16 of order {NUMBER}"]


def test_the_doubt_lasts_until_the_orders_own_pages_are_read_again(wiring: Wiring) -> None:
    read(wiring, closer=True, twice=True)

    listed = read(wiring, closer=False, twice=False)
    then = judged(wiring)
    read(wiring, closer=True, twice=False)

    assert (listed.orders, listed.new, listed.changed) == ([NUMBER], 0, 0)
    assert then[2] is True
    assert judged(wiring)[2] is False


def goes_on(wiring: Wiring) -> bool:
    """Whether the next scan reads on behind a page on which all is known and as it was."""
    plan = catalogue.flow("aliexpress", "looking_closer").Plan(wanted_of(wiring, MINE))
    facts = {key: value for key, value in OVER.items() if key != "store"}
    glimpse = catalogue.flow("aliexpress", "joining").Glimpse("list", facts)
    list(plan.take([glimpse], NOW.date()))
    return not plan.is_enough


OVER = {**FACTS, "status": "completed", "order_id": "8200000000190011", "placed_at": "2025-03-01"}


def scan(wiring: Wiring, *, finishes: bool = True, bounded: bool = False) -> None:
    scanned = Scanned(MINE)
    known = wiring.ledger.facts_of("aliexpress", OVER["order_id"])
    order = {**OVER, "status_text": "a new one"} if bounded else OVER
    _keep(wiring, scanned, Order.model_validate(order), known)
    if finishes:
        _finish(wiring, scanned, to_the_end=not bounded)


def test_after_a_reading_that_was_broken_off_or_bounded_the_next_one_goes_on(
    wiring: Wiring,
) -> None:
    wiring.ledger.add_account(
        "mine", store="aliexpress", email="you@buyer.example", at=NOW, buyer={}
    )
    told = []

    for how in ({"finishes": False}, {}, {}, {"bounded": True}, {}):
        scan(wiring, **how)
        told.append(goes_on(wiring))

    assert told == [True, False, False, True, False]


def test_only_a_reading_without_bounds_leaves_nothing_behind() -> None:
    assert goes_to_the_end(Wanted())
    assert not goes_to_the_end(Wanted(most=3))
    assert not goes_to_the_end(Wanted(since=NOW.date()))
