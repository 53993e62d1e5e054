"""Does the store's case say what the buyer sent?"""

from autoclaim.model import CaseSeen, Claim, Money


def contradictions(claim: Claim, seen: CaseSeen) -> list[str]:
    """What the case shows otherwise than it was sent; what it leaves out contradicts nothing.

    Words are compared without regard to case and spaces, money by amount and currency.
    """
    pairs = {
        "order": (claim.order_id, seen.order_id),
        "line": (claim.line_id, seen.line_id),
        "kind": (claim.kind, seen.kind),
        "reason": (claim.store_reason, seen.reason_text),
        "amount": (_words(claim.amount), _words(seen.amount)),
    }
    return [
        f"{name}: {shown} instead of {sent}"
        for name, (sent, shown) in pairs.items()
        if sent is not None and shown is not None and _plain(sent) != _plain(shown)
    ]


def _words(money: Money | None) -> str | None:
    return f"{money.amount.normalize():f} {money.currency}" if money else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
