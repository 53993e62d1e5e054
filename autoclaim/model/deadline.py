"""A deadline: one thing the buyer may do, until when, and why. Orders and subscriptions share it.

Reminders, calendar, report and export read deadlines only, so that none of them needs to know
whether an order line or a subscription stands behind one.
"""

from datetime import date, datetime
from typing import Literal, NamedTuple

from autoclaim.model.decision import Action, Basis, Decision
from autoclaim.model.money import Money
from autoclaim.model.subscription import SubscriptionDecision

DeadlineKind = Literal["order", "subscription"]


class Deadline(NamedTuple):
    """What may be done about `key`, and when.

    `key` is stable over time and unique within its kind: `store/order_id/line_id` for an order
    line, the name for a subscription. `opens_on`, `last_on` and `safe_on` are calendar days,
    inclusive, on the clock that counts there (the policy clock for an order, the buyer's for a
    subscription); `closes_at` is aware and the first moment that is too late. None = not known.
    `amount` is what may be asked for (an order), or what one more term costs (a subscription).
    `flags` are sorted; `why` is one or two sentences for the buyer. `account` is None where no
    account is concerned.
    """

    kind: DeadlineKind
    key: str
    title: str
    action: Action
    opens_on: date | None
    last_on: date | None
    safe_on: date | None
    closes_at: datetime | None
    basis: Basis | None
    amount: Money | None
    flags: tuple[str, ...]
    why: str
    account: str | None

    @classmethod
    def of(
        cls,
        kind: DeadlineKind,
        key: str,
        title: str,
        decision: Decision | SubscriptionDecision,
        account: str | None = None,
    ) -> "Deadline":
        """The deadline that a decision about an order line or a subscription sets."""
        return cls(
            kind=kind,
            key=key,
            title=title,
            action=decision.action,
            opens_on=decision.opens_on,
            last_on=decision.last_on,
            safe_on=decision.safe_on,
            closes_at=decision.closes_at,
            basis=decision.basis,
            amount=decision.amount,
            flags=decision.flags,
            why=decision.why,
            account=account,
        )
