"""Signing in on purpose, and asking whether a kept session still counts."""

from autoclaim.edge.locks import hold_account
from autoclaim.errors import NeedsPerson
from autoclaim.model import Account
from autoclaim.runner.wiring import Wiring


def sign_in(wiring: Wiring, name: str | None) -> Account:
    """Sign in with a window where there is a display; the session is kept sealed.

    Raises:
        NeedsPerson: there is no display and no stored password, or the store asks for a person.
    """
    from autoclaim.browser.launching import has_display

    account = wiring.account(name)
    headed = has_display()
    if not headed and wiring.secrets.get_password(account) is None:
        raise NeedsPerson(
            "There is no display for a window, and no password is stored.",
            f"Store it: autoclaim account add {account.store} --email {account.email}, "
            "or sign in where there is a display.",
        )
    with hold_account(wiring.places.locks, account), wiring.visit(account, headed=headed):
        return account


def check_session(wiring: Wiring, name: str | None) -> Account:
    """Ask the store, with the kept session alone, for something only a signed-in buyer gets.

    Raises:
        NeedsPerson: there is no session, or it has ended.
    """
    account = wiring.account(name)
    with hold_account(wiring.places.locks, account):
        if wiring.session_since(account) and _counts(wiring, account):
            return account
    raise NeedsPerson(
        f"The session of {account.name} has ended, or there is none.",
        f"Sign in: autoclaim sign-in --account {account.name}",
    )


def _counts(wiring: Wiring, account: Account) -> bool:
    with wiring.stay(account, headed=False) as visit, visit.doing("signing_in"):
        signed_in: bool = wiring.flow(account.store, "prove_signed_in").run(visit)
        return signed_in
