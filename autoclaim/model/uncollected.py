"""Work on many small objects without the collector of cycles walking over all of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector back while the block runs.

    Orders, decisions and rows hold no cycles, so that counting references frees them; walked again
    and again while thousands of them are made, they cost more than half of the time. What was made
    joins the old objects, which are walked over rarely, instead of the young ones.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # one after the other, these two only move all objects to the oldest generation
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()
