"""The visit: one signed-in stay at a store; all that a scenario touches besides its pages.

`Visit.doing` says what the runner is about to do ("reading", "signing_in", "filling"); the submit
guard lets through what that needs and nothing else.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from autoclaim.browser.addresses import store_address, without_query
from autoclaim.browser.desk import PATIENCE, Desk
from autoclaim.browser.evidence import Keep, picture_of
from autoclaim.browser.form_reading import Checks, Form
from autoclaim.browser.gate import Gate
from autoclaim.browser.hand_over import HandOver, hand_over
from autoclaim.browser.hearing import Heard, Hearing
from autoclaim.browser.loading import Loading
from autoclaim.browser.origin_guard import Password, type_password
from autoclaim.browser.panel import Panel
from autoclaim.browser.presses import Presses
from autoclaim.browser.resting import Rest
from autoclaim.browser.submit_guard import State, SubmitGuard
from autoclaim.errors import Challenged, NeedsPerson, PageChanged
from autoclaim.model.claim import Claim
from autoclaim.model.site import StoreSite
from autoclaim.ports import Told

_NEW_TAB_WITHIN = 15_000  # milliseconds
LOADS_IN_A_TAB = 50  # while reading; a tab costs about as much as one load


def _nobody_writes(_: Checks) -> None:
    """Nobody wants to know that the form becomes the buyer's."""


@dataclass(frozen=True)
class Buyer:
    """What the visit knows of the buyer: e-mail, and whom to ask for the password, when asked."""

    email: str | None
    password: Password


@dataclass(frozen=True)
class PageSeen:
    """A page as it stands: address and HTML, and the answers that the visit's pages received."""

    address: str
    html: str
    answers: Sequence[Heard]


@dataclass(frozen=True)
class Listeners:
    """Who hears of the visit: the terminal, the evidence folder, the ledger; and the clock."""

    told: Told
    keep: Keep
    on_sending: Callable[[HandOver], None]
    now: Callable[[], datetime]
    on_handing_over: Callable[[Checks], None] = _nobody_writes


