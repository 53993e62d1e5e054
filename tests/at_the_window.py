"""Someone at the window: a thread with a driver of its own, where one buyer follows another."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import cache

from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from autoclaim.runner import catalogue

_person = ThreadPoolExecutor(1, "someone")
PATIENCE = 60.0  # seconds until the form is the buyer's
_GLANCE = 0.02  # seconds


@cache
def the_windows_port() -> int:
    """The port at which the windows of this process can be reached, one at a time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def someone(plays: Callable[[Browser], object], within: float = PATIENCE) -> Iterator[None]:
    """While the block runs somebody `plays` at the window, from when it is there.

    What went wrong there is raised when the block ends.
    """
    playing = _person.submit(_play, plays, time.monotonic() + within)
    try:
        yield
    finally:
        playing.result()


def a_buyer(
    answer: str = "submit", before: Callable[[Page], object] = lambda _: None
) -> AbstractContextManager[None]:
    """The local store's scripted buyer, who does something before answering the form."""

    def answers(browser: Browser) -> None:
        hand = catalogue.fixture("aliexpress", "scripted_buyer")
        deadline = hand.time.monotonic() + PATIENCE
        page = hand._page_with_panel(browser, deadline)
        before(page)
        hand._answer(page, answer, deadline)

    return someone(answers)


def leave() -> None:
    """Nobody is there any more, and the driver ends."""
    if _driver.cache_info().currsize:
        _person.submit(lambda: _driver().stop()).result()
    _person.shutdown()


@cache
def _driver() -> Playwright:
    return sync_playwright().start()


def _play(plays: Callable[[Browser], object], deadline: float) -> None:
    browser = _attached(deadline)
    try:
        plays(browser)
    finally:
        browser.close()  # the connection, not the window


def _attached(deadline: float) -> Browser:
    while True:
        try:
            return _driver().chromium.connect_over_cdp(f"http://127.0.0.1:{the_windows_port()}")
        except Error:
            if time.monotonic() > deadline:
                raise
            time.sleep(_GLANCE)
