-- The ledger: one table that only grows. Everything else is derived from it.

CREATE TABLE events (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        TEXT NOT NULL,              -- UTC, 2026-04-25T21:59:59.000000Z
    kind      TEXT NOT NULL,              -- past tense: order_seen, handed_over, verified …
    account   TEXT,                       -- the buyer's name for it; null = from files
    store     TEXT,
    order_id  TEXT,
    line_id   TEXT,                       -- null = the whole order
    claim_id  TEXT,
    body      TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(body))
) STRICT;

-- The newest facts of an order are the highest id of its group: this index finds them alone.
CREATE INDEX events_of_orders ON events (kind, store, order_id, id);
CREATE INDEX events_of_accounts ON events (kind, account, id);
CREATE INDEX events_of_claims ON events (claim_id, id) WHERE claim_id IS NOT NULL;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows: an event is never changed');
END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows: an event is never removed');
END;

-- INSERT OR REPLACE would remove a row without asking the trigger above.
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows: an event is never replaced');
END;
