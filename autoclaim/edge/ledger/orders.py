"""Orders in the ledger: the newest facts of each, with the problems the buyer said."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from autoclaim.edge.ledger.events import Event, EventTable, Row, body_text, read_body
from autoclaim.edge.ledger.problems import Facts, Problem, Said, hear, with_problems
from autoclaim.errors import WrongInput

# The groups are walked along the index and each body is fetched by its id: nothing is sorted, so
# memory does not grow with the history. CROSS JOIN keeps SQLite from turning the walk round.
_NEWEST = """
    SELECT seen.account, seen.store, seen.order_id, seen.body, seen.at, seen.id
    FROM (
        SELECT max(id) AS newest FROM events
        WHERE kind = 'order_seen' GROUP BY store, order_id
    )
    CROSS JOIN events AS seen ON seen.id = newest
    WHERE (:account IS NULL OR seen.account = :account)
      AND (:order_id IS NULL OR (seen.store = :store AND seen.order_id = :order_id))
"""
_SEEN = """
    SELECT account, body FROM events
    WHERE kind = 'order_seen' AND store = ? AND order_id = ? ORDER BY id DESC LIMIT 1
"""
_SAID = """
    SELECT store, order_id, line_id, body FROM events
    WHERE kind IN ('problem_said', 'problem_cleared') ORDER BY id
"""
_APART = """
    SELECT store, order_id, body, at, id FROM events WHERE kind = 'order_differed' ORDER BY id
"""
_DOUBTED = """
    SELECT 1 FROM events
    WHERE kind = 'order_differed' AND store = ? AND order_id = ? AND id > (
        SELECT max(id) FROM events WHERE kind = 'order_seen' AND store = ? AND order_id = ?
    )
"""
_LOOKS = """
    SELECT order_id, max(id), at FROM events
    WHERE kind = 'order_looked' AND account = ? GROUP BY order_id
