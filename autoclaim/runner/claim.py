"""Fill the form, hand it over, and reread what the store made of it. Nothing here can send."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autoclaim.edge.evidence import ClaimFolder
from autoclaim.edge.locks import hold_account
from autoclaim.errors import ChoiceNeeded, NeedsPerson, NotSent, OutcomeUnknown
from autoclaim.model import Account, CaseSeen, Claim, Decision, FieldCheck, Outcome, Receipt
from autoclaim.model.claim import FormOffer
from autoclaim.runner.claim_draft import Wish, draft_claim
from autoclaim.runner.listing import judge
from autoclaim.runner.verifying import contradictions
from autoclaim.runner.wiring import Company, Wiring

if TYPE_CHECKING:
    from autoclaim.browser.hand_over import HandOver
    from autoclaim.browser.visit import Visit

FLOWS = {"cancel": "cancel_order", "dispute": "open_dispute"}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A claim ready to be filled in, the account it belongs to, and the decision it rests on."""

    account: Account
    claim: Claim
    decision: Decision


def draft(wiring: Wiring, wish: Wish, account_name: str | None) -> Drafted:
    """Find the order in the ledger, judge it as of now, and draft the claim."""
    stored = wiring.ledger.order(wish.order_id, account_name)
    account = wiring.account(account_name or stored.account)
    [judged] = judge(wiring, account.name, [stored])
    claim, decision = draft_claim(wish, account, judged.order, judged.decisions)
    return Drafted(account, claim, decision)


def window(*, headless: bool) -> bool:
    """Whether to show a window.

    Raises:
        NeedsPerson: there is no display, and the buyer did not say that none is wanted.
    """
    from autoclaim.browser import has_display

    if not headless and not has_display():
        raise NeedsPerson(
            "There is no display for a window in which you could read and send the form.",
            "Run it where there is a display, or open the order in your own browser.",
        )
    return not headless


def look(wiring: Wiring, drafted: Drafted) -> FormOffer:
    """What the store's form offers for this claim; it is opened and left, nothing is filled."""
    account, claim = drafted.account, drafted.claim
    with (
        hold_account(wiring.places.locks, account.name),
        wiring.visit(account, headed=wiring.reads_in_a_window()) as visit,
        visit.doing("filling"),
    ):
        offer: FormOffer = wiring.flow(claim.store, "look_at_form").run(visit, claim)
        return offer


def fill_and_hand_over(
    wiring: Wiring, drafted: Drafted, *, headed: bool, wait_seconds: float
) -> Receipt:
    """Fill the form, wait for the buyer's own submit, reread the case, and write the receipt.

    A receipt `not_sent` says that the buyer declined, closed the window, or did not press in time.

    Raises:
        OutcomeUnknown: this claim, or an earlier one for the same, may have been sent.
    """
    account, claim = drafted.account, drafted.claim
    with hold_account(wiring.places.locks, account.name):
        claim_id = wiring.ledger.start_claim(claim.model_dump(mode="json"), at=wiring.now())
        journal = _ClaimJournal(wiring, claim_id)
        journal.begin(drafted)
        company = Company(journal, journal.keep, journal.sending, wait_seconds)
        try:
            with wiring.visit(account, headed=headed, company=company) as visit:
                claim, seen = _with_the_buyers_choice(wiring, visit, claim, journal)
            return journal.close(claim, seen)
        except NotSent as declined:
            return journal.declined(claim, declined)
        except (Exception, KeyboardInterrupt) as fault:
            if journal.sent is None:
                raise
            raise _unknown() from fault


def _unknown() -> OutcomeUnknown:
    return OutcomeUnknown(
        "You sent it, but what became of it could not be read or kept.",
        "Run `autoclaim follow-up`: it rereads the store. Nothing is sent a second time.",
    )


def _with_the_buyers_choice(
    wiring: Wiring, visit: "Visit", claim: Claim, journal: "_ClaimJournal"
) -> tuple[Claim, CaseSeen | None]:
    """Fill; where the store's reasons leave a choice, ask the buyer and fill anew with it."""
    try:
        return claim, _filled_and_reread(wiring, visit, claim, journal)
    except ChoiceNeeded as choice:
        picked = wiring.told.choose(str(choice), choice.options)
        if picked is None:
            raise
    chosen = claim.model_copy(update={"store_reason": picked})
    wiring.ledger.start_claim(chosen.model_dump(mode="json"), at=wiring.now())
    return chosen, _filled_and_reread(wiring, visit, chosen, journal)


