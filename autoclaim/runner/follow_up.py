"""Reread the claims under way, so that nothing stays unknown and nothing is sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from autoclaim.edge.ledger import StoredClaim
from autoclaim.edge.locks import hold_account
from autoclaim.model import CaseSeen, Claim
from autoclaim.runner.verifying import contradictions
from autoclaim.runner.wiring import Wiring

if TYPE_CHECKING:
    from autoclaim.browser.visit import Visit


@dataclass(frozen=True, slots=True)
class Followed:
    """A claim, what the store shows of it now (None: nothing), and the state it is in."""

    claim: StoredClaim
    seen: CaseSeen | None
    state: str

    def as_json(self) -> dict[str, object]:
        """One entry of `follow-up --json`."""
        return {
            "claim_id": self.claim.claim_id,
            "order_id": self.claim.order_id,
            "line_id": self.claim.line_id,
            "kind": self.claim.kind,
            "state": self.state,
            "reference": self.seen.reference if self.seen else None,
            "status_text": self.seen.status_text if self.seen else None,
        }


def follow_up(wiring: Wiring, account_name: str | None) -> list[Followed]:
    """Reread every claim that was or may have been sent, account by account."""
    if account_name:
        wiring.account(account_name)
    claims = [one for one in wiring.ledger.claims(account=account_name) if one.blocks]
    by_account = sorted(claims, key=lambda one: one.account or "")
    return [
        followed
        for name, group in groupby(by_account, key=lambda one: one.account)
        for followed in _follow(wiring, name, list(group))
    ]


def _follow(wiring: Wiring, name: str | None, claims: Sequence[StoredClaim]) -> list[Followed]:
    account = wiring.account(name)
    with (
        hold_account(wiring.places.locks, account.name),
        wiring.visit(account, headed=wiring.reads_in_a_window()) as visit,
    ):
        return reread(wiring, visit, claims)


def reread(wiring: Wiring, visit: "Visit", claims: Sequence[StoredClaim]) -> list[Followed]:
    """Reread claims of one account during a visit."""
    followed = []
    for number, stored in enumerate(claims, 1):
        claim = Claim.model_validate(stored.draft)
        seen = wiring.flow(claim.store, "follow_case").run(visit, claim)
        followed.append(Followed(stored, seen, _settle(wiring, stored, claim, seen)))
        wiring.told.progress(number, len(claims), "claims")
    return followed


def _settle(wiring: Wiring, stored: StoredClaim, claim: Claim, seen: CaseSeen | None) -> str:
    """Write down what the rereading proved; a case once proved is not unproved by a quiet page."""
    if seen is not None:
        kind = "contradicted" if contradictions(claim, seen) else "verified"
        body = seen.model_dump(mode="json")
        if body == dict(stored.said_last):
            return stored.state
    elif stored.to_reread:
        kind, body = "found_absent", {}
    else:
        return stored.state
    wiring.ledger.advance(stored.claim_id, kind, at=wiring.now(), body=body)
    return wiring.ledger.claim(stored.claim_id).state
