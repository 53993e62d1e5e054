"""What can be done about a line now, later, no longer; and the one condition that fails."""

from collections.abc import Callable
from datetime import date
from typing import Final, Literal, NamedTuple

from autoclaim.model.decision import Action, Decision
from autoclaim.rules.arrived import received_window
from autoclaim.rules.cases import Case
from autoclaim.rules.fact_words import facts_in_words
from autoclaim.rules.fast_refund import fast_refund_fits
from autoclaim.rules.free_returns import return_without_reason
from autoclaim.rules.windows import Window, after

When = Literal["now", "later", "no longer", "not now"]


class Possibility(NamedTuple):
    """One action: whether it is open, the condition that fails, and what would change that.

    Days are inclusive and on the policy clock; `change` is empty when nothing would change it.
    """

    action: Action
    when: When
    opens_on: date | None = None
    last_on: date | None = None
    because: str = ""
    change: str = ""


def possibilities(case: Case, decision: Decision) -> tuple[Possibility, ...]:
    """Each acting word, the one decided first."""
    found = [_possible(action, look, case, decision) for action, look in _LOOKS.items()]
    return tuple(sorted(found, key=lambda each: _ORDER[each.when]))


_ORDER: Final = {"now": 0, "later": 1, "not now": 2, "no longer": 3}


def _possible(
    action: Action,
    look: Callable[[Case, Decision], Possibility],
    case: Case,
    decision: Decision,
) -> Possibility:
    if decision.action == action:
        return Possibility(action, "now", decision.opens_on, decision.last_on)
    return look(case, decision)


def _cancel(case: Case, decision: Decision) -> Possibility:
    line = case.line
    if line.shipped:
        shipped_at = line.parcel.shipped_at
        on = "" if shipped_at is None else f" on {shipped_at.day}"
        change = "Goods under way come back by a dispute or a return."
        return Possibility("cancel", "no longer", because=f"it was shipped{on}", change=change)
    if line.status is None:
        return _unknown("cancel", "the status of the order is not known", "Read the order's page.")
    if line.status == "cancelled":
        return Possibility("cancel", "no longer", because="it is cancelled already")
    return _cancel_unshipped(case, decision)


def _cancel_unshipped(case: Case, decision: Decision) -> Possibility:
    line = case.line
    if line.status == "payment_review":
        wait = "Wait until the payment is checked."
        because = "the payment is being checked"
        return Possibility("cancel", "later", decision.opens_on, because=because, change=wait)
    if line.pending:
        change = "Only the seller's answer changes it; do not ask twice."
        return _unknown("cancel", "a cancellation was asked for and not answered", change)
    if line.cancellation.refused_at is not None:
        return _unknown("cancel", "the seller refused it", "Ask the store.")
    return _by_decision("cancel", decision)


def _dispute(case: Case, decision: Decision) -> Possibility:
    line = case.line
    if line.dispute.state in ("open", "agreed", "finished", "refused"):
        change = "Only a withdrawn dispute leaves room for another one."
        return _unknown("dispute", "there is a dispute already", change)
    if not line.shipped:
        change = "It opens when the order is late, or when what comes is wrong."
        return _unknown("dispute", "it is not shipped", change)
    # R14 answers then, and its windows are not those of a dispute
    if line.arrived and line.problem == "changed_mind":
        return _unknown("dispute", "a change of mind is no ground for a dispute", "")
    if decision.action == "review" or (decision.action == "need_data" and not _is_over(case)):
        return _by_decision("dispute", decision)
    return _received(case, decision) if line.arrived or line.fault else _late(case, decision)


def _is_over(case: Case) -> bool:
    """Whether the time to dispute what came is over, whatever else may be open."""
    window = received_window(case).window
    return case.line.arrived and window is not None and window.over(case.now)


def _received(case: Case, decision: Decision) -> Possibility:
    window = received_window(case).window
    if window is not None and window.over(case.now):
        return _gone("dispute", window)
    if case.line.problem is not None:
        return _by_decision("dispute", decision)
    change = "Say what is wrong with it, and it opens."
    last_on = None if window is None else window.last_on
    return Possibility("dispute", "not now", None, last_on, "no problem is known", change)


