"""What to type next about an order line: the last line of `explain`."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, get_args

from autoclaim.edge.hostile_text import clean_text
from autoclaim.model import Decision
from autoclaim.model.words import ProblemKind


class NextStep(NamedTuple):
    """What it is for, and what to type."""

    purpose: str
    command: str


KINDS = ", ".join(get_args(ProblemKind))

_OF_ORDER: Mapping[str, tuple[str, str]] = {
    "cancel": ("to fill the form; you press its button", "claim {0} --cancel"),
    "dispute": ("to fill the form; you press its button", "claim {0} --dispute"),
    "none": (f"only if something is wrong; KIND is one of {KINDS}", "problem {0} --kind KIND"),
}
_OF_ALL: Mapping[str, tuple[str, str]] = {
    "fast_refund": ("how it is done, step by step", "guide list refund"),
    "return_goods": ("how it is done, step by step", "guide list return"),
    "escalate": ("how to reach the store, step by step", "guide list support"),
    "review": ("to go through it question by question", "review"),
    "need_data": ("to read the order again", "scan"),
    "track_refund": ("to see what is owed and what came", "refunds"),
    "wait": ("to put the days into your calendar", "calendar"),
    "closed": ("ways outside the store, step by step", "guide list"),
}


def next_step(decision: Decision, now: datetime) -> NextStep:
    """The one command that takes the buyer on from this decision, judged at `now` (aware)."""
    line = _line(decision)
    if "buyer_unasked" in decision.flags and decision.action != "closed":
        return NextStep("if it is so, say it", _problem(decision))
    if decision.action == "wait" and "S8" in decision.clauses:
        return NextStep("to see how the dispute stands", "autoclaim follow-up")
    if decision.action == "none" and (decision.closes_at is None or decision.closes_at <= now):
        return NextStep("nothing here; to see the other orders", "autoclaim list")
    purpose, command = _OF_ORDER.get(decision.action) or _OF_ALL[decision.action]
    return NextStep(purpose, f"autoclaim {command.format(line)}")


def step_if_so(decision: Decision) -> NextStep:
    """The same when the facts were only supposed: first they must be so."""
    if decision.reason:
        return NextStep("this was only supposed; if it is so, say it", _problem(decision))
    command = f"autoclaim explain {clean_text(decision.order_id)}"
    return NextStep("this was only supposed; how it stands", command)


def _problem(decision: Decision) -> str:
    return f"autoclaim problem {_line(decision)} --kind {decision.reason or 'KIND'}"


def _line(decision: Decision) -> str:
    order = clean_text(decision.order_id)
    return order + (f" --line {clean_text(decision.line_id)}" if decision.line_id else "")
