"""The shape of a policy file: an edition, or an overlay on editions, each value with its citation.

The models are the schema and they are closed: a misspelt key, an unknown unit, a value without a
source or a source without a quote is refused. A key that is absent means that the edition says
nothing; that is never zero.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from autoclaim.model.facts import Level, ParcelState

T = TypeVar("T")

Days = Annotated[int, Field(ge=0, le=400, strict=True)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Confidence = Literal["high", "medium", "low"]

_AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")

EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" ")
)
EEA = EU | {"IS", "LI", "NO"}
GROUPS = {"EU": EU, "EEA": EEA}


class Closed(BaseModel):
    """Base of the models of a policy file: nothing but what is named here may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _usd(text: str) -> str:
    if _AMOUNT.fullmatch(text) is None:
        raise ValueError('an amount is written with two digits after the point, as in "25.00"')
    return text


def _country(text: str) -> str:
    if text not in GROUPS and _COUNTRY.fullmatch(text) is None:
        raise ValueError("a country is two capitals, or one of the groups EU and EEA")
    return text


def _in_order(pair: tuple[Days, Days]) -> tuple[Days, Days]:
    if pair[0] > pair[1]:
        raise ValueError("the first workday comes after the last one")
    return pair


Usd = Annotated[str, AfterValidator(_usd)]
Country = Annotated[str, AfterValidator(_country)]
Workdays = Annotated[tuple[Days, Days], AfterValidator(_in_order)]


class Source(Closed):
    """Where a value is written. `verbatim` false: the quote tells the sentence in our words."""

    title: Text
    clause: Text
    url: Text
    retrieved: date
    quote: Text
    verbatim: bool = False


class Term(Closed, Generic[T]):
    """One value with its citation. `carried`: from an older text, unconfirmed for this edition."""

    is_: T = Field(alias="is")
    source: Text
    confidence: Confidence
    carried: bool = False
    note: str = ""


class InDays(Term[Days]):
    """A number of calendar days."""

    unit: Literal["days"]


class FromPayment(InDays):
    """Counted from the day of payment."""

    counted_from: Literal["payment"]


class FromRequest(InDays):
    """Counted from the day a cancellation was asked for."""

    counted_from: Literal["cancellation.requested_at"]


class FromShipping(InDays):
    """Counted from the day of shipping."""

    counted_from: Literal["shipped_at"]


class FromDelivery(InDays):
    """Counted from the carrier's day of delivery."""

    counted_from: Literal["delivered_at"]


class FromReceipt(InDays):
    """Counted from what `dispute.received_from` names."""

    counted_from: Literal["dispute.received_from"]


class FromDeadline(InDays):
    """Counted from the delivery deadline."""

    counted_from: Literal["deadline"]


class FromOpening(InDays):
    """Counted from the day the dispute was opened."""

    counted_from: Literal["dispute.opened_at"]


class FromApproval(InDays):
    """Counted from the day the return was approved."""

    counted_from: Literal["return.approved_at"]


class FromOutcome(InDays):
    """Counted from the agreement, the decision, or the return (R3, R4)."""

    counted_from: Literal["outcome"]


class WorkdaysFromCancelling(Term[Workdays]):
    """First and last workday after the acceptance of a cancellation, else its closing."""

    unit: Literal["workdays"]
    counted_from: Literal["acceptance, else closing"]


class WorkdaysFromOutcome(Term[Workdays]):
    """First and last workday after the agreement, the decision, or the return (R3, R4)."""

    unit: Literal["workdays"]
    counted_from: Literal["outcome"]


class DayByState(Term[dict[ParcelState | Literal["*"], Days]]):
    """A day number by the parcel's state; `*` stands for every state not named."""

    unit: Literal["day number by parcel state"]
    counted_from: Literal["shipped_at"]


class Word(Term[T]):
    """A word of a closed list."""

    unit: Literal["word"]


class Words(Term[tuple[Text, ...]]):
    """Several words."""

    unit: Literal["words"]


class Limit(Closed):
    """A price in USD: `under` excludes it, `up_to` includes it."""

    under: Usd | None = None
    up_to: Usd | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.under is None) == (self.up_to is None):
            raise ValueError("a limit is either `under` or `up_to` an amount")
        return self

    @property
    def usd(self) -> Decimal:
        """The amount of the limit."""
        return Decimal(self.under or self.up_to or 0)

    def keeps(self, price: Decimal) -> bool:
        """Whether `price` (USD) keeps this limit."""
        return price < self.usd if self.under else price <= self.usd


