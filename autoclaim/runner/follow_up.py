"""Reread the claims under way, so that nothing stays unknown and nothing is sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from autoclaim.edge.ledger import StoredClaim
from autoclaim.edge.locks import hold_account
from autoclaim.model import CaseSeen, Claim
from autoclaim.runner.evidence import about
from autoclaim.runner.follow_up_facts import keep_case
from autoclaim.runner.follow_up_life import Life, life
from autoclaim.runner.verifying import contradictions
from autoclaim.runner.wiring import Wiring

if TYPE_CHECKING:
    from autoclaim.browser.visit import Visit


@dataclass(frozen=True, slots=True)
class Followed:
    """A claim, what the store shows of it now (None: nothing), its state, and what comes next."""

    claim: StoredClaim
    seen: CaseSeen | None
    state: str
    life: Life

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
            "answer": self.seen.answer if self.seen else None,
            **self.life.as_json(),
        }


def follow_up(wiring: Wiring, account_name: str | None) -> list[Followed]:
    """Reread every claim that was or may have been sent, account by account."""
    if account_name:
        wiring.account(account_name)
    claims = under_way(wiring, account_name)
    by_account = sorted(claims, key=lambda one: one.account or "")
    return [
        followed
        for name, group in groupby(by_account, key=lambda one: one.account)
        for followed in _follow(wiring, name, list(group))
    ]


def under_way(wiring: Wiring, account_name: str | None) -> list[StoredClaim]:
    """The claims that were or may have been sent, here or by hand with a pack."""
    claims = wiring.ledger.claims(account=account_name)
    return [one for one in claims if one.blocks or _is_packed(one)]


def _is_packed(claim: StoredClaim) -> bool:
    return claim.state == "drafted" and "packed" in claim.said_last


def _follow(wiring: Wiring, name: str | None, claims: Sequence[StoredClaim]) -> list[Followed]:
    account = wiring.account(name)
    with (
        hold_account(wiring.places.locks, account),
        wiring.visit(account, headed=wiring.reads_in_a_window()) as visit,
    ):
        return reread(wiring, visit, claims)


def reread(wiring: Wiring, visit: "Visit", claims: Sequence[StoredClaim]) -> list[Followed]:
    """Reread claims of one account during a visit."""
    followed = []
    for number, stored in enumerate(claims, 1):
        known = {"case_number": stored.said_last.get("case_number")}
        claim = Claim.model_validate(stored.draft).model_copy(update=known)
        seen = wiring.flow(claim.store, "follow_case").run(visit, claim)
        followed.append(_followed(wiring, stored, claim, seen))
        wiring.told.progress(number, len(claims), "claims")
    return followed


def _followed(
    wiring: Wiring, stored: StoredClaim, claim: Claim, seen: CaseSeen | None
) -> Followed:
    state = _settle(wiring, stored, claim, seen)
    if seen is not None:
        keep_case(wiring, claim.account, seen)
    settled = wiring.ledger.claim(stored.claim_id)
    subject = about(wiring, stored.order_id, stored.line_id)
    return Followed(stored, seen, state, life(wiring, settled, subject))


# How long a store may take to show a case after the buyer pressed; until then "not there" proves
# nothing, and a claim that may have been sent must not become sendable again.
SHOWN_WITHIN = timedelta(hours=24)
# The same after a hand-over that ended in the middle, without a press that autoclaim saw.
ENDED_FOR = timedelta(minutes=10)


def _may_still_appear(stored: StoredClaim, now: datetime) -> bool:
    patience = ENDED_FOR if stored.state == "unknown" else SHOWN_WITHIN
    return now < stored.changed_at + patience


def _settle(wiring: Wiring, stored: StoredClaim, claim: Claim, seen: CaseSeen | None) -> str:
    """Write down what the rereading proved; a case once proved is not unproved by a quiet page."""
    if seen is not None:
        kind = "contradicted" if contradictions(claim, seen) else "verified"
        body = seen.model_dump(mode="json")
        if body == dict(stored.said_last):
            return stored.state
    elif stored.to_reread and not _may_still_appear(stored, wiring.now()):
        kind, body = "found_absent", {}
    else:
        return stored.state
    wiring.ledger.advance(stored.claim_id, kind, at=wiring.now(), body=body)
    return wiring.ledger.claim(stored.claim_id).state