class Visit:
    """A stay at `site` in the browser `context`; `page` is the tab in front."""

    def __init__(
        self,
        site: StoreSite,
        context: BrowserContext,
        buyer: Buyer,
        listeners: Listeners,
        *,
        headed: bool,
        wait_seconds: float,
    ) -> None:
        self.site = site
        self.headed = headed
        self.email = buyer.email
        self.guard = SubmitGuard(site)
        context.set_default_timeout(PATIENCE)
        self._gate = Gate(context, self.guard)
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self._context = context
        self._password = buyer.password
        self._listeners = listeners
        self._wait_seconds = wait_seconds
        self._loading = Loading(site)
        self._loads_here = 0
        self._hearings: list[Hearing] = []
        self._left: Hearing | None = None
        self._rest = Rest(self._let_events_in)
        self._panel: Panel | None = None
        self._presses: Presses | None = None
        self._pictured: set[str] = set()

    @property
    def status(self) -> int | None:
        """The HTTP status of the address opened last (below 500), None before the first."""
        return self._loading.status

    @property
    def let_through(self) -> tuple[str, ...]:
        """Lines "METHOD path" of state-changing requests that left so far."""
        return tuple(self.guard.let_through)

    @property
    def stopped(self) -> tuple[str, ...]:
        """Lines "METHOD path" of state-changing requests that were stopped so far."""
        return tuple(self.guard.stopped)

    @contextmanager
    def doing(self, state: State) -> Iterator[None]:
        """Let through what `state` needs, until the block ends."""
        before = self.guard.state
        self.guard.state = state
        try:
            yield
        finally:
            self.guard.state = before

    def open(self, name: str, **values: object) -> Page:
        """Open the store's address `name` in the tab in front.

        Raises:
            StoreUnreachable: no answer, or a server error, also when tried again.
        """
        for hearing in self._hearings:
            hearing.settle()
        if left := self.take_over():
            left.stop()
        self._change_tabs_in_time()
        self._loading.load(self.page, store_address(self.site, name, values))
        if self.guard.state == "filling":  # while the page still draws itself
            self._hand()
        return self.page

    def pause(self) -> None:
        """Rest before the page in front is made to load more, as `open` does before a load."""
        self._loading.rest(self.page, self.page.url)

    def hear(self, pattern: str | re.Pattern[str]) -> Hearing:
        """Listen, from now on and on all tabs, to answers whose address holds `pattern`."""
        hearing = Hearing(pattern, self._rest, self._hear_no_more)
        self._hearings.append(hearing)
        self._gate.listeners.append(hearing)
        return hearing

    def leave(self, hearing: Hearing) -> None:
        """Leave what was heard of the page in front to whoever reads that page next."""
        self._left = hearing

    def take_over(self) -> Hearing | None:
        """Give what was left of the page in front, once; None after another one was opened."""
        left, self._left = self._left, None
        return left

    def through_new_tab(self, press: Callable[[], object]) -> Page:
        """Do `press`, which opens a tab; that tab comes to the front.

        Raises:
            PageChanged: no tab opened.
        """
        before = without_query(self.page.url)
        try:
            with self._context.expect_page(timeout=_NEW_TAB_WITHIN) as opened:
                press()
        except PlaywrightTimeout:
            raise PageChanged(before, "the new tab") from None
        self.page = opened.value
        self.page.wait_for_load_state("domcontentloaded")
        return self.page

    def type_password(self, locator: Locator) -> bool:
        """Type the stored password into the store's own box; False when none is stored.

        Raises:
            NeedsPerson: the box is not on one of the store's sign-in origins.
            PageChanged: there is no password box.
        """
        return type_password(locator, self.site, self._password)

    def wait_for_person(self, what: str, until: Callable[[], bool]) -> None:
        """Say `what` the buyer is asked to do in the window, and wait until it is done.

        Raises:
            Challenged: there is no window to do it in.
            NeedsPerson: it was not done in time.
        """
        if not self.headed:
            raise Challenged(what, "Run `autoclaim sign-in`, which shows the window.")
        self._listeners.told.say(what)
        end = time.monotonic() + self._wait_seconds
        with self.doing("person"):
            while not until():
                if time.monotonic() >= end:
                    raise NeedsPerson(f"Nobody answered in time: {what}", "Run it again.")
                self._rest.up_to(0.5)

    def progress(self, done: int, total: int | None, what: str) -> None:
        """Tell whoever listens that `done` of `total` (None: not known) `what` are through."""
        self._listeners.told.progress(done, total, what)

    def say(self, text: str) -> None:
        """Tell the buyer one plain sentence."""
        self._listeners.told.say(text)

    def keep_evidence(self, title: str) -> None:
        """Keep a picture of the page in front, with address and moment.

        Of what is filled in anew, because something had to be asked, the first picture stays.
        """
        if title in self._pictured:
            return
        moment = self._listeners.now()
        self._listeners.keep(title, picture_of(self.page), self.page.url, moment)
        self._pictured.add(title)

    def hand_over(
        self, form: Form, planned: Mapping[str, str], button: str, claim: Claim | None = None
    ) -> HandOver:
        """Hand the filled form to the buyer, who alone can send it with the store's `button`.

        A request that is known to be another claim than `claim` is stopped. What follows is read
        in a new tab; the one in which the buyer pressed stays as it is.

        Raises:
            NotSent: declined, closed or timed out; nothing was sent.
        """
        panel, presses = self._hand()
        desk = Desk(
            context=self._context,
            page=self.page,
            guard=self.guard,
            gate=self._gate,
            panel=panel,
            presses=presses,
            told=self._listeners.told,
            button=button,
            wait_seconds=self._wait_seconds,
            now=self._listeners.now,
            on_handing_over=self._listeners.on_handing_over,
            on_sending=self._listeners.on_sending,
            claim=claim,
        )
        over = hand_over(desk, form, planned)
        # The store's page goes on by itself now: what is read next would be torn by that.
        self.page = self._context.new_page()
        return over

    def seen(self) -> PageSeen:
        """The page in front and the newest answers: what is needed to mend a reader."""
        heard = [one for hearing in self._hearings for one in hearing.latest()]
        try:
            return PageSeen(self.page.url, self.page.content(), heard)
        except PlaywrightError:  # the window is gone; what was heard is still there
            return PageSeen(self.page.url, "", heard)

    def session(self) -> dict[str, Any]:
        """Give cookies and storage, to be sealed; they open the account: never write them down."""
        return dict(self._context.storage_state())

    def close(self) -> None:
        """Let nothing more leave, and close every page of the visit."""
        self.guard.state = "closed"
        with suppress(PlaywrightError):  # the buyer closed the window already
            self._context.close()
        self._gate.close()

    def _hand(self) -> tuple[Panel, Presses]:
        """What the buyer sees and presses in all tabs of the visit, from the first time on."""
        self._panel = self._panel or Panel(self._context)
        self._presses = self._presses or Presses(self._context)
        return self._panel, self._presses

    def _let_events_in(self, milliseconds: float) -> None:
        self.page.wait_for_timeout(milliseconds)

    def _hear_no_more(self, hearing: Hearing) -> None:
        if hearing in self._hearings:
            self._hearings.remove(hearing)
            self._gate.listeners.remove(hearing)

    def _change_tabs_in_time(self) -> None:
        """Leave a tab that loaded much: until it closes, it keeps something of each load."""
        self._loads_here += 1
        if self.guard.state != "reading" or self._loads_here <= LOADS_IN_A_TAB:
            return
        before, self.page = self.page, self._context.new_page()
        self._loads_here = 1
        before.close()
