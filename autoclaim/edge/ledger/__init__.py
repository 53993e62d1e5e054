"""The ledger: what was seen, said, drafted, handed over and proved, in one file that only grows.

`open_ledger(path)` gives a `Ledger`. The file is SQLite; each change is one event, and every
answer (orders, problems, claims, accounts) is derived from the events. Rows are plain tuples and
dicts: nothing here needs pydantic, so that `list` stays quick.
"""

from autoclaim.edge.ledger.accounts import StoredAccount
from autoclaim.edge.ledger.book import Ledger, open_ledger
from autoclaim.edge.ledger.claims import StoredClaim
from autoclaim.edge.ledger.events import Event
from autoclaim.edge.ledger.orders import OrdersSeen, StoredOrder
from autoclaim.edge.ledger.reminders import ReminderTold, StoredRun
from autoclaim.edge.ledger.subscriptions import StoredSubscription

__all__ = [
    "Event",
    "Ledger",
    "OrdersSeen",
    "ReminderTold",
    "StoredAccount",
    "StoredClaim",
    "StoredOrder",
    "StoredRun",
    "StoredSubscription",
    "open_ledger",
]
