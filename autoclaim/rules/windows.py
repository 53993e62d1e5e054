"""Windows: from when, until when, and by the strictest count until when (rules.md 1.2).

The event's day is day 0, the last day is included, and calendar days are counted, never hours.
"""

from collections.abc import Container
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from autoclaim.model.decision import Basis
from autoclaim.model.record import Replaceable, record
from autoclaim.model.times import POLICY_CLOCK, Time, first_moment, policy_day

_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_SATURDAY = 5


@record
class Now:
    """The moment of judging. `zone` is the buyer's clock, None when it is not known.

    `today` is the day on the policy clock, `buyer_today` the day on the buyer's clock, and
    `latest_today` the later of both.
    """

    moment: datetime
    today: date
    buyer_today: date
    latest_today: date
    has_offset: bool
    zone: ZoneInfo | None

    @classmethod
    def of(cls, now: Time, zone: ZoneInfo | None) -> "Now":
        """Judging at `now`, for a buyer in `zone`."""
        here, there = now.day, now.day_in(zone)
        return cls(now.moment, here, there, max(here, there), now.has_offset, zone)

    def is_before(self, time: Time) -> bool:
        """Whether `time` is still to come; a day is, once it is after today on both clocks."""
        return time.day > self.latest_today if time.form == "day" else time.moment > self.moment


@record
class Window(Replaceable):
    """Days on the policy clock, all inclusive.

    `start` and `days` are what the last day counts from and how many days; for a day or moment
    printed by the store `start` is that time and `days` is None. `until` is a printed moment, in
    UTC; every other window closes with the end of `last_on`.
    """

    last_on: date
    safe_on: date
    opens_on: date | None
    basis: Basis
    start: Time
    days: int | None = None
    until: datetime | None = None

    def over(self, now: Now) -> bool:
        """Whether `now` is at or after the first moment that is too late."""
        # a counted window ends with its last day, so comparing days is enough and quick
        if self.until is not None:
            return now.moment >= self.until
        return now.today > self.last_on

    @property
    def closes_at(self) -> datetime:
        """The first moment that is too late, with the policy clock's offset."""
        if self.until is not None:
            return self.until.astimezone(POLICY_CLOCK)
        return closing_moment(self.last_on)

    def opening(self, day: date | None) -> "Window":
        """The same window with another first day, or none."""
        return self if day == self.opens_on else self._replace(opens_on=day)


@lru_cache(maxsize=1 << 14)
def closing_moment(last_on: date) -> datetime:
    """The first moment after `last_on` on the policy clock."""
    return first_moment(last_on + _ONE_DAY)


@lru_cache(maxsize=1 << 14)
def after(day: date, days: int) -> date:
    """The day `days` after `day`; day 0 is `day` itself."""
    return day + timedelta(days=days)


def window(start: Time, days: int, zone: ZoneInfo | None, opens_on: date | None = None) -> Window:
    """`window(t, N)`: open to the end of day N after `start`.

    `safe_on` counts the event's day as day 1, on whichever clock shows the earlier day.
    """
    return Window(
        after(start.day, days), after(start.early(zone), days - 1), opens_on, "rule", start, days
    )


def printed(shown: Time, zone: ZoneInfo | None, opens_on: date | None = None) -> Window:
    """The window that ends with a day, or at a moment, printed by the store."""
    if shown.form == "day":
        return Window(shown.day, after(shown.day, -1), opens_on, "site", shown)
    last, early = last_days(shown, zone)
    return Window(last, after(early, -1), opens_on, "site", shown, None, shown.moment)


def last_days(shown: Time, zone: ZoneInfo | None) -> tuple[date, date]:
    """The last whole day a printed time leaves, on the policy clock and on the earlier clock."""
    if shown.form == "day":
        return shown.day, shown.day
    # midnight belongs to the day that ends with it
    before = shown.moment - _ONE_SECOND
    last = policy_day(before)
    return last, last if zone is None else min(last, before.astimezone(zone).date())


def is_workday(day: date, holidays: Container[date]) -> bool:
    """Monday to Friday, less the given holidays."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_workday(day: date, holidays: Container[date]) -> date:
    """The first workday after `day`."""
    day += _ONE_DAY
    while not is_workday(day, holidays):
        day += _ONE_DAY
    return day


@lru_cache(maxsize=1 << 12)
def workday_after(day: date, count: int, holidays: frozenset[date]) -> date:
    """The `count`-th workday after `day`."""
    for _ in range(count):
        day = next_workday(day, holidays)
    return day


def work_window(
    start: Time, workdays: tuple[int, int], holidays: frozenset[date], zone: ZoneInfo | None
) -> Window:
    """From the first to the last of `workdays` after `start`.

    `safe_on` starts the count with the earlier clock's day itself.
    """
    first, last = workdays
    last_on = workday_after(start.day, last, holidays)
    # counting from the day before makes the event's own day the first one looked at
    strict = workday_after(after(start.early(zone), -1), last, holidays)
    opens_on = workday_after(start.day, first, holidays)
    return Window(last_on, min(strict, last_on), opens_on, "rule", start)
