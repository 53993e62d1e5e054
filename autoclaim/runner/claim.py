"""Fill the form, hand it over, and reread what the store made of it. Nothing here can send."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autoclaim.edge.locks import hold_account
from autoclaim.errors import ChoiceNeeded, NotSent, WrongInput
from autoclaim.model import Account, CaseSeen, Claim, Decision, Order, Receipt
from autoclaim.model.claim import FIFTEEN_MINUTES, FormOffer
from autoclaim.runner.claim_draft import Draft, draft_claim, line_named
from autoclaim.runner.claim_journal import ClaimJournal, outcome_unknown, stopped_by_hand
from autoclaim.runner.claim_questions import (
    ask_which_line,
    gather_problems,
    has_arrived,
    it_is_here,
)
from autoclaim.runner.claim_request import ClaimRequest
from autoclaim.runner.evidence import about, check_file, files_for_the_form
from autoclaim.runner.evidence_reuse import ask_about_reuse
from autoclaim.runner.listing import judge
from autoclaim.runner.pack import ToSend, make_pack, steps_by_hand
from autoclaim.runner.problem import say_problem
from autoclaim.runner.statement import Asserted
from autoclaim.runner.wiring import Company, Wiring

if TYPE_CHECKING:
    from autoclaim.browser.visit import Visit

FLOWS = {
    "cancel": "cancel_order",
    "dispute": "open_dispute",
    "answer": "answer_request",
    "return_parcel": "return_parcel",
}

_Judged = tuple[Order, Sequence[Decision]]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A claim ready to be filled in, the account it belongs to, and the decision it rests on.

    `asserts` is what its statement says as facts; `again` that the buyer knows of the reuse.
    """

    account: Account
    claim: Claim
    decision: Decision
    asserts: tuple[Asserted, ...] = ()
    again: bool = False

    def with_words(self, statement: str) -> "Drafted":
        """The same claim in the buyer's own words, which are never cut."""
        said = {"statement": statement, "statement_is_ours": False}
        return replace(self, claim=self.claim.model_copy(update=said), asserts=())


@dataclass(frozen=True, slots=True)
class Packed:
    """A claim for the buyer to send elsewhere: the pack, and its steps and text once more."""

    path: Path
    steps: list[str]
    statement: str | None
    receipt: Receipt


def draft(
    wiring: Wiring, request: ClaimRequest, account_name: str | None, *, only_look: bool = False
) -> Drafted:
    """Find the order in the ledger, judge it as of now, ask what only the buyer knows, and draft.

    With `only_look` nothing is prepared, so nothing but the line is asked.
    """
    account = whose(wiring, request.order_id, account_name)
    order, decisions = _judged(wiring, request, account)
    request = ask_which_line(wiring.told, request, order, decisions)
    drafted = draft_claim(request, account, order, decisions)
    if not only_look and drafted.claim.kind == "dispute":
        drafted = _asked(wiring, request, account, (order, decisions), drafted)
    claim = drafted.claim
    if claim.kind == "cancel" and len(order.lines) > 1:
        wiring.told.say(f"The store cancels an order whole: all {len(order.lines)} lines of it.")
    if claim.kind == "dispute" and not claim.files:
        kept = files_for_the_form(wiring, about(wiring, claim.order_id, claim.line_id))
        claim = claim.model_copy(update={"files": kept})
    return Drafted(account, claim, drafted.decision, drafted.asserts, request.again)


def whose(wiring: Wiring, order_id: str, account_name: str | None) -> Account:
    """The account of that name, or else the one whose ledger has the order."""
    return wiring.account(account_name or wiring.ledger.order(order_id).account)


def _judged(wiring: Wiring, request: ClaimRequest, account: Account) -> _Judged:
    stored = wiring.ledger.order(request.order_id, account.name)
    [judged] = judge(wiring, account.name, [stored])
    return judged.order, judged.decisions


def _asked(
    wiring: Wiring, request: ClaimRequest, account: Account, judged: _Judged, drafted: Draft
) -> Draft:
    """The draft with the buyer's own word of what is wrong, with this line and others.

    Who names one of the store's reasons, or says whether it arrived, has said what is wrong.
    """
    order, decisions = judged
    line = line_named(order, drafted.claim.line_id)
    said = request.store_reason or request.received is not None
    is_unasked = "buyer_unasked" in drafted.decision.flags and not said
    is_said_now = is_unasked and not (line and line.problem)
    if is_said_now:
        if has_arrived(wiring.told, drafted.decision, (line and line.title) or ""):
            raise it_is_here(drafted.decision)
        say_problem(wiring, order.order_id, drafted.claim.line_id, "not_received", None)
        order, decisions = _judged(wiring, request, account)
        line = line_named(order, drafted.claim.line_id)
    gathered = gather_problems(wiring.told, order, line) if line else []
    if not is_said_now and not gathered:
        return drafted
    return draft_claim(request, account, order, decisions, gathered)


