"""Adding, listing and removing the buyer's accounts."""

import re
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from autoclaim.errors import WrongInput
from autoclaim.model import Account, zone_named
from autoclaim.runner.wiring import Wiring, as_account

PLAIN_NAME = re.compile(r"[\w.-]{1,40}")  # it stands in commands that a buyer copies


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account, when its orders were last read well, and when its session was sealed."""

    account: Account
    last_read_at: datetime | None
    session_since: datetime | None
    resting_until: datetime | None

    def as_json(self) -> dict[str, object]:
        """One entry of `account list --json`; moments in ISO 8601 with offset."""
        return {
            **self.account.model_dump(mode="json", exclude_none=True),
            "last_read_at": _iso(self.last_read_at),
            "session_since": _iso(self.session_since),
            "resting_until": _iso(self.resting_until),
        }


def new_account(
    wiring: Wiring, store: str, email: str, name: str | None, **buyer: str | None
) -> Account:
    """An account that may be added; `buyer` holds level, country and time_zone as far as said.

    Raises:
        WrongInput: an unknown store, or something that is no e-mail, country or time zone.
    """
    wiring.site(store)  # refuses a store that nobody knows
    if name and not PLAIN_NAME.fullmatch(name):
        raise WrongInput(f"{name!r} is no name of an account.", "Letters, digits, . - and _ only.")
    if "@" not in email.strip("@"):
        raise WrongInput(f"{email!r} is no e-mail address.", "Give the one you sign in with.")
    country, zone = buyer.get("country"), buyer.get("time_zone")
    if country and not (len(country) == 2 and country.isalpha()):  # noqa: PLR2004 - ISO 3166
        raise WrongInput(f"{country!r} is no country.", "Two letters, like ES.")
    if zone and not zone_named(zone):
        raise WrongInput(f"{zone!r} is no time zone.", "An IANA name, like Europe/Madrid.")
    try:
        return Account.model_validate(
            {
                "name": name or store,
                "store": store,
                "email": email.strip(),
                "added_at": wiring.now(),
                **buyer,
                "country": country.upper() if country else None,
                "time_zone": zone or _zone_of_this_machine(),
            }
        )
    except ValidationError as wrong:
        raise WrongInput(f"The account cannot be added: {wrong.errors()[0]['msg']}.") from None


def add_account(wiring: Wiring, account: Account, password: str | None) -> None:
    """Keep the account in the ledger and its password, if any, in the keychain."""
    if password is not None:
        wiring.secrets.set_password(account, password)
    wiring.ledger.add_account(
        account.name,
        store=account.store,
        email=account.email,
        buyer=account.buyer(),
        at=account.added_at,
    )


def account_states(wiring: Wiring) -> list[AccountState]:
    """All accounts with what is known of their reading; asks no keychain and no store."""
    accounts = map(as_account, wiring.ledger.accounts())
    return [
        AccountState(
            account,
            wiring.ledger.last_success(account.name),
            wiring.sessions.sealed_at(account),
            wiring.ledger.resting_until(account.name, now=wiring.now()),
        )
        for account in accounts
    ]


def remove_account(wiring: Wiring, name: str) -> None:
    """Forget the account's password and session; what was seen of its orders stays."""
    account = wiring.account(name)
    wiring.secrets.forget(account)
    wiring.sessions.forget(account)
    wiring.ledger.remove_account(account.name, at=wiring.now())


def _zone_of_this_machine() -> str | None:
    from tzlocal import get_localzone_name

    name = get_localzone_name()
    return name if name and zone_named(name) else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
