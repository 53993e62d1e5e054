"""Loading the store's pages: patiently on the real store, and never in a hurry to try again."""

import gc
import time

import stamina
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from autoclaim.browser.addresses import is_loopback, origin_of, without_query
from autoclaim.browser.in_our_words import is_gone
from autoclaim.errors import StoreUnreachable
from autoclaim.model.site import StoreSite

_PAUSE = 2.5  # seconds between two loads on a live store: about what a person takes
_TRIES = 3
_SERVER_ERROR = 500
SWEPT_AFTER = 50  # times that the store was asked; sweeping takes less than a tenth of a second


class Loading:
    """Opens addresses one after the other; `status` is the HTTP status of the last."""

    def __init__(self, site: StoreSite) -> None:
        self._live = not all(is_loopback(origin) for origin in site.origins)
        self._not_before = 0.0
        self._asked = 0
        self.status: int | None = None

    def load(self, page: Page, address: str) -> None:
        """Open `address`; a read may be tried again, with a growing wait.

        Raises:
            StoreUnreachable: no answer, or a server error, every time.
        """
        first = 2.0 if self._live else 0.05
        for attempt in stamina.retry_context(
            on=StoreUnreachable,
            attempts=_TRIES,
            wait_initial=first,
            wait_max=first * 4,
            timeout=None,
        ):
            with attempt:
                self._load_once(page, address)

    def _load_once(self, page: Page, address: str) -> None:
        self.rest(page, address)
        try:
            response = page.goto(address, wait_until="domcontentloaded")
        except PlaywrightError as error:
            if is_gone(error) or page.is_closed():
                raise
            raise _unreachable(address, _network_error(error)) from None
        if response is not None and response.status >= _SERVER_ERROR:
            raise _unreachable(address, f"it answered with status {response.status}")
        self.status = response.status if response is not None else None

    def rest(self, page: Page, address: str) -> None:
        """Wait until a live store may be asked for something more; a local one always may."""
        self._sweep_in_time()
        if is_loopback(origin_of(address) or ""):
            return
        left = self._not_before - time.monotonic()
        if left > 0:
            page.wait_for_timeout(left * 1_000)
        self._not_before = time.monotonic() + _PAUSE

    def _sweep_in_time(self) -> None:
        """Free what the browser's library leaves behind of every call made to it.

        That is the stack of the call, in a ring with itself, and with it what the call answered.
        Python looks for old rings only when they are a quarter of all that it holds.
        """
        self._asked += 1
        if self._asked % SWEPT_AFTER == 0:
            gc.collect()


def _network_error(error: PlaywrightError) -> str:
    """Give the browser's own name of the fault (`net::ERR_…`), without Playwright's call log."""
    names = [word for word in error.message.split() if word.startswith("net::")]
    return names[0] if names else "it did not answer in time"


def _unreachable(address: str, because: str) -> StoreUnreachable:
    return StoreUnreachable(
        f"The store could not be read at {without_query(address)}: {because}.",
        "Check the connection and try again later; nothing was lost.",
    )