"""
_IDS = "SELECT DISTINCT store, order_id FROM events WHERE kind = 'order_seen'"

SHORTEST_ENDING = 4  # digits; fewer would name too many orders by accident


class Apart(NamedTuple):
    """Facts of an order that differ from the newest, and when they were given (aware)."""

    facts: Facts
    given_at: datetime


class StoredOrder(NamedTuple):
    """One order: `facts` as in contracts.md section 1, with the problems the buyer said.

    `changed_at` is when these facts were first read (aware); `account` is None when they came
    from files only. `apart` are other readings of it, of which nobody can tell whether they are
    later.
    """

    account: str | None
    store: str
    order_id: str
    facts: Facts
    changed_at: datetime
    apart: tuple[Apart, ...] = ()


class OrdersSeen(NamedTuple):
    """What a reading brought: order numbers that are new, changed, and how many were the same."""

    new: list[str]
    changed: list[str]
    unchanged: int


class OrderEvents(EventTable):
    """What the ledger knows of orders."""

    def see_orders(
        self, orders: Iterable[Mapping[str, Any]], *, at: datetime, account: str | None = None
    ) -> OrdersSeen:
        """Keeps the facts of orders just read; writes only those that changed, all or none.

        Each order is a facts dict with `store` and `order_id`. `account` None (files) leaves the
        account an order already had. What is kept anew stands in place of all that `see_apart`
        kept of the order before.
        """
        seen = OrdersSeen([], [], 0)
        with self.together():
            for facts in orders:
                seen = self._see(facts, account, at, seen)
        return seen

    def see_apart(self, facts: Mapping[str, Any], *, at: datetime) -> None:
        """Keeps a reading that differs from the newest, without taking it for a later one."""
        store, order_id = str(facts["store"]), str(facts["order_id"])
        self.record(Event("order_differed", at, None, store, order_id, body=facts))

    def _see(
        self, facts: Mapping[str, Any], account: str | None, at: datetime, seen: OrdersSeen
    ) -> OrdersSeen:
        key = store, order_id = str(facts["store"]), str(facts["order_id"])
        before = next(self._rows(_SEEN, key), None)
        if before is None:
            seen.new.append(order_id)
            owner = account
        else:
            owner = account or before[0]
            if before == (owner, body_text(facts)) and not self._is_doubted(key):
                return seen._replace(unchanged=seen.unchanged + 1)
            seen.changed.append(order_id)
        self.record(Event("order_seen", at, owner, store, order_id, body=facts))
        return seen

    def _is_doubted(self, key: tuple[str, str]) -> bool:
        return next(self._rows(_DOUBTED, (*key, *key)), None) is not None

    def orders(self, account: str | None = None) -> Iterator[StoredOrder]:
        """The orders by store and number, one at a time."""
        said, apart = self._said(), self._apart()
        for row in self._rows(_NEWEST, _wanted(account)):
            yield _stored(row, said.get((row[1], row[2])), apart)

    def known(self, account: str) -> dict[str, Facts]:
        """Order number to facts as the store gave them, to be compared with what is read next."""
        rows = self._rows(_NEWEST, _wanted(account))
        return {row[2]: read_body(row[3]) for row in rows}

    def order_numbers(self, account: str) -> list[str]:
        """The numbers of the account's orders."""
        return [row[2] for row in self._rows(_NEWEST, _wanted(account))]

    def facts_of(self, store: str, order_id: str) -> Facts | None:
        """The newest facts of one order as they were read; None when it was never seen."""
        row = next(self._rows(_SEEN, (store, order_id)), None)
        return read_body(row[1]) if row else None

    def look_taken(self, account: str, store: str, order_id: str, *, at: datetime) -> None:
        """Keeps that the order's own pages were read, whatever they told."""
        self.record(Event("order_looked", at, account, store, order_id))

    def looks(self, account: str) -> dict[str, datetime]:
        """Order number to the moment its own pages were last read (aware)."""
        return {row[0]: datetime.fromisoformat(row[2]) for row in self._rows(_LOOKS, (account,))}

    def stored(self, store: str, order_id: str) -> StoredOrder | None:
        """One order as it was read, without what the buyer said of it; None when unseen."""
        row = next(self._rows(_NEWEST, _wanted(store=store, order_id=order_id)), None)
        return _stored(row, None, self._apart()) if row else None

    def order(self, wanted: str, account: str | None = None) -> StoredOrder:
        """The order with that number, or whose number alone ends so (four digits or more).

        Raises `WrongInput` when there is none or more than one.
        """
        matches = self._matching(wanted.strip())
        found = [order for order in map(self._order, matches) if account in {None, order.account}]
        if not found:
            raise WrongInput(
                f"There is no order {wanted} in the ledger.",
                "`autoclaim list` shows the orders; `autoclaim scan` reads new ones.",
            )
        if len(found) > 1:
            numbers = ", ".join(order.order_id for order in found[:5])
            raise WrongInput(
                f"{wanted} names more than one order: {numbers}.", "Give more digits."
            )
        return found[0]

    def _matching(self, wanted: str) -> list[tuple[str, str]]:
        ids = [(row[0], row[1]) for row in self._rows(_IDS)]
        exact = [both for both in ids if both[1] == wanted]
        if exact or len(wanted) < SHORTEST_ENDING:
            return exact
        return [both for both in ids if both[1].endswith(wanted)]

    def _order(self, key: tuple[str, str]) -> StoredOrder:
        row = next(self._rows(_NEWEST, _wanted(store=key[0], order_id=key[1])))
        return _stored(row, self._said().get(key), self._apart())

    def say_problem(
        self, order: StoredOrder, problem: Problem, *, at: datetime, line_id: str | None = None
    ) -> None:
        """Keeps what the buyer said of a line, or of the whole order: contracts.md `problem`.

        Raises `WrongInput` for a line the order does not have.
        """
        self._speak("problem_said", order, line_id, at, problem)

    def clear_problem(
        self, order: StoredOrder, *, at: datetime, line_id: str | None = None
    ) -> None:
        """Takes back what was said of a line, or everything said of the order."""
        self._speak("problem_cleared", order, line_id, at, {})

    def _speak(
        self, kind: str, order: StoredOrder, line_id: str | None, at: datetime, problem: Problem
    ) -> None:
        lines = [str(line.get("line_id")) for line in order.facts.get("lines") or []]
        if line_id is not None and lines and line_id not in lines:
            raise WrongInput(
                f"Order {order.order_id} has no line {line_id}; its lines are {', '.join(lines)}.",
                f"`autoclaim explain {order.order_id}` shows them.",
            )
        event = Event(kind, at, order.account, order.store, order.order_id, line_id, body=problem)
        self.record(event)

    def _apart(self) -> dict[tuple[str, str], list[tuple[int, Apart]]]:
        """By order: the readings kept apart, each with the number of its event."""
        found: dict[tuple[str, str], list[tuple[int, Apart]]] = {}
        for store, order_id, body, at, number in self._rows(_APART):
            one = Apart(read_body(body), datetime.fromisoformat(at))
            found.setdefault((store, order_id), []).append((number, one))
        return found

    def _said(self) -> dict[tuple[str, str], Said]:
        voices: dict[tuple[str, str], Said] = {}
        for store, order_id, line_id, body in self._rows(_SAID):
            hear(voices.setdefault((store, order_id), {}), line_id, read_body(body) or None)
        return voices


def _wanted(
    account: str | None = None, store: str | None = None, order_id: str | None = None
) -> dict[str, str | None]:
    return {"account": account, "store": store, "order_id": order_id}


def _stored(
    row: Row,
    said: Said | None,
    apart: Mapping[tuple[str, str], list[tuple[int, Apart]]],
) -> StoredOrder:
    account, store, order_id, body, at, number = row
    facts = read_body(body)
    others = [one for one in apart.get((store, order_id), ()) if one[0] > number]
    if said is not None:
        facts = with_problems(facts, said)
    moment = datetime.fromisoformat(at)
    readings = tuple(one for _, one in others)
    return StoredOrder(account, store, order_id, facts, moment, readings)
