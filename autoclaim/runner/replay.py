"""What another edition of the policy would say of the stored orders."""

from autoclaim.model import Facts
from autoclaim.rules import replayed
from autoclaim.rules.policy_tables import Replayed
from autoclaim.runner.listing import facts_document
from autoclaim.runner.shipped_policies import policies
from autoclaim.runner.wiring import Wiring


def replay(wiring: Wiring, account: str | None, edition: str | None) -> list[Replayed]:
    """The lines that `edition` (None: the newest) decides differently, account by account.

    Raises:
        PolicyError: no edition has this name.
    """
    names: set[str | None] = {one.account for one in wiring.ledger.orders()}
    if account:
        names = {wiring.account(account).name}
    found: list[Replayed] = []
    for name in sorted(names, key=str):
        orders = (one for one in wiring.ledger.orders(name) if one.account == name)
        facts = Facts.model_validate(facts_document(wiring, name, orders))
        found += replayed(facts, policies(), wiring.now(), edition)
    return found
