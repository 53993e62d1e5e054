"""What a case page tells, kept in the ledger, so that every decision rests on the newest word."""

from decimal import Decimal
from typing import Any

from autoclaim.model import CaseSeen
from autoclaim.runner.wiring import Wiring

Facts = dict[str, Any]
KEPT = ("return", "refund")  # a page that is silent about them takes nothing back


def keep_case(wiring: Wiring, account: str, seen: CaseSeen) -> None:
    """Lay what the case tells over the order's facts; nothing is written when nothing changed."""
    known = wiring.ledger.known(account).get(seen.order_id)
    if known is None or not seen.facts:
        return
    wiring.ledger.see_orders([with_case(known, seen)], at=wiring.now(), account=account)


def with_case(order: Facts, seen: CaseSeen) -> Facts:
    """The order's facts with those of the case; the given facts are not changed."""
    if seen.kind == "cancel":
        return {**order, **seen.facts}
    lines = [
        _told(line, seen.facts) if line.get("line_id") == seen.line_id else line
        for line in order.get("lines") or []
    ]
    # What a line tells of its own dispute stands in place of the order's vaguer word.
    rest = {key: value for key, value in order.items() if key not in {"dispute", "refund"}}
    return {**(rest if any("dispute" in line for line in lines) else order), "lines": lines}


def _told(line: Facts, facts: Facts) -> Facts:
    """The line with its case as the page shows it now; an offer that is gone is gone."""
    kept = {key: {**line.get(key, {}), **facts[key]} for key in KEPT if facts.get(key)}
    told = {**line, **facts, **kept}
    if told.get("refund"):
        told["refund"] = _sized(told["refund"], line.get("paid"))
    return told


def _sized(refund: Facts, paid: Facts | None) -> Facts:
    """A refund is full when as much came back as was paid; without both sums it is not known."""
    back = refund.get("paid")
    if "kind" in refund or not back or not paid or back["currency"] != paid["currency"]:
        return refund
    whole = Decimal(str(back["amount"])) >= Decimal(str(paid["amount"]))
    return {**refund, "kind": "full" if whole else "partial"}
