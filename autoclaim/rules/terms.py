"""The shape of a policy file: an edition, or an overlay on editions.

The models are closed. A key that is absent means that the edition says nothing; that is never
zero.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from autoclaim.rules.citing import (
    GROUPS,
    Closed,
    Confidence,
    Country,
    DayByState,
    FreeReturns,
    FromApproval,
    FromDeadline,
    FromDelivery,
    FromOpening,
    FromOutcome,
    FromPayment,
    FromReceipt,
    FromRequest,
    FromShipping,
    LimitByLevel,
    Source,
    Term,
    Text,
    Word,
    Words,
    WorkdaysFromCancelling,
    WorkdaysFromOutcome,
)


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
    clauses: dict[Annotated[str, Field(pattern=r"^S(1[0-2]|[1-9])$")], Clause] = Field(
        default_factory=dict
    )


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
