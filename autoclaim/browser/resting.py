"""Resting: a step lets the browser's events come in for a while, or until it is woken by one.

Looking again and again would cost either time, between two looks, or work. So whoever gets what a
step rests for wakes it, from the greenlet of the event; the rest then ends where it stands.
"""

import asyncio
from collections.abc import Callable

import greenlet

PageRest = Callable[[float], None]


class _Woken(BaseException):
    """The rest is over; never seen outside of this module."""


class Rest:
    """The rests of one visit, one at a time; `page_rest` rests for so many milliseconds."""

    def __init__(self, page_rest: PageRest) -> None:
        self._page_rest = page_rest
        self._sleeper: greenlet.greenlet | None = None

    def up_to(self, seconds: float) -> None:
        """Let events come in for so long, or until `wake`."""
        if self._sleeper is not None:  # an event's own step rests beside the one that waits for it
            self._page_rest(seconds * 1_000)
            return
        self._sleeper = greenlet.getcurrent()
        try:
            self._page_rest(seconds * 1_000)
        except _Woken:
            return
        finally:
            self._sleeper = None

    def wake(self) -> None:
        """End the rest, if there is one, as soon as the event that is told now is through."""
        if self._sleeper is not None and self._sleeper is not greenlet.getcurrent():
            asyncio.get_running_loop().call_soon(self._end, self._sleeper)

    def _end(self, sleeper: greenlet.greenlet) -> None:
        if self._sleeper is sleeper:
            sleeper.throw(_Woken)
