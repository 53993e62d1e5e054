"""Someone at the window: a thread with a driver of its own, where one buyer follows another."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import cache

from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from autoclaim.browser.finding import find_browser
from autoclaim.browser.launching import Launch
from autoclaim.browser.sharing import shared_browsers
from autoclaim.runner import catalogue

_person = ThreadPoolExecutor(1, "someone")
PATIENCE = 60.0  # seconds until the form is the buyer's
_COMES_WITHIN = 15.0  # seconds from the browser's start until it can be reached


@cache
def the_windows_port() -> int:
    """The port at which the windows of this process can be reached, one at a time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def someone(plays: Callable[[Browser], object]) -> Iterator[None]:
    """While the block runs somebody `plays` at the window that the program takes.

    What went wrong there is raised when the block ends.
    """
    _start_the_browser()
    playing = _person.submit(_play, plays)
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


def _start_the_browser() -> None:
    """The browser that the program will take is there before the program: nobody waits for it."""
    with socket.socket() as door:
        if door.connect_ex(("127.0.0.1", the_windows_port())) == 0:
            return
    found = find_browser()
    assert found is not None
    how = Launch(found, headed=False, debugging_port=the_windows_port())
    with shared_browsers() as here, here.context(how):
        return


def _play(plays: Callable[[Browser], object]) -> None:
    browser = _attached()
    try:
        plays(browser)
    finally:
        browser.close()  # the connection, not the window


def _attached() -> Browser:
    """The browser has started; that it can be reached is at most some thousandths later."""
    deadline = time.monotonic() + _COMES_WITHIN
    while True:
        try:
            return _driver().chromium.connect_over_cdp(f"http://127.0.0.1:{the_windows_port()}")
        except Error:
            if time.monotonic() > deadline:
                raise
