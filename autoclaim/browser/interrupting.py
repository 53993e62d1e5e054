"""Ctrl-C during a visit: it reaches the steps that wait, never the machinery they wait for.

Playwright's loop runs in a greenlet of its own. An interrupt raised in the middle of one of its
tasks would end that task: no answer of the browser would arrive any more, and closing it would
wait for ever.
"""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import greenlet


@contextmanager
def interruptible() -> Iterator[None]:
    """Until the block ends, Ctrl-C is a KeyboardInterrupt in the code of the block alone.

    Outside the main thread no signal arrives, and nothing is changed; nor in one of several steps
    at once, which are ended by whoever began them.
    """
    steps = greenlet.getcurrent()
    if threading.current_thread() is not threading.main_thread() or steps.parent is not None:
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if greenlet.getcurrent() is steps:
            raise KeyboardInterrupt
        asyncio.get_running_loop().call_soon_threadsafe(steps.throw, KeyboardInterrupt)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
