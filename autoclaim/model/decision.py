"""The decision: what may be done about an order line, until when, and why (contracts.md 2)."""

from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field

from autoclaim.model.money import Money
from autoclaim.model.words import ProblemKind

Action = Literal[
    "cancel",
    "dispute",
    "fast_refund",
    "return_goods",
    "escalate",
    "track_refund",
    "wait",
    "review",
    "need_data",
    "none",
    "closed",
]
Basis = Literal["site", "rule", "estimate"]
ACTING_WORDS: frozenset[str] = frozenset(
    {"cancel", "dispute", "fast_refund", "return_goods", "escalate"}
)


class WhyNot(NamedTuple):
    """An action that is not open, and the one condition that fails, as a clause of a sentence."""

    action: Action
    because: str


class Route(NamedTuple):
    """A right outside the store; `last_on` is inclusive, None = no day is known."""

    route: str
    last_on: date | None
    basis: Basis | None


class Telling(Protocol):
    """What is told beside a decision, made when it is read."""

    def why(self) -> str:
        """One or two sentences for the buyer, and one for each other reading of the policy."""
        ...

    def why_not(self) -> tuple[WhyNot, ...]:
        """The actions that are not open, each once, each with what fails."""
        ...

    def routes(self) -> tuple[Route, ...]:
        """The rights outside the store."""
        ...


class Decision(NamedTuple):
    """One answer for one order line.

    Days are calendar days on the policy clock, all inclusive; `closes_at` is aware and the first
    moment that is too late. Sentences and routes are made when they are read, because most
    decisions of a long history are only counted or compared.
    """

    store: str
    order_id: str
    line_id: str | None
    action: Action
    reason: str | None
    opens_on: date | None
    last_on: date | None
    safe_on: date | None
    closes_at: datetime | None
    basis: Basis | None
    amount: Money | None
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    clauses: tuple[str, ...]
    policy: str
    telling: Telling

    @property
    def why(self) -> str:
        """One or two sentences for the buyer, and one for each other reading of the policy."""
        return self.telling.why()

    @property
    def why_not(self) -> tuple[WhyNot, ...]:
        """The actions that are not open, each once, each with what fails."""
        return self.telling.why_not()

    @property
    def routes(self) -> tuple[Route, ...]:
        """The rights outside the store, sorted by their last day; none is decided."""
        return self.telling.routes()

    def as_json(self) -> dict[str, object]:
        """Exactly the decision of contracts.md 2."""
        return {
            "store": self.store,
            "order_id": self.order_id,
            "line_id": self.line_id,
            "action": self.action,
            "reason": self.reason,
            "opens_on": _iso(self.opens_on),
            "last_on": _iso(self.last_on),
            "safe_on": _iso(self.safe_on),
            "closes_at": None if self.closes_at is None else self.closes_at.isoformat(),
            "basis": self.basis,
            "amount": None if self.amount is None else self.amount.as_json(),
            "flags": list(self.flags),
            "missing": list(self.missing),
            "clauses": list(self.clauses),
            "policy": self.policy,
            "why": self.why,
            "why_not": [entry._asdict() for entry in self.why_not],
            "routes": [
                {"route": route.route, "last_on": _iso(route.last_on), "basis": route.basis}
                for route in self.routes
            ],
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenWhyNot(_Written):
    """`why_not` as JSON."""

    action: Action
    because: str


class WrittenRoute(_Written):
    """A route as JSON."""

    route: str
    last_on: date | None
    basis: Basis | None


class WrittenDecision(_Written):
    """A decision as JSON: its `model_json_schema()` is what `autoclaim schema decision` prints."""

    store: str
    order_id: str
    line_id: str | None
    action: Action
    reason: ProblemKind | None
    opens_on: date | None
    last_on: date | None
    safe_on: date | None
    closes_at: datetime | None
    basis: Basis | None
    amount: Money | None
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    clauses: tuple[Annotated[str, Field(pattern=r"^S(1[0-2]|[1-9])$")], ...]
    policy: str
    why: Annotated[str, Field(min_length=1)]
    why_not: tuple[WrittenWhyNot, ...]
    routes: tuple[WrittenRoute, ...]


class WrittenDecisions(_Written):
    """What `autoclaim decide --json` prints."""

    format: Literal[1]
    decisions: tuple[WrittenDecision, ...]
