"""Listening: what the store's own page receives, heard passively on all tabs."""

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.resting import Rest

_SETTLE_WITHIN = 3.0  # seconds
_LATEST = 4  # answers that are kept for mending a page that cannot be read


@dataclass(frozen=True)
class Heard:
    """One answer the page received: its full address and its text, exactly as it came."""

    address: str
    text: str = field(repr=False)


class Hearing:
    """The answers whose address holds `pattern` (a regular expression), from now until `stop`.

    The gate reads a body while it holds the answer back from the page: it is heard before the page
    shows anything of it. Where the page went away meanwhile, its address stands in `lost`.
    """

    def __init__(
        self,
        pattern: str | re.Pattern[str],
        rest: Rest,
        on_stop: Callable[["Hearing"], None],
    ) -> None:
        self._pattern = re.compile(pattern)
        self._rest = rest
        self._on_stop = on_stop
        self._slots: dict[int, Heard | None] = {}
        self._begun = count()
        self._reading = 0
        self._latest: deque[Heard] = deque(maxlen=_LATEST)
        self.lost: list[str] = []

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
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._rest.up_to(left)
        return True

    def settle(self) -> None:
        """Wait, but not for long, until what is being read is read."""
        end = time.monotonic() + _SETTLE_WITHIN
        while self._reading and time.monotonic() < end:
            self._rest.up_to(0.005)

    def stop(self) -> None:
        """Hear no more; what was heard stays."""
        self._on_stop(self)

    def wants(self, address: str) -> bool:
        """Whether an answer from that address is listened to."""
        return self._pattern.search(address) is not None

    def hear(self, address: str, body: Callable[[], bytes]) -> None:
        """Read an answer that has begun; for the gate, which holds it back until then."""
        place = next(self._begun)
        self._slots[place] = None
        self._reading += 1
        try:
            text = body().decode("utf-8", errors="replace")
        except PlaywrightError:
            self.lost.append(address)
            del self._slots[place]
            return
        finally:
            self._reading -= 1
        heard = Heard(address, text)
        self._slots[place] = heard
        self._rest.wake()
        self._latest.append(heard)
