"""`doctor --report`: the anonymous page that was kept, once more looked through, as one file."""

from collections.abc import Iterator
from pathlib import Path

from autoclaim.edge.private_files import write_privately
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.runner.wiring import Wiring

SHORTEST = 8  # signs of a number that names one thing alone


def write_page_report(wiring: Wiring, file: Path) -> Path:
    """Write the newest page that could not be read to `file`.

    It was made anonymous when it was kept. What the ledger knows of the buyer is looked for in it
    all the same: this check knows nothing of how that was done.

    Raises:
        WrongInput: no page was kept.
        MachineFault: something of the buyer stands in it; nothing was written.
    """
    try:
        kept = wiring.places.unread_page.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WrongInput(
            "There is no page that could not be read.",
            "A report can be made after a command has ended with exit code 4.",
        ) from None
    left = [one for one in _of_the_buyer(wiring) if one.casefold() in kept.casefold()]
    if left:
        raise MachineFault(
            f"The report would still tell {len(left)} things of you; it was not written.",
            "Please say so in an issue, without the page.",
        )
    write_privately(file, kept.encode("utf-8"))
    return file


def _of_the_buyer(wiring: Wiring) -> Iterator[str]:
    """E-mails, numbers of orders, lines and parcels: each stands for one person alone."""
    for account in wiring.ledger.accounts():
        yield account.email
    for order in wiring.ledger.orders():
        yield order.order_id
        for part in (*_list(order.facts.get("lines")), *_list(order.facts.get("shipments"))):
            for name in ("line_id", "tracking_number"):
                if isinstance(part, dict) and len(str(part.get(name) or "")) >= SHORTEST:
                    yield str(part[name])


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
