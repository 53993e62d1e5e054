"""Until when a parcel must be here, and the windows that hang on it (rules.md 2.1 and 2.2)."""

from datetime import date
from zoneinfo import ZoneInfo

from autoclaim.model.decision import Basis
from autoclaim.model.record import record
from autoclaim.model.times import Time
from autoclaim.rules.knowing import Situation
from autoclaim.rules.policies import Terms
from autoclaim.rules.windows import Window, after, last_days, printed, window


@record
class Deadline:
    """The delivery deadline: `day` = the day of `start` + `days`; basis `site` = printed."""

    day: date
    start: Time
    basis: Basis
    days: int = 0


@record
class Late:
    """What the deadline gives: the late window A, or None, and what must be said with it.

    The window's `opens_on` is the day the rules look at, None = open at once, and may lie after
    its last day. `early`: an early opening applies. `flags` and `missing` are the deadline's.
    """

    deadline: Deadline | None
    window: Window | None
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    early: bool = False


Found = tuple[Deadline | None, tuple[str, ...], tuple[str, ...]]


def delivery_deadline(line: Situation, terms: Terms) -> Found:
    """The deadline with its flags and what is missing; the store's own day beats the computed."""
    found = _computed_deadline(line, terms)
    shown = line.site_dates.refund_if_not_delivered_by
    if shown is None:
        return found
    day, _ = last_days(shown, None)
    computed = found[0]
    flags = ("site_differs",) if computed is not None and computed.day != day else ()
    return Deadline(day, shown, "site"), flags, ()


def _computed_deadline(line: Situation, terms: Terms) -> Found:
    promise, shipped, limit = line.promise, line.shipped_at, terms.delivery_cap_days
    if shipped is None or limit is None:
        return _promised(line, promise, limit)
    cap = after(shipped.day, limit)
    if promise is None:
        assumed = Deadline(cap, shipped, "estimate", limit)
        return assumed, ("deadline_assumed",), (line.of_parcel("promised_by"),)
    if promise.day <= cap:
        return Deadline(promise.day, promise, "rule"), (), ()
    return Deadline(cap, shipped, "rule", limit), (), ()


def _promised(line: Situation, promise: Time | None, limit: int | None) -> Found:
    """The deadline without a cap, or with one that cannot be told."""
    if promise is None:
        missing = (line.of_parcel("promised_by"),)
        return None, (), missing if limit is None else (*missing, line.of_parcel("shipped_at"))
    if limit is None or _promised_within(line, promise, limit):
        return Deadline(promise.day, promise, "rule"), (), ()
    unchecked = Deadline(promise.day, promise, "estimate")
    return unchecked, ("cap_unchecked",), (line.of_parcel("shipped_at"),)


def _promised_within(line: Situation, promise: Time, limit: int) -> bool:
    """Whether the cap cannot bite: nothing is shipped before it is paid for."""
    return line.payment is not None and promise.day <= after(line.payment.day, limit)


def late_window(line: Situation, terms: Terms, zone: ZoneInfo | None) -> Late:
    """A: from the day after the deadline to `late_days` after it."""
    deadline, flags, missing = delivery_deadline(line, terms)
    days = terms.dispute_late_days
    if deadline is None or days is None:
        return Late(deadline, None, flags, missing)
    counted, shown = after(deadline.day, days), line.site_dates.dispute_until
    if shown is None:
        opens_on, early = _opening(line, terms, deadline, counted)
        late = _counted(deadline, counted, days, zone, opens_on)
        return Late(deadline, late, flags, missing, early)
    last_on, _ = last_days(shown, None)
    if last_on != counted:
        flags = (*flags, "site_differs")
    opens_on, early = _opening(line, terms, deadline, last_on)
    return Late(deadline, printed(shown, zone, opens_on), flags, missing, early)


def counted_last_day(line: Situation, terms: Terms) -> date | None:
    """The last day of A as it is counted, whatever day the store prints for a dispute."""
    deadline, _, _ = delivery_deadline(line, terms)
    days = terms.dispute_late_days
    return None if deadline is None or days is None else after(deadline.day, days)


def _counted(
    deadline: Deadline,
    last_on: date,
    late_days: int,
    zone: ZoneInfo | None,
    opens_on: date | None,
) -> Window:
    """A as it is counted: from the printed deadline, or from what the deadline counts from."""
    start, basis = deadline.start, deadline.basis
    # no `days`: the buyer's calendar cannot read a printed day in another way
    if basis == "site":
        _, early = last_days(start, zone)
        return Window(last_on, after(early, late_days - 1), opens_on, basis, start)
    days = deadline.days + late_days
    return Window(last_on, after(start.early(zone), days - 1), opens_on, basis, start, days)


def _opening(
    line: Situation, terms: Terms, deadline: Deadline, last_on: date
) -> tuple[date | None, bool]:
    """When A opens, and whether that is an early opening."""
    usual = after(deadline.day, 1)
    by_state = terms.dispute_early_from_day
    if line.problem != "not_received" or by_state is None:
        return usual, False
    day_number = by_state.get(line.parcel.state or "*", by_state.get("*"))
    if day_number is None:
        return usual, False
    shipped = line.shipped_at
    # "at once" needs no day of shipping; any other day number does
    if shipped is None:
        return (None, True) if day_number == 0 else (usual, False)
    early = min(usual, after(shipped.day, day_number))
    return (shipped.day if early > last_on else early), True


def warning_window(
    line: Situation, terms: Terms, zone: ZoneInfo | None, late: Late
) -> Window | None:
    """W: the earliest last day that any reading could give. It only warns, and may be past."""
    shown = line.site_dates.dispute_until
    if shown is not None:
        return printed(shown, zone)
    if not line.shipped:
        return None
    windows = _readings(line, terms, zone, late)
    if not windows:
        return None
    # min keeps the first of equals, as the rule says
    chosen = min(windows, key=lambda window: window.last_on)
    safe_on = min(chosen.last_on, *(window.safe_on for window in windows))
    basis: Basis = "site" if chosen.basis == "site" else "estimate"
    return chosen._replace(safe_on=safe_on, basis=basis, opens_on=None)


def _readings(line: Situation, terms: Terms, zone: ZoneInfo | None, late: Late) -> list[Window]:
    windows = [] if late.window is None else [late.window]
    days, parcel = terms.dispute_received_days, line.parcel
    if days is not None:
        noticed = line.noticed_at if line.fault else None
        starts = (parcel.delivered_at, parcel.confirmed_at, parcel.completed_at, noticed)
        windows += [window(start, days, zone) for start in starts if start is not None]
    return windows
