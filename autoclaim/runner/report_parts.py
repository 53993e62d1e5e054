"""The report's parts as words and positions: a card, a bar, a row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import NamedTuple

from autoclaim.edge.ledger import StoredAccount, StoredClaim
from autoclaim.edge.report import Bar, Card, MonthRow, Row, Tick
from autoclaim.model import Money, zone_named
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Due
from autoclaim.model.subscription import Subscription
from autoclaim.runner.deadline_words import doing, next_step, short_basis, state_of
from autoclaim.runner.deadlines import read_order_key
from autoclaim.runner.listing import URGENCY
from autoclaim.runner.messages import days_left_words
from autoclaim.runner.refunds import Month, Refund, added, months
from autoclaim.runner.reminders import is_loud

PROVED = {"verified", "contradicts"}
WAITING = {"wait", "track_refund"}
OVER = {"closed", "none"}
PRESSING, SOON = 1, 7  # days left up to which a window is urgent, or soon
BEFORE, AFTER = timedelta(days=4), timedelta(days=73)  # how far the timeline reaches
TICKS = 6
LAST_DAYS = timedelta(days=2)  # in which the closing moment is told on both clocks
MOST_MONTHS = 12
HIGHEST = 95.0  # of the month chart's hundred


class Clock(NamedTuple):
    """The moment of the report, and where a day lies on its timeline, in percent."""

    now: datetime
    today: date

    def at(self, day: date) -> float:
        """Where a day lies; days outside lie at the edges."""
        part = (day - (self.today - BEFORE)) / (BEFORE + AFTER)
        return round(100 * min(max(part, 0.0), 1.0), 1)

    def ticks(self) -> list[Tick]:
        """The days of the axis, evenly spread, the first and the last at its ends."""
        step = (BEFORE + AFTER) / (TICKS - 1)
        days = [self.today - BEFORE + number * step for number in range(TICKS)]
        return [Tick(self.at(day), f"{day:%d %b}") for day in days]

    def zones(self, accounts: Iterable[StoredAccount]) -> dict[str, tzinfo | None]:
        """Each account's own clock, where it is known."""
        names = {one.name: one.buyer.get("time_zone") for one in accounts}
        return {name: zone_named(zone) if zone else None for name, zone in names.items()}


def together(dues: Iterable[Due]) -> list[list[Due]]:
    """The windows, those of one order that ask for the same by the same day as one."""
    groups: dict[object, list[Due]] = {}
    for due in dues:
        one = due.deadline
        order = read_order_key(one.key)[:2] if one.kind == "order" else one.key
        groups.setdefault((one.kind, order, one.action, one.safe_on, one.why), []).append(due)
    return list(groups.values())


def to_do_card(
    dues: Sequence[Due], address: str | None, zone: tzinfo | None, now: datetime
) -> Card:
    """A window the buyer can use, or something that waits for the buyer, on one or more lines."""
    due, one = dues[0], dues[0].deadline
    amounts = added([each.deadline.amount for each in dues])
    others = len(dues) - 1
    more = f" and {others} more {'line' if others == 1 else 'lines'}" if others else ""
    return Card(
        tone=_tone(due.days_left),
        left=days_left_words(due),
        action=state_of(one).capitalize(),
        title=f"{one.title or number_of(one)}{more}",
        number=number_of(one) if one.kind == "order" else "",
        address=address,
        day=str(one.safe_on) if due.days_left is not None else "",
        last_day=str(one.last_on) if one.last_on != one.safe_on else "",
        basis=short_basis(one.basis, one.kind),
        closing=_closing(one, zone, now),
        amount=_told_amount(amounts, one),
        why=one.why,
        command=next_step(one),
    )


def window_bar(one: Deadline, clock: Clock) -> Bar:
    """A window from the day it opens, or opened, to its last day."""
    safe, last = one.safe_on or clock.today, one.last_on or one.safe_on or clock.today
    begins = one.opens_on or clock.today
    tone = "quiet" if not is_loud(one) else "others" if one.action == "wait" else "own"
    pressing = tone == "own" and (safe - clock.today).days <= PRESSING
    opens = f"opens {begins}, " if one.action == "wait" else ""
    return Bar(
        tone="urgent" if pressing else tone,
        action=doing(one) if is_loud(one) else QUIET[one.action],
        title=one.title or number_of(one),
        days=f"{opens}by {safe}, last {last} ({short_basis(one.basis, one.kind)})",
        start=min(clock.at(begins), clock.at(safe)),
        safe=clock.at(safe),
        end=clock.at(last),
    )


