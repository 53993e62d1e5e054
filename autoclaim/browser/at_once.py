"""Several visits at once in one thread: each goes on while the others wait for their pages.

A thread for each would need a driver for each, and a driver takes longer to start than most visits
last.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

from autoclaim.browser.sharing import shared_browsers
from autoclaim.browser.steps import Step

Made = TypeVar("Made")


def at_once(jobs: Sequence[Callable[[], Made]], most: int) -> list[Made]:
    """Do the jobs, at most `most` of them at once; what they made, in the order of `jobs`.

    The visits of the jobs share a driver, and those that do not overlap their browsers. What a job
    raises is raised here, as Ctrl-C is, after the others have closed what they opened.
    """
    made: dict[int, Made] = {}
    waiting = deque(enumerate(jobs))

    def work() -> None:
        while waiting:
            place, job = waiting.popleft()
            made[place] = job()

    with shared_browsers() as browsers:
        events = browsers.start()
        _until_all_end([Step(work, events) for _ in jobs[:most]])
    return [made[place] for place in range(len(jobs))]


def _until_all_end(steps: Sequence[Step[None]]) -> None:
    """Wait until each has ended, or one has a fault."""
    try:
        while not any(step.fault for step in steps) and (goes_on := _unfinished(steps)):
            goes_on[0].wait()
    finally:
        for step in steps:
            step.end()
    for fault in filter(None, (step.fault for step in steps)):
        raise fault


def _unfinished(steps: Sequence[Step[None]]) -> list[Step[None]]:
    return [step for step in steps if not step.is_over]
