"""Playwright's errors, said so that the buyer can act on them; nothing outside sees its types.

Its messages are not passed on: their call log may quote what was typed.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from autoclaim.browser.addresses import without_query
from autoclaim.errors import MachineFault, PageChanged

_WAITED_FOR = re.compile(r"waiting for (?P<what>[^\n]{1,200})")
_GONE = re.compile(r"has been closed|browser has disconnected|Target crashed|Page crashed")


@contextmanager
def in_our_words(address: Callable[[], str]) -> Iterator[None]:
    """Turn what Playwright raises into our errors; `address` tells the page in front.

    Raises:
        PageChanged: something was waited for in the page and did not come.
        MachineFault: the window was closed, or the browser ended.
    """
    try:
        yield
    except PlaywrightTimeout as error:
        raise PageChanged(without_query(address()), _waited_for(error)) from None
    except PlaywrightError as error:
        if is_gone(error):
            raise MachineFault(
                "The browser window was closed, or the browser ended.",
                "Run the command again; what was read so far is kept.",
            ) from None
        raise PageChanged(without_query(address()), "what the next step needs") from None


def is_gone(error: PlaywrightError) -> bool:
    """Whether the window was closed, or the browser ended: no fault of the store's."""
    return _GONE.search(error.message) is not None


def _waited_for(error: PlaywrightError) -> str:
    waited = _WAITED_FOR.search(error.message)
    return waited["what"] if waited else "what the next step waits for"
