"""A claim's life after it was sent: where it stands, whose clock runs, and what comes next.

drafted ─► handed_over ─► sent ─► answered ─► agreed ─► refund_due ─► refunded
│                    │            └─► overdue
└─► refused, withdrawn └─► refunded_in_part, _as_credit, _otherwise
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from autoclaim.edge.ledger import StoredClaim
from autoclaim.model import Claim, Dispute, Facts, Money, Order, OrderLine
from autoclaim.rules.pressing import consequences
from autoclaim.runner.evidence import About
from autoclaim.runner.listing import Judged, facts_document
from autoclaim.runner.pack import link_to
from autoclaim.runner.refunds import NEXT_STEPS, Refund, refunds
from autoclaim.runner.shipped_policies import policies
from autoclaim.runner.statement import language_of, write_statement
from autoclaim.runner.statement_facts import written_day
from autoclaim.runner.wiring import Wiring

PROVED = {"verified", "contradicts"}
MONEY = {
    "received": "refunded",
    "short": "refunded_in_part",
    "credit": "refunded_as_credit",
    "other_currency": "refunded_otherwise",
    "overdue": "overdue",
    "due": "refund_due",
}
OF_DISPUTE = {
    "agreed": "agreed",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "finished": "decided",
}
ANSWERED = {"refused": "not_cancelled", "done": "cancelled"}
THEIRS = {"wait", "track_refund"}
NEXT = {
    "drafted": "The draft is kept: run the same `autoclaim claim` again to send it.",
    "unknown": "Nobody knows whether it was sent: look at the store. Never send it twice.",
    "not_seen": "The store shows no case yet. Run `autoclaim follow-up` again; do not resend.",
    "absent": "The store has no such case: it was not sent. `autoclaim claim` fills it in again.",
    "sent": "It is the seller's and the store's turn.",
    "unanswered": "The time for an answer is over: ask the store to decide.",
    "answered": "The store waits for your answer: read the offer before you press anything.",
    "agreed": "It is agreed; the money is to come.",
    "decided": "It is decided: look at the store what for.",
    "not_cancelled": "The store refused to cancel it; nothing comes back for that. Is it late or "
    "wrong, `autoclaim explain` tells when a refund can be asked for.",
    "cancelled": "It is cancelled, and no money is known to be on its way.",
    "refused": "It was refused: you can ask the store to look again, or use a right outside it.",
    "withdrawn": "It was withdrawn; a new claim is possible only while its window is open.",
    **{MONEY[state]: step for state, step in NEXT_STEPS.items()},
    "ended": "It ended.",
}


class Offer(NamedTuple):
    """What was offered against what was asked; accepting is never filled in or pressed."""

    offered: Money
    asked: Money | None
    ends: str

    @property
    def percent(self) -> int | None:
        """The offer in whole percent of what was asked; None in another currency."""
        asked = self.asked
        if asked is None or asked.currency != self.offered.currency or not asked.amount:
            return None
        return round(self.offered.amount / asked.amount * Decimal(100))

    def as_json(self) -> dict[str, object]:
        """As `follow-up --json` prints it."""
        return {
            "offered": self.offered.as_json(),
            "asked": self.asked.as_json() if self.asked else None,
            "percent": self.percent,
            "ends": self.ends,
        }


class Life(NamedTuple):
    """Where a claim stands; `until` is the last day of whoever's turn it is, `yours` or not."""

    stage: str
    until: date | None
    yours: bool
    next_step: str
    link: str | None = None
    offer: Offer | None = None
    support_text: str | None = None

    def as_json(self) -> dict[str, object]:
        """What `follow-up --json` says of it."""
        return {
            "stage": self.stage,
            "until": self.until.isoformat() if self.until else None,
            "turn": "yours" if self.yours else "theirs",
            "next_step": self.next_step,
            "link": self.link,
            "offer": self.offer.as_json() if self.offer else None,
            "support_text": self.support_text,
        }


