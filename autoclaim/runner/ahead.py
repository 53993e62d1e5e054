"""Work begun ahead, in the time in which the browser starts: a wait for other processes."""

from collections.abc import Callable
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
