"""The buyer's subscriptions: what is said of them, and what the rules say as of now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from autoclaim.edge.ledger import StoredSubscription
from autoclaim.errors import WrongInput
from autoclaim.model.deadline import Deadline
from autoclaim.model.subscription import Cancelled, Subscription, SubscriptionDecision
from autoclaim.model.times import zone_named
from autoclaim.rules.subscriptions import decide_subscription
from autoclaim.runner.guides import find_guide
from autoclaim.runner.wiring import Wiring
from autoclaim.runner.workdays import holidays_of

URGENCY = {"cancel": 0, "escalate": 0, "review": 1, "need_data": 2, "closed": 3, "wait": 3}


@dataclass(frozen=True, slots=True)
class JudgedSubscription:
    """A subscription, how it was cancelled if it was, and the decision about it."""

    subscription: Subscription
    cancelled: Cancelled | None
    decision: SubscriptionDecision

    def as_json(self) -> dict[str, Any]:
        """One entry of `subscription list --json` (contracts.md 6)."""
        cancelled = self.cancelled
        return {
            **self.decision.as_json(),
            "facts": self.subscription.as_json(),
            "cancelled": cancelled and cancelled.model_dump(mode="json"),
        }


def add_subscription(wiring: Wiring, facts: Mapping[str, Any]) -> JudgedSubscription:
    """Keep a new subscription and judge it.

    Raises:
        WrongInput: facts that cannot be, an unknown guide, or a name that is taken.
    """
    wanted = read_subscription(facts)
    with wiring.ledger.together():
        if wanted.key in wiring.ledger.subscriptions():
            raise WrongInput(
                f"There is a subscription {wanted.name} already.",
                "Change it with `autoclaim subscription edit`, or choose another name.",
            )
        wiring.ledger.add_subscription(wanted.as_json(), at=wiring.now())
    return judge(wiring, wanted, None)


def edit_subscription(
    wiring: Wiring, name: str, changes: Mapping[str, Any], forgotten: Sequence[str]
) -> JudgedSubscription:
    """Replace some facts, and take others back to "not known"; a new `name` renames it.

    Raises:
        WrongInput: none of that name, facts that cannot be, or a new name that is taken.
    """
    with wiring.ledger.together():
        stored = stored_subscription(wiring, name)
        facts = {**stored.facts, **changes}
        kept = {key: value for key, value in facts.items() if key not in forgotten}
        wanted = read_subscription(kept)
        if wanted.name != stored.name:
            _rename(wiring, stored, wanted)
        wiring.ledger.edit_subscription(wanted.as_json(), at=wiring.now())
    return judged_subscription(wiring, wanted.name)


def _rename(wiring: Wiring, stored: StoredSubscription, wanted: Subscription) -> None:
    if wanted.key != stored.key and wanted.key in wiring.ledger.subscriptions():
        raise WrongInput(f"There is a subscription {wanted.name} already.", "Choose another name.")
    wiring.ledger.rename_subscription(stored.name, wanted.name, at=wiring.now())


def remove_subscription(wiring: Wiring, name: str) -> str:
    """Take it off the list; gives its name as it was written."""
    stored = stored_subscription(wiring, name)
    wiring.ledger.remove_subscription(stored.name, at=wiring.now())
    return stored.name


def restore_subscription(wiring: Wiring, name: str) -> JudgedSubscription:
    """Put a removed one back.

    Raises:
        WrongInput: none of that name was removed.
    """
    stored = wiring.ledger.subscriptions(removed=True).get(_key(name))
    if stored is None or not stored.removed:
        raise WrongInput(f"No subscription {name} was removed.", "Nothing was done.")
    wiring.ledger.restore_subscription(stored.name, at=wiring.now())
    return judged_subscription(wiring, name)


def judged_subscriptions(wiring: Wiring) -> list[JudgedSubscription]:
    """All subscriptions judged as of now, most urgent first."""
    judged = [_judge_stored(wiring, one) for one in wiring.ledger.subscriptions().values()]
    return sorted(judged, key=_urgency)


def judged_subscription(wiring: Wiring, name: str) -> JudgedSubscription:
    """The one of that name, judged as of now."""
    return _judge_stored(wiring, stored_subscription(wiring, name))


def subscription_deadlines(wiring: Wiring) -> list[Deadline]:
    """One deadline for every subscription, of the same kind as an order line has."""
    decisions = [one.decision for one in judged_subscriptions(wiring)]
    return [Deadline.of("subscription", one.name, one.name, one) for one in decisions]


def stored_subscription(wiring: Wiring, name: str) -> StoredSubscription:
    """The stored one of that name.

    Raises:
        WrongInput: there is none; the nearest name is given.
    """
    known = wiring.ledger.subscriptions()
    if found := known.get(_key(name)):
        return found
    near = get_close_matches(_key(name), known, n=1)
    hint = f"Did you mean {known[near[0]].name}?" if near else "`autoclaim subscription list`"
    raise WrongInput(f"There is no subscription {name}.", hint)


def judge(
    wiring: Wiring, wanted: Subscription, cancelled: Cancelled | None, at: datetime | None = None
) -> JudgedSubscription:
    """Judge a subscription as of `at` (aware), else of now; what its guide says counts too."""
    now, zone = at or wiring.now(), buyer_zone(wiring)
    wanted = with_channel(wanted)
    days = holidays(wiring, wanted, now.astimezone(zone).date())
    decision = decide_subscription(wanted, cancelled, now, zone, days)
    return JudgedSubscription(wanted, cancelled, decision)


def read_subscription(facts: Mapping[str, Any]) -> Subscription:
    """The subscription in plain values.

    Raises:
        WrongInput: something that cannot be, with the option it came from.
    """
    try:
        wanted = Subscription.model_validate(facts)
    except ValidationError as wrong:
        fault = wrong.errors()[0]
        because = str(fault["msg"]).removeprefix("Value error, ")
        field = str(fault["loc"][0]).replace("_", "-") if fault["loc"] else ""
        place = f"{field}: " if field else ""
        raise WrongInput(f"{place}{because}.", "Nothing was done.") from None
    return (
        wanted.model_copy(update={"guide": find_guide(wanted.guide).id})
        if wanted.guide
        else wanted
    )


def with_channel(wanted: Subscription) -> Subscription:
    """The subscription with its guide's channel, when its own is not known."""
    if wanted.channel or not wanted.guide:
        return wanted
    return wanted.model_copy(update={"channel": find_guide(wanted.guide).guide.channel})


