"""A step that goes on by itself, in the same thread, while its caller does something else.

Playwright's calls wait in greenlets, and wait as well in several of them. A step has one of its
own, and goes on whenever its caller lets the browsers' events in: by waiting for a page, or for
the step.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

import greenlet

_TURNS = 2  # of the loop: the step begins in the first; what it asks is written in the second

Made = TypeVar("Made")


class Step(Generic[Made]):
    """`work`, in a greenlet among the browsers' `events`; it begins with the next of them."""

    def __init__(self, work: Callable[[], Made], events: greenlet.greenlet) -> None:
        self._work = work
        self._events = events
        self._made: list[Made] = []
        self._own = greenlet.greenlet(self._do)
        self.fault: BaseException | None = None
        asyncio.get_running_loop().call_soon(self._own.switch)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, with a fault or without."""
        return self._own.dead

    def begin(self) -> None:
        """Let it ask the browser its first question, and do not wait for the answer."""
        here = greenlet.getcurrent()
        for _ in range(_TURNS):
            asyncio.get_running_loop().call_soon(here.switch)
            self._events.switch()

    def wait(self) -> None:
        """Let events in for a moment; when none can come any more, let the step find that out."""
        (self._own if self._events.dead else self._events).switch()

    def made(self) -> Made:
        """Wait for what it makes; what it raises is raised here."""
        while not self.is_over:
            self.wait()
        if self.fault:
            raise self.fault
        return self._made[0]

    def end(self) -> None:
        """End it where it stands; it closes what it opened, and has the events for that."""
        if not self.is_over:
            self._own.throw()
        while not self.is_over:
            self.wait()

    def _do(self) -> None:
        try:
            self._made.append(self._work())
        except greenlet.GreenletExit:
            raise
        except BaseException as fault:  # noqa: BLE001 - raised again where it is waited for
            self.fault = fault
