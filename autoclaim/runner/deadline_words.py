"""A deadline in words: what to do, where its day comes from, what it is called, what to type.

Orders and subscriptions have the same deadlines and other words: a store has a policy, a contract
has terms.
"""

import shlex

from autoclaim.edge.hostile_text import clean_text
from autoclaim.model.deadline import Deadline, DeadlineKind
from autoclaim.model.decision import Basis
from autoclaim.runner.deadlines import read_order_key

TITLE_WIDTH = 60
_DOING = {
    "order": {
        "cancel": "cancel",
        "dispute": "open a dispute",
        "fast_refund": "ask for the fast refund",
        "return_goods": "send it back",
        "escalate": "contact the store",
        "review": "look at it yourself",
        "need_data": "facts are missing",
        "wait": "a window opens",
        "none": "say so if something is wrong with it",
    },
    "subscription": {
        "cancel": "cancel or keep",
        "escalate": "ask for the money back",
        "review": "look whether it was charged",
        "need_data": "say when it renews",
        "wait": "decide whether to cancel",
    },
}
_STATES = {
    "order": {
        "track_refund": "refund due",
        "wait": "wait",
        "closed": "too late",
        "none": "nothing to do",
    },
    "subscription": {"wait": "wait", "closed": "too late for this term", "none": "nothing to do"},
}
_BASIS = {
    "order": {
        "site": "the store's own date",
        "rule": "counted by the policy",
        "estimate": "an estimate",
    },
    "subscription": {
        "site": "the provider's own date",
        "rule": "counted from its terms",
        "estimate": "an estimate",
    },
}
_SHORT_BASIS = {
    "order": {"site": "store", "rule": "policy", "estimate": "estimate"},
    "subscription": {"site": "provider", "rule": "terms", "estimate": "estimate"},
}


def doing(one: Deadline) -> str:
    """What the buyer would do, as an order to oneself."""
    return _DOING[one.kind].get(one.action) or _DOING["order"][one.action]


def state_of(one: Deadline) -> str:
    """What is to be done, or whose time runs, or that it is over: for a table."""
    return _STATES[one.kind].get(one.action) or doing(one)


def basis_words(one: Deadline) -> str:
    """Where its day comes from, as a part of a sentence."""
    return _BASIS[one.kind][one.basis] if one.basis else "basis not known"


def short_basis(basis: Basis | None, kind: DeadlineKind = "order") -> str:
    """Where a day comes from, in one word; nothing where there is no day."""
    return _SHORT_BASIS[kind][basis] if basis else ""


def name_of(one: Deadline) -> str:
    """What the buyer knows it by: the title, else the order's number."""
    title = clean_text(one.title)
    short = title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…"
    if one.kind == "subscription":
        return short or clean_text(one.key)
    order = clean_text(read_order_key(one.key).order_id)
    return f"{short} (order {order})" if short else f"order {order}"


def next_step(one: Deadline) -> str:
    """The command that takes the buyer on."""
    return _step_of_subscription(one) if one.kind == "subscription" else _step_of_order(one)


def _step_of_order(one: Deadline) -> str:
    key = read_order_key(one.key)
    order = clean_text(key.order_id)
    line = f" --line {clean_text(key.line_id)}" if key.line_id else ""
    if "buyer_unasked" in one.flags:
        return f"autoclaim problem {order}{line} --kind not_received"
    kinds = {"cancel": "--cancel", "dispute": "--dispute"}
    if one.action in kinds:
        return f"autoclaim claim {order}{line} {kinds[one.action]}"
    return f"autoclaim explain {order}{line}"


def _step_of_subscription(one: Deadline) -> str:
    name = shlex.quote(clean_text(one.key))
    if one.action == "review":
        return f"autoclaim subscription cancel {name} --charged yes|no"
    if one.action == "need_data":
        return f"autoclaim subscription edit {name} --renews DAY"
    command = "subscription cancel" if one.action == "cancel" else "explain"
    return f"autoclaim {command} {name}"