def holidays(wiring: Wiring, wanted: Subscription, today: date) -> frozenset[date] | None:
    """The holidays that matter for it: its own country's, else the buyer's; None = not known."""
    if wanted.channel not in {"letter", "call"}:
        return None
    place = wanted.country or _only(wiring, "country")
    return holidays_of(place, today.year) if place else None


def buyer_zone(wiring: Wiring) -> ZoneInfo:
    """The buyer's clock: that of the accounts where they agree, else this machine's."""
    from tzlocal import get_localzone_name

    names = (_only(wiring, "time_zone"), get_localzone_name())
    found = (zone_named(name) for name in names if name)
    return next((zone for zone in found if zone), ZoneInfo("UTC"))


def today_of(wiring: Wiring) -> date:
    """Today on the buyer's clock."""
    return wiring.now().astimezone(buyer_zone(wiring)).date()


def running(judged: Iterable[JudgedSubscription]) -> list[Subscription]:
    """Those that go on costing money: not cancelled."""
    return [one.subscription for one in judged if one.cancelled is None]


def is_settled(one: JudgedSubscription) -> bool:
    """Whether nothing is to be done about it any more: ended well, or kept on purpose."""
    return one.decision.action == "none"


def _only(wiring: Wiring, fact: str) -> str | None:
    said = {account.buyer.get(fact) for account in wiring.ledger.accounts()} - {None}
    return said.pop() if len(said) == 1 else None


def _judge_stored(wiring: Wiring, stored: StoredSubscription) -> JudgedSubscription:
    wanted = Subscription.model_validate(stored.facts)
    cancelled = stored.cancelled and Cancelled.model_validate(stored.cancelled)
    return judge(wiring, wanted, cancelled or None)


def _urgency(one: JudgedSubscription) -> tuple[int, date, str]:
    decision = one.decision
    return URGENCY.get(decision.action, 4), decision.safe_on or date.max, one.subscription.key


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
