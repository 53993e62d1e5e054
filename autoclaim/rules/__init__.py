"""The rules: facts, a policy and a moment in, decisions with their reasons out. Nothing else."""

from collections.abc import Iterable
from datetime import date

from autoclaim.model.decision import Decision
from autoclaim.rules.decide import decide
from autoclaim.rules.explaining import Explanation, explained
from autoclaim.rules.policies import Policies
from autoclaim.rules.policy_tables import compared, listed, replayed, shown
from autoclaim.rules.streaming import decide_stream
from autoclaim.rules.supposing import supposed

__all__ = [
    "Explanation",
    "Policies",
    "compared",
    "decide",
    "decide_stream",
    "explained",
    "first_to_end",
    "listed",
    "replayed",
    "shown",
    "supposed",
]


def first_to_end(decisions: Iterable[Decision]) -> Decision | None:
    """The decision that stands for a whole order (R17): the earliest last day still to come.

    Those that are `none` or `closed` do not count; without a day a decision is the latest.
    """
    open_ones = (each for each in decisions if each.action not in ("none", "closed"))
    return min(open_ones, key=lambda each: each.last_on or date.max, default=None)
