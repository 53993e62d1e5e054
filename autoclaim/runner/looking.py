"""Look at every account once, headless, several at once; each fails alone."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from autoclaim.edge.locks import hold_account
from autoclaim.errors import (
    AlreadyRunning,
    AutoclaimError,
    CoolingDown,
    PageChanged,
    StoreUnreachable,
)
from autoclaim.model import Account, FieldCheck
from autoclaim.ports import Told
from autoclaim.runner.ahead import ahead, driver_ahead
from autoclaim.runner.follow_up import Followed, reread, under_way
from autoclaim.runner.history import is_known_to_the_end
from autoclaim.runner.messages import Trouble
from autoclaim.runner.scan import Scanned, read_orders, wanted_of
from autoclaim.runner.wiring import Wiring, log_fault

ORDER_NUMBER = re.compile(r"\d{6,}")  # what differs from order to order, and is no other trouble
MOST_SHOWN = 3
MOST_AT_ONCE = 4  # browsers; each takes some 200 MB
# What mends itself is not worth a message: the alarm tells when it does not.
MENDS_ITSELF = (AlreadyRunning, CoolingDown, StoreUnreachable)


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at one account brought; `exit_code` 0 = it was read, and all of it.

    `is_read`: it was read, if perhaps not whole (`exit_code` 4, `fault` says what was missing).
    """

    account: str
    orders: int = 0
    new: int = 0
    changed: int = 0
    unread: int = 0
    claims: Sequence[Followed] = ()
    is_read: bool = True
    exit_code: int = 0
    fault: str = ""
    next_step: str = ""
    trouble: Trouble | None = None

    def as_json(self) -> dict[str, object]:
        """One entry of `run --json`."""
        return {
            "account": self.account,
            "exit_code": self.exit_code,
            "read": self.is_read,
            "orders": self.orders,
            "new": self.new,
            "changed": self.changed,
            "unread": self.unread,
            "claims": [one.as_json() for one in self.claims],
            "fault": self.fault or None,
            "next_step": self.next_step or None,
        }


def look_at(wiring: Wiring, accounts: Sequence[Account]) -> list[Looked]:
    """Look at the accounts; the answers are in the order given.

    A live store is visited by one account at a time (it is read slowly and little), different
    stores at once.
    """
    if not accounts:
        return []
    live = wiring.settings.store_origin is None
    groups = _one_after_another(accounts, live=live)
    at_work = wiring if len(groups) == 1 else wiring.telling(_AtOnce(wiring.told))
    ahead(wiring.secrets.open)
    with driver_ahead(partial(_get_ready, wiring, accounts), in_a_window=False):
        from autoclaim.browser.at_once import at_once

        jobs = [partial(_look_in_turn, at_work, group) for group in groups]
        seen = at_once(jobs, _most_at_once(wiring, accounts))
    by_name = {looked.account: looked for group in seen for looked in group}
    return [by_name[account.name] for account in accounts]


def _most_at_once(wiring: Wiring, accounts: Sequence[Account]) -> int:
    """How many browsers to read in at once.

    A first reading waits for its store most of the time, and others fit beside it. A later one
    mostly starts a browser, which keeps a core busy.
    """
    if all(is_known_to_the_end(wiring.ledger, account.name) for account in accounts):
        return min(MOST_AT_ONCE, os.cpu_count() or 1)
    return MOST_AT_ONCE


def _get_ready(wiring: Wiring, accounts: Sequence[Account]) -> None:
    for store in {account.store for account in accounts}:
        wiring.get_ready(store, "read_orders")


def _one_after_another(accounts: Sequence[Account], *, live: bool) -> list[list[Account]]:
    """The accounts that must wait for each other: of one live store, or with one e-mail address.

    Two names for the same account are the same account: it is never visited twice at once.
    """

    def group_of(account: Account) -> tuple[str, str]:
        return (account.store, "" if live else account.email.casefold())

    in_groups = sorted(accounts, key=group_of)
    return [list(group) for _, group in groupby(in_groups, key=group_of)]


def _look_in_turn(wiring: Wiring, accounts: Sequence[Account]) -> list[Looked]:
    return [_look(wiring, account) for account in accounts]


