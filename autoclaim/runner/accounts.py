"""Adding, listing and removing the buyer's accounts."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError

from autoclaim.edge.profiles import forget_profile
from autoclaim.errors import WrongInput
from autoclaim.model import Account, zone_named
from autoclaim.runner.wiring import Wiring, as_account

# A session was seen to last weeks (site-facts 1.3); orders left unread for as long as the shortest
# reminder's lead are warned of before it.
SESSION_HOLDS = timedelta(days=10)
READ_HOLDS = timedelta(days=3)
BUYER = ("level", "country", "time_zone")
PLAIN_NAME = re.compile(r"[\w.-]{1,40}")  # it stands in commands that a buyer copies


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as of `now`: when its orders were last read well, and when its session counted.

    `session_since` is the last moment at which the store answered as to a signed-in buyer and the
    session was kept. All moments are aware.
    """

    account: Account
    last_read_at: datetime | None
    session_since: datetime | None
    resting_until: datetime | None
    now: datetime

    @property
    def warnings(self) -> list[str]:
        """What the buyer should do before it matters, each one sentence with its command."""
        name, found = self.account.name, []
        if self.resting_until:
            until = f"{self.resting_until.astimezone():%H:%M}"
            found.append(
                f"{name} rests until {until}: the store asked for a person. "
                f"autoclaim sign-in --account {name}"
            )
        if not self.session_since:
            found.append(f"{name} is not signed in yet: autoclaim sign-in --account {name}")
        elif self.now - self.session_since > SESSION_HOLDS:
            found.append(
                f"{name} last proved to be signed in {_days(self.now - self.session_since)} ago, "
                f"and sessions end after some weeks: autoclaim account check {name}"
            )
        if self.last_read_at and self.now - self.last_read_at > READ_HOLDS:
            found.append(
                f"{name} was last read {_days(self.now - self.last_read_at)} ago, and windows "
                f"may have opened since: autoclaim scan --account {name}"
            )
        return found

    def as_json(self) -> dict[str, object]:
        """One entry of `account list --json`; moments in ISO 8601 with offset."""
        return {
            **self.account.model_dump(mode="json", exclude_none=True),
            "last_read_at": _iso(self.last_read_at),
            "session_since": _iso(self.session_since),
            "session_age_days": self.session_since and (self.now - self.session_since).days,
            "resting_until": _iso(self.resting_until),
            "warnings": self.warnings,
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


def edited_account(wiring: Wiring, name: str, **changes: object) -> Account:
    """The account with what is said changed, kept; None = not said.

    Raises:
        WrongInput: no account of that name, or something that is no country or time zone.
    """
    before = wiring.account(name)
    said = {key: value for key, value in changes.items() if value is not None}
    buyer = {**before.buyer(), **{key: str(said[key]) for key in BUYER if key in said}}
    account = new_account(wiring, before.store, before.email, before.name, **buyer)
    account = account.model_copy(update={"profile": said.get("profile", before.profile)})
    add_account(wiring, account, None)
    if before.profile and not account.profile:
        forget_profile(wiring.places.profiles, account)
    return account


def add_account(wiring: Wiring, account: Account, password: str | None) -> None:
    """Keep the account in the ledger and its password, if any, in the keychain."""
    if password is not None:
        wiring.secrets.set_password(account, password)
    wiring.ledger.add_account(
        account.name,
        store=account.store,
        email=account.email,
        buyer=account.buyer(),
        profile=account.profile,
        at=account.added_at,
    )


def account_states(wiring: Wiring) -> list[AccountState]:
    """All accounts with what is known of their reading; asks no keychain and no store."""
    accounts = map(as_account, wiring.ledger.accounts())
    return [
        AccountState(
            account,
            wiring.ledger.last_success(account.name),
            wiring.session_since(account),
            wiring.ledger.resting_until(account.name, now=wiring.now()),
            wiring.now(),
        )
        for account in accounts
    ]


def remove_account(wiring: Wiring, name: str) -> None:
    """Forget the account's password, session and profile; what was seen of its orders stays."""
    account = wiring.account(name)
    wiring.secrets.forget(account)
    wiring.sessions.forget(account)
    forget_profile(wiring.places.profiles, account)
    wiring.ledger.remove_account(account.name, at=wiring.now())


def _zone_of_this_machine() -> str | None:
    from tzlocal import get_localzone_name

    name = get_localzone_name()
    return name if name and zone_named(name) else None


def _days(time: timedelta) -> str:
    return f"{time.days} days"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
