"""Subscriptions in the ledger: what the buyer said of each, and how it was cancelled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from autoclaim.edge.ledger.events import Event, EventTable, Json, read_event

_EVENTS = """
    SELECT kind, at, account, store, order_id, line_id, claim_id, body, id FROM events
    WHERE kind IN ('subscription_added', 'subscription_edited', 'subscription_cancelled',
                   'subscription_resumed', 'subscription_removed', 'subscription_restored',
                   'subscription_renamed', 'charge_answered')
    ORDER BY id
"""


class StoredSubscription(NamedTuple):
    """One subscription: `facts` and `cancelled` as the nouns of those names write them.

    `cancelled` is None while it runs. A `removed` one is kept, so that it can be restored.
    """

    facts: dict[str, Any]
    cancelled: dict[str, Any] | None
    added_at: datetime
    changed_at: datetime
    removed: bool

    @property
    def name(self) -> str:
        """What the buyer calls it, as it was written."""
        return str(self.facts["name"])

    @property
    def key(self) -> str:
        """The name as it is looked up: capitals do not matter."""
        return self.name.casefold()


class SubscriptionEvents(EventTable):
    """What the ledger knows of subscriptions. Whether an event makes sense is the runner's."""

    def subscriptions(self, *, removed: bool = False) -> dict[str, StoredSubscription]:
        """The subscriptions by key, in the order they were added; those removed if asked."""
        known: dict[str, StoredSubscription] = {}
        for event in map(read_event, self._rows(_EVENTS)):
            key = str(event.body["name"]).casefold()
            if event.kind == "subscription_renamed":
                known = _renamed(known, key, event)
            else:
                known[key] = _after(known.get(key), event)
        return {key: one for key, one in known.items() if removed or not one.removed}

    def add_subscription(self, facts: Mapping[str, object], *, at: datetime) -> None:
        """Keeps a new subscription; what was known of a removed one of that name is forgotten."""
        self._record("subscription_added", str(facts["name"]), at, {"facts": dict(facts)})

    def edit_subscription(self, facts: Mapping[str, object], *, at: datetime) -> None:
        """Keeps what is said of it now, in place of what was said before."""
        self._record("subscription_edited", str(facts["name"]), at, {"facts": dict(facts)})

    def rename_subscription(self, name: str, to: str, *, at: datetime) -> None:
        """Keeps that the buyer calls it `to` from now on; all that is known of it stays."""
        self._record("subscription_renamed", name, at, {"to": to})

    def cancel_subscription(self, name: str, how: Json, *, at: datetime) -> None:
        """Keeps that the buyer cancelled it: `Cancelled` as JSON."""
        self._record("subscription_cancelled", name, at, {"cancelled": dict(how)})

    def resume_subscription(self, name: str, *, at: datetime) -> None:
        """Takes the cancellation back."""
        self._record("subscription_resumed", name, at, {})

    def answer_charge(self, name: str, *, charged: bool, at: datetime) -> None:
        """Keeps whether anything was charged after the end."""
        self._record("charge_answered", name, at, {"charged": charged})

    def remove_subscription(self, name: str, *, at: datetime) -> None:
        """Takes it off the list."""
        self._record("subscription_removed", name, at, {})

    def restore_subscription(self, name: str, *, at: datetime) -> None:
        """Puts a removed one back on the list, as it was."""
        self._record("subscription_restored", name, at, {})

    def _record(self, kind: str, name: str, at: datetime, body: dict[str, object]) -> None:
        self.record(Event(kind, at, body={"name": name, **body}))


def _renamed(
    known: dict[str, StoredSubscription], key: str, event: Event
) -> dict[str, StoredSubscription]:
    """The same ones in the same order, one of them under its new name."""
    name = str(event.body["to"])
    facts = {**known[key].facts, "name": name}
    renamed = known[key]._replace(facts=facts, changed_at=event.at)
    # A removed one of that name gives way, as it does when one is added.
    gone = {renamed.key} - {key}
    return {
        (renamed.key if other == key else other): (renamed if other == key else one)
        for other, one in known.items()
        if other not in gone
    }


def _after(before: StoredSubscription | None, event: Event) -> StoredSubscription:
    body: dict[str, Any] = dict(event.body)
    if before is None or event.kind == "subscription_added":
        return StoredSubscription(body["facts"], None, event.at, event.at, removed=False)
    changed = before._replace(changed_at=event.at)
    match event.kind:
        case "subscription_edited":
            return changed._replace(facts=body["facts"])
        case "subscription_cancelled":
            return changed._replace(cancelled=body["cancelled"])
        case "charge_answered":
            return changed._replace(
                cancelled={**(before.cancelled or {}), "charged": body["charged"]}
            )
        case "subscription_resumed":
            return changed._replace(cancelled=None)
        case _:
            return changed._replace(removed=event.kind == "subscription_removed")
