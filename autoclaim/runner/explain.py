"""One order, explained: what can be done, why, and what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from autoclaim.errors import WrongInput
from autoclaim.model import Decision, Facts, Order
from autoclaim.runner.decide_document import decide_facts
from autoclaim.runner.listing import facts_document
from autoclaim.runner.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision about one line, with the line's title and the zone the buyer lives in."""

    order: Order
    decision: Decision
    title: str
    zone: ZoneInfo | None


def explain(
    wiring: Wiring, order_id: str, line_id: str | None, suppose: Sequence[str], on: str | None
) -> list[Explained]:
    """Judge a stored order, perhaps under changed facts or on another day; nothing is stored.

    `suppose` are `FACT=VALUE`; `on` is a day or moment in place of now.
    """
    stored = wiring.ledger.order(order_id)
    document = facts_document(wiring, stored.account, [stored])
    if on:
        document["now"] = on
    facts = Facts.model_validate(document)
    [order] = facts.orders
    if "now" in facts.unread:
        raise WrongInput(f"{on!r} is no day and no moment.", "Write it like 2026-04-16.")
    zone = facts.buyer.zone if facts.buyer else None
    decisions = decide_facts(facts, wiring.now())
    explained = [
        Explained(order, decision, _title(order, decision), zone) for decision in decisions
    ]
    kept = [one for one in explained if line_id in (None, one.decision.line_id)]
    if not kept:
        lines = ", ".join(str(one.decision.line_id) for one in explained)
        raise WrongInput(f"Order {order.order_id} has no line {line_id}.", f"Its lines: {lines}.")
    return kept


def _title(order: Order, decision: Decision) -> str:
    titles = [line.title for line in order.lines if line.line_id == decision.line_id]
    return (titles[0] if titles else None) or ""
