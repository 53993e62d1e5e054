"""Accounts in the ledger: which there are, and until when one rests after a challenge."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, cast

from autoclaim.edge.ledger.events import Event, EventTable
from autoclaim.errors import WrongInput


class StoredAccount(NamedTuple):
    """An account as in `autoclaim.model.account.Account`, without its validation."""

    name: str
    store: str
    email: str
    added_at: datetime
    buyer: Mapping[str, str] = MappingProxyType({})
    profile: bool = False


class AccountEvents(EventTable):
    """What the ledger knows of accounts. The password is never part of it."""

    def accounts(self) -> list[StoredAccount]:
        """The accounts that were added and not removed, in the order they were first added."""
        known: dict[str, StoredAccount] = {}
        for event in sorted(
            [*self.events("account_added"), *self.events("account_removed")],
            key=lambda event: event.id,
        ):
            name = event.account or ""
            if event.kind == "account_removed":
                known.pop(name, None)
            else:
                email = str(event.body["email"])
                buyer = cast("Mapping[str, str]", event.body.get("buyer") or {})
                profile = event.body.get("profile") is True
                known[name] = StoredAccount(
                    name, event.store or "", email, event.at, buyer, profile
                )
        return list(known.values())

    def account(self, name: str | None = None) -> StoredAccount:
        """The account of that name; without a name the only one there is.

        Raises `WrongInput` when there is none of that name, none at all, or a choice.
        """
        known = {account.name: account for account in self.accounts()}
        if not known:
            raise WrongInput(
                "There is no account yet.", "Add one: `autoclaim account add STORE --email E`."
            )
        if name is None and len(known) == 1:
            return next(iter(known.values()))
        names = ", ".join(known)
        if name is None:
            raise WrongInput(f"There are several accounts: {names}.", "Name one with --account.")
        if name not in known:
            raise WrongInput(
                f"There is no account {name}; there are: {names}.", "Name one of them."
            )
        return known[name]

    def add_account(
        self,
        name: str,
        *,
        store: str,
        email: str,
        at: datetime,
        buyer: Mapping[str, str] = MappingProxyType({}),
        profile: bool = False,
    ) -> StoredAccount:
        """Adds the account, or gives one of that name and store another e-mail address.

        `buyer` is what the rules may ask about the buyer (contracts.md 1), as far as it is known;
        `profile` whether its browser keeps a profile.

        Raises `WrongInput` when the name belongs to an account at another store.
        """
        body = {"email": email, "buyer": dict(buyer), **({"profile": True} if profile else {})}
        with self.together():
            for account in self.accounts():
                if account.name == name and account.store != store:
                    raise WrongInput(
                        f"The name {name} already belongs to an account at {account.store}.",
                        "Choose another with --name.",
                    )
            self.record(Event("account_added", at, name, store, body=body))
        return StoredAccount(name, store, email, at, buyer, profile)

    def remove_account(self, name: str, *, at: datetime) -> StoredAccount:
        """Forgets the account; what was seen of its orders stays. Raises `WrongInput`."""
        account = self.account(name)
        self.record(Event("account_removed", at, name, account.store))
        return account

    def challenge_met(self, name: str, *, until: datetime, at: datetime) -> None:
        """Keeps that the store asked for a person: the account rests until then (aware)."""
        self.record(Event("challenged", at, name, body={"until": until.isoformat()}))

    def signed_in(self, name: str, *, at: datetime) -> None:
        """Keeps that a sign-in was proved; it ends a rest."""
        self.record(Event("signed_in", at, name))

    def proved_at(self, name: str) -> datetime | None:
        """When the store last answered as to a signed-in buyer (aware), or None when never."""
        event = self.last("signed_in", name)
        return event and event.at

    def resting_until(self, name: str, *, now: datetime) -> datetime | None:
        """The moment the account's rest ends, or None when it does not rest.

        A challenge that lies in the future shows that the clock was set back: the rest is then
        counted in full from now, because the store's clock was not. That is kept, so that it ends.
        """
        challenge = self.last("challenged", name)
        proof = self.last("signed_in", name)
        if challenge is None or (proof and proof.id > challenge.id):
            return None
        until = datetime.fromisoformat(str(challenge.body["until"]))
        if challenge.at > now:
            until = now + (until - challenge.at)
            self.challenge_met(name, until=until, at=now)
        return until if until > now else None

    def scan_finished(
        self, name: str, *, store: str, counts: dict[str, object], at: datetime
    ) -> None:
        """Keeps that a scan went well; `counts` is what the runner wants to compare next time."""
        self.record(Event("scan_finished", at, name, store, body=counts))

    def last_success(self, name: str, *, now: datetime | None = None) -> datetime | None:
        """When the account was last read well (aware), or None when never.

        With `now` a reading that lies in the future does not count: the clock was set back since,
        and an account that nobody reads any more must not seem fresh until that day.
        """
        event = self.last("scan_finished", name)
        if event is None or now is None or event.at <= now:
            return event and event.at
        before = (one.at for one in self.events("scan_finished", account=name) if one.at <= now)
        return max(before, default=None)
