"""Facts from files into the ledger, beside what it holds already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autoclaim.edge.ledger import StoredOrder
from autoclaim.edge.ledger.orders import Apart
from autoclaim.errors import WrongInput
from autoclaim.model import Order
from autoclaim.model.dated import Reading
from autoclaim.runner import two_clocks
from autoclaim.runner.readings import Together, together
from autoclaim.runner.saved import Saved, read_files
from autoclaim.runner.wiring import Wiring


@dataclass(slots=True)
class Imported:
    """What an import brought; `doubtful` are the orders of which two readings are kept."""

    saved: Saved
    new: int = 0
    changed: int = 0
    doubtful: list[str] = field(default_factory=list)


def import_files(
    wiring: Wiring, files: Sequence[Path], account: str | None, *, as_of: datetime | None = None
) -> Imported:
    """Put the orders of the files into the ledger.

    A page that tells less of an order than is known takes nothing away: a later reading replaces
    an earlier one and what it leaves out stays. Where nobody can tell which is later, both are
    kept apart, and every decision about the order says `conflict` until that is told (`as_of`) or
    the store itself is read again.

    Raises:
        WrongInput: a file that cannot be read, or an order that was read in another account.
    """
    owner = wiring.account(account).name if account else None
    imported = Imported(read_files(files, as_of=as_of, mended=wiring.mended))
    with wiring.ledger.together():
        for found in imported.saved.found:
            _import(wiring, found, owner, imported)
    return imported


def _import(wiring: Wiring, found: Together, owner: str | None, imported: Imported) -> None:
    known = wiring.ledger.stored(found.order.store, found.order.order_id)
    _must_be_theirs(wiring, known, owner)
    whole = _with_known(known, found) if known else found
    if known:
        stored = Reading(Order.model_validate(known.facts))
        twice = two_clocks.told(two_clocks.printed_twice([stored, Reading(found.order)]))
        imported.saved.promised_twice += twice
    facts = [order.as_facts() for order in whole.orders]
    before = [known.facts, *(one.facts for one in known.apart)] if known else []
    if whole.apart:
        imported.doubtful.append(found.order.order_id)
    if facts == before and owner in (None, known and known.account):
        return
    ledger, now = wiring.ledger, wiring.now()
    with ledger.together():
        seen = ledger.see_orders(facts[:1], at=now, account=owner)
        for other in facts[1:]:
            ledger.see_apart(other, at=now)
    imported.new += len(seen.new)
    imported.changed += len(seen.changed)


def _must_be_theirs(wiring: Wiring, known: StoredOrder | None, owner: str | None) -> None:
    """An order that was read in one account is no other's; two names of one e-mail are one."""
    if known is None or owner is None or known.account in {None, owner}:
        return
    emails = {one.name: one.email.casefold() for one in wiring.ledger.accounts()}
    if emails.get(str(known.account)) != emails[owner]:
        raise WrongInput(
            f"Order {known.order_id} belongs to the account {known.account}, not to {owner}.",
            f"Import its page with --account {known.account}, or without --account.",
        )


def _with_known(known: StoredOrder, found: Together) -> Together:
    """What the files tell, put together with what the ledger holds.

    A reading that is kept apart was made before it was given: what is later than that replaces it.
    """
    apart = [
        Reading(Order.model_validate(one.facts), one.given_at if _is_later(found, one) else None)
        for one in known.apart
    ]
    stored = Reading(Order.model_validate(known.facts), known.changed_at)
    others = [Reading(order) for order in found.apart]
    [whole] = together([stored, Reading(found.order, found.at), *apart, *others])
    return whole


def _is_later(found: Together, apart: Apart) -> bool:
    return found.at is not None and found.at > apart.given_at
