"""What the buyer wants to be told, and a message that tells it."""

from datetime import datetime
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from autoclaim.model.deadline import Deadline

Days = Annotated[int, Field(ge=0, le=365)]


class _Wishes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReminderWishes(_Wishes):
    """The table [reminders] of config.toml; all numbers are whole days, 0 = never.

    `lead_days` count back from the last safe day, which itself is 0. `quiet_lead_days` is the one
    reminder about a window that nobody needs to use: a parcel that came as it should, an order
    that could still be cancelled. With `digest_days` all open windows are told together that
    often, and between two digests only what ends today or tomorrow.
    """

    lead_days: Annotated[tuple[Days, ...], Field(min_length=1)] = (14, 7, 3, 1, 0)
    quiet_lead_days: Days = 3
    digest_days: Days = 0
    heartbeat_days: Days = 7
    alarm_days: Annotated[int, Field(ge=1, le=365)] = 3


class NotifyWishes(_Wishes):
    """The table [notify]: where messages go.

    `command` is a program and its arguments: the text comes on its standard input, the title in
    AUTOCLAIM_TITLE. `apprise` are names given to `autoclaim notify add`; the addresses themselves
    hold tokens and stay in the keychain.
    """

    desktop: bool = True
    command: tuple[str, ...] = ()
    apprise: tuple[str, ...] = ()


class ReportWishes(_Wishes):
    """The table [report]: `currency` (ISO 4217) is the buyer's; None = the one met most often."""

    currency: str | None = None

    @field_validator("currency")
    @classmethod
    def _three_capitals(cls, currency: str | None) -> str | None:
        if currency is not None and not (len(currency) == 3 and currency.isalpha()):  # noqa: PLR2004
            raise ValueError("a currency has three letters, like EUR")
        return currency and currency.upper()


class Wishes(_Wishes):
    """The whole of config.toml; a key that is not here is refused."""

    reminders: ReminderWishes = ReminderWishes()
    notify: NotifyWishes = NotifyWishes()
    report: ReportWishes = ReportWishes()


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
    """How old the facts of an account are: `read_at` is the last good reading (aware)."""

    account: str
    added_at: datetime
    read_at: datetime | None
