"""Subscriptions as deadlines, of the same shape as an order line's."""

from autoclaim.model.deadline import Deadline
from autoclaim.model.subscription import SubscriptionDecision


def deadline_of(decision: SubscriptionDecision) -> Deadline:
    """The deadline in a decision, for reminders, calendar, report and export."""
    return Deadline(
        kind="subscription",
        key=decision.name,
        title=decision.name,
        action=decision.action,
        opens_on=decision.opens_on,
        last_on=decision.last_on,
        safe_on=decision.safe_on,
        closes_at=decision.closes_at,
        basis=decision.basis,
        amount=decision.amount,
        flags=decision.flags,
        why=decision.why,
        account=None,
    )
