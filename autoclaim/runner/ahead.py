"""Work begun ahead, in the time in which the browser starts: a wait for other processes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Made = TypeVar("Made")


def ahead(work: Callable[[], Made]) -> Callable[[], Made]:
    """Begin `work` in a thread of its own; the call of what is given waits for it.

    It gives what `work` made, or raises what `work` raised; nobody has to call it.
    """
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(1, "ahead")
    begun = pool.submit(work)
    pool.shutdown(wait=False)
    return begun.result


@contextmanager
def driver_ahead(meanwhile: Callable[[], Made], *, in_a_window: bool) -> Iterator[Made]:
    """Start the browser's driver, and do `meanwhile` in a thread of its own while it starts.

    The block gets what `meanwhile` made.

    For a command that knows that it will visit a store: visits made in the block, in this thread,
    have no driver to wait for. Nothing starts where the visit is to be `in_a_window` and there is
    no display for one.
    """
    # Before the thread begins: it would only slow down what the driver's start waits for.
    from autoclaim.browser.interrupting import interruptible
    from autoclaim.browser.launching import has_display
    from autoclaim.browser.sharing import shared_browsers

    done = ahead(meanwhile)
    with interruptible(), shared_browsers() as browsers:
        if has_display() or not in_a_window:
            browsers.start()
        yield done()
