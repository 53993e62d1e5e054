"""The ledger as the rest of autoclaim sees it: one open file, small questions and answers."""

from pathlib import Path

from autoclaim.edge.ledger.accounts import AccountEvents
from autoclaim.edge.ledger.claims import ClaimEvents
from autoclaim.edge.ledger.faults import as_ledger_fault
from autoclaim.edge.ledger.opening import copy_ledger, open_connection
from autoclaim.edge.ledger.orders import OrderEvents


class Ledger(OrderEvents, ClaimEvents, AccountEvents):
    """Everything the ledger answers. Made by `open_ledger`; used by one thread at a time."""

    def copy_to(self, path: Path) -> None:
        """Writes a whole copy of the ledger (mode 0600). Raises `MachineFault`."""
        with as_ledger_fault(path):
            copy_ledger(self._connection, path)


def open_ledger(path: Path) -> Ledger:
    """The ledger at `path`; a missing file is made, an older one copied and brought up to date.

    Raises `MachineFault` for a file that is damaged, from a newer autoclaim, another program's, or
    cannot be written; such a file is not touched.
    """
    return Ledger(path, open_connection(path))
