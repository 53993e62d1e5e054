"""Subscriptions: until when to cancel, and what it costs. Pure."""

from autoclaim.rules.subscriptions.costs import Total, totals
from autoclaim.rules.subscriptions.decide import decide_subscription, ends_when_cancelled

__all__ = ["Total", "decide_subscription", "ends_when_cancelled", "totals"]
