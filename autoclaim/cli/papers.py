"""The receipt, and what a form offers, as lines of plain text."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from functools import partial
from textwrap import wrap

from autoclaim.cli.days import on_both_clocks
from autoclaim.edge.hostile_text import clean_text
from autoclaim.model import FieldCheck, FormOffer, Receipt
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
# What the store answered to a claim that it has as it was sent.
ANSWER_WORDS = {
    "done": "Agreed: the store says yes to what you asked for.",
    "waiting": "Verified: the store shows the case as you sent it, and has yet to answer.",
    "refused": "REFUSED: the store has what you sent, and says no.",
}
# What is told in a running case is no answer to it: the store has it, or still asks.
TOLD_WORDS = {
    "answer": "Verified: the store has your answer, and no longer asks for it.",
    "return_parcel": "Verified: the store has the parcel's number, and no longer asks for it.",
}
NAME_WIDTH = 12


def receipt_lines(receipt: Receipt, width: int, zone: tzinfo | None = None) -> Iterator[str]:
    """The receipt for a person: the answer, reference, moment, fields, guard, evidence.

    Lines have at most `width` characters where that breaks no word, as order numbers and paths
    are. `zone` is the buyer's; None: the machine's.
    """
    names = max([NAME_WIDTH, *(len(check.name) for check in receipt.fields)])
    return _within(width, _of_receipt(receipt, zone, names), names)


def _of_receipt(receipt: Receipt, zone: tzinfo | None, names_width: int) -> Iterator[str]:
    named = partial(_named, width=names_width)
    yield _result(receipt)
    if receipt.changed:
        names = clean_text(", ".join(receipt.changed))
        yield f"CHANGED between filling in and your press: {names}. Read what was sent."
    for one in receipt.contradictions:
        yield from named("BUT", one)
    yield from named("store says", receipt.status_text)
    told = {check.name for check in receipt.fields}
    for name, number in (("order", receipt.order_id), ("line", receipt.line_id)):
        if name not in told:
            yield from named(name, number)
    yield from named("reference", receipt.reference)
    yield from named("sent at", receipt.sent_at and on_both_clocks(receipt.sent_at, zone))
    for check in receipt.fields:
        yield from named(check.name, _field(check, changed=check.name in receipt.changed))
    for line in receipt.let_through or ("nothing that changes anything",):
        yield from named("let through", line)
    for line in receipt.stopped or ("nothing",):
        yield from named("stopped", line)
    for evidence in receipt.evidence:
        yield from named("evidence", f"{evidence.file}  sha256 {evidence.sha256[:12]}…")


def _result(receipt: Receipt) -> str:
    """What became of the claim, in one sentence."""
    if receipt.result != "verified":
        return RESULT_WORDS[receipt.result]
    if receipt.answer:
        return ANSWER_WORDS[receipt.answer]
    return TOLD_WORDS.get(receipt.kind, RESULT_WORDS["verified"])


def _field(check: FieldCheck, *, changed: bool) -> str:
    planned = "" if check.agrees else f"   (planned: {check.planned or 'nothing'})"
    return f"{check.found or 'nothing'}{planned}{'   CHANGED' if changed else ''}"


def _within(width: int, lines: Iterable[str], names_width: int) -> Iterator[str]:
    """The lines, broken between words; what follows stands below the value."""
    for line in lines:
        hang = " " * (names_width + 3 if line.startswith("  ") else 2)
        yield from wrap(
            line,
            max(width, 40),
            subsequent_indent=hang,
            break_long_words=False,
            break_on_hyphens=False,
        )


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
    yield from _named("required", ", ".join(offer.required) or None)
    yield from _named("not said", ", ".join(offer.not_said) or None)


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


def _named(name: str, value: object, width: int = NAME_WIDTH) -> Iterator[str]:
    if value is not None:
        yield f"  {clean_text(name):<{width}} {clean_text(str(value))}"
