"""Whether the list of orders was read to its end, so that the next reading may stop early.

A reading stops at a page of the list on which everything is known and as it was. That holds only
if what lies behind that page was read, too. A reading that was broken off (Ctrl-C, a session that
ended) or bounded (`--max-orders`, `--since`) may have kept the newest orders and not those behind
them; the next one then goes through the whole list, and opens nothing that is known and fresh.
"""

from autoclaim.edge.ledger import Ledger
from autoclaim.edge.ledger.events import Event
from autoclaim.model import Account
from autoclaim.model.wanted import Wanted
from autoclaim.runner.wiring import Wiring

TO_THE_END = "to_the_end"  # in the body of `scan_finished`; no earlier reading had it


def note_beginning(wiring: Wiring, account: Account) -> None:
    """Note, before anything of a reading is kept, that there is one."""
    wiring.ledger.record(Event("scan_begun", wiring.now(), account.name, account.store))


def goes_to_the_end(wanted: Wanted) -> bool:
    """Whether such a reading, once it has finished, leaves nothing behind."""
    return wanted.since is None and wanted.most is None


def is_known_to_the_end(ledger: Ledger, account: str) -> bool:
    """Whether the last reading of the account that kept anything went to the end, and finished."""
    begun, ended = ledger.last("scan_begun", account), 0
    for event in ledger.events("scan_finished", account=account):
        if event.body.get(TO_THE_END):
            ended = event.id
    return ended > (begun.id if begun else 0)
