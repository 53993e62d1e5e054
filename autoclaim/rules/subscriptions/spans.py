"""Calendar arithmetic with spans: months keep the day they were begun on.

From 31 January a month leads to 28 or 29 February, two months to 31 March: the day of the start
counts for each step, never the day of the step before. Written here because the general libraries
give the single step, in ten lines; the day a notice period fits (`last_day_before`) they do not.
"""

from calendar import monthrange
from datetime import date, timedelta

from autoclaim.model.span import Span

_ONE_DAY = timedelta(days=1)
_LONGEST_SLIP = 3  # days between the lengths of two months


def shifted(start: date, months: int, days: int) -> date:
    """`start`, so many months and then so many days later.

    A day the month does not have becomes the month's last day.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)) + timedelta(days=days)


def after(start: date, span: Span, times: int = 1) -> date:
    """The day `times` spans after `start`, counted from `start` at once."""
    return shifted(start, span.months * times, span.days * times)


def last_day_before(end: date, notice: Span) -> date:
    """The last day from which the notice period is over at the end of the day `end`.

    The day the notice is given does not count, and a period in months ends with the day of the
    same number, or with the month's last day (as in BGB 187, 188).
    """
    day = after(end, notice, -1)
    for _ in range(_LONGEST_SLIP):
        if after(day + _ONE_DAY, notice) <= end:
            day += _ONE_DAY
    return day


def strictest_day_before(end: date, notice: Span) -> date:
    """The earliest of the days that other ways of counting backwards give.

    They count from the last day of the term, or from the first day of the next one.
    """
    return min(after(end, notice, -1), after(end + _ONE_DAY, notice, -1) - _ONE_DAY)


def month_begin(day: date) -> date:
    """The first day of a month that is `day` or comes next after it."""
    return day if day.day == 1 else shifted(day.replace(day=1), 1, 0)