class LimitByLevel(Term[dict[Level, Limit]]):
    """The price up to which the Fast Refund applies, by the buyer's level."""

    unit: Literal["USD by level"]
    counted_from: Literal["the price"]


class FreeReturn(Closed):
    """One way to send goods back without a reason."""

    seller: Annotated[str, AfterValidator(lambda word: word if word == "any" else _country(word))]
    days: Days
    counted_from: Literal["paid_at", "delivered_at", "confirmation"]
    needs_mark: bool
    own_cost: bool = False

    def for_seller(self, country: str) -> bool:
        """Whether it holds for a seller in `country`."""
        return self.seller in ("any", country) or country in GROUPS.get(self.seller, ())


class FreeReturns(Term[tuple[FreeReturn, ...]]):
    """The ways to send goods back without a reason."""

    unit: Literal["list"]
    counted_from: Literal["its own start"]


class CancelTerms(Closed):
    """What an edition says of cancelling."""

    usual_days: FromPayment | None = None
    answer_days: FromRequest | None = None
    review_days: FromPayment | None = None


class DeliveryTerms(Closed):
    """What an edition says of the longest delivery."""

    cap_days: FromShipping | None = None


class DisputeTerms(Closed):
    """What an edition says of disputes."""

    early_from_day: DayByState | None = None
    received_from: Word[Literal["delivered_at", "confirmation"]] | None = None
    received_days: FromReceipt | None = None
    unconfirmed_days: FromDelivery | None = None
    late_days: FromDeadline | None = None
    seller_answer_days: FromOpening | None = None
    store_joins_days: FromOpening | None = None
    escalate_days: FromOpening | None = None


class ReturnTerms(Closed):
    """What an edition says of sending goods back."""

    send_days: FromApproval | None = None
    no_reason: FreeReturns | None = None


class FastTerms(Closed):
    """What an edition says of the Fast Refund."""

    limits: LimitByLevel | None = None
    price_of: Word[Literal["line", "order"]] | None = None


class RefundTerms(Closed):
    """What an edition says of the time until money is back."""

    cancel_workdays: WorkdaysFromCancelling | None = None
    claim_days: FromOutcome | None = None
    claim_workdays: WorkdaysFromOutcome | None = None


class AmountTerms(Closed):
    """What an edition says of the amount."""

    partial_categories: Words | None = None


class Values(Closed):
    """The values of an edition, or those that an overlay changes, by section."""

    cancel: CancelTerms = CancelTerms()
    delivery: DeliveryTerms = DeliveryTerms()
    dispute: DisputeTerms = DisputeTerms()
    return_: ReturnTerms = Field(default=ReturnTerms(), alias="return")
    fast: FastTerms = FastTerms()
    refund: RefundTerms = RefundTerms()
    amount: AmountTerms = AmountTerms()

    def by_name(self) -> dict[str, Term[object]]:
        """Every value that is given, by its name in rules.md 6.2 (`dispute.late_days`)."""
        return {
            f"{section.removesuffix('_')}.{name}": term
            for section in Values.model_fields
            for name, term in getattr(self, section)
            if term is not None
        }


class Clause(Closed):
    """One clause of the policy, as decisions name it: what it says, and the sentence itself."""

    says: Text
    source: Text
    quote: Text
    verbatim: bool = False


class EditionFile(Values):
    """One edition: a policy as it stood from a day on. That day is the first day of each value."""

    format: Literal[1]
    store: Text
    edition: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    from_: date = Field(alias="from")
    from_source: Text
    confidence: Confidence
    clock: Literal["America/Los_Angeles"]
    note: str = ""
    sources: dict[str, Source]
    clauses: dict[Annotated[str, Field(pattern=r"^S(1[0-2]|[1-9])$")], Clause] = {}


class Change(Values):
    """What an overlay changes for some countries."""

    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    in_force_from: date | None = None

    def concerns(self, country: str | None) -> bool:
        """Whether it holds for `country`."""
        return country is not None and any(
            country == name or country in GROUPS.get(name, ()) for name in self.countries
        )


class OverlayFile(Closed):
    """What is different in some countries. `paid_from`: only for orders paid on that day or later.

    A change with `in_force_from` moves the first day of the editions named, for its countries.
    """

    format: Literal[1]
    store: Text
    overlay: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    editions: Annotated[tuple[Text, ...], Field(min_length=1)]
    paid_from: date | None = None
    from_source: Text
    confidence: Confidence
    note: str = ""
    sources: dict[str, Source]
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]
