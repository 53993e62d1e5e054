"""What one rule answers about one line, before answers are held back, joined and completed."""

from datetime import date
from typing import Literal

from autoclaim.model.decision import Action, Basis
from autoclaim.model.record import Replaceable, record
from autoclaim.rules.windows import Window

Saying = tuple[object, ...]
"""A sentence not yet worded: the name of its template in wording.py, then its arguments."""

THE_PROBLEM = "(the problem)"
"""The usual reason of an answer: the problem of the line, or none."""


Amount = Literal[
    "usual",  # the price, or the missing share of it (R18)
    "price",  # the whole price (R3)
    "agreed",  # the dispute's offer, which may be not known (R4)
    "nothing",
]
"""Which amount an answer asks for."""


@record
class Answer(Replaceable):
    """One answer.

    `window` gives the last day, `opens_on` the first day shown (a window's own is shown only when
    the rule says so). `why` is the reading used, `others` the other readings: an answer with any
    is arguable. `missing` are paths within the order, or of the document (`buyer.level`).
    """

    rule: str
    action: Action
    clauses: tuple[str, ...]
    why: Saying
    window: Window | None = None
    opens_on: date | None = None
    basis: Basis | None = None  # of an answer with `opens_on` alone; None means by rule
    reason: str | None = THE_PROBLEM
    amount: Amount = "usual"
    flags: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    others: tuple[Saying, ...] = ()
    why_not: tuple[tuple[Action, Saying], ...] = ()
