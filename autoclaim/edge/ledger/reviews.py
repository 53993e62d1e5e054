"""What the buyer answered when walked through what can be done."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from autoclaim.edge.ledger.events import Event, EventTable
from autoclaim.edge.ledger.orders import StoredOrder

LineKey = tuple[str, str, str | None]  # store, order number, line number


class ReviewAnswer(NamedTuple):
    """`later` (until the day named) or `not_a_problem`, said about an action and its reason.

    `problem` is what the buyer had said of the line before (contracts.md 1), or None.
    """

    answer: str
    action: str
    reason: str | None
    until: date | None = None
    problem: Mapping[str, Any] | None = None

    def counts(self, action: str, reason: str | None, today: date) -> bool:
        """Whether it still answers what is advised now: the same, and not put off until today."""
        same = (self.action, self.reason) == (action, reason)
        return same and (self.until is None or today < self.until)


class ReviewEvents(EventTable):
    """What the ledger knows of the buyer's answers; the newest of a line counts."""

    def keep_answer(
        self, order: StoredOrder, line_id: str | None, said: ReviewAnswer, *, at: datetime
    ) -> None:
        """Keeps an answer about a line, or about the whole order."""
        until = said.until.isoformat() if said.until else None
        problem = dict(said.problem) if said.problem else None
        body = {**said._asdict(), "until": until, "problem": problem}
        self._answer(order, line_id, at, body)

    def take_answer_back(self, order: StoredOrder, line_id: str | None, *, at: datetime) -> None:
        """Keeps that the last answer about the line no longer counts."""
        self._answer(order, line_id, at, {"answer": None})

    def review_answers(self) -> dict[LineKey, ReviewAnswer]:
        """Every answer that counts now, by line."""
        answers: dict[LineKey, ReviewAnswer] = {}
        for event in self.events("reviewed"):
            key = (str(event.store), str(event.order_id), event.line_id)
            if event.body["answer"] is None:
                answers.pop(key, None)
            else:
                answers[key] = _read(event.body)
        return answers

    def _answer(
        self, order: StoredOrder, line_id: str | None, at: datetime, body: Mapping[str, object]
    ) -> None:
        names = (order.account, order.store, order.order_id, line_id)
        self.record(Event("reviewed", at, *names, body=body))


def _read(body: Mapping[str, Any]) -> ReviewAnswer:
    until = body["until"]
    return ReviewAnswer(**{**body, "until": date.fromisoformat(until) if until else None})
