"""Which windows the buyer is to be told of now. Late rather than never, and each lead once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from autoclaim.edge.ledger import ReminderTold
from autoclaim.model.config import ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Due
from autoclaim.model.times import policy_day

# The buyer's own windows: using them, or not, is up to the buyer.
LOUD = {"dispute", "fast_refund", "return_goods", "review", "need_data", "escalate"}
# Without a last day there is nothing to count back from; told once, when it turns up.
TOLD_ONCE = {"escalate", "review", "return_goods"}
ONCE = -1  # the lead of a window without a last safe day
_Asked = tuple[str, str, str]  # what is asked of the buyer, whichever its day: kind, key, action
TOMORROW = 1  # days left up to which a digest is not waited for


def the_day(now: datetime) -> date:
    """The later of today on the store's clock and on this machine's: no window seems longer."""
    return max(policy_day(now), now.astimezone().date())


def due_reminders(
    deadlines: Iterable[Deadline],
    told: Collection[ReminderTold],
    config: ReminderConfig,
    now: datetime,
) -> list[Due]:
    """What is due and was not told yet, most urgent first; what was missed is merged into it."""
    standing = (as_due(one, now) for one in deadlines if not is_over(one, now))
    earliest = _earliest_told(told)
    due = (
        due._replace(leads=_fresh_leads(due, told, config) or _first_word(due, earliest, config))
        for due in standing
    )
    return sorted((one for one in due if one.leads), key=urgency)


def open_windows(
    deadlines: Iterable[Deadline],
    config: ReminderConfig,
    now: datetime,
    told: Collection[ReminderTold] = (),
) -> list[Due]:
    """Every window that a digest tells of: open, the buyer's own, and not a quiet one."""
    dated = (as_due(one, now) for one in deadlines if is_loud(one) and one.safe_on)
    still_open = (due for due in dated if not has_closed(due.deadline, now))
    return sorted(
        (due._replace(leads=_listed_leads(due, told, config)) for due in still_open), key=urgency
    )


def _listed_leads(
    due: Due, told: Collection[ReminderTold], config: ReminderConfig
) -> tuple[int, ...]:
    """What a digest stands for: before the first lead it counts by the days left, once."""
    fresh = _fresh_leads(due, told, config)
    early = due.days_left is not None and not fresh and not _was_told(due, told)
    return (due.days_left or 0,) if early else fresh


def _first_word(
    due: Due, earliest: Mapping[_Asked, date], config: ReminderConfig
) -> tuple[int, ...]:
    """The days left, once, for a window of an order that stands open, however far away its end is.

    The machine may be off on every day on which a lead would be due. What was told with the same
    last safe day, or an earlier one, needs no other first word.
    """
    one = due.deadline
    is_open = one.kind == "order" and one.action in LOUD
    if not (config.when_opened and is_open and one.safe_on) or due.days_left is None:
        return ()
    before = earliest.get(_asked(one))
    return (due.days_left,) if before is None or before > one.safe_on else ()


def _earliest_told(told: Iterable[ReminderTold]) -> Mapping[_Asked, date]:
    days: dict[_Asked, date] = {}
    for one in told:
        if one.safe_on:
            days[_asked(one)] = min(one.safe_on, days.get(_asked(one), date.max))
    return days


def _asked(one: Deadline | ReminderTold) -> _Asked:
    return (one.kind, one.key, one.action)


def is_pressing(due: Due, told: Collection[ReminderTold]) -> bool:
    """Whether it must not wait for the next digest: it ends, or nothing was said of it yet.

    The first word is never held back: the machine may be off until the window has closed.
    """
    ends = due.days_left is None or due.days_left <= TOMORROW
    return ends or not _was_told(due, told)


def _was_told(due: Due, told: Collection[ReminderTold]) -> bool:
    one = due.deadline
    window = (one.kind, one.key, one.action, one.safe_on)
    return any(reminder[:-1] == window for reminder in told)


def is_dated(deadline: Deadline) -> bool:
    """Whether the window has a last safe day and is one to be told of, loudly or quietly."""
    return deadline.safe_on is not None and (is_loud(deadline) or _is_quiet(deadline))


def is_over(deadline: Deadline, now: datetime) -> bool:
    """Whether nothing is left to do about it because its window has closed."""
    return has_closed(deadline, now) and deadline.action not in TOLD_ONCE


def has_closed(deadline: Deadline, now: datetime) -> bool:
    """Whether the window has closed, if it has one; some things still ask for the buyer then."""
    if deadline.closes_at is not None:
        return now >= deadline.closes_at
    return deadline.last_on is not None and the_day(now) > deadline.last_on


def as_due(deadline: Deadline, now: datetime) -> Due:
    """The window with the days left as of now (None: it has no last safe day, or has closed)."""
    day = None if has_closed(deadline, now) else deadline.safe_on
    return Due(deadline, (), (day - the_day(now)).days if day else None)


def as_told(dues: Iterable[Due]) -> list[ReminderTold]:
    """What to keep once a channel took a message about these."""
    return [
        ReminderTold(
            one.deadline.kind, one.deadline.key, one.deadline.action, one.deadline.safe_on, lead
        )
        for one in dues
        for lead in one.leads
    ]


def is_loud(deadline: Deadline) -> bool:
    """Whether not using the window would lose something that the buyer is known to want."""
    if deadline.kind == "subscription":
        return deadline.action in {*LOUD, "cancel"} or _opens_later(deadline)
    return deadline.action in LOUD or _opens_later(deadline)


def _opens_later(deadline: Deadline) -> bool:
    # A `wait` that says when the buyer's own window opens; others wait for somebody else.
    return deadline.action == "wait" and None not in {deadline.opens_on, deadline.safe_on}


def _is_quiet(deadline: Deadline) -> bool:
    """A window nobody needs to use: an order not yet shipped, a parcel without a problem."""
    is_order = deadline.kind == "order"
    return is_order and deadline.action in {"cancel", "none"} and deadline.safe_on is not None


def _fresh_leads(
    due: Due, told: Collection[ReminderTold], config: ReminderConfig
) -> tuple[int, ...]:
    one = due.deadline
    window = (one.kind, one.key, one.action, one.safe_on)
    return tuple(lead for lead in _leads(due, config) if ReminderTold(*window, lead) not in told)


def _leads(due: Due, config: ReminderConfig) -> tuple[int, ...]:
    """The reminders whose day has come; those missed are among them."""
    one, left = due.deadline, due.days_left
    if left is None:
        return (ONCE,) if one.action in TOLD_ONCE else ()
    if is_loud(one):
        return tuple(sorted({lead for lead in config.lead_days if left <= lead}))
    quiet = config.quiet_lead_days
    return (quiet,) if _is_quiet(one) and quiet and left <= quiet else ()


def urgency(due: Due) -> tuple[bool, int, str]:
    """The order of windows: the soonest first, then those without a day, the newest first."""
    one = due.deadline
    if due.days_left is not None:
        return (False, due.days_left, one.key)
    return (True, -(one.opens_on or one.last_on or date.min).toordinal(), one.key)
