"""One subscription, explained: what can be done, and what would change it."""

from collections.abc import Sequence
from datetime import date, datetime, time

from autoclaim.errors import WrongInput
from autoclaim.model.subscription import Subscription
from autoclaim.runner.subscriptions import (
    JudgedSubscription,
    buyer_zone,
    judge,
    judged_subscription,
    read_subscription,
)
from autoclaim.runner.wiring import Wiring

NOT_KNOWN = {"", "null", "none-known"}


def is_subscription(wiring: Wiring, name: str) -> bool:
    """Whether the buyer has a subscription of that name."""
    return " ".join(name.split()).casefold() in wiring.ledger.subscriptions()


def explain_subscription(
    wiring: Wiring, name: str, suppose: Sequence[str], on: str | None
) -> JudgedSubscription:
    """Judge it, perhaps under changed facts or on another day; nothing is stored.

    `suppose` are `FACT=VALUE` by the names of `subscription add`; an empty value is "not known".
    `on` is a day on the buyer's clock, or a moment.
    """
    found = judged_subscription(wiring, name)
    facts = found.subscription.as_json()
    for supposed in suppose:
        fact, _, value = supposed.partition("=")
        _put(facts, fact.strip().replace("-", "_"), value.strip())
    at = _moment(wiring, on) if on else None
    return judge(wiring, read_subscription(facts), found.cancelled, at)


def _put(facts: dict[str, object], fact: str, value: str) -> None:
    short = {"started": "started_on", "renews": "renews_on", "margin": "margin_days"}
    field = short.get(fact, fact)
    if field not in Subscription.model_fields:
        known = ", ".join(Subscription.model_fields)
        raise WrongInput(f"There is no fact {fact!r}.", f"Known are: {known}.")
    if value in NOT_KNOWN:
        facts.pop(field, None)
    elif field in {"price", "trial_price"}:
        price = facts["price"]
        currency = price["currency"] if isinstance(price, dict) else ""
        facts[field] = {"amount": value, "currency": currency}
    else:
        facts[field] = value


def _moment(wiring: Wiring, on: str) -> datetime:
    zone = buyer_zone(wiring)
    try:
        if "T" in on:
            moment = datetime.fromisoformat(on)
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return datetime.combine(date.fromisoformat(on), time(12), zone)
    except ValueError:
        raise WrongInput(f"{on!r} is no day and no moment.", "Write it like 2026-04-16.") from None
