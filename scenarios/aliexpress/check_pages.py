"""Look whether each page is still what is known of it.

By hand: My Orders → the details of the first order → its tracking → the returns; then the address
of an order that does not exist, which must not look like one.
"""

from collections.abc import Callable

from autoclaim.browser.visit import Visit

from .page_checks import PageChecks

EFFECT = "reads"
Look = Callable[[str, Callable[[], str]], None]


def run(visit: Visit, look: Look) -> None:
    """Look at one page after the other: `look` takes its name and what looks and tells.

    What looks raises PageChanged for a page that is not what it was, and the last one where an
    order that does not exist is taken for one.
    """
    pages = PageChecks(visit)
    look("list", pages.orders)
    look("detail", pages.detail)
    look("tracking", pages.tracking)
    look("returns", pages.returns)
    look("no order", pages.no_order)