def _filled_and_reread(
    wiring: Wiring, visit: "Visit", claim: Claim, journal: "_ClaimJournal"
) -> CaseSeen | None:
    """The case as the store shows it; None when it shows none, though the buyer sent."""
    flow = wiring.flow(claim.store, FLOWS[claim.kind])
    try:
        with visit.doing("filling"):
            seen: CaseSeen = flow.run(visit, claim)
    except (Exception, KeyboardInterrupt) as fault:
        # Once the buyer has pressed, whatever fails in rereading leaves the outcome unknown.
        if journal.sent is None:
            raise
        wiring.log().warning("case_not_reread", fault=type(fault).__name__)
        return None
    return seen


class _ClaimJournal:
    """Writes a claim's life into the ledger as it happens, each step before it can matter."""

    def __init__(self, wiring: Wiring, claim_id: str) -> None:
        self._wiring = wiring
        self._claim_id = claim_id
        self._folder = ClaimFolder(wiring.places.evidence, claim_id)
        self.keep = self._folder.keep_picture
        self.say = wiring.told.say
        self.progress = wiring.told.progress
        self.choose = wiring.told.choose
        self.sent: HandOver | None = None
        self._shown: Sequence[FieldCheck] = ()

    def begin(self, drafted: Drafted) -> None:
        """Keep the decision the claim rests on, and copies of the buyer's files."""
        self._advance("decided", drafted.decision.as_json())
        for file in drafted.claim.files:
            self._folder.attach(file, at=self._wiring.now())

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        """Show the fields; from now on the form is the buyer's, and the ledger knows first."""
        body = {"fields": [check.model_dump(mode="json") for check in checks]}
        self._wiring.ledger.hand_over(self._claim_id, at=self._wiring.now(), body=body)
        self._shown = checks
        self._wiring.told.fields(checks)

    def sending(self, hand_over: "HandOver") -> None:
        """The buyer pressed, and the request is held: the ledger knows before it leaves."""
        self._advance("sent_seen", {"sent_at": hand_over.sent_at.isoformat()})
        self.sent = hand_over  # not before: what cannot be kept is not sent

    def declined(self, claim: Claim, because: NotSent) -> Receipt:
        """Nothing was sent, which is said; the draft stays."""
        self._advance("declined", {"because": str(because)})
        self.say(str(because))
        self.say(because.next_step)
        return Receipt(
            result="not_sent",
            order_id=claim.order_id,
            line_id=claim.line_id,
            kind=claim.kind,
            fields=tuple(self._shown),
            evidence=tuple(self._folder.kept()),
        )

    def close(self, claim: Claim, seen: CaseSeen | None) -> Receipt:
        """Compare what the store shows with what was sent, and write the receipt."""
        if self.sent is None:
            raise _unknown()
        receipt = self._receipt(claim, seen, self.sent)
        kind = {"verified": "verified", "contradicts": "contradicted", "not_seen": "not_seen"}
        body = seen.model_dump(mode="json") if seen else {}
        self._advance(kind[receipt.result], body)
        self._wiring.ledger.keep_receipt(
            self._claim_id, receipt.model_dump(mode="json"), at=self._wiring.now()
        )
        self._folder.write_receipt(receipt)
        return receipt

    def _receipt(self, claim: Claim, seen: CaseSeen | None, sent: "HandOver") -> Receipt:
        result: Outcome = "not_seen"
        if seen is not None:
            result = "contradicts" if contradictions(claim, seen) else "verified"
        return Receipt(
            result=result,
            order_id=claim.order_id,
            line_id=claim.line_id,
            kind=claim.kind,
            reference=seen.reference if seen else None,
            sent_at=sent.sent_at,
            fields=sent.checks,
            let_through=sent.let_through,
            stopped=sent.stopped,
            evidence=tuple(self._folder.kept()),
        )

    def _advance(self, kind: str, body: dict[str, object]) -> None:
        self._wiring.ledger.advance(self._claim_id, kind, at=self._wiring.now(), body=body)
