"""The guard at the level of the network: a hostile page tries everything; the store hears nothing.

The same page with the form in the buyer's hands is the counter-check: there nearly every attempt
arrives, so an attempt that does not work proves nothing here.
"""

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from autoclaim.browser.submit_guard import State
from tests.browser.attacks import ATTACKS, arrived, furnish, script_of
from tests.browser.small_store import SmallStore, a_small_store
from tests.browser.visiting import a_visit
from tests.quick_browser import the_buyers_browser

# Not there at all in this browser, whoever holds the form.
TAKEN_AWAY = {name for name in ATTACKS if "socket" in name} | {"shared_worker", "service_worker"}
# The browser's own first try at a font fails before it reaches the network; its second is the same
# request once more, and what may be the claim passes once.
TRIED_TWICE = {"font"}


def attacked(state: State) -> Iterator[SmallStore]:
    with a_small_store() as store:
        furnish(store)
        site = store.site(origins=(store.origin, store.elsewhere), addresses={"it": "/attacked"})
        ours = the_buyers_browser()
        with a_visit(site, browser=ours) as visit, visit.doing(state):
            for name in ATTACKS:
                visit.open("it")
                attack(visit.page, script_of(name, store))
                if state == "yours" and name not in TAKEN_AWAY | TRIED_TWICE:
                    wait_for(visit.page, name, store)
            visit.open("it")
            visit.page.wait_for_timeout(500)
        yield store


def attack(page: Page, script: str) -> None:
    # What the attack uses may not exist here, or the attack leaves the page.
    with suppress(PlaywrightError):
        page.evaluate(script)
    page.wait_for_timeout(150)


def wait_for(page: Page, name: str, store: SmallStore) -> None:
    """Give an attempt that should arrive the time that a busy machine needs."""
    end = time.monotonic() + 20
    while not arrived(name, store) and time.monotonic() < end:
        page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def while_filling() -> Iterator[SmallStore]:
    yield from attacked("filling")


@pytest.fixture(scope="module")
def while_yours() -> Iterator[SmallStore]:
    yield from attacked("yours")


@pytest.mark.parametrize("name", ATTACKS)
def test_while_filling_nothing_a_page_tries_reaches_the_store(
    name: str, while_filling: SmallStore
) -> None:
    assert arrived(name, while_filling) == []


@pytest.mark.parametrize(
    "name", [name for name in ATTACKS if name not in TAKEN_AWAY | TRIED_TWICE]
)
def test_the_same_attempt_arrives_once_the_form_is_the_buyers(
    name: str, while_yours: SmallStore
) -> None:
    assert arrived(name, while_yours) != []


@pytest.mark.parametrize("name", sorted(TAKEN_AWAY))
def test_what_comes_past_no_gate_is_not_there_at_all(name: str, while_yours: SmallStore) -> None:
    assert arrived(name, while_yours) == []
