"""What only the buyer can say before a form is filled in: which line, and what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from autoclaim.errors import ChoiceNeeded, NeedsPerson, NotSent
from autoclaim.model import ClaimKind, Decision, Order, OrderLine
from autoclaim.runner.claim_request import ClaimRequest

if TYPE_CHECKING:
    from autoclaim.ports import Told

# For which advice a form of that kind can be filled in.
ACTIONS: dict[ClaimKind | None, frozenset[str]] = {
    None: frozenset({"cancel", "dispute", "return_goods"}),
    "dispute": frozenset({"dispute", "return_goods"}),
}
NOT_HERE, HERE = "No, it is not here", "Yes, it is here"
ALONE, MORE = "No, go on", "Yes: stop, I say that first"


def ask_which_line(
    told: "Told", request: ClaimRequest, order: Order, decisions: Sequence[Decision]
) -> ClaimRequest:
    """The request with the line it is about, where the order has several; a cancel is of all.

    Raises:
        ChoiceNeeded: several lines fit, or none, and nobody is there to ask.
    """
    if request.line_id or len(order.lines) < 2 or request.kind == "cancel":  # noqa: PLR2004 - several
        return request
    pairs = list(zip(order.lines, decisions, strict=True))
    fitting = [one for one in pairs if _fits(request.kind, order, *one)]
    if request.kind is None and all(decision.action == "cancel" for _, decision in fitting):
        return request
    if len(fitting) == 1:
        return replace(request, line_id=fitting[0][0].line_id)
    options = [_option(*one) for one in fitting or pairs]
    question = f"Order {order.order_id} has {len(order.lines)} lines. Which one is it about?"
    picked = told.choose(question, options)
    if picked is None:
        raise ChoiceNeeded(question, options, "--line")
    line, _ = (fitting or pairs)[options.index(picked)]
    return replace(request, line_id=line.line_id)


def _fits(kind: ClaimKind | None, order: Order, line: OrderLine, decision: Decision) -> bool:
    if kind in ACTIONS:
        return decision.action in ACTIONS[kind]
    return (line.dispute or order.dispute) is not None


def _option(line: OrderLine, decision: Decision) -> str:
    title = (line.title or "")[:40]
    return f"{line.line_id}  {title} ({decision.action.replace('_', ' ')})"


def has_arrived(told: "Told", decision: Decision, title: str) -> bool:
    """Ask the buyer whether it arrived: the facts say "late", which is not yet the buyer's word.

    Raises:
        NeedsPerson: nobody is there to ask.
    """
    line = f" --line {decision.line_id}" if decision.line_id else ""
    picked = told.choose(f"Has it arrived? ({title or decision.order_id})", (NOT_HERE, HERE))
    if picked is None:
        raise NeedsPerson(
            f"By its dates order {decision.order_id} is late; you have not said what is wrong.",
            f"Say it first: autoclaim problem {decision.order_id}{line} --kind not_received",
        )
    return picked == HERE


def it_is_here(decision: Decision) -> NeedsPerson:
    """What came is not late: the buyer says what is wrong with it, if anything."""
    line = f" --line {decision.line_id}" if decision.line_id else ""
    return NeedsPerson(
        "Then it is not missing, and nothing was filled in.",
        "Is something wrong with it, say what: "
        f"autoclaim problem {decision.order_id}{line} --kind damaged (or another kind).",
    )


def gather_problems(told: "Told", order: Order, line: OrderLine) -> list[OrderLine]:
    """The other lines the buyer has a problem with: a store may take one dispute for an order.

    Raises:
        NotSent: the buyer wants to say more first.
    """
    others = [one for one in order.lines if one is not line and one.dispute is None]
    if not others:
        return []
    wrong = [one for one in others if one.problem and one.problem.kind]
    quiet = [one for one in others if one not in wrong]
    told.say("A store may take only one dispute for an order, so tell it everything in this one.")
    for one in wrong:
        told.say(f"  this one tells of line {one.line_id} too: {_what(one)}")
    if not quiet:
        return wrong
    names = ", ".join(one.line_id or "?" for one in quiet)
    question = f"Is anything wrong with the order's other lines ({names})?"
    if told.choose(question, (ALONE, MORE)) == MORE:
        raise NotSent(
            "You stopped it; nothing was filled in or sent.",
            f"Say it: autoclaim problem {order.order_id} --line {quiet[0].line_id} --kind damaged "
            "(or another kind), then claim again.",
        )
    return wrong


def _what(line: OrderLine) -> str:
    kind = line.problem.kind if line.problem else None
    return f"{(kind or '').replace('_', ' ')} ({(line.title or '')[:40]})"
