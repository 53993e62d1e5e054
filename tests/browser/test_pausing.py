"""A live store is asked slowly: a pause before each load; the local one is not made to wait."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from autoclaim.browser.loading import Loading
from tests.browser.small_store import SmallStore
from tests.browser.visiting import a_visit, the_browser

LIVE = "https://www.store.example"
PAUSE = 0.5  # seconds


@pytest.fixture
def live_page(playwright: Playwright, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A tab in which the live store is answered for without leaving the machine."""
    monkeypatch.setattr("autoclaim.browser.loading._PAUSE", PAUSE)
    browser = playwright.chromium.launch(executable_path=the_browser(), chromium_sandbox=False)
    page = browser.new_page()
    page.route(f"{LIVE}/**", lambda route: route.fulfill(body="<title>a page</title>"))
    yield page
    browser.close()


def test_two_loads_of_a_live_store_are_a_pause_apart(
    live_page: Page, small_store: SmallStore
) -> None:
    loading = Loading(small_store.site(origins=(LIVE,)))
    began = time.monotonic()

    loading.load(live_page, f"{LIVE}/p/order/index.html")
    loading.load(live_page, f"{LIVE}/p/order/detail.html")
    loading.rest(live_page, live_page.url)

    assert time.monotonic() - began >= 2 * PAUSE


def test_a_local_store_is_not_waited_for(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.browser.loading._PAUSE", 60)
    with a_visit(small_store.site()) as visit:
        for _ in range(3):
            visit.open("form")
            visit.pause()

    assert small_store.got("GET /form") == 3
