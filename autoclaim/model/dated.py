"""One reading of an order, and when it was made, as far as that is known."""

from datetime import datetime
from typing import NamedTuple

from autoclaim.model.facts import Order


class Reading(NamedTuple):
    """The facts of an order as they stood at a moment (aware); None: no one can tell when."""

    order: Order
    at: datetime | None = None
