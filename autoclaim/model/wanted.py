"""What a reading of the store should bring."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple


class Wanted(NamedTuple):
    """How far a reading goes.

    `known` maps order ids to their facts (JSON) as last read: a settled order that the list shows
    unchanged needs no second look. `full` reads everything again. `since` is the first day of
    orders wanted (inclusive, the store's clock), `most` the largest number of orders; None = no
    bound.
    """

    known: Mapping[str, Mapping[str, Any]] = {}
    full: bool = False
    since: date | None = None
    most: int | None = None
