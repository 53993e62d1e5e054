"""The same words or the same file for a second order: the buyer is asked before it is used."""

from collections.abc import Iterator

from autoclaim.edge.evidence import ClaimFolder
from autoclaim.edge.ledger import StoredClaim
from autoclaim.errors import NeedsPerson, NotSent
from autoclaim.model import Claim
from autoclaim.runner.evidence import digest_of
from autoclaim.runner.wiring import Wiring

USE, LEAVE = "Use it: it is true here too", "Leave it: nothing is filled in"


def ask_about_reuse(wiring: Wiring, claim: Claim) -> None:
    """Ask about each text or file that went out with a claim for another order.

    The store's terms name files of other orders as abuse (policy-facts B4), so no default.

    Raises:
        NeedsPerson: nobody is there to ask.
        NotSent: the buyer left it.
    """
    for sentence in _used_before(wiring, claim):
        answer = wiring.told.choose(f"{sentence} Use it again?", (USE, LEAVE))
        if answer is None:
            raise NeedsPerson(
                sentence, "Use another, or say --again if it is true of this order too."
            )
        if answer == LEAVE:
            raise NotSent("You left it; nothing was filled in or sent.", "The draft is kept.")


def _used_before(wiring: Wiring, claim: Claim) -> Iterator[str]:
    if not (claim.statement or claim.files):
        return
    digests = {digest_of(file): file.name for file in claim.files}
    for other in wiring.ledger.claims():
        if other.order_id == claim.order_id or not _may_have_been_sent(other):
            continue
        if claim.statement and _words(claim.statement) == _words(other.draft.get("statement")):
            yield f"The same text went out with claim {other.claim_id} for order {other.order_id}."
        for digest in sorted(digests.keys() & _digests(wiring, other)):
            yield (
                f"The file {digests[digest]} went out with claim {other.claim_id} for order "
                f"{other.order_id}."
            )


def _may_have_been_sent(claim: StoredClaim) -> bool:
    return claim.blocks or claim.state == "ended"


def _words(text: object) -> str:
    """Without case and spacing, which make no text another one."""
    return "".join(str(text or "").casefold().split())


def _digests(wiring: Wiring, claim: StoredClaim) -> set[str | None]:
    kept = ClaimFolder(wiring.places.evidence, claim.claim_id).kept()
    return {one.sha256 for one in kept} | {one.original for one in kept}
