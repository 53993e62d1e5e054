"""R15: the window is over."""

from datetime import date

from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.windows import Window, after


def closed(case: Case, over: Answer, *, by_button: bool = True) -> Answer:
    """`over`, an answer whose window (or whose ground) is gone, as R15 gives it.

    `review` while the page still shows the button, unless `by_button` is off.
    """
    gone = over.window
    others = over.others
    if (last := _last_day_of_buyer(case, gone)) is not None:
        others = (*others, ("buyers_calendar", last))
    refusal: Saying = ("dispute_over", gone.last_on) if gone else ("no_ground",)
    over = over._replace(
        action="closed",
        opens_on=gone.opens_on if gone else None,
        others=others,
        why_not=(*over.why_not, ("dispute", refusal)),
    )
    if not (by_button and case.offers("open_dispute")):
        return over
    why: Saying = ("still_offered", gone.last_on) if gone else ("still_offered_no_day",)
    return over._replace(action="review", why=why, flags=(*over.flags, "still_offered"))


def _last_day_of_buyer(case: Case, gone: Window | None) -> date | None:
    """The last day on the buyer's own clock, while it has not passed there (section 8, row 30)."""
    now = case.now
    if gone is None or gone.basis == "site" or gone.days is None or now.zone is None:
        return None
    last = after(gone.start.day_in(now.zone), gone.days)
    return last if now.buyer_today <= last else None
