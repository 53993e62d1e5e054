"""Does the store's site still look as it is known: layer by layer, with the kept session alone."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from autoclaim.edge.locks import hold_account
from autoclaim.errors import AutoclaimError, MachineFault, NeedsPerson, PageChanged
from autoclaim.model import Account
from autoclaim.runner.findings import Finding, failed, looked
from autoclaim.runner.page_kept import keep_page
from autoclaim.runner.wiring import Wiring, as_account

if TYPE_CHECKING:
    from autoclaim.browser.visit import Visit


def examine_live(wiring: Wiring) -> Iterator[Finding]:
    """Look at the store of each account: session, list, detail, tracking, returns.

    Nothing is typed and nothing is changed. Two checks must fail: a stranger must not count as
    signed in, and an order that does not exist must not be read.
    """
    accounts = [as_account(stored) for stored in wiring.ledger.accounts()]
    if not accounts:
        yield Finding("session", "no account", "autoclaim account add STORE --email E", well=False)
    for account in accounts:
        yield from _of_account(wiring, account)


def _of_account(wiring: Wiring, account: Account) -> list[Finding]:
    found: list[Finding] = []

    def look(name: str, what: Callable[[], str]) -> None:
        found.append(looked(name, lambda: f"{account.name}: {what()}"))

    try:
        with hold_account(wiring.places.locks, account):
            look("stranger", lambda: _stranger(wiring, account))
            _look_around(wiring, account, look)
    except AutoclaimError as error:
        found.append(failed("session", error))
    return found


def _look_around(
    wiring: Wiring, account: Account, look: Callable[[str, Callable[[], str]], None]
) -> None:
    step = f"Sign in: autoclaim sign-in --account {account.name}"
    if not wiring.session_since(account):
        raise NeedsPerson(f"Nobody is signed in to {account.name}.", step)
    with wiring.stay(account, headed=False) as visit:
        with visit.doing("signing_in"):
            signed_in = wiring.flow(account.store, "prove_signed_in").run(visit)
        if not signed_in:
            raise NeedsPerson(f"The session of {account.name} has ended.", step)
        look("session", lambda: "counts")

        def look_and_keep(name: str, what: Callable[[], str]) -> None:
            look(name, lambda: _kept(wiring, account, visit, what))

        wiring.flow(account.store, "check_pages").run(visit, look_and_keep)


def _kept(wiring: Wiring, account: Account, visit: "Visit", what: Callable[[], str]) -> str:
    """What is told; a page that cannot be read is kept for `doctor --report`."""
    try:
        return what()
    except PageChanged as changed:
        keep_page(wiring, account, visit.seen(), changed)
        raise


def _stranger(wiring: Wiring, account: Account) -> str:
    """Somebody without a session must be told apart, or a session would prove nothing."""
    with wiring.stay(account, headed=False, as_stranger=True) as visit, visit.doing("signing_in"):
        if wiring.flow(account.store, "prove_signed_in").run(visit):
            raise MachineFault("A stranger counts as signed in: the proof proves nothing.")
    return "a stranger is not taken for signed in"
