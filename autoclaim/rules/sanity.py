"""R2: facts that cannot be, so that a person must look before anything is decided."""

from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.contradictions import contradicts
from autoclaim.rules.knowing import Situation
from autoclaim.rules.windows import Now


def facts_that_cannot_be(case: Case) -> Answer | None:
    """Something is dated after now, or two facts cannot both be true."""
    line = case.line
    if line.contradiction is None:
        line.contradiction = contradicts(line)
    future = _in_future(line, case.now)
    if not (future or line.contradiction):
        return None
    flags = (("future_event",) if future else ()) + (
        ("contradiction",) if line.contradiction else ()
    )
    why: Saying = ("future_event",) if future else ("contradiction",)
    clauses = ("S5",) if line.shipped else ("S1",)
    return Answer("R2", "review", clauses, why, case.warning, flags=flags)


def _in_future(line: Situation, now: Now) -> bool:
    moment, day = line.last_event_moment, line.last_event_day
    if moment is not None and moment > now.moment:
        return True
    return day is not None and day > now.latest_today
