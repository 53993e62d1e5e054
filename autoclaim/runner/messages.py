"""The words of a message: what is due, how old its facts are, and last the next step."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from autoclaim.model.reminder import Age, Due, Message
from autoclaim.runner.deadline_words import basis_words, doing, name_of, next_step

MOST_SHOWN = 12  # windows in one message; a telephone shows no more


class Trouble(NamedTuple):
    """Why an account was not read, and what the buyer does about it.

    `title` says it in other words than "could not be read"; such a trouble lasts and is told once.
    """

    account: str
    topic: str
    what_happened: str
    next_step: str
    title: str = ""


def ages_line(ages: Iterable[Age], now: datetime) -> str:
    """How old the facts are, account by account; without any, that they are the buyer's own."""
    told = [f"{_name(one)} {_age(one.read_at, now)}" for one in ages]
    return (
        f"As read from the store: {', '.join(told)}."
        if told
        else "From what you imported or entered yourself."
    )


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
    what = f"{doing(soonest.deadline)}, {name_of(soonest.deadline)}"
    return f"{days_left_words(soonest)}: {what}{rest}"


def put_together(title: str, blocks: Iterable[Sequence[str]], step: str) -> Message:
    """One message from blocks of lines; empty ones leave no gap, the last line is the step."""
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return Message(f"autoclaim: {title}", f"{text}\n\nNext: {step}\n")


def _window(due: Due) -> list[str]:
    one = due.deadline
    amount = f", {one.amount.written} {one.amount.currency}" if one.amount else ""
    return [
        f"- {name_of(one)}: {doing(one)}{amount}",
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
    return f"{opens}by {one.safe_on}{last} ({basis_words(one)})"


def days_left_words(due: Due) -> str:
    """How much time is left, as a heading."""
    left = due.days_left
    if left is None:
        return "Waiting for you"
    if left < 0:
        return "The last safe day is over, the window is not"
    return {0: "Last safe day today", 1: "One day left"}.get(left, f"{left} days left")


def _name(age: Age) -> str:
    return f"{age.account} (removed, read no more)" if age.is_removed else age.account


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
