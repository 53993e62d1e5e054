"""After a cancellation: until when it runs, and whether anything more was charged."""

from datetime import date, timedelta

from autoclaim.model.subscription import Cancelled, Subscription, SubscriptionDecision
from autoclaim.rules.subscriptions.renewals import charges_since
from autoclaim.rules.subscriptions.sentences import WHY

_ONE_DAY = timedelta(days=1)


def check_from(subscription: Subscription, cancelled: Cancelled) -> date:
    """The first day after the end on which a charge would have come: from then on, look."""
    after_end = cancelled.effective_on + _ONE_DAY
    return next(charges_since(subscription, after_end), after_end)


def decide_cancelled(
    subscription: Subscription, cancelled: Cancelled, today: date
) -> SubscriptionDecision:
    """Wait for its end, ask whether it was charged again, and say what follows from the answer."""
    check_on = check_from(subscription, cancelled)
    reference = f" (reference {cancelled.reference})" if cancelled.reference else ""
    values = {**cancelled.model_dump(), "reference": reference, "check_on": check_on}
    decision = SubscriptionDecision(
        subscription.name, "wait", ends_on=cancelled.effective_on, flags=("cancelled",)
    )
    if cancelled.charged is True:
        return decision._replace(
            action="escalate",
            opens_on=check_on,
            basis="rule",
            amount=subscription.price,
            flags=("cancelled", "charged_again"),
            why=WHY["charged"].format(**values),
        )
    if cancelled.charged is False:
        return decision._replace(action="none", why=WHY["over"].format(**values))
    if today < check_on:
        why = f"{WHY['cancelled']} {WHY['ask_from']}".format(**values)
        return decision._replace(why=why)
    return decision._replace(
        action="review",
        opens_on=check_on,
        basis="rule",
        flags=("ask_charged", "cancelled"),
        why=WHY["ask"].format(**values),
    )
