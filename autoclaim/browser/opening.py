"""Opening a visit: the browser starts, the gate closes behind it, and it always ends."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from autoclaim import LOUD
from autoclaim.browser.evidence import Keep
from autoclaim.browser.form_reading import Checks
from autoclaim.browser.hand_over import HandOver
from autoclaim.browser.in_our_words import in_our_words
from autoclaim.browser.interrupting import interruptible
from autoclaim.browser.launching import Launch, Session
from autoclaim.browser.origin_guard import Password
from autoclaim.browser.sharing import shared_browsers
from autoclaim.browser.visit import Buyer, Listeners, PageSeen, Visit
from autoclaim.errors import PageChanged
from autoclaim.model.claim import FIFTEEN_MINUTES
from autoclaim.model.site import StoreSite
from autoclaim.ports import Told


def _the_clock() -> datetime:
    return datetime.now(UTC)


def _nobody_waits(_: Checks | HandOver) -> None:
    """Nobody wants to know before the form is the buyer's, or before the submit leaves."""


def _nobody_mends(_: PageSeen, __: PageChanged) -> None:
    """Nobody keeps the page that could not be read."""


@contextmanager
def open_visit(
    site: StoreSite,
    *,
    headed: bool,
    browser: Path,
    session: Session,
    password: Password,
    email: str | None,
    told: Told,
    keep: Keep,
    debugging_port: int | None = None,
    wait_seconds: float = FIFTEEN_MINUTES,
    profile: Path | None = None,
    on_handing_over: Callable[[Checks], None] = _nobody_waits,
    on_sending: Callable[[HandOver], None] = _nobody_waits,
    on_page_changed: Callable[[PageSeen, PageChanged], None] = _nobody_mends,
    now: Callable[[], datetime] = _the_clock,
) -> Iterator[Visit]:
    """Visit `site` in `browser`; nothing of the visit outlives the block.

    In a block of `shared_browsers` the browser itself does, otherwise it ends with the visit.

    `session` gives what `Visit.session()` gave earlier, and is asked once the browser is there;
    `password` is asked at the moment of typing and not before; `keep` gets each picture;
    `on_handing_over` is called once, before the form becomes the buyer's, and `on_sending` while
    the buyer's submit is held, before it leaves; `on_page_changed` with the page that could not be
    read, before the browser ends; `wait_seconds` bounds each wait for the buyer.

    Raises:
        MachineFault: the browser does not start or ends, or there is no display for its window.
        PageChanged: the block waited in vain for something in the page.
    """
    for loud in LOUD:  # also what was set since the start
        os.environ.pop(loud, None)
    how = Launch(browser, headed, session, profile, debugging_port)
    with interruptible(), shared_browsers() as browsers, browsers.context(how) as context:
        visit = Visit(
            site,
            context,
            Buyer(email, password),
            Listeners(told, keep, on_sending, now, on_handing_over),
            headed=headed,
            wait_seconds=wait_seconds,
        )
        try:
            with in_our_words(lambda: visit.page.url):
                yield visit
        except PageChanged as changed:
            on_page_changed(visit.seen(), changed)
            raise
        finally:
            visit.close()
