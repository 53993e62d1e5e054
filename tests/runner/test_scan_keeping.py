"""A promise printed with two days: both are kept, the earlier counts, the list ends no doubt."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from autoclaim.model import Account, Order
from autoclaim.runner.listing import Filter, judged_orders
from autoclaim.runner.scan import Scanned, _keep
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
