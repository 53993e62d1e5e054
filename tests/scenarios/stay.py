"""A visit as the runner makes it, with a buyer at the window who presses or does not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from playwright.sync_api import BrowserContext, Page

from autoclaim.browser.hand_over import HandOver
from autoclaim.browser.launching import Launch
from autoclaim.browser.sharing import Browsers
from autoclaim.browser.visit import Buyer, Listeners, Visit
from autoclaim.model import CaseSeen, Claim, FieldCheck, FormOffer, Order, StoreSite
from autoclaim.model.wanted import Wanted
from autoclaim.runner import catalogue
from tests.browser.visiting import the_browser

# Waits in the page until the form is the buyer's, then has the first button that is there pressed.
HAND = """(buttons) => {
  let next = 0;
  setInterval(() => {
    const panel = document.querySelector('autoclaim-panel');
    const button = buttons.map((one) => document.querySelector(one)).find(Boolean);
    if (panel?.dataset.state !== 'yours' || !button || Date.now() < next) return;
    next = Date.now() + 500;
    button.scrollIntoView({block: 'center'});
    const box = button.getBoundingClientRect();
    handPresses(box.x + box.width / 2, box.y + box.height / 2);
  }, 50);
}"""
CONFIRM = ".comet-v2-modal-footer .comet-btn-primary"
SUBMIT = "[data-pl=buyersubmit_btn_submit]"


class Store(Protocol):
    """The local store, as fixtures/README.md describes it."""

    origin: str
    email: str
    password: str
    heroes: dict[str, str]
    journal: list[dict[str, Any]]
    state: Any

    def behave(self, **switches: object) -> None: ...

    def truth(self) -> dict[str, Any]: ...


class Stay:
    """One visit; what it said, showed and sent stands in `said`, `fields` and `sent`."""

    def __init__(self, site: StoreSite, context: BrowserContext, how: dict[str, Any]) -> None:
        self.said: list[str] = []
        self.fields_shown: list[FieldCheck] = []
        self.sent: list[HandOver] = []
        self.pictures: list[str] = []
        self.presses = False
        self._hand_at: Page | None = None
        self.counted: list[tuple[int, int | None]] = []
        listeners = Listeners(self, self._keep, self.sent.append, lambda: datetime.now(UTC))
        buyer = Buyer(how["email"], lambda: how["password"])
        self.visit = Visit(
            site, context, buyer, listeners, headed=how["headed"], wait_seconds=how["wait"]
        )

    def say(self, text: str) -> None:
        self.said.append(text)

    def progress(self, done: int, total: int | None, what: str) -> None:
        assert what == "orders"
        self.counted.append((done, total))

    def choose(self, question: str, options: Sequence[str]) -> str | None:
        self.said.append(f"{question} {len(options)}")
        return None

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        self.fields_shown = list(checks)
        if self.presses:
            self.press(CONFIRM, SUBMIT)

    def press(self, *buttons: str) -> None:
        """A hand at the mouse presses those of the store's buttons that come, the first first."""
        page = self.visit.page
        if page is self._hand_at:
            return  # told once more of a form that changed: the hand is there already
        self._hand_at = page
        page.expose_binding("handPresses", lambda _, x, y: page.mouse.click(x, y))
        page.evaluate(HAND, list(buttons))

    def sign_in(self) -> None:
        with self.visit.doing("signing_in"):
            catalogue.flow("aliexpress", "sign_in").run(self.visit)

    def is_signed_in(self) -> bool:
        return bool(catalogue.flow("aliexpress", "prove_signed_in").run(self.visit))

    def read(self, wanted: Wanted | None = None) -> list[Order]:
        flow = catalogue.flow("aliexpress", "read_orders")
        return list(flow.run(self.visit, wanted or Wanted()))

    def fill(self, claim: Claim, *, presses: bool = True) -> CaseSeen | None:
        self.presses = presses
        flow = {"cancel": "cancel_order", "dispute": "open_dispute"}[claim.kind]
        with self.visit.doing("filling"):
            seen: CaseSeen | None = catalogue.flow("aliexpress", flow).run(self.visit, claim)
        return seen

    def look(self, claim: Claim) -> FormOffer:
        with self.visit.doing("filling"):
            offer: FormOffer = catalogue.flow("aliexpress", "look_at_form").run(self.visit, claim)
        return offer

    def follow(self, claim: Claim) -> CaseSeen | None:
        seen: CaseSeen | None = catalogue.flow("aliexpress", "follow_case").run(self.visit, claim)
        return seen

    def _keep(self, title: str, picture: bytes, address: str, taken_at: datetime) -> None:
        assert picture.startswith(b"\xff\xd8")
        assert address
        assert taken_at.tzinfo
        self.pictures.append(title)


Visiting = Callable[..., Stay]


@contextmanager
def a_stay(
    browsers: Browsers,
    store: Store,
    *,
    email: str | None = "",
    password: str | None = "",
    headed: bool = False,
    wait: float = 15.0,
    session: Mapping[str, Any] | None = None,
) -> Iterator[Stay]:
    """A visit to `store`; an empty e-mail or password stands for the right one.

    `headed` only says that the buyer can be asked; no window is shown.
    """
    how = {
        "email": store.email if email == "" else email,
        "password": store.password if password == "" else password,
        "headed": headed,
        "wait": wait,
    }
    launch = Launch(the_browser(), headed=False, session=lambda: session)
    with browsers.context(launch) as context:
        stay = Stay(catalogue.site("aliexpress", store.origin), context, how)
        try:
            yield stay
        finally:
            stay.visit.close()


def a_session(store: Store) -> dict[str, Any]:
    """What a browser keeps after signing in at `store`, without having done so."""
    cookie = {
        "name": "xman_t",
        "value": store.state.sign_in(),
        "domain": "127.0.0.1",
        "path": "/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }
    return {"cookies": [cookie], "origins": []}


def written(store: Store) -> list[str]:
    """The paths of all state-changing requests the store received, less those of the sign-in."""
    return [entry["path"] for entry in store.journal if "/newlogin/" not in entry["path"]]
