"""On a store that is not of this machine, each further page is asked for after a rest.

The clock is the test's, and so is the rest that is asked for: nothing here waits for a live store.
"""

import pytest
from playwright.sync_api import Page

from autoclaim.browser import loading
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Visiting, a_session

server = catalogue.fixture("aliexpress")
generate = catalogue.fixture("aliexpress", "generate")
A_PAUSE = 600.0  # seconds; no other wait of a reading is nearly as long


class Clock:
    """Stands still but for the rests of at least a pause that are asked of the page."""

    def __init__(self, page: Page, patch: pytest.MonkeyPatch) -> None:
        self._now = 0.0
        self._waits = page.wait_for_timeout
        self.rested = 0
        patch.setattr(loading, "time", self)
        patch.setattr(loading, "_PAUSE", A_PAUSE)
        patch.setattr(loading, "is_loopback", lambda _: False)
        patch.setattr(page, "wait_for_timeout", self._wait)

    def monotonic(self) -> float:
        return self._now

    def _wait(self, milliseconds: float) -> None:
        if milliseconds < A_PAUSE * 1_000:
            self._waits(milliseconds)
            return
        self._now += milliseconds / 1_000
        self.rested += 1


def list_pages(stay: Stay) -> list[int]:
    """How many orders each page of the list told."""
    orders = catalogue.flow("aliexpress", "pages").OrdersPage.open(stay.visit)
    return [len(page) for page in orders.pages()]


def test_before_each_press_of_view_orders_a_live_store_is_given_a_rest(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.serve(orders=34) as store:
        store.behave(list_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        clock = Clock(stay.visit.page, monkeypatch)

        pages = list_pages(stay)

    assert pages == [10, 10, 10, 4]
    assert clock.rested == 3


def test_before_the_next_page_of_the_returns_a_live_store_is_given_a_rest(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = catalogue.flow("aliexpress", "case_pages").CasePages
    with server.serve(orders=200) as store:
        store.behave(list_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        clock = Clock(stay.visit.page, monkeypatch)

        found = cases(stay.visit).how_many()

    assert found > 10
    assert clock.rested == (found - 1) // 10
