"""Events: the only thing the ledger stores. They are added and read, never changed."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from autoclaim.edge.ledger.faults import as_ledger_fault

Json = Mapping[str, object]
_NOTHING: Json = MappingProxyType({})
Values = tuple[object, ...] | Mapping[str, object]
Row = tuple[Any, ...]  # as SQLite gives it: str, int or None

_ADD = """
    INSERT INTO events (at, kind, account, store, order_id, line_id, claim_id, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_EVENTS = """
    SELECT kind, at, account, store, order_id, line_id, claim_id, body, id FROM events
    WHERE id > :after
      AND (:kind IS NULL OR kind = :kind)
      AND (:account IS NULL OR account = :account)
    ORDER BY id
"""
_LAST = """
    SELECT kind, at, account, store, order_id, line_id, claim_id, body, id FROM events
    WHERE kind = :kind AND (:account IS NULL OR account = :account)
    ORDER BY id DESC LIMIT 1
"""


class Event(NamedTuple):
    """Something that happened: `kind` is past tense, `at` aware, `body` plain JSON.

    `id` is given by the ledger and grows with each event; it, not `at`, tells what came later,
    because a clock can be set back.
    """

    kind: str
    at: datetime
    account: str | None = None
    store: str | None = None
    order_id: str | None = None
    line_id: str | None = None
    claim_id: str | None = None
    body: Json = _NOTHING
    id: int = 0


def moment_text(at: datetime) -> str:
    """The aware moment in UTC, always of one length, so that texts sort as moments do."""
    if at.tzinfo is None:
        raise ValueError("an event needs a moment with a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def body_text(body: Json) -> str:
    """The body as JSON that is the same for equal bodies; ASCII, so that no text can break it."""
    return json.dumps(dict(body), sort_keys=True, separators=(",", ":"), allow_nan=False)


def read_body(text: str) -> dict[str, object]:
    """The body as it was given to `body_text`."""
    body: dict[str, object] = json.loads(text)
    return body


class EventTable:
    """The events of one file. Each `record` is on the disk when it returns."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file. Nothing is pending: every event was written when it was recorded."""
        self._connection.close()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All events recorded inside are kept, or none. May be nested; the outermost decides."""
        if self._in_transaction():
            yield
            return
        self._do("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            # SQLite has already rolled back by itself after a full disk.
            if self._in_transaction():
                self._do("ROLLBACK")
            raise
        self._do("COMMIT")

    def _in_transaction(self) -> bool:
        return self._connection.in_transaction

    def record(self, event: Event) -> int:
        """Adds the event and gives its id; it is on the disk, unless inside `together`."""
        names = map(_storable, event[2:7])
        row = (moment_text(event.at), event.kind, *names, body_text(event.body))
        return self._do(_ADD, row)

    def events(
        self, kind: str | None = None, *, account: str | None = None, after: int = 0
    ) -> Iterator[Event]:
        """The events as they were recorded, one at a time; `after` is an id, not included."""
        wanted = {"kind": kind, "account": account, "after": after}
        return map(read_event, self._rows(_EVENTS, wanted))

    def last(self, kind: str, account: str | None = None) -> Event | None:
        """The newest event of that kind, of that account if one is named."""
        rows = self._rows(_LAST, {"kind": kind, "account": account})
        return next(map(read_event, rows), None)

    def _do(self, statement: str, values: Values = ()) -> int:
        with as_ledger_fault(self.path):
            return self._connection.execute(statement, values).lastrowid or 0

    def _rows(self, statement: str, values: Values = ()) -> Iterator[Row]:
        # A damaged page is met while reading on, so the whole walk is inside.
        with as_ledger_fault(self.path):
            yield from self._connection.execute(statement, values)


def _storable(text: str | None) -> str | None:
    # Half of a surrogate pair, as a hostile page may send it, has no UTF-8.
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def read_event(row: Row) -> Event:
    """The event of a row whose columns stand in the order of `Event`."""
    kind, at, account, store, order_id, line_id, claim_id, body, number = row
    moment = datetime.fromisoformat(at)
    return Event(
        kind, moment, account, store, order_id, line_id, claim_id, read_body(body), number
    )
