"""Several visits at once in one thread: each goes on while the others wait for their pages.

A thread for each would need a driver for each, and a driver takes longer to start than most visits
last. Playwright's calls wait in greenlets, and wait as well in several of them: here each job has
one of its own, and the greenlet of the caller waits until all have ended.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

import greenlet

from autoclaim.browser.sharing import shared_browsers

Made = TypeVar("Made")


def at_once(jobs: Sequence[Callable[[], Made]], most: int) -> list[Made]:
    """Do the jobs, at most `most` of them at once; what they made, in the order of `jobs`.

    The visits of the jobs share a driver, and those that do not overlap their browsers. What a job
    raises is raised here, as Ctrl-C is, after the others have closed what they opened.
    """
    made: dict[int, Made] = {}
    faults: list[BaseException] = []
    waiting = deque(enumerate(jobs))

    def work() -> None:
        try:
            while waiting:
                place, job = waiting.popleft()
                made[place] = job()
        except BaseException as fault:  # noqa: BLE001 - raised again by the caller's greenlet
            faults.append(fault)

    with shared_browsers() as browsers:
        _until_all_end([greenlet.greenlet(work) for _ in jobs[:most]], browsers.start(), faults)
    if faults:
        raise faults[0]
    return [made[place] for place in range(len(jobs))]


def _until_all_end(
    steps: Sequence[greenlet.greenlet], events: greenlet.greenlet, faults: Sequence[BaseException]
) -> None:
    """Begin all, and let the browsers' `events` in until each has ended, or one has a fault."""
    for step in steps:
        asyncio.get_running_loop().call_soon(step.switch)
    try:
        while not (faults or all(step.dead for step in steps)):
            events.switch()
    finally:
        for step in steps:
            _end(step, events)


def _end(step: greenlet.greenlet, events: greenlet.greenlet) -> None:
    """End it where it stands; it closes what it opened, for which it needs the events still."""
    if not step.dead:
        step.throw()
    while not step.dead:
        events.switch()
