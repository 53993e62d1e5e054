"""Listening: what the store's own page receives, heard passively on all tabs."""

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import BrowserContext, Response
from playwright.sync_api import Error as PlaywrightError

_SETTLE_WITHIN = 3.0  # seconds
_LATEST = 4  # answers that are kept for mending a page that cannot be read
_REDIRECTS = range(300, 400)  # their answers have no body


@dataclass(frozen=True)
class Heard:
    """One answer the page received: its full address and its text, exactly as it came."""

    address: str
    text: str = field(repr=False)


class Hearing:
    """The answers whose address holds `pattern` (a regular expression), from now until `stop`.

    A body is read the moment its answer begins, and the visit opens no other page meanwhile. Where
    the page itself went on and the browser dropped the body, its address stands in `lost`.
    """

    def __init__(
        self,
        context: BrowserContext,
        pattern: str | re.Pattern[str],
        pump: Callable[[float], None],
    ) -> None:
        self._pattern = re.compile(pattern)
        self._context = context
        self._pump = pump
        self._slots: dict[int, Heard | None] = {}
        self._begun = count()
        self._reading = 0
        self._latest: deque[Heard] = deque(maxlen=_LATEST)
        self.lost: list[str] = []
        context.on("response", self._hear)

    def heard(self) -> list[Heard]:
        """Give what has been heard in full so far, in the order in which the answers began."""
        return [slot for slot in self._slots.values() if slot is not None]

    def take(self) -> list[Heard]:
        """Give what was heard in full since the last time, and keep it no longer.

        A long reading would otherwise hold every answer it ever heard.
        """
        taken = self.heard()
        self._slots = {place: None for place, slot in self._slots.items() if slot is None}
        return taken

    def latest(self) -> list[Heard]:
        """Give the newest few, taken or not."""
        return list(self._latest)

    def wait(self, count: int, seconds: float) -> bool:
        """Wait until at least `count` answers are heard in full; False when time ran out first."""
        end = time.monotonic() + seconds
        while len(self.heard()) < count:
            if time.monotonic() >= end:
                return False
            self._pump(0.02)
        return True

    def settle(self) -> None:
        """Wait, but not for long, until what is being read is read."""
        end = time.monotonic() + _SETTLE_WITHIN
        while self._reading and time.monotonic() < end:
            self._pump(0.005)

    def stop(self) -> None:
        """Hear no more; what was heard stays."""
        self._context.remove_listener("response", self._hear)

    def _hear(self, response: Response) -> None:
        if not self._pattern.search(response.url) or response.status in _REDIRECTS:
            return
        place = next(self._begun)
        self._slots[place] = None
        self._reading += 1
        try:
            body = response.body()
        except PlaywrightError:
            self.lost.append(response.url)
            del self._slots[place]
            return
        finally:
            self._reading -= 1
        heard = Heard(response.url, body.decode("utf-8", errors="replace"))
        self._slots[place] = heard
        self._latest.append(heard)