def resume(
    wiring: Wiring, wanted: str | None, account_name: str | None, *, again: bool = False
) -> Drafted:
    """The newest claim that was drafted and not sent, of that order if one is named, as it was.

    `again`: the buyer knows that the same text or file was sent for another order.

    Raises:
        WrongInput: there is none.
    """
    order_id = wiring.ledger.order(wanted, account_name).order_id if wanted else None
    claims = wiring.ledger.claims(order_id=order_id, account=account_name)
    unsent = [one for one in claims if one.state in UNSENT]
    if not unsent:
        raise WrongInput(
            "There is no claim that was left before it was sent.",
            "`autoclaim review` shows what can be claimed.",
        )
    claim = Claim.model_validate(max(unsent, key=lambda one: one.changed_at).draft)
    subject = about(wiring, claim.order_id, claim.line_id)
    return Drafted(wiring.account(claim.account), claim, subject.decision, again=again)


UNSENT = frozenset({"drafted", "not_sent", "absent"})


def can_show_a_window() -> bool:
    """Whether there is a display, on which the buyer could read and send the form."""
    from autoclaim.browser.launching import has_display

    return has_display()


def pack_instead(wiring: Wiring, drafted: Drafted) -> Packed:
    """Without a window: keep the draft, and put together all that the buyer needs to send it.

    `follow-up` then looks for the case by itself.

    Raises:
        OutcomeUnknown: an earlier claim for the same may have been sent.
    """
    claim = drafted.claim
    if not drafted.again:
        ask_about_reuse(wiring, claim)
    checked = [check_file(file) for file in claim.files]
    claim_id = wiring.ledger.start_claim(claim.model_dump(mode="json"), at=wiring.now())
    journal = ClaimJournal(wiring, claim_id)
    journal.begin(drafted.decision, checked)
    subject = about(wiring, claim.order_id, claim.line_id)
    steps = steps_by_hand(wiring, claim, drafted.decision)
    to_send = ToSend(claim.statement, drafted.asserts, steps)
    path = make_pack(wiring, subject, to_send=to_send)
    return Packed(path, steps, claim.statement, journal.packed(claim, path))


def look(wiring: Wiring, drafted: Drafted) -> FormOffer:
    """What the store's form offers for this claim; it is opened and left, nothing is filled."""
    account, claim = drafted.account, drafted.claim
    with (
        hold_account(wiring.places.locks, account),
        wiring.visit(account, headed=wiring.reads_in_a_window()) as visit,
        visit.doing("filling"),
    ):
        offer: FormOffer = wiring.flow(claim.store, "look_at_form").run(visit, claim)
        return offer


def fill_and_hand_over(
    wiring: Wiring, drafted: Drafted, *, headed: bool, wait_seconds: float = FIFTEEN_MINUTES
) -> Receipt:
    """Fill the form, wait for the buyer's own submit, reread the case, and write the receipt.

    A receipt `not_sent` says that the buyer declined, closed the window, or did not press in time.

    Raises:
        OutcomeUnknown: this claim, or an earlier one for the same, may have been sent.
    """
    account, claim = drafted.account, drafted.claim
    if not drafted.again:
        ask_about_reuse(wiring, claim)
    checked = [check_file(file) for file in claim.files]
    for remark in (remark for one in checked for remark in one.remarks):
        wiring.told.say(remark)
    with hold_account(wiring.places.locks, account):
        claim_id = wiring.ledger.start_claim(claim.model_dump(mode="json"), at=wiring.now())
        journal = ClaimJournal(wiring, claim_id)
        files = journal.begin(drafted.decision, checked)
        claim = claim.model_copy(update={"files": files})
        wiring.ledger.start_claim(claim.model_dump(mode="json"), at=wiring.now())
        company = Company(
            journal,
            journal.keep,
            journal.sending,
            journal.handing_over,
            wait_seconds,
            FLOWS[claim.kind],
        )
        try:
            with wiring.visit(account, headed=headed, company=company) as visit:
                journal.visit = visit
                claim, seen = _with_the_buyers_choice(wiring, visit, claim, journal)
            return journal.close(claim, seen)
        except NotSent as declined:
            return journal.declined(claim, declined)
        except KeyboardInterrupt as stop:
            if journal.is_sending:
                raise outcome_unknown() from stop
            return journal.declined(claim, stopped_by_hand())
        except Exception as fault:
            if journal.sent is None:
                raise
            raise outcome_unknown() from fault


def _with_the_buyers_choice(
    wiring: Wiring, visit: "Visit", claim: Claim, journal: "ClaimJournal"
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
    wiring: Wiring, visit: "Visit", claim: Claim, journal: "ClaimJournal"
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