class _AtOnce:
    """Tells what is worth telling when several accounts are read at once: no bars."""

    def __init__(self, told: Told) -> None:
        self._told = told

    def say(self, text: str) -> None:
        """Pass it on."""
        self._told.say(text)

    def progress(self, done: int, total: int | None, what: str) -> None:
        """Several bars at once would say nothing."""

    def choose(self, question: str, options: Sequence[str]) -> str | None:  # noqa: ARG002
        """Nobody is asked during a run."""
        return None

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        """A run fills no form."""


def _look(wiring: Wiring, account: Account) -> Looked:
    """Read one account and reread its claims; whatever goes wrong becomes part of the answer."""
    try:
        return _read(wiring, account)
    except AutoclaimError as error:
        return _failed(account, error)
    except Exception as fault:  # noqa: BLE001 - one account must not take the others with it
        where = log_fault(fault)
        step = f"Nothing was sent. The log is {where}." if where else "Nothing was sent."
        what = f"autoclaim failed ({type(fault).__name__}); this is a fault of ours."
        return _failed(account, AutoclaimError(what, step))


def _read(wiring: Wiring, account: Account) -> Looked:
    wanted = wanted_of(wiring, account)
    claims = under_way(wiring, account.name)
    with (
        hold_account(wiring.places.locks, account),
        wiring.visit(account, headed=False) as visit,
    ):
        scanned = read_orders(wiring, visit, account, wanted)
        followed = reread(wiring, visit, claims)
    if scanned.coverage.unseen:
        new = "; ".join(scanned.coverage.unseen[:MOST_SHOWN])
        wiring.told.say(f"Never seen before, so nothing was concluded from it: {new}.")
    if scanned.promised_twice:
        twice = "; ".join(scanned.promised_twice[:MOST_SHOWN])
        wiring.told.say(f"One promise with two days, of which the earlier counts: {twice}.")
    return looked_at(scanned, followed)


def looked_at(scanned: Scanned, claims: Sequence[Followed] = ()) -> Looked:
    """What a reading brought, with the exit code that `scan` would end with."""
    drift = drifted(scanned)
    counts = (len(scanned.orders), scanned.new, scanned.changed, len(scanned.unread))
    whole = Looked(scanned.account.name, *counts, claims=claims, exit_code=scanned.exit_code)
    if drift is None:
        return whole
    return replace(whole, fault=drift.what_happened, next_step=drift.next_step, trouble=drift)


def drifted(scanned: Scanned) -> Trouble | None:
    """What the pages no longer told, each kind of thing once; None for a whole reading."""
    if scanned.is_whole:
        return None
    name = scanned.account.name
    missing = [*scanned.lost, *scanned.coverage.untold, *scanned.unread]
    kinds = sorted({ORDER_NUMBER.sub("", one) for one in missing})
    topic = hashlib.sha256("\n".join(kinds).encode()).hexdigest()[:16]
    shown = "; ".join(missing[:MOST_SHOWN])
    what = f"Of {name} was read what could be; not told where it always stood: {shown}."
    step = "autoclaim doctor --live"
    title = f"the pages of {name} have changed"
    return Trouble(name, f"drift:{name}:{topic}", what, step, title)


def _failed(account: Account, error: AutoclaimError) -> Looked:
    step = _what_to_type(account, error)
    what = str(error)
    trouble = None
    if not isinstance(error, MENDS_ITSELF):
        topic = f"trouble:{account.name}:{type(error).__name__}"
        trouble = Trouble(account.name, topic, what, step)
    return Looked(
        account.name,
        is_read=False,
        exit_code=error.exit_code,
        fault=what,
        next_step=step,
        trouble=trouble,
    )


def _what_to_type(account: Account, error: AutoclaimError) -> str:
    """The step as a command that can be typed, where signing in by hand is what helps."""
    needs_person = 3
    if error.exit_code == needs_person:
        return f"autoclaim sign-in --account {account.name}"
    if isinstance(error, PageChanged):
        return f"autoclaim scan --account {account.name}, and report it if that fails too"
    return error.next_step


def troubles(looked: Sequence[Looked]) -> Iterator[Trouble]:
    """What the buyer must hear of."""
    return (one.trouble for one in looked if one.trouble)
