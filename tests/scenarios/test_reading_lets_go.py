"""Reading lets go: of what is stored only the number stays, and of pages and elements nothing."""

import gc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autoclaim.model import Account
from autoclaim.model.wanted import Wanted
from autoclaim.runner import catalogue
from autoclaim.runner.scan import read_orders
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.scenarios.stay import Stay, Visiting, a_session

server = catalogue.fixture("aliexpress")

NOW = datetime.now(UTC)
MINE = Account(name="mine", store="aliexpress", email="you@buyer.example", added_at=NOW)
ORDERS = 30
A_PAGE = 10  # orders
LOADS = 5  # in one tab
MOST, A_HANDFUL = 16, 3
# What a driver's connection keeps of elements and loads, under the names it has there.
OF_ELEMENTS, OF_LOADS = ("ElementHandle", "JSHandle"), ("Request", "Response")


def held() -> Counter[str]:
    """How many objects of each kind are still held in this process, by the name of the kind."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects())


class Weighing:
    """Stands at the progress of a stay, and notes what more is held then than before."""

    def __init__(self, stay: Stay, every: int) -> None:
        self._before = held()
        self._every = every
        self._told = 0
        self.noted: list[Counter[str]] = []
        stay.progress = self.note  # type: ignore[method-assign] # of this one

    def note(self, *_: object) -> None:
        self._told += 1
        if self._told % self._every == 0:
            self.noted.append(held() - self._before)

    def most(self, *kinds: str) -> int:
        return max(one[kind] for one in self.noted for kind in kinds)


def test_of_what_is_stored_no_order_no_element_and_no_load_is_held(
    visiting: Visiting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.browser.visit.LOADS_IN_A_TAB", LOADS)
    with server.serve(orders=ORDERS) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        wiring = Wiring(Settings(tmp_path / "home"), stay)
        weighing = Weighing(stay, every=3)

        scanned = read_orders(wiring, stay.visit, MINE, Wanted(most=MOST))

    assert len(scanned.orders) == len(list(wiring.ledger.orders())) == MOST
    assert len(scanned.looked) > A_PAGE
    assert weighing.most("Order") <= A_HANDFUL
    assert weighing.most("Glimpse") <= 2 * A_PAGE
    assert weighing.most(*OF_ELEMENTS) == 0
    assert weighing.most(*OF_LOADS) <= 2 * LOADS


def test_what_waits_for_a_closer_look_waits_as_text(visiting: Visiting) -> None:
    with server.serve(orders=ORDERS) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        weighing = Weighing(stay, every=1)

        next(catalogue.flow("aliexpress", "read_orders").run(stay.visit, Wanted(full=True)))

    assert len(weighing.noted) == ORDERS / A_PAGE
    assert weighing.most("Glimpse") <= 2 * A_PAGE
