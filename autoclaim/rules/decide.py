"""The table of contents: which question is asked when (rules.md 3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from autoclaim.errors import FactsRefused
from autoclaim.model.decision import Decision
from autoclaim.model.facts import Facts, Order
from autoclaim.model.record import record
from autoclaim.model.times import Time
from autoclaim.model.uncollected import uncollected
from autoclaim.rules.answers import Answer
from autoclaim.rules.arrived import arrived
from autoclaim.rules.cases import Case, Document
from autoclaim.rules.completing import completed
from autoclaim.rules.conflicts import joined_variants
from autoclaim.rules.disputes import dispute_running
from autoclaim.rules.editions import Editions
from autoclaim.rules.holding import held_back
from autoclaim.rules.joining import Judged, join_editions, join_parcels
from autoclaim.rules.merging import grouped, merged
from autoclaim.rules.parcels import Travelled, lines_of
from autoclaim.rules.policies import Policies, Terms
from autoclaim.rules.refunds import money_came_back, refund_due
from autoclaim.rules.returns import return_approved
from autoclaim.rules.sanity import facts_that_cannot_be
from autoclaim.rules.undated import undecided
from autoclaim.rules.underway import not_arrived, problem_unreadable
from autoclaim.rules.unshipped import (
    cancellation_asked,
    is_overtaken,
    maybe_shipped,
    not_paid_yet,
    not_shipped,
    status_unknown,
)

_OF_SHIPPED_LINES: Final = frozenset({"R10", "R11", "R12", "R13", "R14"})


@record
class Judge:
    """What all orders of a document are judged with; `document` None = `now` is unreadable."""

    document: Document | None
    editions: Editions
    unread: tuple[str, ...]


def decide(facts: Facts, policies: Policies, clock: datetime) -> list[Decision]:
    """One decision per order line, in input order.

    `clock` is the moment (aware) used when the document has no `now`. Raises `FactsRefused` when
    the document names a policy that no edition has.
    """
    judge = judge_for(facts, policies, clock)
    decisions: list[Decision] = []
    with uncollected():
        for index, orders in grouped(facts.orders):
            decisions += decide_order(judge, orders, index)
    return decisions


def judge_for(facts: Facts, policies: Policies, clock: datetime) -> Judge:
    """The judge for a document; its orders are not looked at."""
    if facts.policy is not None and not policies.has(facts.policy):
        raise FactsRefused("policy", "no edition of the policy has this name")
    now = facts.now
    document: Document | None = None
    if now is not None or "now" not in facts.unread:
        document = Document.of(facts, now or Time.at(clock))
    country = facts.buyer.country if facts.buyer is not None else None
    today = None if document is None else document.now.today
    editions = Editions(policies, facts.policy, country, today)
    return Judge(document, editions, tuple(facts.unread))


def decide_order(judge: Judge, orders: Sequence[Order], index: int) -> list[Decision]:
    """The decisions for one order, given once or more often; `index` is its first place."""
    if len(orders) == 1:
        return _decide_lines(judge, orders[0], index)
    whole = merged(orders, 0)
    if not whole.differing:
        return _decide_lines(judge, whole.order, index)
    variants = [merged(orders, first).order for first in range(len(orders))]
    decisions = [_decide_lines(judge, order, index) for order in variants]
    return joined_variants(decisions, whole.differing, index)


def _decide_lines(judge: Judge, order: Order, index: int) -> list[Decision]:
    document, editions = judge.document, judge.editions
    if document is None:
        return [_undated(judge, travelled, index) for travelled in lines_of(order)]
    decisions: list[Decision] = []
    for travelled in lines_of(order):
        judged = judge_line(editions, document, travelled)
        decisions.append(completed(judged, index))
    return decisions


def _undated(judge: Judge, travelled: Travelled, index: int) -> Decision:
    edition = judge.editions.of(travelled[0][0]).paid.edition
    return undecided(travelled, edition, judge.unread, index)


def judge_line(editions: Editions, document: Document, travelled: Travelled) -> Judged:
    """The joined answer for one line, under one edition or two."""
    chosen = editions.of(travelled[0][0])
    judged = _judged(travelled, chosen.paid, document)
    if chosen.today is not None:
        judged = join_editions(judged, _judged(travelled, chosen.today, document))
    if chosen.assumed:
        judged = judged._replace(flags=(*judged.flags, "edition_assumed"))
    return judged


def _judged(travelled: Travelled, terms: Terms, document: Document) -> Judged:
    """The answer for one line under one edition."""
    situations, missing = travelled
    if len(situations) == 1:
        case = Case(situations[0], terms, document)
        return Judged(answer_for(case), case, (), missing)
    cases = [Case(line, terms, document) for line in situations]
    joined = join_parcels([Judged(answer_for(case), case) for case in cases])
    return joined._replace(flags=("shipment_assumed",), missing=missing)


def answer_for(case: Case) -> Answer:
    """The answer of the first rule that fits, held back where it must be."""
    if not case.line.has_case:
        return held_back(case, facts_that_cannot_be(case) or _by_progress(case))
    answer = _by_case(case) or _by_progress(case)
    if answer.rule in _OF_SHIPPED_LINES:
        answer = _with_history(case, answer)
    return held_back(case, answer)


def _by_case(case: Case) -> Answer | None:
    """R1 to R5: what was asked, disputed, sent back or paid back. Most lines have none of it."""
    return (
        money_came_back(case)
        or facts_that_cannot_be(case)
        or return_approved(case)
        or refund_due(case)
        or dispute_running(case)
    )


def _by_progress(case: Case) -> Answer:
    """R6 to R15: how far the order has come."""
    line = case.line
    if line.status is None:
        return status_unknown(case)
    if line.shipped:
        if line.problem_unreadable:
            return problem_unreadable(case)
        return arrived(case) if line.arrived or line.fault else not_arrived(case)
    if line.not_shipped:
        return not_paid_yet(case) or cancellation_asked(case) or not_shipped(case)
    return maybe_shipped(case)


def _with_history(case: Case, answer: Answer) -> Answer:
    """What an earlier request or dispute adds to the answer of a shipped line (R8, R13)."""
    line = case.line
    if is_overtaken(line):
        answer = answer._replace(flags=(*answer.flags, "cancel_overtaken"))
    if answer.action == "dispute" and line.dispute.state == "withdrawn":
        flags, others = (*answer.flags, "second_dispute"), (*answer.others, ("one_per_order",))
        answer = answer._replace(flags=flags, others=others)
    return answer
