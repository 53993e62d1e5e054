"""Why a line is decided as it is, and what else there is: everything `explain` tells.

Pure: facts, policies and a moment in, plain records out. The words are for a person; the records
are for whoever prints them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from autoclaim.errors import WrongInput
from autoclaim.model.decision import Decision
from autoclaim.model.facts import Facts, Order
from autoclaim.rules.cases import Case
from autoclaim.rules.day_words import DayTold, days_told
from autoclaim.rules.decide import answer_for, decide_order, judge_for, judge_line
from autoclaim.rules.fact_words import facts_in_words
from autoclaim.rules.flag_words import flags_in_words
from autoclaim.rules.merging import grouped, merged
from autoclaim.rules.parcels import lines_of
from autoclaim.rules.policies import Policies
from autoclaim.rules.policy_tables import Cited, cited
from autoclaim.rules.possibilities import Possibility, possibilities
from autoclaim.rules.pressing import Consequence, consequences
from autoclaim.rules.readings import OTHERS
from autoclaim.rules.terms import Clause
from autoclaim.rules.wording import worded


class ClauseTold(NamedTuple):
    """A clause that a decision names."""

    name: str
    clause: Clause


class Explanation(NamedTuple):
    """Everything there is to tell about one line.

    `decision` is the answer, `rule` the rule of rules.md that gave it. `reading` tells it by the
    reading used, `readings` by the others. `possible` is each action with the one condition that
    fails, `mind` what its flags mean, `unknown` what would have to be known, `days` where each day
    comes from, `clauses` and `values` what it rests on, `would_end` what pressing a button today
    would end.
    """

    decision: Decision
    rule: str
    reading: str
    mind: tuple[str, ...]
    unknown: tuple[str, ...]
    clauses: tuple[ClauseTold, ...]
    readings: tuple[str, ...] = ()
    possible: tuple[Possibility, ...] = ()
    days: tuple[DayTold, ...] = ()
    values: tuple[Cited, ...] = ()
    would_end: tuple[Consequence, ...] = ()


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
    decision = decisions[line]
    clauses = tuple(ClauseTold(name, policies.clause(name)) for name in decision.clauses)
    mind, unknown = flags_in_words(decision.flags), facts_in_words(decision.missing)
    if judge.document is None:
        return Explanation(decision, "R0", decision.why, mind, unknown, clauses)
    # of documents that differ, the one whose answer is shown: that with the earliest last day
    judged = min(
        (
            judge_line(judge.editions, judge.document, lines_of(whole)[line])
            for whole in _wholes(orders)
        ),
        key=lambda each: each.last_on,
    )
    readings = tuple(dict.fromkeys(worded(OTHERS, saying) for saying in judged.answer.others))
    return Explanation(
        decision,
        judged.answer.rule,
        decision.why.removesuffix(" ".join(readings)).rstrip(),
        mind,
        unknown,
        clauses,
        readings,
        possibilities(judged.case, decision),
        tuple(days_told(decision, judged)),
        tuple(_values(judged.case, policies)),
        consequences(facts, policies, clock, order, line),
    )


def _wholes(orders: Sequence[Order]) -> list[Order]:
    """The order as each of its documents tells it when it is put first; mostly there is one."""
    if len(orders) == 1:
        return list(orders)
    return [merged(orders, first).order for first in range(len(orders))]


def _values(case: Case, policies: Policies) -> list[Cited]:
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
    return [row for name, row in rows.items() if _rests_on(case, name)]


def _rests_on(case: Case, name: str) -> bool:
    """Whether the answer would be another one if the policy said nothing of this value."""
    nothing: dict[str, Any] = {name.replace(".", "_"): None}
    silent = replace(case.terms, **nothing)
    return answer_for(Case(case.line, silent, case.document)) != answer_for(case)
