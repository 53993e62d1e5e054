"""What is known of a line from the facts alone, whatever the day and the policy (rules.md 1.3, 2).

A `Situation` is one order line with the one parcel it is judged with. It is worked out once.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from autoclaim.model.facts import (
    Cancellation,
    Dispute,
    Order,
    OrderLine,
    Problem,
    ProblemKind,
    Refund,
    Return,
    Shipment,
    SiteDates,
)
from autoclaim.model.money import Money
from autoclaim.model.times import Time

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
# Values whose unreadability holds no action back, by their path within order, line, shipment.
_HOLDS_NOTHING = frozenset(
    {
        "status_text",
        "paid_with",
        "total",
        "ship_to_country",
        "seller",
        "seller.name",
        "seller.country",
        "dispute.reference",
        "line_id",
        "title",
        "paid",
        "category",
        "problem.noticed_at",
        "problem.note",
        "carrier",
        "last_scan_at",
    }
)
_SHARED = ("dispute", "return", "refund")

NO_PROBLEM: Final = Problem()
NO_CANCELLATION: Final = Cancellation()
NO_DISPUTE: Final = Dispute()
NO_RETURN: Final = Return()
NO_REFUND: Final = Refund()
NO_PARCEL: Final = Shipment()
NO_SITE_DATES: Final = SiteDates()
UNNAMED: Final = OrderLine()


class Situation:
    """One order line with the parcel it is judged with, as the facts alone tell it."""

    __slots__ = (
        "actions",
        "arrived",
        "cancellation",
        "cancellation_path",
        "confirmation",
        "contradiction",
        "dispute",
        "dispute_path",
        "dispute_unreadable",
        "fault",
        "holding_back",
        "inferred",
        "last_event_day",
        "last_event_moment",
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
        "routes",
        "shipped",
        "site_dates",
        "status",
        "unread",
        "zero_price",
    )

    def __init__(self, order: Order, line: OrderLine | None, parcel: Shipment | None) -> None:
        self.order = order
        self.named = line is not None
        self.line = line or UNNAMED
        self.line_path = f"lines[{line.place}]" if line else "lines"
        self.parcel = parcel or NO_PARCEL
        self.parcel_path = f"shipments[{parcel.place}]." if parcel else "shipments"
        self.site_dates = order.site_dates or NO_SITE_DATES
        self.actions = None if order.site_actions is None else frozenset(order.site_actions)
        self.status = None if order.status == "unknown" else order.status
        self._find_cases()
        self._find_whereabouts()
        self._find_problem()
        self._find_price()
        self._find_unread(parcel)
        self._find_last_event()
        self.contradiction: bool | None = None  # worked out by the first who asks (R2)
        self.routes: dict[object, object] = {}

    def _find_cases(self) -> None:
        """Whose cancellation, dispute, return and refund these are, and where they stand."""
        order, line = self.order, self.line
        about = is_about(order, self.line)
        own = f"{self.line_path}." if self.named else ""
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
        if given.kind is None and not self.problem_unreadable and self.arrived:
            self.problem = _inferred(line)
            self.inferred = self.problem is not None
        self.fault = self.problem in FAULTS

    def _find_price(self) -> None:
        self.price: Money | None = self.line.paid if self.named else self.order.total
        free = self.price is None and self.line.gift is True
        self.zero_price = free or (self.price is not None and self.price.amount == 0)

    def _find_unread(self, parcel: Shipment | None) -> None:
        """Paths, within the order, of what could not be read; and whether it holds back."""
        order, line = self.order, self.line
        if not (order.unread or line.unread or self.parcel.unread):
            self.unread: tuple[str, ...] = ()
            self.holding_back = False
            return
        of_line = [f"{self.line_path}.{path}" for path in line.unread]
        of_parcel = [f"{self.parcel_path}{path}" for path in self.parcel.unread] if parcel else []
        self.unread = (*order.unread, *of_line, *of_parcel)
        holding = [path for path in order.unread if not self._another_case(path)]
        self.holding_back = any(
            path not in _HOLDS_NOTHING for path in (*holding, *line.unread, *self.parcel.unread)
        )

    def _another_case(self, path: str) -> bool:
        """Whether a path of the order lies in a dispute, return or refund this line does not use."""
        name = path.partition(".")[0]
        used = {"dispute": self.dispute_path, "return": self.return_path}
        return name in _SHARED and used.get(name, self.refund_path) != f"{name}."

    def _find_last_event(self) -> None:
        moments = [time for time in self._events() if time is not None]
        self.last_event_moment: datetime | None = max(
            (time.moment for time in moments if time.form != "day"), default=None
        )
        self.last_event_day: date | None = max(
            (time.day for time in moments if time.form == "day"), default=None
        )

    def _events(self) -> Iterator[Time | None]:
        """Everything that has happened, if it is told at all (rules.md R2)."""
        order, parcel, dispute = self.order, self.parcel, self.dispute
        yield from (order.placed_at, order.paid_at)
        asked = self.cancellation
        yield from (asked.requested_at, asked.accepted_at, asked.refused_at, asked.closed_at)
        yield from (self.return_.approved_at, self.return_.sent_at, self.refund.paid_at)
        yield from (dispute.opened_at, dispute.agreed_at, dispute.decided_at, dispute.withdrawn_at)
        yield from (parcel.shipped_at, parcel.delivered_at, parcel.confirmed_at)
        yield from (parcel.completed_at, parcel.last_scan_at)
        if self.line.problem is not None:
            yield self.line.problem.noticed_at

    @property
    def noticed_at(self) -> Time | None:
        """When the buyer noticed the problem."""
        return self.line.problem.noticed_at if self.line.problem else None

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
        if asked is not None:
            return refused is None or refused.day < asked.day
        return self.status == "cancelling" and refused is None

    @property
    def price_path(self) -> str:
        """Where the price stands."""
        return f"{self.line_path}.paid" if self.named else "total"

    def of_parcel(self, name: str) -> str:
        """The path of a fact of the parcel; without a parcel, that of the shipments."""
        return self.parcel_path + name if self.parcel is not NO_PARCEL else self.parcel_path

    def of_line(self, name: str) -> str:
        """The path of a fact of the line; of an unnamed line, that of the lines."""
        return f"{self.line_path}.{name}" if self.named else self.line_path


def has_proof(parcel: Shipment) -> bool:
    """Whether the parcel shows that it was shipped; a carrier's name or a promise shows nothing."""
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
