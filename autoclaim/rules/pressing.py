"""What pressing "Confirm received", or accepting an offer, would end if it were done today."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from autoclaim.model.decision import Decision
from autoclaim.model.facts import Facts
from autoclaim.model.times import Time
from autoclaim.rules.decide import decide
from autoclaim.rules.fact_words import ACTION_WORDS
from autoclaim.rules.policies import Policies
from autoclaim.rules.supposing import supposed


class Consequence(NamedTuple):
    """One button: the decision before and after it is pressed, and what it ends, in words."""

    press: str
    before: Decision
    after: Decision
    ends: str


def consequences(
    facts: Facts, policies: Policies, clock: datetime, order: int, line: int
) -> tuple[Consequence, ...]:
    """The buttons that would cost the buyer something, each with what it would end."""
    now = facts.now or Time.at(clock)
    pressed: list[tuple[str, Mapping[str, str], str]] = []
    chosen = facts.orders[order]
    if chosen.status in _CONFIRMABLE:
        changes = {"confirmed": now.text}
        pressed.append(("Confirm received", changes, _AFTER_CONFIRMING))
    if chosen.dispute is not None and chosen.dispute.offer is not None:
        changes = {"dispute": "agreed", "agreed": now.text, "refund": "partial"}
        pressed.append(("Accept the offer", changes, _AFTER_ACCEPTING))
    found = [
        _consequence(press, changes, words, (facts, policies, clock, order, line))
        for press, changes, words in pressed
    ]
    return tuple(each for each in found if _matters(each))


_CONFIRMABLE = frozenset({"awaiting_delivery", "partly_shipped"})
_NOTHING_OPEN = frozenset({"none", "closed"})
_AFTER_CONFIRMING = (
    "You say that everything came as ordered. A parcel that is not here can then hardly be"
    " disputed as late, and the money goes to the seller."
)
_AFTER_ACCEPTING = (
    "Accepting is final: the rest of the price cannot be asked for any more, and a second dispute"
    " is not possible."
)

_Given = tuple[Facts, Policies, datetime, int, int]


def _consequence(press: str, changes: Mapping[str, str], words: str, given: _Given) -> Consequence:
    facts, policies, clock, order, line = given
    place = _place_of_decision(facts, order, line)
    before = decide(facts, policies, clock)[place]
    after = decide(supposed(facts, changes, order, line), policies, clock)[place]
    return Consequence(press, before, after, f"{words} {_ended(before, after)}".strip())


def _place_of_decision(facts: Facts, order: int, line: int) -> int:
    """The index of a line's decision among all, when no order is given twice."""
    return sum(len(each.lines) or 1 for each in facts.orders[:order]) + line


def _ended(before: Decision, after: Decision) -> str:
    if before.last_on is None:
        return ""
    if before.action != after.action:
        return f"Instead of “{_in_words(before)}” it would be “{_in_words(after)}”."
    if after.last_on is not None and after.last_on < before.last_on:
        return f"The last day would move from {before.last_on} to {after.last_on}."
    return ""


def _in_words(decision: Decision) -> str:
    """What can be done, and until when; what is over has a last day too, but none to keep."""
    words = ACTION_WORDS[decision.action]
    if decision.last_on is None or decision.action in _NOTHING_OPEN:
        return words
    return f"{words} until {decision.last_on}"


def _matters(consequence: Consequence) -> bool:
    """Whether the buyer has anything to lose: an open way, or another answer afterwards."""
    before, after = consequence.before, consequence.after
    changed = (before.action, before.last_on) != (after.action, after.last_on)
    return changed or before.action not in _NOTHING_OPEN
