"""One driver and one browser for several visits, one after another.

Starting them costs more than most visits do. Whoever makes several visits in one thread makes them
in a `shared_browsers()` block; a visit outside of one has a driver and a browser to itself. Either
way each visit has its own cookies and cache, and while it lasts it is alone in its browser: the
gate stands at the browser, and judges all that leaves it by what that one visit may do.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from autoclaim.browser.launching import Launch, launch, launch_with_profile, new_context

_Kind = tuple[Path, bool, int | None]


class Browsers:
    """The browsers of one thread; each starts when it is first needed, and ends with the block."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._driver: Playwright | None = None
        self._started: list[tuple[_Kind, Browser]] = []

    @property
    def playwright(self) -> Playwright:
        """The driver; no cached property, for which Python 3.11 makes all threads wait in turn."""
        if self._driver is None:
            self._driver = self._stack.enter_context(sync_playwright())
        return self._driver

    def start(self) -> None:
        """Start the driver now, if none is there."""
        self.playwright  # noqa: B018 - asking for it starts it

    def context(self, how: Launch) -> BrowserContext:
        """Give a context nobody has used, in a browser started as `how` says.

        Raises:
            MachineFault: no display for a window, or the browser does not start.
        """
        if how.profile is not None:
            return launch_with_profile(self.playwright, how, how.profile)
        kind = (how.browser, how.headed, how.debugging_port)
        browser = next(
            (one for same, one in self._started if same == kind and _is_free(one)), None
        )
        if browser is None:
            browser = launch(self.playwright, how)
            self._started.append((kind, browser))
        return new_context(browser, how)


def _is_free(browser: Browser) -> bool:
    return browser.is_connected() and not browser.contexts


class _Thread(threading.local):
    browsers: Browsers | None = None


_here = _Thread()


@contextmanager
def shared_browsers() -> Iterator[Browsers]:
    """Until the block ends, all visits of this thread share what is given here; blocks nest."""
    if _here.browsers is not None:
        yield _here.browsers
        return
    with ExitStack() as stack:
        _here.browsers = Browsers(stack)
        try:
            yield _here.browsers
        finally:
            _here.browsers = None
