"""A subscription: what the buyer says of it, how it was cancelled, and what may be done."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from autoclaim.model.decision import Action, Basis
from autoclaim.model.money import Money, is_amount, is_currency
from autoclaim.model.span import ASpan, Span

Channel = Literal["web", "mail", "letter", "call"]
NoticeTo = Literal["any", "month-end", "term-end"]
LETTER_DAYS = 4
"""Working days a letter is given; German law wants 99 of 100 letters to be there (PostG 18)."""
FIRST_YEAR, LAST_YEAR = 2000, 2099


def _a_name(text: object) -> object:
    return " ".join(text.split()) if isinstance(text, str) else text


def _a_price(price: object) -> object:
    if not isinstance(price, dict):
        return price
    amount, currency = price.get("amount"), price.get("currency")
    if not is_amount(amount):
        raise ValueError(f"{amount!r} is no amount: write it like 9.99")
    if not is_currency(currency):
        raise ValueError(f"{currency!r} is no currency: three capitals, like EUR")
    return Money.of(str(amount), str(currency))


def _a_day(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _a_link(link: str | None) -> str | None:
    if link and (urlsplit(link).scheme not in {"http", "https"} or not urlsplit(link).netloc):
        raise ValueError(f"{link!r} is no address of a web page: it begins with https://")
    return link


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Subscription(_Said):
    """What the buyer says of a subscription; None = not known, which is never "no".

    `price` is what one period (`every`) costs once a trial is over. `renews_for` is by how long
    the contract goes on when nobody cancels; None = by one period. `renews_on` is the next day on
    which a new term begins, as the provider says it. `trial_ends` is the first day that costs the
    full price. `margin_days` are the days by which `safe_on` keeps clear of `last_on`.
    """

    name: Annotated[str, BeforeValidator(_a_name), Field(min_length=1, max_length=80)]
    price: Annotated[Money, BeforeValidator(_a_price)]
    every: ASpan
    renews_for: ASpan | None = None
    started_on: date | None = None
    renews_on: date | None = None
    trial_ends: date | None = None
    trial_price: Annotated[Money | None, BeforeValidator(_a_price)] = None
    minimum_term: ASpan | None = None
    notice: ASpan | None = None
    notice_to: NoticeTo = "term-end"
    channel: Channel | None = None
    country: Annotated[str | None, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] = None
    letter_days: Annotated[int, Field(ge=0, le=60)] = LETTER_DAYS
    margin_days: Annotated[int, Field(ge=0, le=60)] = 1
    provider: str | None = None
    contract: str | None = None
    note: str | None = None
    link: str | None = None
    guide: str | None = None
    keep: bool = False

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for span in (self.every, self.renews_for, self.minimum_term):
            if span is not None and not span.number:
                raise ValueError("a period, a term and a minimum term are longer than none")
        days = [_a_day(day) for day in (self.started_on, self.trial_ends, self.renews_on)]
        known = [day for day in days if day]
        if known != sorted(known):
            raise ValueError(
                "the start, the end of the trial and the renewal follow in this order"
            )
        if self.trial_price and self.trial_price.currency != self.price.currency:
            raise ValueError("the trial is priced in another currency than the rest")
        _a_link(self.link)
        return self

    @property
    def key(self) -> str:
        """The name as it is looked up: capitals do not matter."""
        return self.name.casefold()

    @property
    def term(self) -> Span:
        """By how long it goes on when nobody cancels."""
        return self.renews_for or self.every

    def as_json(self) -> dict[str, Any]:
        """What was said, as JSON; what is not known is absent."""
        return self.model_dump(mode="json", exclude_none=True)


class Cancelled(_Said):
    """How a subscription was cancelled: when, until when it runs, and what proves it.

    `charged` is the buyer's answer after the next day on which a charge was due; None = not asked.
    """

    cancelled_on: date
    effective_on: date
    reference: str | None = None
    charged: bool | None = None


class SubscriptionDecision(NamedTuple):
    """What may be done about one subscription, until when, and why.

    Days are calendar days on the buyer's clock, inclusive. `renews_on` is the renewal that acting
    by `last_on` avoids; `arrive_by` the day a letter has to be there,
    `again_by` the safe day of the next chance when it is `closed`. `ends_on`, `still_due` and
    `lost` tell what happens when it is cancelled today: its last day, what is charged until then,
    and the part of what is paid that is no longer used. `amount` is what the next term costs.
    """

    name: str
    action: Action
    renews_on: date | None = None
    opens_on: date | None = None
    last_on: date | None = None
    safe_on: date | None = None
    closes_at: datetime | None = None
    arrive_by: date | None = None
    again_by: date | None = None
    ends_on: date | None = None
    still_due: Money | None = None
    lost: Money | None = None
    amount: Money | None = None
    basis: Basis | None = None
    flags: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """One entry of `subscription list --json`: ISO 8601 days, money as in the facts."""
        return {name: _written(value) for name, value in self._asdict().items()}


def _written(value: object) -> object:
    if isinstance(value, date):  # a moment is a date too
        return value.isoformat()
    if isinstance(value, Money):
        return value.as_json()
    return list(value) if isinstance(value, tuple) else value
