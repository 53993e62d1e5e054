"""R15: the window is over."""

from autoclaim.model.decision import Action
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.windows import Window, after


def closed(case: Case, over: Answer, *, by_button: bool = True) -> Answer:
    """`over`, an answer whose window (or whose ground) is gone, as R15 gives it.

    `review` while the page still shows the button, unless `by_button` is off.
    """
    gone = over.window
    refusal: Saying = ("no_ground",) if gone is None else ("dispute_over", gone.last_on)
    why_not: tuple[tuple[Action, Saying], ...] = (*over.why_not, ("dispute", refusal))
    others = (*over.others, *_reading_of_buyer(case, gone))
    opens_on = None if gone is None else gone.opens_on
    if not (by_button and case.offers("open_dispute")):
        return over._replace(opens_on=opens_on, others=others, why_not=why_not)
    return over._replace(
        action="review",
        why=("still_offered_no_day",) if gone is None else ("still_offered", gone.last_on),
        opens_on=opens_on,
        flags=(*over.flags, "still_offered"),
        others=others,
        why_not=why_not,
    )


def _reading_of_buyer(case: Case, gone: Window | None) -> tuple[Saying, ...]:
    """Section 8, row 30: on the buyer's own clock the last day has not passed."""
    now = case.now
    if gone is None or gone.basis == "site" or gone.days is None or now.zone is None:
        return ()
    last = after(gone.start.day_in(now.zone), gone.days)
    return (("buyers_calendar", last),) if now.buyer_today <= last else ()
