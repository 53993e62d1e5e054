"""The receipt, and what a form offers, as lines of plain text."""

from collections.abc import Iterator

from autoclaim.edge.hostile_text import clean_text
from autoclaim.model import FormOffer, Receipt
from autoclaim.runner.follow_up import Followed
from autoclaim.runner.follow_up_life import Offer

# contracts.md 3: sent without a confirmation is not known, and declined is not a failure of ours.
EXIT_CODES = {"verified": 0, "not_seen": 5, "contradicts": 5, "not_sent": 7}
RESULT_WORDS = {
    "verified": "Verified: the store shows the case as you sent it.",
    "not_seen": "Sent, but the store shows no case yet. The outcome is not known.",
    "contradicts": "Sent, but the store shows something else than the form held. Look at it.",
    "not_sent": "Nothing was sent.",
}


def receipt_lines(receipt: Receipt) -> Iterator[str]:
    """The receipt for a person: result, reference, moment, fields, guard, evidence."""
    yield RESULT_WORDS[receipt.result]
    yield from _named("order", receipt.order_id)
    if all(check.name != "line" for check in receipt.fields):
        yield from _named("line", receipt.line_id)
    yield from _named("reference", receipt.reference)
    yield from _named("sent at", receipt.sent_at and receipt.sent_at.isoformat(timespec="seconds"))
    for check in receipt.fields:
        mark = "" if check.agrees else f"   (planned: {clean_text(check.planned or 'nothing')})"
        yield f"  {clean_text(check.name):<12} {clean_text(check.found or 'nothing')}{mark}"
    yield f"  let through  {len(receipt.let_through)}, stopped {len(receipt.stopped)} by the guard"
    for evidence in receipt.evidence:
        yield f"  evidence     {evidence.file}  sha256 {evidence.sha256[:12]}…"


def offer_lines(offer: FormOffer) -> Iterator[str]:
    """What a form offers, and where its limits are."""
    yield "The form offers these reasons:"
    yield from (f"  {clean_text(reason)}" for reason in offer.reasons or ["(none)"])
    yield from _named(
        "at most", offer.maximum and f"{offer.maximum.written} {offer.maximum.currency}"
    )
    yield from _named("statement", offer.statement_limit and f"{offer.statement_limit} characters")
    yield from _named("files", offer.accepts)
    yield from _named("most files", offer.most_files)


def life_lines(followed: Followed) -> Iterator[str]:
    """Where a claim stands, whose turn it is until when, and what comes next."""
    life = followed.life
    until = f", {'your' if life.yours else 'their'} time until {life.until}" if life.until else ""
    yield f"{followed.claim.claim_id}  {life.stage.replace('_', ' ')}{until}"
    yield f"  {life.next_step}"
    if life.offer:
        yield from offered_lines(life.offer)
    if life.support_text:
        yield f"  Text for the store's support: {clean_text(life.support_text)}"
    if life.link and (life.offer or life.support_text or life.yours):
        yield f"  {life.link}"


def offered_lines(offer: Offer) -> Iterator[str]:
    """Offered against asked, and what accepting would end. autoclaim never accepts."""
    asked = offer.asked
    against = f" of {asked.written} {asked.currency} asked" if asked else ""
    percent = f" ({offer.percent} %)" if offer.percent is not None else ""
    yield f"  Offered: {offer.offered.written} {offer.offered.currency}{against}{percent}"
    yield f"  If you accept: {offer.ends}"
    yield "  autoclaim never accepts or withdraws; you do, on the store's page."


def _named(name: str, value: object) -> Iterator[str]:
    if value is not None:
        yield f"  {name:<12} {clean_text(str(value))}"