QUIET = {"cancel": "may be cancelled", "none": "arrived"}


def table_row(one: Deadline, number: str, address: str | None, *, several: bool) -> Row:
    """An order line or a subscription as a row; `several` accounts are told apart.

    `number` is the order's, or the subscription's name.
    """
    group = "wait" if one.action in WAITING else "over" if one.action in OVER else "do"
    other = one.action in WAITING or one.action in OVER
    return Row(
        group=group,
        account=(one.account or "") if several else "",
        number=number,
        address=address,
        title=one.title,
        action=state_of(one),
        day=None if other else one.safe_on,
        last_day=one.last_on,
        basis=short_basis(one.basis, one.kind),
        amount=money(one.amount),
    )


def subscription_row(one: Deadline, wanted: Subscription) -> Row:
    """A subscription as a row: what it costs stands where an order says what was bought."""
    row = table_row(one, one.key, wanted.link, several=False)
    every = wanted.every.unit if wanted.every.number == 1 else str(wanted.every)
    return row._replace(title=f"{money(wanted.price)} / {every}")


def row_order(one: Deadline) -> tuple[int, date, str]:
    """What can be done first, the soonest of it first, then by number."""
    return (URGENCY[one.action], one.safe_on or date.max, one.key)


def claim_clock(claim: StoredClaim, one: Deadline) -> str:
    """Whose time runs, and until when; before it is proved that the claim was sent, nobody's."""
    if claim.state not in PROVED:
        return "not proved yet: autoclaim follow-up"
    until = one.last_on or one.safe_on
    if one.action in WAITING:
        theirs = f": theirs, until {until} ({short_basis(one.basis)})" if until else ""
        return f"{state_of(one)}{theirs}"
    if one.action in OVER:
        return state_of(one)
    yours = f", by {one.safe_on} ({short_basis(one.basis)})" if one.safe_on else ""
    return f"{state_of(one)}: yours{yours}"


def last_months(refunds: Sequence[Refund]) -> list[Month]:
    """The months that the report shows, oldest first."""
    return months(refunds)[-MOST_MONTHS:]


def month_rows(rows: Sequence[Month]) -> list[MonthRow]:
    """The months, with the heights of their bars within one currency."""
    highest = highest_bars(rows)
    years = [row.month.partition("-")[0] for row in rows]
    return [
        MonthRow(
            row.month,
            _month_name(row.month),
            year if year.isdecimal() and year != before else "",
            row.currency,
            format(row.promised, "f"),
            format(row.received, "f"),
            _height(row.promised, highest[row.currency]),
            _height(row.received, highest[row.currency]),
        )
        for row, year, before in zip(rows, years, ["", *years], strict=False)
    ]


def highest_bars(rows: Iterable[Month]) -> dict[str, Decimal]:
    """The highest amount of each currency, promised or received in one month; at least 1."""
    highest: dict[str, Decimal] = {}
    for row in rows:
        most = max(row.promised, row.received, Decimal(1))
        highest[row.currency] = max(most, highest.get(row.currency, Decimal(1)))
    return highest


def _month_name(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%b}" if month[:1].isdecimal() else month


def number_of(one: Deadline) -> str:
    """The order's number, or the subscription's name."""
    return read_order_key(one.key).order_id if one.kind == "order" else one.key


def money(amount: Money | None) -> str:
    """An amount as it was written, or nothing."""
    return f"{amount.written} {amount.currency}" if amount else ""


def _told_amount(amount: Money | None, one: Deadline) -> str:
    is_term = one.kind == "subscription" and amount is not None
    return f"The next term costs {money(amount)}" if is_term else money(amount)


def _height(amount: Decimal, highest: Decimal) -> float:
    return round(float(amount / highest) * HIGHEST, 1)


def _tone(days_left: int | None) -> str:
    if days_left is None:
        return "calm"
    return "urgent" if days_left <= PRESSING else "soon" if days_left <= SOON else "calm"


def _closing(one: Deadline, zone: tzinfo | None, now: datetime) -> str:
    closes = one.closes_at
    if closes is not None and now >= closes:
        return f"Its window ended on {one.last_on}."
    if one.kind == "subscription":  # its day ends at midnight on the buyer's own clock
        return ""
    if closes is None or not closes - LAST_DAYS <= now < closes:
        return ""
    here = closes.astimezone(zone)
    return f"Closes {here:%Y-%m-%d %H:%M} your time ({closes:%Y-%m-%d %H:%M} on the store's clock)"
