"""What is told beside a decision: its reasons, its other readings, the ways outside the store."""

from datetime import date
from typing import NamedTuple

from autoclaim.model.decision import Route, Telling, WhyNot
from autoclaim.model.record import record
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.joining import Judged
from autoclaim.rules.routes import Outside, ends_by, may_end_by, routes_outside
from autoclaim.rules.wording import refusals, sentences, under_other_edition


@record
class Reasons:
    """The telling of a decision: the answer it completes, and the reason it gives."""

    judged: Judged
    reason: str | None

    def why(self) -> str:
        """The reading used, the other edition's answer when it differs, the other readings."""
        answer, other = self.judged.answer, self.judged.other
        why: list[Saying] = [answer.why]
        if other is not None:
            why.append(under_other_edition(other.case.terms.edition, other.answer))
        return sentences(why, answer.others)

    def why_not(self) -> tuple[WhyNot, ...]:
        """The actions that are not open."""
        return refusals(self.judged.answer)

    def routes(self) -> tuple[Route, ...]:
        """The ways outside the store."""
        answer, case = self.judged.answer, self.judged.case
        country = case.document.country or case.line.order.ship_to_country
        edition, now = case.terms.edition, case.now
        outside = Outside(case.line, answer.action, self.reason, country, edition, now.zone)
        return routes_outside(outside, now.latest_today)

    def payment_route_ends_by(self, last_on: date) -> bool:
        """Whether a payment route ends on or before `last_on`."""
        answer, case = self.judged.answer, self.judged.case
        if self.reason is None and answer.action != "escalate":
            return False
        if not may_end_by(case.line, case.document.country, last_on):
            return False
        return any(ends_by(route, last_on) for route in self.routes())


class Undecided(NamedTuple):
    """The telling when nothing was decided."""

    answer: Answer

    def why(self) -> str:
        """Why nothing was decided."""
        return sentences([self.answer.why])

    def why_not(self) -> tuple[WhyNot, ...]:
        """Nothing: no action was looked at."""
        return ()

    def routes(self) -> tuple[Route, ...]:
        """Nothing: without a moment no day can be compared."""
        return ()


class Conflicting(NamedTuple):
    """The telling of one of several documents that differ about an order."""

    shown: Telling

    def why(self) -> str:
        """That the sources differ, then what one of them gives."""
        return f"{sentences([('conflict',)])} {self.shown.why()}"

    def why_not(self) -> tuple[WhyNot, ...]:
        """The actions that are not open by the document shown."""
        return self.shown.why_not()

    def routes(self) -> tuple[Route, ...]:
        """The ways outside the store by the document shown."""
        return self.shown.routes()
