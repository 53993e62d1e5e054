"""What a reading of the store should bring."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

PromisedTwice = Callable[[str, list[date], Mapping[str, Any] | None], None]
PageRead = Callable[[str, Iterable[str], Iterable[str], Iterable[str]], None]


def _nobody_asks(*_: object) -> None:
    """Nobody wants to know what was read on the way."""


class Wanted(NamedTuple):
    """How far a reading goes, and who hears of it.

    `known` maps order ids to their facts (JSON) as last read: a settled order that the list shows
    unchanged needs no second look. Neither does one under way whose id is in `fresh`: it was
    looked at a short while ago, and no day of it is near. `full` reads everything again. `since`
    is the first day of orders wanted (inclusive, the store's clock), `most` the largest number of
    orders; None = no bound.

    `known_to_the_end`: an earlier reading left nothing behind, so the list need not be read
    further than to a page on which all is known and as it was.

    `looked` is told the id of each order whose own pages were read, before the order is given.
    `page_read` is told, for each page that told of an order: its kind, the names of the facts it
    told, what on it nobody has seen before, and what such a page always tells and this one does
    not (one short text each). `promised_twice` is told, before the order is given, that pages
    print different days for one promise: the order's id, the days (sorted), and the later one as
    a reading of its own (facts JSON) where two clocks do not explain it, else None.
    """

    known: Mapping[str, Mapping[str, Any]] = {}
    full: bool = False
    since: date | None = None
    most: int | None = None
    fresh: Collection[str] = frozenset()
    known_to_the_end: bool = True
    looked: Callable[[str], None] = _nobody_asks
    page_read: PageRead = _nobody_asks
    promised_twice: PromisedTwice = _nobody_asks