def life(wiring: Wiring, claim: StoredClaim, subject: About) -> Life:
    """Where the claim stands by its own events and the order's facts as last read."""
    decision = subject.decision
    money = _money(subject)
    stage = _stage(claim, subject, money)
    offer = offer_of(wiring, Claim.model_validate(claim.draft).amount, subject)
    return Life(
        stage=stage,
        until=decision.last_on if claim.state in PROVED else None,
        yours=decision.action not in THEIRS,
        next_step=NEXT[stage],
        link=link_to(wiring, claim.store, claim.order_id),
        offer=offer,
        support_text=support_text(wiring, subject, money) if stage == "overdue" else None,
    )


def offer_of(wiring: Wiring, asked: Money | None, subject: About) -> Offer | None:
    """What the store or seller offers, while it is neither agreed nor withdrawn."""
    dispute = dispute_of(subject)
    if dispute is None or dispute.offer is None or dispute.state in OF_DISPUTE:
        return None
    return Offer(dispute.offer, asked or subject.decision.amount, _ends(wiring, subject))


def support_text(wiring: Wiring, subject: About, money: Refund | None) -> str:
    """The text for the store's support about money that is overdue, from facts only."""
    language = language_of(_country(wiring, subject))
    dispute = dispute_of(subject)
    amount = (money.promised if money else None) or subject.decision.amount
    facts = {
        "order_id": subject.order.order_id,
        "amount": f"{amount.written} {amount.currency}" if amount else None,
        "promised_on": written_day(money.promised_on if money else None, language),
        "due_on": written_day(money.due_on if money else None, language),
        "received": _written(money.received if money else None),
        "reference": dispute.reference if dispute else None,
    }
    known = {name: text for name, text in facts.items() if text}
    return write_statement("refund_overdue", known, language).text


def dispute_of(subject: About) -> Dispute | None:
    """The line's own dispute, else the order's."""
    return (subject.line.dispute if subject.line else None) or subject.order.dispute


def _stage(claim: StoredClaim, subject: About, money: Refund | None) -> str:
    if claim.state not in PROVED:
        return {"sent_seen": "unknown", "handed_over": "unknown", "not_sent": "drafted"}.get(
            claim.state, claim.state
        )
    if money is not None:
        return MONEY[money.state]
    if claim.kind == "cancel":
        return _cancelling(claim, subject)
    return _disputing(subject)


def _disputing(subject: About) -> str:
    dispute = dispute_of(subject)
    if dispute is None:
        return "sent"
    if dispute.state in OF_DISPUTE:
        return OF_DISPUTE[dispute.state]
    if dispute.offer or dispute.answer_by:
        return "answered"
    return "unanswered" if "overdue" in subject.decision.flags else "sent"


def _cancelling(claim: StoredClaim, subject: About) -> str:
    """Where a request to cancel stands: by the store's answer to it, else by the order's facts."""
    cancellation = subject.order.cancellation
    if cancellation and cancellation.refused_at:
        return "not_cancelled"
    return ANSWERED.get(str(claim.said_last.get("answer")), "sent")


def _money(subject: About) -> Refund | None:
    """The refund of the line, or of the order it is in; None while nothing was promised."""
    found = refunds([Judged(subject.stored, subject.order, subject.decisions)])
    own = [one for one in found if one.line_id == subject.line_id]
    return next(iter(own or found), None)


def _ends(wiring: Wiring, subject: About) -> str:
    """What pressing Accept would end, by the rules."""
    document = facts_document(wiring, subject.stored.account, [subject.stored])
    facts = Facts.model_validate(document)
    place = _place(subject.order, subject.line)
    found = consequences(facts, policies(), wiring.now(), 0, place)
    return next((one.ends for one in found if one.press == "Accept the offer"), ACCEPTING)


ACCEPTING = "Accepting is final: the rest of the price cannot be asked for any more."


def _place(order: Order, line: OrderLine | None) -> int:
    return order.lines.index(line) if line in order.lines else 0


def _country(wiring: Wiring, subject: About) -> str | None:
    name = subject.stored.account
    return wiring.account(name).country if name else None


def _written(money: Money | None) -> str | None:
    return f"{money.written} {money.currency}" if money else None
