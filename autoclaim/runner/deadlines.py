"""All deadlines there are, whatever stands behind them: order lines and subscriptions."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from autoclaim.errors import WrongInput
from autoclaim.model import Decision
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Age
from autoclaim.model.uncollected import uncollected
from autoclaim.runner import catalogue
from autoclaim.runner.listing import Filter, Judged, judged_orders
from autoclaim.runner.subscriptions import subscription_deadlines
from autoclaim.runner.wiring import Wiring

# Once a claim was sent, the window it used needs no reminder; a claim nobody knows the end of
# (`unknown`, `not_seen`) does: it may not have reached the store.
SENT = {"verified", "contradicts", "sent_seen"}
USES = {"cancel": {"cancel"}, "dispute": {"dispute", "need_data", "review"}}


class OrderKey(NamedTuple):
    """What the key of an order's deadline says; `line_id` is "" for an unnamed line."""

    store: str
    order_id: str
    line_id: str


def order_key(decision: Decision) -> str:
    """`store/order_id/line_id`; a slash inside one of them is escaped."""
    parts = (decision.store, decision.order_id, decision.line_id or "")
    return "/".join(quote(part, safe="") for part in parts)


def read_order_key(key: str) -> OrderKey:
    """The opposite of `order_key`."""
    return OrderKey(*(unquote(part) for part in key.split("/")))


def order_address(wiring: Wiring, deadline: Deadline) -> str | None:
    """The order's page at the store; None for what is no order, or a store that is not known."""
    if deadline.kind != "order":
        return None
    key = read_order_key(deadline.key)
    return order_page(wiring, key.store, key.order_id)


def order_page(wiring: Wiring, store: str, order_id: str) -> str | None:
    """The address of an order's page at the store, from its scenario; None where none is known."""
    pattern = _address_of_orders(store, wiring.settings.store_origin)
    return pattern and pattern.replace("{order_id}", quote(order_id, safe=""))


def account_ages(wiring: Wiring, deadlines: Iterable[Deadline] = ()) -> list[Age]:
    """How old the facts of each account are; of a removed one where a deadline rests on them."""
    ledger = wiring.ledger
    ages = [
        Age(account.name, account.added_at, ledger.last_success(account.name, now=wiring.now()))
        for account in ledger.accounts()
    ]
    removed = {one.account for one in deadlines if one.account} - {age.account for age in ages}
    for name in sorted(removed):
        read_at = ledger.last_success(name, now=wiring.now())
        ages.append(Age(name, read_at or wiring.now(), read_at, is_removed=True))
    return ages


@cache
def _address_of_orders(store: str, origin: str | None) -> str | None:
    try:
        return catalogue.site(store, origin).addresses.get("order")
    except WrongInput:  # facts may come from a store that autoclaim has no scenario for
        return None


def all_judged(wiring: Wiring) -> list[Judged]:
    """Every stored order, judged as of now."""
    with uncollected():
        return judged_orders(wiring, Filter())


def all_deadlines(wiring: Wiring, judged: Iterable[Judged]) -> list[Deadline]:
    """The deadlines of `judged` orders and of the subscriptions."""
    return [*order_deadlines(judged), *subscription_deadlines(wiring)]


def order_deadlines(judged: Iterable[Judged]) -> list[Deadline]:
    """One deadline per order line, in input order."""
    return [
        Deadline.of("order", order_key(decision), title, decision, one.stored.account)
        for one in judged
        for decision, title in zip(one.decisions, _titles(one), strict=True)
    ]


def open_deadlines(
    wiring: Wiring, deadlines: Iterable[Deadline], judged: Sequence[Judged]
) -> list[Deadline]:
    """Those that are not done with.

    Left out are windows that a sent claim has used, and what the buyer called no problem.
    """
    used = {
        (claim.store, claim.order_id, line, action)
        for claim in wiring.ledger.claims()
        if claim.state in SENT
        for line in [claim.line_id or ""]
        for action in USES[claim.kind]
    }
    no_problem = _answered(wiring, judged, "not_a_problem")
    left = (one for one in deadlines if one.kind != "order" or one.key not in no_problem)
    return [one for one in left if not _is_done(one, used)]


def not_put_off(
    wiring: Wiring, deadlines: Iterable[Deadline], judged: Sequence[Judged]
) -> list[Deadline]:
    """Those the buyer did not leave until another day: on that day they are told of."""
    later = _answered(wiring, judged, "later")
    return [one for one in deadlines if one.kind != "order" or one.key not in later]


def _answered(wiring: Wiring, judged: Iterable[Judged], answer: str) -> set[str]:
    """The keys of the order lines about which the buyer said so, of what is advised now."""
    said = {
        line: one for line, one in wiring.ledger.review_answers().items() if one.answer == answer
    }
    if not said:
        return set()
    today = wiring.now().date()
    return {
        order_key(decision)
        for one in judged
        for decision in one.decisions
        if (found := said.get((decision.store, decision.order_id, decision.line_id)))
        and found.counts(decision.action, decision.reason, today)
    }


def _is_done(deadline: Deadline, used: set[tuple[str, str, str, str]]) -> bool:
    if deadline.kind != "order":
        return False
    key = read_order_key(deadline.key)
    lines = {key.line_id, ""}  # a claim without a line is about the whole order
    return any((key.store, key.order_id, line, deadline.action) in used for line in lines)


def _titles(judged: Judged) -> list[str]:
    titles = {line.line_id: line.title or "" for line in judged.order.lines}
    return [titles.get(decision.line_id, "") for decision in judged.decisions]
