"""A claim's life, written into the ledger and its folder as it happens."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autoclaim.edge.evidence import ClaimFolder
from autoclaim.errors import NotSent, OutcomeUnknown
from autoclaim.model import (
    CaseSeen,
    Claim,
    Decision,
    EvidenceFile,
    FieldCheck,
    Outcome,
    Receipt,
)
from autoclaim.runner.evidence import OWN_PICTURES, CheckedFile, keep_file
from autoclaim.runner.follow_up_facts import keep_case
from autoclaim.runner.verifying import contradictions
from autoclaim.runner.wiring import Wiring

if TYPE_CHECKING:
    from autoclaim.browser.hand_over import HandOver
    from autoclaim.browser.visit import Visit


class ClaimJournal:
    """Writes a claim's life into the ledger as it happens, each step before it can matter."""

    def __init__(self, wiring: Wiring, claim_id: str) -> None:
        self._wiring = wiring
        self._claim_id = claim_id
        self._folder = ClaimFolder(wiring.places.evidence, claim_id)
        self.say = wiring.told.say
        self.progress = wiring.told.progress
        self.choose = wiring.told.choose
        self.fields = wiring.told.fields
        self.sent: HandOver | None = None
        self.is_sending = False  # true a moment before the ledger knows
        self.visit: Visit | None = None  # from when there is one; what left of it is told always
        self._shown: Sequence[FieldCheck] = ()
        self._earlier = {one.file for one in self._folder.kept()}  # of attempts before this one

    def begin(self, decision: Decision, files: Sequence[CheckedFile]) -> tuple[Path, ...]:
        """Keep the files, and the decision the claim rests on; gives the copies for the form."""
        now = self._wiring.now()
        kept = [keep_file(self._folder, one, now) for one in files]
        self._earlier -= {one.file for one in kept}
        self._advance("decided", decision.as_json())
        return tuple(Path(one.file) for one in kept)

    def keep(self, title: str, picture: bytes, address: str, taken_at: datetime) -> None:
        """Keep a picture of a page, under the name that the checklists have for it."""
        shows = OWN_PICTURES.get(title.partition(",")[0])
        self._folder.keep_picture(title, picture, address, taken_at, shows=shows)

    def handing_over(self, checks: Sequence[FieldCheck]) -> None:
        """From now on the form is the buyer's, and the ledger knows first; once per hand-over."""
        self._wiring.ledger.hand_over(self._claim_id, at=self._wiring.now(), body=_body(checks))
        self._shown = checks

    def sending(self, hand_over: "HandOver") -> None:
        """The buyer pressed, and the request is held: the ledger knows before it leaves.

        A request that nobody knows may be followed by the store's own submit.
        """
        self.is_sending = True
        kind = "sent_seen" if self.sent is None else "sent_further"
        changed = list(hand_over.changed)
        body = {"sent_at": hand_over.sent_at.isoformat(), "changed": changed}
        self._advance(kind, {**body, **_body(hand_over.checks)})
        self.sent = hand_over  # not before: what cannot be kept is not sent

    def packed(self, claim: Claim, path: Path) -> Receipt:
        """The buyer got everything to send it elsewhere; from now on the case is looked for."""
        self._advance("packed", {"packed": str(path)})
        return self._not_sent(claim)

    def declined(self, claim: Claim, because: NotSent) -> Receipt:
        """Nothing was sent, which is said; the draft stays."""
        stopped = list(self.visit.stopped) if self.visit else []
        self._advance("declined", {"because": str(because), "stopped": stopped})
        self.say(str(because))
        self.say(because.next_step)
        return self._not_sent(claim)

    def _evidence(self) -> list[EvidenceFile]:
        """What was kept or used in this attempt."""
        return [one for one in self._folder.kept() if one.file not in self._earlier]

    def _not_sent(self, claim: Claim) -> Receipt:
        return Receipt(
            result="not_sent",
            order_id=claim.order_id,
            line_id=claim.line_id,
            kind=claim.kind,
            fields=tuple(self._shown),
            let_through=self.visit.let_through if self.visit else (),
            stopped=self.visit.stopped if self.visit else (),
            evidence=tuple(self._evidence()),
        )

    def close(self, claim: Claim, seen: CaseSeen | None) -> Receipt:
        """Compare what the store shows with what was sent, and write the receipt."""
        if self.sent is None:
            raise outcome_unknown()
        receipt = self._receipt(claim, seen, self.sent)
        kind = {"verified": "verified", "contradicts": "contradicted", "not_seen": "not_seen"}
        body = seen.model_dump(mode="json") if seen else {}
        # First the receipt: what the store showed is then the newest word on the claim.
        self._wiring.ledger.keep_receipt(
            self._claim_id, receipt.model_dump(mode="json"), at=self._wiring.now()
        )
        self._advance(kind[receipt.result], body)
        if seen is not None:
            keep_case(self._wiring, claim.account, seen)
        self._folder.write_receipt(receipt)
        return receipt

    def _receipt(self, claim: Claim, seen: CaseSeen | None, sent: "HandOver") -> Receipt:
        result: Outcome = "not_seen"
        otherwise = contradictions(claim, seen) if seen is not None else []
        if seen is not None:
            result = "contradicts" if otherwise else "verified"
        return Receipt(
            result=result,
            order_id=claim.order_id,
            line_id=claim.line_id,
            kind=claim.kind,
            answer=seen.answer if seen else None,
            status_text=seen.status_text if seen else None,
            reference=seen.reference if seen else None,
            sent_at=sent.sent_at,
            changed=sent.changed,
            contradictions=tuple(otherwise),
            fields=sent.checks,
            let_through=sent.let_through,
            stopped=sent.stopped,
            evidence=tuple(self._evidence()),
        )

    def _advance(self, kind: str, body: dict[str, object]) -> None:
        self._wiring.ledger.advance(self._claim_id, kind, at=self._wiring.now(), body=body)


def _body(checks: Sequence[FieldCheck]) -> dict[str, object]:
    return {"fields": [check.model_dump(mode="json") for check in checks]}


def stopped_by_hand() -> NotSent:
    """The buyer ended the program before anything was sent."""
    return NotSent(
        "You stopped it. Nothing was sent.",
        "The draft is kept; run the same `autoclaim claim` again when you are ready.",
    )


def outcome_unknown() -> OutcomeUnknown:
    """The buyer pressed, and nobody can say what became of it."""
    return OutcomeUnknown(
        "You sent it, but what became of it could not be read or kept.",
        "Run `autoclaim follow-up`: it rereads the store. Nothing is sent a second time.",
    )
