"""A case: one line under one edition at one moment, with what several rules ask of it."""

from datetime import date

from autoclaim.model.facts import Buyer, Facts, Rate, Shipment
from autoclaim.model.record import record
from autoclaim.model.times import Time
from autoclaim.model.words import Level
from autoclaim.rules.deadline import Late, late_window, warning_window
from autoclaim.rules.knowing import Situation
from autoclaim.rules.policies import Terms
from autoclaim.rules.windows import Now, Window

_NOBODY = Buyer()


@record
class Document:
    """What holds for every order of one facts document; `unread` are its unreadable values."""

    now: Now
    level: Level | None
    country: str | None
    rates: tuple[Rate, ...]
    holidays: frozenset[date]
    unread: tuple[str, ...]

    @classmethod
    def of(cls, facts: Facts, now: Time) -> "Document":
        """The document of `facts`, judged at `now`."""
        buyer = facts.buyer or _NOBODY
        holidays = frozenset(holiday.day for holiday in facts.holidays)
        unread = tuple(facts.unread)
        moment = Now.of(now, buyer.zone)
        return cls(moment, buyer.level, buyer.country, facts.rates, holidays, unread)


class Case:
    """One line under one edition at one moment. Windows are worked out when first asked for."""

    __slots__ = ("_late", "_warning", "_warning_known", "document", "line", "now", "terms")

    def __init__(self, line: Situation, terms: Terms, document: Document) -> None:
        self.line = line
        self.terms = terms
        self.document = document
        self.now = document.now
        self._late: Late | None = None
        self._warning: Window | None = None
        self._warning_known = False

    @property
    def late(self) -> Late:
        """The late window A with its deadline (rules.md 2.1)."""
        if self._late is None:
            self._late = late_window(self.line, self.terms, self.now.zone)
        return self._late

    @property
    def warning(self) -> Window | None:
        """The warning window W (rules.md 2.2)."""
        if not self._warning_known:
            self._warning = warning_window(self.line, self.terms, self.now.zone, self.late)
            self._warning_known = True
        return self._warning

    def beside(self, parcel: Shipment) -> "Case":
        """The same line judged with another parcel of its order."""
        line = Situation(self.line.order, self.line.line, parcel)
        return Case(line, self.terms, self.document)

    def offers(self, button: str) -> bool:
        """Whether the page was read and shows `button`."""
        return button in (self.line.order.site_actions or ())

    def lacks(self, button: str) -> bool:
        """Whether the page was read and does not show `button`."""
        shown = self.line.order.site_actions
        return shown is not None and button not in shown