def _late(case: Case, decision: Decision) -> Possibility:
    window = case.late.window
    if window is None:
        return _by_decision("dispute", decision)
    if window.over(case.now):
        return _gone("dispute", window)
    opens_on, change = window.opens_on, "Only time changes it."
    because = "it may still come: the deadline has not passed"
    return Possibility("dispute", "later", opens_on, window.last_on, because, change)


def _fast_refund(case: Case, _decision: Decision) -> Possibility:
    returned, fit = case.line.return_, fast_refund_fits(case)
    if not case.terms.fast_limits:
        return _unknown("fast_refund", "this edition of the policy knows no Fast Refund", "")
    if fit.fits is False:
        return _unknown("fast_refund", "your level and the price do not fit it", "")
    if returned.approved_at is None:
        because = "no return was approved"
        return _unknown("fast_refund", because, "It follows an approved return for a full refund.")
    if returned.full_refund is False:
        return _unknown("fast_refund", "the return was not approved for a full refund", "")
    if returned.tracking_number is None:
        change = "Send the goods back and enter the tracking number."
        return Possibility("fast_refund", "later", because="nothing was sent back", change=change)
    return _unknown("fast_refund", "it is not known whether it fits", _say(fit.missing))


def _return_goods(case: Case, _decision: Decision) -> Possibility:
    line = case.line
    if line.return_.approved_at is not None:
        return Possibility("return_goods", "no longer", because="the goods are on their way back")
    if not line.arrived:
        return _unknown("return_goods", "it has not arrived", "")
    if case.terms.return_no_reason is None:
        because = "this edition of the policy knows no return without a reason"
        return _unknown("return_goods", because, "A dispute may end in an approved return.")
    answer = return_without_reason(case, None)
    last_on = None if answer.window is None else answer.window.last_on
    if answer.action == "return_goods":
        change = "Say that you have changed your mind, and it opens."
        because = "you have not said that you want to send it back"
        return Possibility("return_goods", "not now", answer.opens_on, last_on, because, change)
    if answer.action == "need_data":
        change = _say(answer.missing)
        because = "not all is known that it depends on"
        return Possibility("return_goods", "not now", None, last_on, because, change)
    when: When = "not now" if last_on is None else "no longer"
    ended = "these goods cannot go back without a reason" if last_on is None else "it is over"
    return Possibility("return_goods", when, None, last_on, ended)


def _escalate(_case: Case, decision: Decision) -> Possibility:
    if decision.action in ("wait", "track_refund") and decision.last_on is not None:
        opens_on = after(decision.last_on, 1)
        because = "somebody else's time is still running"
        change = "Only time changes it."
        if decision.action == "track_refund" or "S8" in decision.clauses:
            return Possibility("escalate", "later", opens_on, because=because, change=change)
    return _unknown("escalate", "nothing is overdue and nothing was refused", "")


_LOOKS: Final[dict[Action, Callable[[Case, Decision], Possibility]]] = {
    "cancel": _cancel,
    "dispute": _dispute,
    "fast_refund": _fast_refund,
    "return_goods": _return_goods,
    "escalate": _escalate,
}


_ELSE: Final = "something else comes first"
_NOT_SURE: Final[dict[Action, str]] = {
    "review": "a person has to look first",
    "need_data": "not enough is known",
    "closed": "the time for it is over",
    "wait": "it is somebody else's turn",
}


def _unknown(action: Action, because: str, change: str) -> Possibility:
    return Possibility(action, "not now", because=because, change=change)


def _say(missing: tuple[str, ...]) -> str:
    return f"It depends on {', '.join(facts_in_words(missing))}."


def _gone(action: Action, window: Window) -> Possibility:
    because = f"the time for it ended on {window.last_on}"
    return Possibility(action, "no longer", window.opens_on, window.last_on, because)


def _by_decision(action: Action, decision: Decision) -> Possibility:
    """What the decision itself says against it."""
    refused = next((each for each in decision.why_not if each.action == action), None)
    because = _NOT_SURE.get(decision.action, _ELSE) if refused is None else refused.because
    if "not_offered" in decision.flags:
        because = "the order's page was read and shows no button for it"
    change = _say(decision.missing) if decision.missing else "Look at the order's page."
    return Possibility(action, "not now", decision.opens_on, decision.last_on, because, change)
