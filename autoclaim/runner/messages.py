"""The words of a message: what is due, how old its facts are, and last the next step."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from autoclaim.edge.hostile_text import clean_text
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Age, Due, Message
from autoclaim.runner.deadlines import read_order_key

BASIS_WORDS = {
    "site": "the store's own date",
    "rule": "counted by the policy",
    "estimate": "an estimate",
}
DOING = {
    "cancel": "cancel",
    "dispute": "open a dispute",
    "fast_refund": "ask for the fast refund",
    "return_goods": "send it back",
    "escalate": "contact the store",
    "review": "look at it yourself",
    "need_data": "facts are missing",
    "wait": "a window opens",
    "none": "say so if something is wrong with it",
}
MOST_SHOWN = 12  # windows in one message; a telephone shows no more
TITLE_WIDTH = 60


class Trouble(NamedTuple):
    """Why an account was not read, and what the buyer does about it."""

    account: str
    topic: str
    what_happened: str
    next_step: str


def ages_line(ages: Iterable[Age], now: datetime) -> str:
    """How old the facts are, account by account; of files only: that they came from files."""
    told = [f"{one.account} {_age(one.read_at, now)}" for one in ages]
    return f"As read from the store: {', '.join(told)}." if told else "From files you imported."


def due_lines(dues: Sequence[Due]) -> list[str]:
    """The windows, one block each, grouped by the days left."""
    lines: list[str] = []
    heading = ""
    for due in dues[:MOST_SHOWN]:
        group = days_left_words(due)
        lines += [f"{group}:"] if group != heading else []
        heading = group
        lines += _window(due)
    if len(dues) > MOST_SHOWN:
        lines.append(f"… and {len(dues) - MOST_SHOWN} more: autoclaim list --open")
    return lines


def due_title(dues: Sequence[Due]) -> str:
    """The title of a message about these windows; the first is the most urgent."""
    soonest = dues[0]
    rest = f" and {len(dues) - 1} more" if len(dues) > 1 else ""
    what = f"{DOING[soonest.deadline.action]}, {name_of(soonest.deadline)}"
    return f"{days_left_words(soonest)}: {what}{rest}"


def next_step(deadline: Deadline) -> str:
    """The command that takes the buyer on."""
    if deadline.kind == "subscription":
        return f"autoclaim subscription cancel '{clean_text(deadline.key)}'"
    key = read_order_key(deadline.key)
    order = clean_text(key.order_id)
    line = f" --line {clean_text(key.line_id)}" if key.line_id else ""
    if "buyer_unasked" in deadline.flags:
        return f"autoclaim problem {order}{line} --kind not_received"
    kinds = {"cancel": "--cancel", "dispute": "--dispute"}
    if deadline.action in kinds:
        return f"autoclaim claim {order}{line} {kinds[deadline.action]}"
    return f"autoclaim explain {order}{line}"


def name_of(deadline: Deadline) -> str:
    """What the buyer knows it by: the title, else the order's number."""
    title = clean_text(deadline.title)
    short = title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…"
    if deadline.kind == "subscription":
        return short or clean_text(deadline.key)
    order = clean_text(read_order_key(deadline.key).order_id)
    return f"{short} (order {order})" if short else f"order {order}"


def put_together(title: str, blocks: Iterable[Sequence[str]], step: str) -> Message:
    """One message from blocks of lines; empty ones leave no gap, the last line is the step."""
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return Message(f"autoclaim: {title}", f"{text}\n\nNext: {step}\n")


def _window(due: Due) -> list[str]:
    one = due.deadline
    amount = f", {one.amount.written} {one.amount.currency}" if one.amount else ""
    return [
        f"- {name_of(one)}: {DOING[one.action]}{amount}",
        f"  {_days(due)}",
        f"  {next_step(one)}",
    ]


def _days(due: Due) -> str:
    one = due.deadline
    if due.days_left is None and one.last_on is not None:
        return f"its window ended on {one.last_on}"
    if one.safe_on is None:
        return (
            f"since {one.opens_on}; no last day is known" if one.opens_on else "no last day known"
        )
    opens = f"opens on {one.opens_on}, " if one.action == "wait" else ""
    last = "" if one.last_on == one.safe_on else f", at the latest {one.last_on}"
    basis = BASIS_WORDS[one.basis] if one.basis else "basis not known"
    return f"{opens}by {one.safe_on}{last} ({basis})"


def days_left_words(due: Due) -> str:
    """How much time is left, as a heading."""
    left = due.days_left
    if left is None:
        return "Waiting for you"
    if left < 0:
        return "The last safe day is over, the window is not"
    return {0: "Last safe day today", 1: "One day left"}.get(left, f"{left} days left")


def _age(read_at: datetime | None, now: datetime) -> str:
    if read_at is None:
        return "never"
    days = (now.astimezone().date() - read_at.astimezone().date()).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"{read_at.astimezone():%Y-%m-%d %H:%M} ({ago})"


def gap_lines(last_run_at: datetime | None, now: datetime) -> list[str]:
    """A word about days on which nobody looked, or about a clock that went back."""
    if last_run_at is None:
        return []
    if last_run_at > now + timedelta(minutes=5):
        last = f"{last_run_at.astimezone():%Y-%m-%d %H:%M}"
        return [f"The clock was set back: the last run was at {last}. Check the clock."]
    days = (now - last_run_at).days
    return [f"Nobody looked for {days} days; this is what was missed."] if days > 1 else []
