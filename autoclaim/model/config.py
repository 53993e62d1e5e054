"""What the buyer sets in config.toml: when to be told, where, and in which currency to count."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

Days = Annotated[int, Field(ge=0, le=365)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReminderConfig(_Table):
    """The table [reminders] of config.toml; all numbers are whole days, 0 = never.

    `lead_days` count back from the last safe day, which itself is 0. `when_opened`: a window that
    is the buyer's to use is told of when it is first seen, however far away its end is.
    `quiet_lead_days` is the one reminder about a window that nobody needs to use: a parcel that
    came as it should, an order that could still be cancelled. With `digest_days` all open windows
    are told together that often, and between two digests only what is new, or ends today or
    tomorrow.
    """

    lead_days: Annotated[tuple[Days, ...], Field(min_length=1)] = (14, 7, 3, 1, 0)
    when_opened: bool = True
    quiet_lead_days: Days = 3
    digest_days: Days = 0
    heartbeat_days: Days = 7
    alarm_days: Annotated[int, Field(ge=1, le=365)] = 3


class NotifyConfig(_Table):
    """The table [notify]: where messages go.

    `command` is a program and its arguments: the text comes on its standard input, the title in
    AUTOCLAIM_TITLE. `apprise` are names given to `autoclaim notify add`; the addresses themselves
    hold tokens and stay in the keychain.
    """

    desktop: bool = True
    command: tuple[str, ...] = ()
    apprise: tuple[str, ...] = ()


class ReportConfig(_Table):
    """The table [report]: `currency` (ISO 4217) is the buyer's; None = the one met most often."""

    currency: str | None = None

    @field_validator("currency")
    @classmethod
    def _three_capitals(cls, currency: str | None) -> str | None:
        if currency is not None and not (len(currency) == 3 and currency.isalpha()):  # noqa: PLR2004
            raise ValueError("a currency has three letters, like EUR")
        return currency and currency.upper()


class Config(_Table):
    """The whole of config.toml; a key that is not here is refused."""

    reminders: ReminderConfig = ReminderConfig()
    notify: NotifyConfig = NotifyConfig()
    report: ReportConfig = ReportConfig()
