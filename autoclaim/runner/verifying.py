"""Does the store's case say what the buyer sent?"""

from autoclaim.model import CaseSeen, Claim


def contradictions(claim: Claim, seen: CaseSeen) -> list[str]:
    """What the case shows otherwise than it was sent; what it leaves out contradicts nothing."""
    pairs = {
        "order": (claim.order_id, seen.order_id),
        "line": (claim.line_id, seen.line_id),
        "kind": (claim.kind, seen.kind),
        "reason": (claim.store_reason, seen.reason_text),
    }
    found = [
        f"{name}: {shown} instead of {sent}"
        for name, (sent, shown) in pairs.items()
        if None not in (sent, shown) and sent != shown
    ]
    if claim.amount and seen.amount and not _same_money(claim, seen):
        found.append(f"amount: {seen.amount.written} instead of {claim.amount.written}")
    return found


def _same_money(claim: Claim, seen: CaseSeen) -> bool:
    sent, shown = claim.amount, seen.amount
    return (
        sent is not None
        and shown is not None
        and ((sent.amount, sent.currency) == (shown.amount, shown.currency))
    )
