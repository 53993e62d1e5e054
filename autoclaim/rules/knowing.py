"""What is known of a line from the facts alone, whatever the day and the policy (rules.md 1.3, 2).

A `Situation` is one order line with the one parcel it is judged with. It is worked out once.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from autoclaim.model.facts import (
    Cancellation,
    Dispute,
    Order,
    OrderLine,
    Problem,
    Refund,
    Return,
    Shipment,
    SiteDates,
)
from autoclaim.model.money import Money
from autoclaim.model.times import Time
from autoclaim.model.words import ProblemKind
from autoclaim.rules.unread import unread_of

if TYPE_CHECKING:
    from autoclaim.rules.answers import Answer
    from autoclaim.rules.cases import Case

FAULTS: Final = frozenset(
    {
        "not_as_described",
        "damaged",
        "defective",
        "wrong_item",
        "counterfeit",
        "empty_parcel",
        "missing_quantity",
        "missing_parts",
    }
)
_NOT_YET_SHIPPED = frozenset(
    {
        "awaiting_payment",
        "payment_review",
        "awaiting_shipment",
        "cancelling",
        "cancelled",
        "frozen",
    }
)
_THERE = frozenset({"delivered", "delivered_elsewhere"})
NO_PROBLEM: Final = Problem()
NO_CANCELLATION: Final = Cancellation()
NO_DISPUTE: Final = Dispute()
NO_RETURN: Final = Return()
NO_REFUND: Final = Refund()
NO_PARCEL: Final = Shipment()
NO_SITE_DATES: Final = SiteDates()
UNNAMED: Final = OrderLine()


Rules = tuple[Callable[["Case"], "Answer | None"], ...]


class Situation:
    """One order line with the parcel it is judged with, as the facts alone tell it."""

    __slots__ = (
        "actions",
        "arrived",
        "asked",
        "cancellation",
        "cancellation_path",
        "confirmation",
        "contradiction",
        "dispute",
        "dispute_path",
        "dispute_unreadable",
        "disputed",
        "fault",
        "holding_back",
        "inferred",
        "last_day",
        "last_moment",
        "line",
        "line_path",
        "named",
        "not_shipped",
        "order",
        "parcel",
        "parcel_path",
        "price",
        "problem",
        "problem_unreadable",
        "proof",
        "refund",
        "refund_path",
        "return_",
        "return_path",
        "rules",
        "shipped",
        "site_dates",
        "status",
        "unread",
        "zero_price",
    )

    def __init__(self, order: Order, line: OrderLine | None, parcel: Shipment | None) -> None:
        self.order = order
        self.named = line is not None
        self.line = UNNAMED if line is None else line
        self.line_path = "lines" if line is None else f"lines[{line.place}]"
        self.parcel = NO_PARCEL if parcel is None else parcel
        self.parcel_path = "shipments" if parcel is None else f"shipments[{parcel.place}]."
        self.site_dates = order.site_dates or NO_SITE_DATES
        self.actions = None if order.site_actions is None else frozenset(order.site_actions)
        # the store's own "unknown" tells no more than silence
        self.status = None if order.status == "unknown" else order.status
        self._find_cases()
        self._find_whereabouts()
        self._find_problem()
        self._find_price()
        self.unread, self.holding_back = unread_of(self)
        # worked out by the first who asks: R2, and the rules that may answer
        self.contradiction: bool | None = None
        self.last_moment: datetime | None = None
        self.last_day: date | None = None
        self.rules: Rules | None = None

    def _find_cases(self) -> None:
        """Whose cancellation, dispute, return and refund these are, and where they stand."""
        order, line = self.order, self.line
        # an order's own dispute is not about a line that nobody complained of
        about = is_about(order, self.line)
        own = f"{self.line_path}."
        self.cancellation = line.cancellation or order.cancellation or NO_CANCELLATION
        self.cancellation_path = (own if line.cancellation else "") + "cancellation."
        shared = "" if about else own
        self.dispute = line.dispute or (about and order.dispute) or NO_DISPUTE
        self.dispute_path = (own if line.dispute else shared) + "dispute."
        self.return_ = line.return_ or (about and order.return_) or NO_RETURN
        self.return_path = (own if line.return_ else shared) + "return."
        self.refund = line.refund or (about and order.refund) or NO_REFUND
        self.refund_path = (own if line.refund else shared) + "refund."
        self.dispute_unreadable = "state" in self.dispute.unread
        self.disputed = self.dispute is not NO_DISPUTE
        self.asked = self.cancellation is not NO_CANCELLATION or order.status == "cancelling"

    def _find_whereabouts(self) -> None:
        """Shipped, not shipped, or not known; arrived or not."""
        parcel = self.parcel
        self.proof = has_proof(parcel)
        self.shipped = self.proof or self.status in ("awaiting_delivery", "completed")
        self.not_shipped = not self.shipped and (
            self.status in _NOT_YET_SHIPPED
            or (self.status == "partly_shipped" and self._left_behind())
        )
        self.confirmation = _confirmation(parcel)
        self.arrived = (
            self.status == "completed"
            or parcel.delivered_at is not None
            or self.confirmation is not None
            or parcel.state in _THERE
        )

    def _left_behind(self) -> bool:
        """In a partly shipped order: whether the facts show that this line is not yet shipped."""
        if not self.named:
            return False
        ids = {parcel.shipment_id for parcel in self.order.shipments} - {None}
        if self.line.shipment_id in ids:
            return not self.proof
        return any(line.shipment_id in ids for line in self.order.lines if line is not self.line)

    def _find_problem(self) -> None:
        line = self.line
        given = line.problem or NO_PROBLEM
        self.problem_unreadable = "problem" in line.unread or "problem.kind" in line.unread
        self.problem: ProblemKind | None = given.kind
        self.inferred = False
        # what cannot be read may be any problem, so nothing is inferred beside it
        if given.kind is None and not self.problem_unreadable and self.arrived:
            self.problem = _inferred(line)
            self.inferred = self.problem is not None
        self.fault = self.problem in FAULTS

    def _find_price(self) -> None:
        self.price: Money | None = self.line.paid if self.named else self.order.total
        # a gift without a price cost nothing; other lines without one are not known
        free = self.price is None and self.line.gift is True
        self.zero_price = free or (self.price is not None and self.price.amount == 0)

    @property
    def noticed_at(self) -> Time | None:
        """When the buyer noticed the problem."""
        return self.line.problem.noticed_at if self.line.problem else None

    @property
    def earliest_payment_event(self) -> date | None:
        """The earliest day that a payment route may count from (rules.md 5)."""
        parcel, payment = self.parcel, self.payment
        times = (payment, parcel.promised_by, parcel.extended_to, parcel.delivered_at)
        return min((time.day for time in times if time is not None), default=None)

    @property
    def customs(self) -> bool:
        """Whether customs hold the parcel."""
        return self.parcel.state == "customs_hold"

    @property
    def promise(self) -> Time | None:
        """The day promised: as the seller extended it, else as first promised."""
        return self.parcel.extended_to or self.parcel.promised_by

    @property
    def payment(self) -> Time | None:
        """When the order was paid, else placed."""
        return self.order.paid_at or self.order.placed_at

    @property
    def pending(self) -> bool:
        """Whether a cancellation was asked for and nobody has answered."""
        asked, refused = self.cancellation.requested_at, self.cancellation.refused_at
        # a request after a refusal is a new one
        if asked is not None:
            return refused is None or refused.day < asked.day
        return self.status == "cancelling" and refused is None

    @property
    def price_path(self) -> str:
        """Where the price stands."""
        return f"{self.line_path}.paid" if self.named else "total"

    def of_parcel(self, name: str) -> str:
        """The path of a fact of the parcel; without one, that of the shipments."""
        return self.parcel_path + name if self.parcel is not NO_PARCEL else self.parcel_path

    def of_line(self, name: str) -> str:
        """The path of a fact of the line; of an unnamed line, that of the lines."""
        return f"{self.line_path}.{name}" if self.named else self.line_path


def has_proof(parcel: Shipment) -> bool:
    """Whether the parcel shows that it was shipped; a carrier or a promise shows nothing."""
    return not (
        parcel.shipped_at is None
        and parcel.tracking_number is None
        and parcel.state is None
        and parcel.delivered_at is None
        and parcel.confirmed_at is None
        and parcel.completed_at is None
    )


def is_about(order: Order, line: OrderLine) -> bool:
    """Whether the order's own dispute, return and refund are about `line`."""
    return _has_problem(line) or not any(_has_problem(other) for other in order.lines)


def _has_problem(line: OrderLine) -> bool:
    unread = line.unread
    given = line.problem is not None and line.problem.kind is not None
    return given or "problem" in unread or "problem.kind" in unread


def _confirmation(parcel: Shipment) -> Time | None:
    """Of the buyer's word and the store's the one on the earlier day, on a tie the buyer's."""
    confirmed, completed = parcel.confirmed_at, parcel.completed_at
    if confirmed is None or completed is None:
        return confirmed or completed
    return completed if completed.day < confirmed.day else confirmed


def _inferred(line: OrderLine) -> ProblemKind | None:
    """The problem that follows from how much was received."""
    received, bought = line.quantity_received, line.quantity
    if received is None or bought is None or received >= bought:
        return None
    return "missing_quantity" if received else "not_received"
