"""R17: one line judged with several parcels, or under two editions, and the one answer it gets."""

from datetime import date

from autoclaim.model.record import Replaceable, record
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case


@record
class Judged(Replaceable):
    """An answer with the case that it answers; `flags` and `missing` were added by joining.

    `other` is the answer under the other edition, when it differs.
    """

    answer: Answer
    case: Case
    flags: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    other: "Judged | None" = None

    @property
    def last_on(self) -> date:
        """The last day, for comparing: no day is the latest."""
        window = self.answer.window
        return date.max if window is None else window.last_on

    def as_review(self, why: Saying) -> "Judged":
        """The same, for a person to look at."""
        answer = self.answer
        if answer.action == "review":
            return self
        clauses = answer.clauses or ("S5",)
        return self._replace(answer=answer._replace(action="review", clauses=clauses, why=why))


def join_parcels(judged: list[Judged]) -> Judged:
    """The answer of a line that travelled in one of several parcels, nobody knows which."""
    actions = {each.answer.action for each in judged}
    if len(actions) == 1:
        return min(judged, key=_last_on)
    # nothing to do for one parcel, and waiting for another: waiting
    if actions == {"none", "wait"}:
        return min((each for each in judged if each.answer.action == "wait"), key=_last_on)
    return min(judged, key=_last_on).as_review(("parcels_differ",))


def _last_on(judged: Judged) -> date:
    return judged.last_on


def join_editions(paid: Judged, today: Judged) -> Judged:
    """6.1: the answer under the edition of payment and under today's, as one."""
    action, other = paid.answer.action, today.answer.action
    # what is settled under the edition of payment is not opened by a later text
    if action == "none":
        return paid
    if action == other and paid.last_on == today.last_on:
        return paid
    return _chosen(paid, today)


def _chosen(paid: Judged, today: Judged) -> Judged:
    action, other = paid.answer.action, today.answer.action
    earlier_today = today.last_on < paid.last_on
    if action == "closed":
        return _told(paid, today)
    if action != other and other == "closed":
        return _told(paid.as_review(("editions_differ",)), today)
    if action != other and other in ("none", "need_data"):
        return _told(paid, today)
    return _told(today, paid) if earlier_today else _told(paid, today)


def _told(shown: Judged, other: Judged) -> Judged:
    return shown._replace(flags=(*shown.flags, "two_editions"), other=other)
