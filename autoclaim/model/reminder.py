"""A window to be told of, a message that tells it, and how old the facts behind it are."""

from datetime import datetime
from typing import NamedTuple

from autoclaim.model.deadline import Deadline


class Due(NamedTuple):
    """A window to be told of now: `leads` are the reminders this one message stands for.

    `days_left` counts to the last safe day: 0 on that day, negative after it; None without a day.
    """

    deadline: Deadline
    leads: tuple[int, ...]
    days_left: int | None


class Message(NamedTuple):
    """What one channel is told: plain text, its last line a next step."""

    title: str
    text: str


class Age(NamedTuple):
    """How old the facts of an account are: `read_at` is the last good reading (aware).

    `is_removed`: nobody reads it any more, and its orders are judged as they were seen last.
    """

    account: str
    added_at: datetime
    read_at: datetime | None
    is_removed: bool = False
