"""One value of a policy with its unit, what it counts from, and its citation.

The models are the schema and they are closed: a misspelt key, an unknown unit, a value without a
source or a source without a quote is refused.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from autoclaim.model.words import Level, ParcelState

T = TypeVar("T")

Days = Annotated[int, Field(ge=0, le=400, strict=True)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Confidence = Literal["high", "medium", "low"]

_AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")

# fmt: off
EU = frozenset({
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
    "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
})
# fmt: on
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
