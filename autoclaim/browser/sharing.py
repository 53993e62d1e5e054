"""One driver for several visits, and one browser for those that come one after another.

Starting them costs more than most visits do. Whoever makes several visits in one thread makes them
in a `shared_browsers()` block; a visit outside of one has a driver and a browser to itself. Either
way each visit has its own cookies and cache, and while it lasts it is alone in its browser: the
gate stands at the browser, and judges all that leaves it by what that one visit may do.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import greenlet
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.launching import Launch, launch, launch_with_profile, new_context
from autoclaim.browser.steps import Step

_Kind = tuple[Path, bool, int | None]


@dataclass(slots=True)
class _Running:
    """A browser that runs, and whether a visit has it to itself."""

    kind: _Kind
    browser: Browser
    is_taken: bool = True


class Browsers:
    """The browsers of one thread; each starts when it is first needed, and ends with the block."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._driver: Playwright | None = None
        self._running: list[_Running] = []
        self._ahead: tuple[_Kind, Step[Browser]] | None = None

    @property
    def playwright(self) -> Playwright:
        """The driver, started when it is first needed."""
        if self._driver is None:
            self._driver = self._stack.enter_context(sync_playwright())
        return self._driver

    def begin(self, how: Launch) -> None:
        """Begin to start such a browser, if none is free; the next visit that wants one gets it.

        Whether it starts is known, and said, when that visit comes.
        """
        kind = _kind_of(how)
        if self._ahead or self._free(kind):
            return
        step = Step(partial(launch, self.playwright, how), self.start())
        self._ahead = kind, step
        self._stack.callback(step.end)
        step.begin()

    def start(self) -> greenlet.greenlet:
        """Start the driver now, if none is there; give the greenlet that lets its events in."""
        # Nothing public lets one thread wait for several of its visits.
        events: greenlet.greenlet = self.playwright._dispatcher_fiber  # noqa: SLF001
        return events

    @contextmanager
    def context(self, how: Launch) -> Iterator[BrowserContext]:
        """Give a context nobody has used, alone in its browser, which was started as `how` says.

        Raises:
            MachineFault: no display for a window, or the browser does not start.
        """
        if how.profile is not None:
            with _closed_after(launch_with_profile(self.playwright, how, how.profile)) as context:
                yield context
            return
        running = self._take(how)
        try:
            with _closed_after(new_context(running.browser, how)) as context:
                yield context
        finally:
            running.is_taken = False

    def _take(self, how: Launch) -> _Running:
        """One of that kind that nobody has, before anyone else can; else another is started."""
        kind = _kind_of(how)
        if free := self._free(kind):
            free.is_taken = True
            return free
        running = _Running(kind, self._begun(kind) or launch(self.playwright, how))
        self._running.append(running)
        return running

    def _free(self, kind: _Kind) -> _Running | None:
        alike = (one for one in self._running if one.kind == kind and not one.is_taken)
        return next((one for one in alike if one.browser.is_connected()), None)

    def _begun(self, kind: _Kind) -> Browser | None:
        """The browser of that kind that was begun ahead, once."""
        if self._ahead is None or self._ahead[0] != kind:
            return None
        step, self._ahead = self._ahead[1], None
        browser = step.made()
        return browser if browser.is_connected() else None


def _kind_of(how: Launch) -> _Kind:
    return how.browser, how.headed, how.debugging_port


@contextmanager
def _closed_after(context: BrowserContext) -> Iterator[BrowserContext]:
    try:
        yield context
    finally:
        with suppress(PlaywrightError):  # its browser, or the driver, has ended
            context.close()


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
