"""The facts: what the store shows and the buyer says, as contracts.md 1 writes them.

Every field may be None, and None means "not known", never "no". Times are `Time` values, money is
`Money`, words come from the closed lists below. Build them with `model_validate` from plain JSON
values; `as_facts()` gives the JSON back as it came. Unknown keys raise `FactsRefused`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, WithJsonSchema

from autoclaim.errors import FactsRefused
from autoclaim.model.money import Money
from autoclaim.model.readers import (
    AWord,
    a_count,
    a_country,
    a_currency,
    a_day,
    a_flag,
    a_price,
    a_rate,
    a_text,
    a_time,
    a_zone,
    some_days,
    some_words,
)
from autoclaim.model.reading import UNREADABLE, Elements, Fact, OrNull, Reads, one, several
from autoclaim.model.times import Time, zone_named
from autoclaim.model.words import (
    DisputeState,
    Level,
    PaidAs,
    PaidWith,
    ParcelState,
    ProblemKind,
    RefundKind,
    Status,
)


def shown_as(pattern: str) -> WithJsonSchema:
    """A text whose form the JSON Schema tells; the reader holds it."""
    return WithJsonSchema({"type": "string", "pattern": pattern})


# A field is its type and its reader; "| None" because anything may be not known.
AText = Annotated[str | None, Reads(a_text)]
AFlag = Annotated[bool | None, Reads(a_flag)]
ATime = Annotated[Time | None, Reads(a_time)]
ADay = Annotated[Time | None, Reads(a_day)]
APrice = Annotated[Money | None, Reads(a_price)]
ACountry = Annotated[Annotated[str, shown_as("^[A-Z]{2}$")] | None, Reads(a_country)]
ACurrency = Annotated[Annotated[str, shown_as("^[A-Z]{3}$")] | None, Reads(a_currency)]


class Problem(Fact):
    """What is wrong with a line; only the buyer says it."""

    kind: Annotated[ProblemKind | None, Reads(AWord(get_args(ProblemKind)))] = None
    noticed_at: ATime = None
    note: AText = None


class Cancellation(Fact):
    """The request to undo an order before it ships, and what became of it."""

    requested_at: ATime = None
    accepted_at: ATime = None
    refused_at: ATime = None
    closed_at: ATime = None


class Dispute(Fact):
    """The store's procedure about a line or an order."""

    opened_at: ATime = None
    state: Annotated[DisputeState | None, Reads(AWord(get_args(DisputeState)))] = None
    agreed_at: ATime = None
    decided_at: ATime = None
    withdrawn_at: ATime = None
    offer: APrice = None
    answer_by: ATime = None
    reference: AText = None


class Return(Fact):
    """Goods that go back to the seller for a refund."""

    approved_at: ATime = None
    full_refund: AFlag = None
    sent_at: ATime = None
    tracking_number: AText = None


class Refund(Fact):
    """Money that came back, or the store's word that none will."""

    kind: Annotated[RefundKind | None, Reads(AWord(get_args(RefundKind)))] = None
    paid: APrice = None
    paid_at: ATime = None
    paid_as: Annotated[PaidAs | None, Reads(AWord(get_args(PaidAs)))] = None


class Shipment(Fact):
    """What travels together; belongs to one or more lines."""

    shipment_id: AText = None
    carrier: AText = None
    tracking_number: AText = None
    state: Annotated[ParcelState | None, Reads(AWord(get_args(ParcelState)))] = None
    shipped_at: ATime = None
    promised_by: ATime = None
    extended_to: ATime = None
    delivered_at: ATime = None
    confirmed_at: ATime = None
    completed_at: ATime = None
    last_scan_at: ATime = None


class OrderLine(Fact):
    """One product, quantity and price within an order; `paid` is for the whole line."""

    line_id: AText = None
    shipment_id: AText = None
    title: AText = None
    quantity: Annotated[Annotated[int, Field(ge=1)] | None, Reads(a_count(1))] = None
    quantity_received: Annotated[Annotated[int, Field(ge=0)] | None, Reads(a_count(0))] = None
    paid: APrice = None
    category: AText = None
    virtual: AFlag = None
    gift: AFlag = None
    free_return: AFlag = None
    problem: Annotated[Problem | None, Reads(one(Problem))] = None
    cancellation: Annotated[Cancellation | None, Reads(one(Cancellation))] = None
    dispute: Annotated[Dispute | None, Reads(one(Dispute))] = None
    return_: Annotated[Return | None, Reads(one(Return))] = Field(default=None, alias="return")
    refund: Annotated[Refund | None, Reads(one(Refund))] = None


class Seller(Fact):
    """Who sold the goods, when it is not the store itself."""

    name: AText = None
    country: ACountry = None


class SiteDates(Fact):
    """Last days that the store itself prints on the order's page."""

    cancel_until: ATime = None
    dispute_until: ATime = None
    refund_if_not_delivered_by: ATime = None


