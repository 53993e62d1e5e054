"""One order, explained: what can be done, why, and what would change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from autoclaim.errors import WrongInput
from autoclaim.model import Facts, Order
from autoclaim.rules import Explanation, explained, supposed
from autoclaim.runner.listing import facts_document
from autoclaim.runner.shipped_policies import policies
from autoclaim.runner.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation of one line, with its title and the zone the buyer lives in."""

    explanation: Explanation
    title: str
    zone: ZoneInfo | None


def explain(
    wiring: Wiring, order_id: str, line_id: str | None, suppose: Sequence[str], on: str | None
) -> list[Explained]:
    """Judge a stored order, perhaps under changed facts or on another day; nothing is stored.

    `suppose` are `FACT=VALUE` (rules/names.py has the short names); `on` is a day or moment in
    place of now.

    Raises:
        WrongInput: no such order, line or fact, or a value that the fact cannot have.
    """
    stored = wiring.ledger.order(order_id)
    document = facts_document(wiring, stored.account, [stored])
    facts = Facts.model_validate(document | ({"now": on} if on else {}))
    if "now" in facts.unread:
        raise WrongInput(f"{on!r} is no day and no moment.", "Write it like 2026-04-16.")
    changes = dict(_change(words) for words in suppose)
    return [_explained(wiring, facts, changes, line) for line in _lines(facts.orders[0], line_id)]


def _explained(wiring: Wiring, facts: Facts, changes: Mapping[str, str], line: int) -> Explained:
    if changes:
        facts = supposed(facts, changes, line=line)
    [order] = facts.orders
    title = order.lines[line].title if order.lines else None
    zone = facts.buyer.zone if facts.buyer else None
    explanation = explained(facts, policies(), wiring.now(), line=line)
    return Explained(explanation, title or "", zone)


def _lines(order: Order, wanted: str | None) -> list[int]:
    """The places of the lines asked for; an order without lines has one unnamed."""
    ids = [line.line_id for line in order.lines] or [None]
    places = [place for place, line_id in enumerate(ids) if wanted in (None, line_id)]
    if not places:
        known = ", ".join(line_id or "(unnamed)" for line_id in ids)
        raise WrongInput(f"Order {order.order_id} has no line {wanted}.", f"Its lines: {known}.")
    return places


def _change(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals:
        raise WrongInput(f"{words!r} supposes nothing.", "Write it like problem=damaged.")
    return name.strip(), value.strip()
