"""The ledger as the rest of autoclaim sees it: one open file, small questions and answers."""

from datetime import date
from pathlib import Path

from autoclaim.edge.ledger.accounts import AccountEvents
from autoclaim.edge.ledger.claims import ClaimEvents
from autoclaim.edge.ledger.faults import as_ledger_fault, copies_of, copy_name
from autoclaim.edge.ledger.opening import copy_ledger, open_connection
from autoclaim.edge.ledger.orders import OrderEvents
from autoclaim.edge.ledger.reminders import ReminderEvents
from autoclaim.edge.ledger.reviews import ReviewEvents
from autoclaim.edge.ledger.subscriptions import SubscriptionEvents
from autoclaim.edge.private_files import as_machine_fault

_COPIES = 3  # as many are kept


class Ledger(
    OrderEvents, ClaimEvents, AccountEvents, ReminderEvents, ReviewEvents, SubscriptionEvents
):
    """Everything the ledger answers. Made by `open_ledger`; used by one thread at a time."""

    def keep_copy(self, today: date) -> Path:
        """Keeps a whole copy beside the ledger, one a day and the newest three; gives its path.

        A ledger found damaged names the newest copy as the way back. Raises `MachineFault`.
        """
        copy = copy_name(self.path, today.isoformat())
        with as_machine_fault(copy), as_ledger_fault(self.path):
            copy_ledger(self._connection, copy)
            for old in copies_of(self.path)[:-_COPIES]:
                old.unlink(missing_ok=True)
        return copy


def open_ledger(path: Path) -> Ledger:
    """The ledger at `path`; a missing file is made, an older one copied and brought up to date.

    Raises `MachineFault` for a file that is damaged, from a newer autoclaim, another program's, or
    cannot be written; such a file is not touched.
    """
    return Ledger(path, open_connection(path))
