"""What may be done about a subscription: cancel, wait, too late, or facts are missing."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from autoclaim.model.decision import Action, Basis
from autoclaim.model.span import Span
from autoclaim.model.subscription import Cancelled, Subscription, SubscriptionDecision
from autoclaim.rules.subscriptions.acting import Acting, acting_before, arrives_on
from autoclaim.rules.subscriptions.cancelled import decide_cancelled
from autoclaim.rules.subscriptions.costs import next_term, still_due, unused
from autoclaim.rules.subscriptions.renewals import (
    anchor_assumed,
    bound_until,
    renewals_after,
    site_differs,
)
from autoclaim.rules.subscriptions.sentences import WHY, money, told
from autoclaim.rules.subscriptions.spans import after

_ONE_DAY = timedelta(days=1)
_NO_NOTICE = Span(0, "day")


class _Chance(NamedTuple):
    """The renewal that can still be avoided, and the next one if that cannot."""

    acting: Acting
    missed: Acting | None
    trial_notice_assumed: bool = False


def decide_subscription(
    subscription: Subscription,
    cancelled: Cancelled | None,
    now: datetime,
    zone: ZoneInfo,
    holidays: Container[date] | None = None,
) -> SubscriptionDecision:
    """What may be done as of `now` (aware), with days on the buyer's clock, that of `zone`.

    `holidays` are days that are no working days besides Saturday and Sunday; None = not known.
    """
    today = now.astimezone(zone).date()
    if cancelled is not None:
        return decide_cancelled(subscription, cancelled, today)
    chance = _chance(subscription, today, holidays or ())
    if chance is None:
        missing = ("renews_on",)
        return SubscriptionDecision(
            subscription.name, "need_data", missing=missing, why=WHY["need_data"]
        )
    decision = _dated(subscription, chance, today, zone, holidays)
    return decision._replace(why=_why(subscription, decision, chance))


def ends_when_cancelled(
    subscription: Subscription, on: date, holidays: Container[date] | None = None
) -> date | None:
    """The last day it runs when it is cancelled on `on`; None when that cannot be told."""
    chance = _chance(subscription, on, holidays or ())
    return None if chance is None else _end(subscription, chance, on, holidays or ())


def _end(subscription: Subscription, chance: _Chance, on: date, holidays: Container[date]) -> date:
    end = chance.acting.renews_on - _ONE_DAY
    in_trial = subscription.trial_ends and on < subscription.trial_ends
    if subscription.notice_to != "any" or in_trial:
        return end
    arrival = arrives_on(on, subscription, holidays)
    free = bound_until(subscription)
    noticed = after(arrival, subscription.notice or _NO_NOTICE)
    if subscription.notice is None or not subscription.notice.number:
        return end  # what is cancelled without notice runs to the end of what is paid
    return max(noticed, free - _ONE_DAY) if free else noticed


def _chance(subscription: Subscription, today: date, holidays: Container[date]) -> _Chance | None:
    missed = None
    for renews_on in renewals_after(subscription, today):
        acting = acting_before(renews_on, subscription, holidays)
        if acting.last_on >= today:
            return _Chance(acting, missed)
        if renews_on == subscription.trial_ends:
            # Nobody knows whether the notice period holds for a trial: better to try than to wait.
            last = acting_before(renews_on, subscription, holidays, notice=_NO_NOTICE)
            early = last._replace(opens_on=acting.opens_on, safe_on=acting.safe_on)
            return _Chance(early, None, trial_notice_assumed=True)
        missed = missed or acting
    return None


def _dated(
    subscription: Subscription,
    chance: _Chance,
    today: date,
    zone: ZoneInfo,
    holidays: Container[date] | None,
) -> SubscriptionDecision:
    acting = chance.acting
    action = _action(subscription, chance, today)
    shown = chance.missed if action == "closed" and chance.missed else acting
    ends_on = _end(subscription, chance, today, holidays or ())
    flags = set(_flags(subscription, chance, today, holidays))
    if action != "none":
        flags |= _urgency(acting, today)
    return SubscriptionDecision(
        subscription.name,
        action,
        renews_on=shown.renews_on,
        opens_on=acting.opens_on if action != "closed" else None,
        last_on=shown.last_on,
        safe_on=min(shown.safe_on, shown.last_on),
        closes_at=datetime.combine(shown.last_on + _ONE_DAY, time(), zone),
        arrive_by=shown.arrive_by if subscription.channel == "letter" else None,
        again_by=acting.safe_on if action == "closed" else None,
        ends_on=ends_on,
        still_due=still_due(subscription, today, ends_on),
        lost=unused(subscription, ends_on),
        amount=next_term(subscription, shown.renews_on),
        basis=_basis(subscription, shown, flags),
        flags=tuple(sorted(flags)),
        missing=("notice",) if subscription.notice is None else (),
    )


def _action(subscription: Subscription, chance: _Chance, today: date) -> Action:
    if subscription.keep:
        return "none"
    if today >= chance.acting.opens_on or chance.trial_notice_assumed:
        return "cancel"
    return "closed" if chance.missed else "wait"


def _flags(
    subscription: Subscription,
    chance: _Chance,
    today: date,
    holidays: Container[date] | None,
) -> list[str]:
    free = bound_until(subscription)
    by_workdays = subscription.channel in {"letter", "call"}
    said = {
        "anchor_assumed": anchor_assumed(subscription),
        "holidays_unknown": by_workdays and holidays is None,
        "kept": subscription.keep,
        "minimum_term": free is not None and today < free,
        "notice_assumed": subscription.notice is None,
        "renewal_missed": chance.missed is not None,
        "site_differs": site_differs(subscription),
        "trial": subscription.trial_ends is not None and today < subscription.trial_ends,
        "trial_notice_assumed": chance.trial_notice_assumed,
    }
    return [flag for flag, holds in said.items() if holds]


def _urgency(acting: Acting, today: date) -> set[str]:
    """`at_risk` and `last_day`, as for orders (rules.md 6)."""
    flags = {"last_day"} if today == acting.last_on else set()
    return flags | {"at_risk"} if today > acting.safe_on else flags


def _basis(subscription: Subscription, shown: Acting, flags: set[str]) -> Basis:
    if flags & {"anchor_assumed", "holidays_unknown", "notice_assumed", "trial_notice_assumed"}:
        return "estimate"
    return "site" if shown.renews_on == subscription.renews_on else "rule"


def _why(subscription: Subscription, decision: SubscriptionDecision, chance: _Chance) -> str:
    acting = chance.acting
    amount = money(next_term(subscription, acting.renews_on))
    values = {"renews_on": acting.renews_on, "amount": amount}
    if decision.action == "none":
        return WHY["kept"].format(**values)
    if chance.missed:
        first = WHY["missed"].format(missed=chance.missed.renews_on, was=chance.missed.last_on)
        opening = f"{first} {WHY['next'].format(**values)}"
    elif acting.renews_on == subscription.trial_ends:
        trial = subscription.trial_price
        opening = WHY["trial"].format(trial=f" ({money(trial)})" if trial else "", **values)
    elif acting.renews_on == bound_until(subscription):
        opening = WHY["bound"].format(**values)
    else:
        opening = WHY["renews"].format(**values)
    days = decision._replace(
        safe_on=min(acting.safe_on, acting.last_on),
        last_on=acting.last_on,
        arrive_by=acting.arrive_by,
    )
    return told(subscription, days, opening)
