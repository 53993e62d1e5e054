"""The nouns: what is read, decided and asked for. Frozen, and without any way to the outside."""

from autoclaim.model.account import Account
from autoclaim.model.claim import (
    CaseSeen,
    Claim,
    ClaimKind,
    EvidenceFile,
    FieldCheck,
    FormOffer,
    Outcome,
    Receipt,
)
from autoclaim.model.decision import (
    Action,
    Basis,
    Decision,
    Route,
    WhyNot,
    WrittenDecision,
    WrittenDecisions,
)
from autoclaim.model.facts import (
    Buyer,
    Cancellation,
    Dispute,
    Facts,
    Order,
    OrderLine,
    Problem,
    Rate,
    Refund,
    Return,
    Seller,
    Shipment,
    SiteDates,
)
from autoclaim.model.money import Money, minor_digits
from autoclaim.model.site import StoreSite
from autoclaim.model.times import POLICY_CLOCK, Time, zone_named
from autoclaim.model.words import ProblemKind, Status

__all__ = [
    "POLICY_CLOCK",
    "Account",
    "Action",
    "Basis",
    "Buyer",
    "Cancellation",
    "CaseSeen",
    "Claim",
    "ClaimKind",
    "Decision",
    "Dispute",
    "EvidenceFile",
    "Facts",
    "FieldCheck",
    "FormOffer",
    "Money",
    "Order",
    "OrderLine",
    "Outcome",
    "Problem",
    "ProblemKind",
    "Rate",
    "Receipt",
    "Refund",
    "Return",
    "Route",
    "Seller",
    "Shipment",
    "SiteDates",
    "Status",
    "StoreSite",
    "Time",
    "WhyNot",
    "WrittenDecision",
    "WrittenDecisions",
    "minor_digits",
    "zone_named",
]
