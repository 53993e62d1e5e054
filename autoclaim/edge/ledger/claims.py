"""Claims in the ledger: drafted, handed over, proved; never the same one twice."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from sqlite3 import Connection
from typing import Any, NamedTuple

from autoclaim.edge.ledger.claim_states import (
    BLOCKING,
    FOLLOWS,
    PROVED,
    TO_REREAD,
    state_after,
)
from autoclaim.edge.ledger.events import Event, EventTable, Json, read_event
from autoclaim.errors import AutoclaimError, OutcomeUnknown, WrongInput

_CLAIMS = """
    SELECT kind, at, account, store, order_id, line_id, claim_id, body, id FROM events
    WHERE claim_id IS NOT NULL AND (:claim_id IS NULL OR claim_id = :claim_id)
    ORDER BY length(claim_id), claim_id, id
"""
_COUNT = "SELECT count(DISTINCT claim_id) FROM events WHERE claim_id IS NOT NULL"


class StoredClaim(NamedTuple):
    """One claim: `draft` is its newest text, `state` one of claim_states, `attempts` hand-overs.

    `said_last` is the body of the newest event (what the store showed, say); `receipt` the newest
    receipt, or None.
    """

    claim_id: str
    account: str | None
    store: str
    order_id: str
    line_id: str | None
    draft: dict[str, Any]
    state: str
    attempts: int
    started_at: datetime
    changed_at: datetime
    said_last: Json
    receipt: Json | None

    @property
    def kind(self) -> str:
        """What is asked for: `cancel` or `dispute`."""
        return str(self.draft["kind"])

    @property
    def to_reread(self) -> bool:
        """Whether it may have been sent without proof: to be reread, never to be sent again."""
        return self.state in TO_REREAD

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of a second claim for the same thing."""
        return self.state in BLOCKING


