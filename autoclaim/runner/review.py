"""Everything that can be done, most urgent first, and what the buyer answers to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from autoclaim.edge.ledger import StoredOrder
from autoclaim.edge.ledger.reviews import LineKey, ReviewAnswer
from autoclaim.model import Decision
from autoclaim.runner.claim_draft import KIND_OF_ACTION
from autoclaim.runner.evidence import About, missing_evidence
from autoclaim.runner.follow_up_life import Offer, offer_of, support_text
from autoclaim.runner.listing import Filter, Judged, judged_orders, most_urgent_first
from autoclaim.runner.pack import link_to
from autoclaim.runner.refunds import refunds
from autoclaim.runner.wiring import Wiring

CAN_BE_DONE = frozenset({"cancel", "dispute", "fast_refund", "return_goods", "escalate", "review"})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done: about which line, what persuades and is missing, and where.

    `fills` says that `claim` fills in a form for it; else the buyer does it at `link`, with
    `support_text` where money is overdue, or reads `offer` first.
    """

    subject: About
    missing: tuple[str, ...]
    link: str
    fills: bool
    support_text: str | None = None
    offer: Offer | None = None

    @property
    def decision(self) -> Decision:
        """What the rules say."""
        return self.subject.decision

    @property
    def title(self) -> str:
        """The line's title, or nothing."""
        return (self.subject.line.title if self.subject.line else None) or ""

    def as_json(self) -> dict[str, object]:
        """One entry of `review --json`."""
        return {
            "decision": self.decision.as_json(),
            "title": self.title,
            "missing_evidence": list(self.missing),
            "link": self.link,
            "support_text": self.support_text,
            "offer": self.offer.as_json() if self.offer else None,
        }


def steps_to_review(wiring: Wiring, account: str | None) -> list[Step]:
    """What can be done now, without what was put off or is no problem, most urgent first."""
    answers = wiring.ledger.review_answers()
    today = wiring.now().date()
    subjects = {
        id(subject.decision): subject
        for judged in judged_orders(wiring, Filter(account=account))
        for subject in _subjects(judged)
        if subject.decision.action in CAN_BE_DONE
        and not _is_answered(answers.get(_key(subject)), subject.decision, today)
        and not _is_under_way(wiring, subject)
    }
    order = most_urgent_first(subject.decision for subject in subjects.values())
    return [_step(wiring, subjects[id(decision)]) for decision in order]


def put_off(wiring: Wiring, step: Step) -> date | None:
    """Leave it until tomorrow; None when it cannot wait: today is the last safe day, or later."""
    tomorrow = wiring.now().date() + timedelta(days=1)
    if step.decision.safe_on and step.decision.safe_on < tomorrow:
        return None
    _keep(wiring, step, "later", until=tomorrow)
    return tomorrow


def no_problem(wiring: Wiring, step: Step) -> None:
    """Leave it out for as long as the same is advised for the same reason; take the word back."""
    problem = _said(step.subject)
    with wiring.ledger.together():
        _keep(wiring, step, "not_a_problem", problem=problem)
        if problem:
            wiring.ledger.clear_problem(
                step.subject.stored, at=wiring.now(), line_id=step.subject.line_id
            )


def undo(wiring: Wiring, step: Step) -> None:
    """Take the last answer back; what the buyer had said of the line counts again."""
    order, line_id = step.subject.stored, step.subject.line_id
    with wiring.ledger.together():
        answer = wiring.ledger.review_answers().get(_key(step.subject))
        wiring.ledger.take_answer_back(order, line_id, at=wiring.now())
        if answer and answer.problem:
            wiring.ledger.say_problem(order, answer.problem, at=wiring.now(), line_id=line_id)


def _keep(
    wiring: Wiring,
    step: Step,
    answer: str,
    *,
    until: date | None = None,
    problem: Mapping[str, Any] | None = None,
) -> None:
    decision = step.decision
    said = ReviewAnswer(answer, decision.action, decision.reason, until, problem)
    order, line_id = step.subject.stored, step.subject.line_id
    wiring.ledger.keep_answer(order, line_id, said, at=wiring.now())


def _subjects(judged: Judged) -> list[About]:
    lines = judged.order.lines or (None,)
    decided = {one.line_id: one for one in judged.decisions}
    return [
        About(
            judged.stored,
            judged.order,
            line,
            decided[line.line_id if line else None],
            judged.decisions,
        )
        for line in lines
        if (line.line_id if line else None) in decided
    ]


def _key(subject: About) -> LineKey:
    return (subject.stored.store, subject.stored.order_id, subject.line_id)


def _is_answered(answer: ReviewAnswer | None, decision: Decision, today: date) -> bool:
    return answer is not None and answer.counts(decision.action, decision.reason, today)


def _is_under_way(wiring: Wiring, subject: About) -> bool:
    """Whether a claim for the line stands in the way of a form being filled in again."""
    if subject.decision.action not in KIND_OF_ACTION:
        return False
    claims = wiring.ledger.claims(order_id=subject.stored.order_id)
    return any(one.blocks and one.line_id in {None, subject.line_id} for one in claims)


def _step(wiring: Wiring, subject: About) -> Step:
    decision, order = subject.decision, subject.order
    fills = decision.action in KIND_OF_ACTION and not _is_return_approved(subject)
    money = next(iter(refunds([Judged(subject.stored, order, subject.decisions)])), None)
    overdue = decision.action == "escalate" and money is not None
    return Step(
        subject=subject,
        missing=tuple(one.proof.words for one in _missing(wiring, subject) if fills),
        link=link_to(wiring, order.store, order.order_id),
        fills=fills,
        support_text=support_text(wiring, subject, money) if overdue else None,
        offer=offer_of(wiring, None, subject),
    )


def _missing(wiring: Wiring, subject: About) -> Sequence[Any]:
    return missing_evidence(wiring, subject) if subject.decision.action != "cancel" else ()


def _is_return_approved(subject: About) -> bool:
    """Whether the goods are to be sent back already: there is no form, only a parcel to post."""
    case = (subject.line.return_ if subject.line else None) or subject.order.return_
    return case is not None and case.approved_at is not None


def _said(subject: About) -> dict[str, Any] | None:
    stored: StoredOrder = subject.stored
    for line in stored.facts.get("lines") or []:
        if line.get("line_id") == subject.line_id and line.get("problem"):
            return dict(line["problem"])
    return None
