"""A damaged ledger is mended before anything else is done, and the buyer is told what is left."""

from autoclaim.edge.ledger.mending import Mended, is_damaged, mend
from autoclaim.edge.locks import nobody_at_work
from autoclaim.model.reminder import Message
from autoclaim.runner.deadlines import account_ages
from autoclaim.runner.messages import ages_line
from autoclaim.runner.wiring import Wiring


def mend_if_damaged(wiring: Wiring) -> Message | None:
    """Build a damaged ledger anew from what can be read of it; None when it is whole.

    Called before `wiring.ledger` is first asked for.

    Raises:
        AlreadyRunning: another autoclaim is at work, with the damaged file open.
        MachineFault: the file is not ours, or the disk takes no more.
    """
    path = wiring.places.ledger
    if not is_damaged(path):
        return None
    nobody_at_work(wiring.places.locks)
    mended = mend(path, at=wiring.now())
    return _message(mended, ages_line(account_ages(wiring), wiring.now()))


def _message(mended: Mended, ages: str) -> Message:
    saved = f"{mended.events} events were saved"
    if mended.newest:
        saved += f", the newest of {mended.newest.astimezone():%Y-%m-%d %H:%M}"
    lost = f"{mended.lost} are known to be lost" if mended.lost else "none is known to be lost"
    step = (
        "autoclaim follow-up, and look at the store's own list of cases before you claim again"
        if mended.events
        else "autoclaim account add, then autoclaim scan; the store has the orders still"
    )
    text = (
        f"The ledger was damaged. {saved}; {lost}.\n"
        f"The damaged file is kept: {mended.kept}\n\n"
        "What was done after the newest event saved may be missing, a claim too.\n\n"
        f"{ages}\n\n"
        f"Next: {step}\n"
    )
    return Message("autoclaim: the ledger was damaged and is mended", text)
