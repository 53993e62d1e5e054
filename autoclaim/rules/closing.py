"""R15: the window is over."""

from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.windows import Window, after


def closed(case: Case, over: Answer, *, by_button: bool = True) -> Answer:
    """`over`, an answer whose window (or whose ground) is gone, as R15 gives it.

    `review` while the page still shows the button, unless `by_button` is off.
    """
    gone = over.window
    refusal: Saying = ("no_ground",)
    action, why, flags = over.action, over.why, over.flags
    if gone is not None:
        refusal = ("dispute_over", gone.last_on)
        if by_button and case.offers("open_dispute"):
            action, flags = "review", (*flags, "still_offered")
            why = ("still_offered", gone.last_on)
    return Answer(
        over.rule,
        action,
        over.clauses,
        why,
        gone,
        None if gone is None else gone.opens_on,
        reason=over.reason,
        flags=flags,
        missing=over.missing,
        others=(*over.others, *_reading_of_buyer(case, gone)),
        why_not=(*over.why_not, ("dispute", refusal)),
    )


def _reading_of_buyer(case: Case, gone: Window | None) -> tuple[Saying, ...]:
    """Section 8, row 30: on the buyer's own clock the last day has not passed."""
    now = case.now
    # a day printed by the store has no `days`: no calendar reads it in another way
    if gone is None or gone.days is None or now.zone is None:
        return ()
    last = after(gone.start.day_in(now.zone), gone.days)
    return (("buyers_calendar", last),) if now.buyer_today <= last else ()
