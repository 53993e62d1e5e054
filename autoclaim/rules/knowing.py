"""What is known of a line from the facts alone, whatever the day and the policy (rules.md 1.3, 2).

A `Situation` is one order line with the one parcel it is judged with. It is worked out once.
"""

from datetime import date
from typing import Final, Literal

from autoclaim.model.facts import (
    Cancellation,
    Dispute,
    Order,
    OrderLine,
    Refund,
    Return,
    Shipment,
    SiteDates,
)
from autoclaim.model.money import Money
from autoclaim.model.times import Time
from autoclaim.model.words import ProblemKind
from autoclaim.rules.unread import unread_of

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
_ASKED = frozenset({"cancelling", "cancelled"})
_SHIPPED = frozenset({"awaiting_delivery", "completed"})
_THERE = frozenset({"delivered", "delivered_elsewhere"})
NO_CANCELLATION: Final = Cancellation()
NO_DISPUTE: Final = Dispute()
NO_RETURN: Final = Return()
NO_REFUND: Final = Refund()
NO_PARCEL: Final = Shipment()
NO_SITE_DATES: Final = SiteDates()
UNNAMED: Final = OrderLine()


class Situation:
    """One order line with the parcel it is judged with, as the facts alone tell it.

    What every rule asks is worked out here, once; what few ask is a property.
    """

    __slots__ = (
        "arrived",
        "cancellation",
        "completed_at",
        "confirmation",
        "confirmed_at",
        "delivered_at",
        "dispute",
        "fault",
        "has_case",
        "holding_back",
        "inferred",
        "line",
        "not_shipped",
        "noticed_at",
        "order",
        "paid_at",
        "parcel",
        "payment",
        "problem",
        "problem_unreadable",
        "proof",
        "refund",
        "return_",
        "shipped",
        "shipped_at",
        "site_dates",
        "status",
        "unread",
    )

    def __init__(self, order: Order, line: OrderLine | None, parcel: Shipment | None) -> None:
        self.order = order
        self.line = line = line or UNNAMED
        self.parcel = parcel = parcel or NO_PARCEL
        self.site_dates = order.site_dates or NO_SITE_DATES
        status = order.status
        # the store's own "unknown" tells no more than silence
        self.status = None if status == "unknown" else status
        self.paid_at = order.paid_at
        self.payment = self.paid_at or order.placed_at
        self.unread: tuple[str, ...] = ()
        self.holding_back = self.problem_unreadable = False
        if order.unread or line.unread or parcel.unread:
            self.unread, self.holding_back = unread_of(self)
            self.problem_unreadable = _cannot_read_problem(line)
        self._find_cases(order, line)
        self._find_whereabouts(parcel)
        self._find_problem(line)

    def _find_cases(self, order: Order, line: OrderLine) -> None:
        """Whose cancellation, dispute, return and refund these are, and whether there are any."""
        cancellation = line.cancellation or order.cancellation
        dispute, return_, refund = line.dispute, line.return_, line.refund
        # an order's own dispute is not about a line that nobody complained of
        if (order.dispute or order.return_ or order.refund) and is_about(order, line):
            dispute = dispute or order.dispute
            return_ = return_ or order.return_
            refund = refund or order.refund
        self.cancellation = cancellation or NO_CANCELLATION
        self.dispute = dispute or NO_DISPUTE
        self.return_ = return_ or NO_RETURN
        self.refund = refund or NO_REFUND
        # most lines have nothing of it, and the rules about it need not be asked
        given = cancellation or dispute or return_ or refund
        self.has_case = given is not None or self.status in _ASKED

    def _find_whereabouts(self, parcel: Shipment) -> None:
        """Shipped, not shipped, or not known; arrived or not."""
        status, state = self.status, parcel.state
        self.shipped_at = shipped = parcel.shipped_at
        self.delivered_at = delivered = parcel.delivered_at
        self.confirmed_at = confirmed = parcel.confirmed_at
        self.completed_at = completed = parcel.completed_at
        # of the buyer's word and the store's the earlier day counts, on a tie the buyer's
        self.confirmation = confirmed or completed
        if confirmed is not None and completed is not None and completed.day < confirmed.day:
            self.confirmation = completed
        arrival = delivered or confirmed or completed
        # a carrier or a promise proves nothing
        self.proof = (
            shipped is not None
            or arrival is not None
            or state is not None
            or parcel.tracking_number is not None
        )
        self.shipped = self.proof or status in _SHIPPED
        self.not_shipped = not self.shipped and (
            status in _NOT_YET_SHIPPED or (status == "partly_shipped" and self._left_behind())
        )
        self.arrived = arrival is not None or status == "completed" or state in _THERE

    def _left_behind(self) -> bool:
        """In a partly shipped order: whether the facts show that this line is not yet shipped."""
        if not self.named:
            return False
        ids = {parcel.shipment_id for parcel in self.order.shipments} - {None}
        if self.line.shipment_id in ids:
            return not self.proof
        return any(line.shipment_id in ids for line in self.order.lines if line is not self.line)

    def _find_problem(self, line: OrderLine) -> None:
        given = line.problem
        self.problem: ProblemKind | None = None if given is None else given.kind
        self.noticed_at = None if given is None else given.noticed_at
        self.inferred = False
        # what cannot be read may be any problem, so nothing is inferred beside it
        if self.problem is None and self.arrived and not self.problem_unreadable:
            self.problem = _inferred(line)
            self.inferred = self.problem is not None
        self.fault = self.problem in FAULTS

    @property
    def named(self) -> bool:
        """Whether the facts give the line; an order without lines has one unnamed line."""
        return self.line is not UNNAMED

    @property
    def price(self) -> Money | None:
        """What was paid for the line; for an unnamed line the order's total."""
        return self.order.total if self.line is UNNAMED else self.line.paid

    @property
    def zero_price(self) -> bool:
        """Whether nothing was paid; a gift without a price cost nothing, others are not known."""
        price = self.price
        return self.line.gift is True if price is None else price.amount == 0

    @property
    def earliest_payment_event(self) -> date | None:
        """The earliest day that a payment route may count from (rules.md 5)."""
        parcel, payment = self.parcel, self.payment
        times = (payment, parcel.promised_by, parcel.extended_to, self.delivered_at)
        days = [time.day for time in times if time is not None]
        return min(days, default=None)

    @property
    def customs(self) -> bool:
        """Whether customs hold the parcel."""
        return self.parcel.state == "customs_hold"

    @property
    def promise(self) -> Time | None:
        """The day promised: as the seller extended it, else as first promised."""
        return self.parcel.extended_to or self.parcel.promised_by

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

    @property
    def line_path(self) -> str:
        """Where the line stands; an unnamed line has the path of the lines."""
        return f"lines[{self.line.place}]" if self.named else "lines"

    @property
    def parcel_path(self) -> str:
        """Where the parcel stands, with its dot; without one, the path of the shipments."""
        there = self.parcel is not NO_PARCEL
        return f"shipments[{self.parcel.place}]." if there else "shipments"

    def of_cancellation(self, name: str) -> str:
        """The path of a fact of the cancellation."""
        own = self.line.cancellation is not None
        return f"{self.line_path}.cancellation.{name}" if own else f"cancellation.{name}"

    def of_case(self, case: Literal["dispute", "return", "refund"], name: str) -> str:
        """The path of a fact of the dispute, return or refund: the line's own, or the order's."""
        key = "return_" if case == "return" else case
        own = getattr(self.line, key) is not None or not is_about(self.order, self.line)
        return f"{self.line_path}.{case}.{name}" if own else f"{case}.{name}"

    def of_parcel(self, name: str) -> str:
        """The path of a fact of the parcel; without one, that of the shipments."""
        return f"{self.parcel_path}{name}" if self.parcel is not NO_PARCEL else self.parcel_path

    def of_line(self, name: str) -> str:
        """The path of a fact of the line; of an unnamed line, that of the lines."""
        return f"{self.line_path}.{name}" if self.named else self.line_path


def is_about(order: Order, line: OrderLine) -> bool:
    """Whether the order's own dispute, return and refund are about `line`."""
    return _has_problem(line) or not any(_has_problem(other) for other in order.lines)


def _has_problem(line: OrderLine) -> bool:
    given = line.problem is not None and line.problem.kind is not None
    return given or _cannot_read_problem(line)


def _cannot_read_problem(line: OrderLine) -> bool:
    unread = line.unread
    return bool(unread) and ("problem" in unread or "problem.kind" in unread)


def _inferred(line: OrderLine) -> ProblemKind | None:
    """The problem that follows from how much was received."""
    received, bought = line.quantity_received, line.quantity
    if received is None or bought is None or received >= bought:
        return None
    return "missing_quantity" if received else "not_received"