class Order(Fact):
    """What was placed and paid at one time; `site_actions` None = the buttons were not read."""

    store: Annotated[str, Reads(a_text)]
    order_id: Annotated[str, Reads(a_text)]
    status: Annotated[Status | None, Reads(AWord(get_args(Status)))] = None
    status_text: AText = None
    placed_at: ATime = None
    paid_at: ATime = None
    paid_with: Annotated[PaidWith | None, Reads(AWord(get_args(PaidWith)))] = None
    total: APrice = None
    ship_to_country: ACountry = None
    seller: Annotated[Seller | None, Reads(one(Seller))] = None
    site_dates: Annotated[SiteDates | None, Reads(one(SiteDates))] = None
    site_actions: Annotated[tuple[str, ...] | None, Reads(some_words)] = None
    shipments: Annotated[
        tuple[Shipment, ...], Reads(several(Shipment, keep_apart=True)), OrNull()
    ] = ()
    lines: Annotated[
        tuple[OrderLine, ...], Reads(several(OrderLine, keep_apart=True)), OrNull()
    ] = ()
    cancellation: Annotated[Cancellation | None, Reads(one(Cancellation))] = None
    dispute: Annotated[Dispute | None, Reads(one(Dispute))] = None
    return_: Annotated[Return | None, Reads(one(Return))] = Field(default=None, alias="return")
    refund: Annotated[Refund | None, Reads(one(Refund))] = None

    @classmethod
    def must_be_named(cls, given: Mapping[str, object]) -> None:
        """By its store and its number."""
        name_is_given(given)


def name_is_given(order: Mapping[str, object]) -> None:
    """Refuse an order that does not say its store and its number."""
    for key in ("store", "order_id"):
        name = order.get(key)
        if not isinstance(name, str) or not name.strip():
            raise FactsRefused(key, "an order needs a text here")


class Buyer(Fact):
    """The person whose account it is; `time_zone` is a readable IANA name or None."""

    level: Annotated[Level | None, Reads(AWord(get_args(Level)))] = None
    time_zone: Annotated[str | None, Reads(a_zone)] = None
    country: ACountry = None

    @property
    def zone(self) -> ZoneInfo | None:
        """The buyer's clock, when it is known."""
        return zone_named(self.time_zone) if self.time_zone else None


class Rate(Fact):
    """One exchange rate the buyer gives, `from_currency` to `to_currency`; `on` is its day."""

    from_currency: ACurrency = Field(default=None, alias="from")
    to_currency: ACurrency = Field(default=None, alias="to")
    rate: Annotated[Annotated[str, shown_as(r"^[0-9]+(\.[0-9]+)?$")] | None, Reads(a_rate)] = None
    on: ADay = None


def _a_format(value: object) -> object:
    if type(value) is not int or value != 1:
        raise FactsRefused("(document)", "only format 1 is known")
    return value


def _a_policy(value: object) -> object:
    if not isinstance(value, str):
        raise FactsRefused("(document)", "no edition of the policy has this name")
    return value


def _the_orders(value: object) -> object:
    if not isinstance(value, (list, tuple)):
        raise FactsRefused("(document)", "not a list of orders")
    for index, order in enumerate(value):
        if not isinstance(order, (Mapping, Order)):
            raise FactsRefused(f"[{index}]", "an order is an object")
    read = several(Order, keep_apart=True)(value)
    return Elements(read.facts, ()) if isinstance(read, Elements) else UNREADABLE


class Facts(Fact):
    """A facts document: orders, and what is needed to judge them.

    `now` None with `"now" in unread` means that it was given and cannot be read.
    """

    format: Annotated[Literal[1] | None, Reads(_a_format)] = None
    now: ATime = None
    policy: Annotated[str | None, Reads(_a_policy)] = None
    buyer: Annotated[Buyer | None, Reads(one(Buyer))] = None
    rates: Annotated[tuple[Rate, ...], Reads(several(Rate, keep_apart=False)), OrNull()] = ()
    holidays: Annotated[tuple[Time, ...], Reads(some_days), OrNull()] = ()
    orders: Annotated[tuple[Order, ...], Reads(_the_orders)]

    @classmethod
    def must_be_named(cls, given: Mapping[str, object]) -> None:
        """With its orders."""
        if given.get("orders") is None:
            raise FactsRefused("orders", "a facts document has a list of orders")


NOUNS: Mapping[str, type[Fact]] = {
    "orders": Order,
    "shipments": Shipment,
    "lines": OrderLine,
    "buyer": Buyer,
    "rates": Rate,
    "seller": Seller,
    "site_dates": SiteDates,
    "problem": Problem,
    "cancellation": Cancellation,
    "dispute": Dispute,
    "return": Return,
    "refund": Refund,
}
"""What stands under each key that holds an object, or a list of objects."""

LISTS = frozenset({"orders", "shipments", "lines", "rates"})
"""The keys among them that hold a list."""