class ClaimEvents(EventTable):
    """What the ledger knows of claims."""

    def __init__(self, path: Path, connection: Connection) -> None:
        super().__init__(path, connection)
        # Only this process knows that its own hand-over is still going on.
        self._handed_over_here: set[str] = set()

    def claims(
        self, *, order_id: str | None = None, account: str | None = None
    ) -> list[StoredClaim]:
        """The claims in the order they were begun, of one order or account if named."""
        return [
            claim
            for claim in self._folded(None)
            if order_id in {None, claim.order_id} and account in {None, claim.account}
        ]

    def claim(self, claim_id: str) -> StoredClaim:
        """The claim of that number. Raises `WrongInput` when there is none."""
        for claim in self._folded(claim_id):
            return claim
        raise WrongInput(f"There is no claim {claim_id}.", "`autoclaim list` shows the claims.")

    def _folded(self, claim_id: str | None) -> Iterator[StoredClaim]:
        events = map(read_event, self._rows(_CLAIMS, {"claim_id": claim_id}))
        for number, of_claim in groupby(events, key=lambda event: event.claim_id):
            yield _claim(list(of_claim), ours=number in self._handed_over_here)

    def start_claim(self, draft: Mapping[str, Any], *, at: datetime) -> str:
        """Keeps a draft (a `Claim` as JSON) and gives its number; an unsent draft is taken up.

        Raises `OutcomeUnknown` or `WrongInput` when the same was, or may have been, sent before.
        """
        with self.together():
            self._refuse_second(draft)
            claim_id = self._unsent(draft) or self._next_number()
            self._add("drafted", claim_id, draft, at, draft)
        return claim_id

    def blocking_claim(self, draft: Mapping[str, Any]) -> StoredClaim | None:
        """The claim for the same order, line, kind and reason that stands in the way, if any."""
        for claim in self._folded(None):
            # While nobody knows what was sent, the reason it was sent for does not matter.
            by_reason = claim.state in PROVED
            if claim.blocks and _same_thing(claim.draft, draft, by_reason=by_reason):
                return claim
        return None

    def hand_over(self, claim_id: str, *, at: datetime, body: Json) -> None:
        """Keeps that the filled form becomes the buyer's; on the disk before this returns.

        Raises as `start_claim` does, when another process was quicker.
        """
        with self.together():
            claim = self.claim(claim_id)
            self._refuse_second(claim.draft)
            self.advance(claim_id, "handed_over", at=at, body=body)
        self._handed_over_here.add(claim_id)

    def advance(self, claim_id: str, kind: str, *, at: datetime, body: Json) -> None:
        """Adds an event to a claim.

        `sent_seen`, `declined`, `verified`, `not_seen`, `contradicted`, `found_absent` and `ended`
        move it on; any other kind is kept beside and leaves the state as it is.
        Raises `AutoclaimError` for a step that cannot follow the claim's state.
        """
        with self.together():
            claim = self.claim(claim_id)
            if claim.state not in FOLLOWS.get(kind, {claim.state}):
                raise AutoclaimError(
                    f"Claim {claim_id} is {claim.state}: it cannot become {kind}.",
                    "Nothing was changed. `autoclaim follow-up` rereads it from the store.",
                )
            self._add(kind, claim_id, claim.draft, at, body)

    def keep_receipt(self, claim_id: str, receipt: Json, *, at: datetime) -> None:
        """Keeps a receipt (contracts.md, section 6) beside the claim's other events."""
        self.advance(claim_id, "receipt_written", at=at, body=receipt)

    def _add(
        self, kind: str, claim_id: str, draft: Mapping[str, Any], at: datetime, body: Json
    ) -> None:
        names = (draft.get("account"), draft["store"], draft["order_id"], draft.get("line_id"))
        self.record(Event(kind, at, *names, claim_id, body))

    def _refuse_second(self, draft: Mapping[str, Any]) -> None:
        blocking = self.blocking_claim(draft)
        if blocking is None:
            return
        if blocking.state in PROVED:
            raise WrongInput(
                f"This was already claimed for order {blocking.order_id} (claim "
                f"{blocking.claim_id}, {blocking.state}).",
                "`autoclaim follow-up` shows how it stands; nothing was sent.",
            )
        raise OutcomeUnknown(
            f"Claim {blocking.claim_id} for order {blocking.order_id} may already have been sent.",
            "Run `autoclaim follow-up`: it rereads the store. Nothing is sent a second time.",
        )

    def _unsent(self, draft: Mapping[str, Any]) -> str | None:
        for claim in self._folded(None):
            unsent = claim.state in FOLLOWS["drafted"]
            if unsent and _same_thing(claim.draft, draft, by_reason=True):
                return claim.claim_id
        return None

    def _next_number(self) -> str:
        return f"c{next(self._rows(_COUNT))[0] + 1}"


def _same_thing(one: Mapping[str, Any], other: Mapping[str, Any], *, by_reason: bool) -> bool:
    """Whether two drafts ask for the same; a line or a reason left open may be any."""
    if any(one[name] != other[name] for name in ("store", "order_id", "kind")):
        return False
    # Why a cancellation is asked makes no second one of it.
    reasons = ["reason"] if by_reason and one["kind"] != "cancel" else []
    pairs = [(one.get(name), other.get(name)) for name in ("line_id", *reasons)]
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def _claim(events: list[Event], *, ours: bool) -> StoredClaim:
    kinds = [event.kind for event in events]
    drafts = [event for event in events if event.kind == "drafted"]
    receipts = [event.body for event in events if event.kind == "receipt_written"]
    first, newest = events[0], events[-1]
    return StoredClaim(
        claim_id=str(first.claim_id),
        account=drafts[-1].account,
        store=str(first.store),
        order_id=str(first.order_id),
        line_id=first.line_id,
        draft=dict(drafts[-1].body),
        state=state_after(kinds, ours=ours),
        attempts=kinds.count("handed_over"),
        started_at=first.at,
        changed_at=newest.at,
        said_last=newest.body,
        receipt=receipts[-1] if receipts else None,
    )
