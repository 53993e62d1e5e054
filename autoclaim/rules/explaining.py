"""Why a line is decided as it is, and what else there is: everything `explain` tells.

Pure: facts, policies and a moment in, plain records out. The words are for a person; the records
are for whoever prints them.
"""

from datetime import date, datetime
from typing import Final, NamedTuple

from autoclaim.errors import WrongInput
from autoclaim.model.decision import Basis, Decision
from autoclaim.model.facts import Facts
from autoclaim.rules.answers import Answer
from autoclaim.rules.cases import Case
from autoclaim.rules.decide import decide_order, judge_for, judge_line
from autoclaim.rules.joining import Judged
from autoclaim.rules.merging import grouped, merged
from autoclaim.rules.parcels import lines_of
from autoclaim.rules.policies import Policies
from autoclaim.rules.policy_tables import Cited, cited
from autoclaim.rules.possibilities import Possibility, possibilities
from autoclaim.rules.pressing import Consequence, consequences
from autoclaim.rules.readings import OTHERS
from autoclaim.rules.terms import Clause
from autoclaim.rules.windows import Window
from autoclaim.rules.wording import worded

# Which values of the policy an answer of each rule rests on (rules.md 3).
RESTS_ON: Final[dict[str, tuple[str, ...]]] = {
    "R3": ("return.send_days", "fast.limits", "fast.price_of", "refund.claim_days"),
    "R4": ("refund.cancel_workdays", "refund.claim_days", "refund.claim_workdays"),
    "R5": ("dispute.seller_answer_days", "dispute.store_joins_days", "dispute.escalate_days"),
    "R7": ("cancel.review_days",),
    "R8": ("cancel.answer_days",),
    "R9": ("cancel.usual_days",),
    "R11": ("delivery.cap_days", "dispute.late_days", "dispute.early_from_day"),
    "R12": ("dispute.received_days", "dispute.late_days", "delivery.cap_days"),
    "R13": ("dispute.received_from", "dispute.received_days", "dispute.unconfirmed_days"),
    "R14": ("return.no_reason", "dispute.received_days"),
}

_BASIS_IN_WORDS: Final[dict[Basis, str]] = {
    "site": "printed by the store",
    "rule": "counted by the policy",
    "estimate": "an estimate, because a fact was assumed",
}


class DayTold(NamedTuple):
    """One day of a decision and where it comes from."""

    name: str
    day: date
    basis: Basis
    origin: str


class ClauseTold(NamedTuple):
    """A clause that a decision names."""

    name: str
    clause: Clause


class Explanation(NamedTuple):
    """Everything there is to tell about one line.

    `decision` is the answer, `rule` the rule of rules.md that gave it, `possible` each action with
    the one condition that fails, `days` where each day comes from, `clauses` and `values` what it
    rests on, `readings` the other readings, `would_end` what pressing a button today would end.
    """

    decision: Decision
    rule: str
    possible: tuple[Possibility, ...]
    days: tuple[DayTold, ...]
    clauses: tuple[ClauseTold, ...]
    values: tuple[Cited, ...]
    readings: tuple[str, ...]
    would_end: tuple[Consequence, ...]


def explained(
    facts: Facts, policies: Policies, clock: datetime, order: int = 0, line: int = 0
) -> Explanation:
    """The explanation for line `line` of the order at `order`, both from 0, as given.

    `clock` is the aware moment used when the facts have no `now`. Raises `WrongInput` when there
    is no such line.
    """
    judge = judge_for(facts, policies, clock)
    orders = next((given for index, given in grouped(facts.orders) if index == order), None)
    if orders is None:
        raise WrongInput(f"There is no order {order}.", "Orders are counted from 0.")
    decisions = decide_order(judge, orders, order)
    if line >= len(decisions):
        raise WrongInput(f"The order has no line {line}.", "Lines are counted from 0.")
    whole = merged(orders, 0).order if len(orders) > 1 else orders[0]
    clauses = tuple(ClauseTold(name, policies.clause(name)) for name in decisions[line].clauses)
    if judge.document is None:
        return Explanation(decisions[line], "R0", (), (), clauses, (), (), ())
    judged = judge_line(judge.editions, judge.document, lines_of(whole)[line])
    return _explained(decisions[line], judged, policies)._replace(
        clauses=clauses, would_end=consequences(facts, policies, clock, order, line)
    )


def _explained(decision: Decision, judged: Judged, policies: Policies) -> Explanation:
    answer, case = judged.answer, judged.case
    readings = tuple(worded(OTHERS, saying) for saying in answer.others)
    return Explanation(
        decision,
        answer.rule,
        possibilities(case, decision),
        tuple(_days(decision, answer)),
        (),
        tuple(_values(case, answer, policies)),
        readings,
        (),
    )


def _days(decision: Decision, answer: Answer) -> list[DayTold]:
    told: list[DayTold] = []
    basis = decision.basis
    if basis is None:
        return told
    window = answer.window
    if decision.opens_on is not None:
        told.append(DayTold("opens on", decision.opens_on, basis, _BASIS_IN_WORDS[basis]))
    if decision.last_on is not None and decision.safe_on is not None and window is not None:
        told.append(DayTold("last day", decision.last_on, basis, origin_of(window)))
        strict = "the strictest count: the day itself is day one, on the earlier of both clocks"
        told.append(DayTold("safe day", decision.safe_on, basis, strict))
    return told


def origin_of(window: Window) -> str:
    """In words, where the last day of a window comes from."""
    source = _BASIS_IN_WORDS[window.basis]
    start = f"{window.start.day} (given as {window.start.text})"
    if window.days is not None:
        return f"{source}: {window.days} days after {start}"
    if window.until is not None or window.start.day == window.last_on:
        return f"{source}: {window.start.text}"
    return f"{source}: counted from {start}"


def _values(case: Case, answer: Answer, policies: Policies) -> list[Cited]:
    """The values that the answer rests on, as the edition or an overlay on it gives them."""
    edition, country = case.terms.edition, case.line.order.ship_to_country or case.document.country
    paid_at = case.line.order.paid_at
    file = policies.edition(edition)
    rows = {name: cited(name, term, file.sources) for name, term in file.by_name().items()}
    for overlay in policies.overlays_on(edition, country, paid_at.day if paid_at else None):
        for change in overlay.changes:
            if change.concerns(country):
                for name, term in change.by_name().items():
                    rows[name] = cited(name, term, overlay.sources, change.countries)
    return [rows[name] for name in RESTS_ON.get(answer.rule, ()) if name in rows]
