"""Subscriptions: until when to cancel, what it costs, and what is told about it. Pure."""

from autoclaim.rules.subscriptions.costs import Total, totals
from autoclaim.rules.subscriptions.deadlines import deadline_of
from autoclaim.rules.subscriptions.decide import decide_subscription, ends_when_cancelled

__all__ = ["Total", "deadline_of", "decide_subscription", "ends_when_cancelled", "totals"]
