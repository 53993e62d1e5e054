"""The only place where real parts meet: settings, folders, ledger, secrets, sessions, browser."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from autoclaim.edge.ledger import Ledger, StoredAccount, open_ledger
from autoclaim.edge.places import Places, find_places, prepare_places
from autoclaim.edge.profiles import profile_folder
from autoclaim.edge.secrets import Secrets
from autoclaim.edge.sessions import Sessions
from autoclaim.errors import Challenged, CoolingDown, WrongInput
from autoclaim.model import Account, StoreSite
from autoclaim.model.claim import FIFTEEN_MINUTES
from autoclaim.ports import Told
from autoclaim.runner import catalogue
from autoclaim.runner.ahead import ahead
from autoclaim.runner.page_kept import keep_page
from autoclaim.runner.settings import Settings
from autoclaim.runner.trace import trace_when_asked
from autoclaim.runner.visit_log import logged

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger

    from autoclaim.browser.evidence import Keep
    from autoclaim.browser.form_reading import Checks
    from autoclaim.browser.hand_over import HandOver
    from autoclaim.browser.visit import Visit

COOL_DOWN = timedelta(minutes=30)  # design.md 6, after the most careful client of site-facts 0.7
NO_EVIDENCE: "Keep" = lambda *_: None  # noqa: E731 - a reading visit keeps no pictures


@dataclass(frozen=True, slots=True)
class Company:
    """Who hears of a visit: the terminal, the evidence folder, and the ledger when it is sent."""

    told: Told
    keep: "Keep" = NO_EVIDENCE
    on_sending: "Callable[[HandOver], None]" = lambda _: None
    on_handing_over: "Callable[[Checks], None]" = lambda _: None
    wait_seconds: float = FIFTEEN_MINUTES
    flow: str | None = None  # what the visit is for, imported while the browser starts


class Wiring:
    """The parts of one run; each is made when it is first needed."""

    def __init__(self, settings: Settings, told: Told) -> None:
        self.settings = settings
        self.told = told

    @cached_property
    def places(self) -> Places:
        """The buyer's folders, made where they are missing."""
        return prepare_places(find_places(self.settings.home))

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened and brought up to date."""
        return open_ledger(self.places.ledger)

    @cached_property
    def secrets(self) -> Secrets:
        """The keychain, or the vault."""
        return Secrets(self.places.vault, self.settings.passphrase_file)

    @cached_property
    def sessions(self) -> Sessions:
        """The sealed browser sessions."""
        return Sessions(self.places.sessions, self.secrets, self.told.say)

    def telling(self, told: Told) -> "Wiring":
        """The same parts for work that tells `told` what goes on."""
        own = copy(self)
        own.told = told
        return own

    def now(self) -> datetime:
        """The moment that counts as now (aware)."""
        return self.settings.clock()

    def account(self, name: str | None) -> Account:
        """The account of that name, or the only one there is."""
        return as_account(self.ledger.account(name))

    def flow(self, store: str, name: str) -> ModuleType:
        """A scenario's flow, from the catalogue."""
        return catalogue.flow(store, name, self.mended)

    def site(self, store: str) -> StoreSite:
        """The store's addresses and guard lists, on a local origin where one stands in."""
        return catalogue.site(store, self.settings.store_origin, self.mended)

    @property
    def mended(self) -> list[Path]:
        """The buyer's own scenario folder; what lies in it stands in place of what came along."""
        return [find_places(self.settings.home).config / "scenarios"]

    def reads_in_a_window(self) -> bool:
        """Reading shows a window where a person sits at a terminal with a display."""
        from autoclaim.browser.launching import has_display

        return has_display() and sys.stdin.isatty()

    def get_ready(self, store: str, flow: str | None) -> None:
        """Import what a visit will need, and let the store's scenario prepare itself."""
        for name in filter(None, ("sign_in", flow)):
            self.flow(store, name)
        self.flow(store, "get_ready").run()

    def begin_browser(self, account: Account, *, headed: bool) -> None:
        """Begin to start the browser for a visit that follows in the same shared block.

        Not one with a profile of its own, which starts with its visit, nor one to be installed.
        """
        from autoclaim.browser.finding import find_browser
        from autoclaim.browser.launching import Launch
        from autoclaim.browser.sharing import shared_browsers

        browser = find_browser()
        if account.profile or browser is None:
            return
        how = Launch(browser, headed, debugging_port=self.settings.debugging_port)
        with shared_browsers() as browsers:
            browsers.begin(how)

    @contextmanager
    def visit(
        self, account: Account, *, headed: bool, company: Company | None = None
    ) -> Iterator["Visit"]:
        """A signed-in stay at the account's store; the session is sealed once it is proved.

        Raises:
            CoolingDown: a challenge was met a short while ago.
            NeedsPerson, StoreUnreachable, PageChanged: as the scenario says.
        """
        self._must_not_rest(account, headed=headed)
        with self.stay(account, headed=headed, company=company) as visit:
            self._sign_in(visit, account)
            with trace_when_asked(self, visit, account):
                yield visit

    @contextmanager
    def stay(
        self,
        account: Account,
        *,
        headed: bool,
        company: Company | None = None,
        as_stranger: bool = False,
    ) -> Iterator["Visit"]:
        """A stay with the kept session, if there is one, but without signing in.

        `as_stranger`: without session and profile, as somebody the store does not know.
        """
        self._must_go_by_the_real_clock()
        from autoclaim.browser.interrupting import interruptible
        from autoclaim.browser.opening import open_visit
        from autoclaim.browser.sharing import shared_browsers

        company = company or Company(self.told)
        known = not as_stranger
        profile = (
            profile_folder(self.places.profiles, account) if known and account.profile else None
        )
        kept = self._kept_session(account, company.flow, known=known and not profile)
        with interruptible(), shared_browsers() as browsers:
            browsers.start()
            with (
                open_visit(
                    self.site(account.store),
                    headed=headed,
                    browser=self._browser(chrome_first=profile is not None),
                    session=kept,
                    profile=profile,
                    password=lambda: self._password(account),
                    email=account.email,
                    told=company.told,
                    keep=company.keep,
                    debugging_port=self.settings.debugging_port,
                    wait_seconds=company.wait_seconds,
                    on_handing_over=company.on_handing_over,
                    on_sending=company.on_sending,
                    on_page_changed=lambda seen, changed: keep_page(self, account, seen, changed),
                    now=self.now,
                ) as visit,
                logged(self, visit, account),
            ):
                yield visit

    def _kept_session(
        self, account: Account, flow: str | None, *, known: bool
    ) -> Callable[[], Mapping[str, Any] | None]:
        """Unseal it ahead where there is one; it is asked for just before the first page.

        That page takes a while to come: what is needed of the store's scenario gets ready then.
        """
        from autoclaim.browser.launching import no_session

        get_ready = partial(self.get_ready, account.store, flow)
        if not known:
            ahead(get_ready)
            return no_session
        unsealed = ahead(partial(self.sessions.open_session, account))

        def session() -> Mapping[str, Any] | None:
            kept = unsealed()
            ahead(get_ready)
            return kept

        return session

    def close(self) -> None:
        """Close the ledger, if it was opened."""
        if "ledger" in vars(self):
            self.ledger.close()

    def session_since(self, account: Account) -> datetime | None:
        """When the kept session or profile last proved to count (aware); None: there is none."""
        if account.profile:
            return self.ledger.proved_at(account.name)
        return self.sessions.sealed_at(account)

    def _browser(self, *, chrome_first: bool) -> Path:
        from autoclaim.browser.finding import find_browser
        from autoclaim.browser.installing import find_or_install_browser

        chrome = find_browser(chrome_first=True) if chrome_first else None
        return chrome or find_or_install_browser(self.told.say)

    def log(self) -> "BoundLogger":
        """Ready before anything can log: structlog left alone would print on standard output."""
        import structlog

        from autoclaim.edge.logs import start_logs

        start_logs(self.places.logs, verbosity=self.settings.verbosity)
        log: BoundLogger = structlog.get_logger("autoclaim")
        return log

    def _password(self, account: Account) -> str | None:
        """The stored password; from then on the log hides it wherever it turns up."""
        from autoclaim.edge.logs import redactor

        password = self.secrets.get_password(account)
        if password:
            redactor.learn(password)
        return password

    def _must_go_by_the_real_clock(self) -> None:
        if self.settings.now and not self.settings.store_origin:
            raise WrongInput(
                "AUTOCLAIM_NOW is for what-if: a real store is visited by the real clock.",
                "Unset it.",
            )

    def _must_not_rest(self, account: Account, *, headed: bool) -> None:
        until = self.ledger.resting_until(account.name, now=self.now())
        if until and not headed:
            raise CoolingDown(until)

    def _sign_in(self, visit: "Visit", account: Account) -> None:
        flow = self.flow(account.store, "sign_in")
        try:
            with visit.doing("signing_in"):
                flow.run(visit)
        except Challenged:
            now = self.now()
            self.ledger.challenge_met(account.name, until=now + COOL_DOWN, at=now)
            raise
        self.ledger.signed_in(account.name, at=self.now())
        if not account.profile:
            self.sessions.seal(account, visit.session(), at=self.now())


def as_account(stored: StoredAccount) -> Account:
    """A stored account as the noun."""
    names = {"name": stored.name, "store": stored.store, "email": stored.email}
    said = {"added_at": stored.added_at, "profile": stored.profile, **stored.buyer}
    return Account.model_validate({**names, **said})


def log_fault(fault: Exception) -> Path | None:
    """Write an unexpected fault to the log and say where; None when not even that is possible."""
    from autoclaim.edge.logs import keep_fault

    return keep_fault(fault, find_places(Settings.from_environment().home).logs)
