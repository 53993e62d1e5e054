"""A visit to the small store, who is told of it, and a form to hand over."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page

from autoclaim.browser.finding import find_browser
from autoclaim.browser.hand_over import HandOver
from autoclaim.browser.launching import no_session
from autoclaim.browser.opening import open_visit
from autoclaim.browser.visit import Visit
from autoclaim.model.claim import FieldCheck
from autoclaim.model.site import StoreSite
from tests.at_the_window import someone

FORM = """<!doctype html><html lang="en"><title>Return</title><h1>Return</h1>
<form onsubmit="return false">
<label>Reason <input id="reason" value="Never arrived"></label>
<label>Amount <input id="amount" value="24.99"></label>
<button id="send" onclick="fetch('/submit', {method: 'POST', body: 'claim'})">Submit</button>
</form></html>"""
PLAN = {"reason": "Never arrived", "amount": "24.99"}


@dataclass
class Terminal:
    """Who is told: keeps everything."""

    said: list[str] = field(default_factory=list)
    shown: list[tuple[FieldCheck, ...]] = field(default_factory=list)
    progressed: list[tuple[int, int | None, str]] = field(default_factory=list)
    kept: list[tuple[str, bytes, str, datetime]] = field(default_factory=list)
    sending: list[HandOver] = field(default_factory=list)
    handed_over: list[tuple[FieldCheck, ...]] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.said.append(text)

    def progress(self, done: int, total: int | None, what: str) -> None:
        self.progressed.append((done, total, what))

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        self.shown.append(tuple(checks))

    def keep(self, title: str, picture: bytes, address: str, taken_at: datetime) -> None:
        self.kept.append((title, picture, address, taken_at))


@dataclass
class Form:
    """The form of `FORM`, read from the page each time."""

    page: Page

    def fields(self) -> Mapping[str, str]:
        return {name: self.page.locator(f"#{name}").input_value() for name in PLAN}


def the_browser() -> Path:
    found = find_browser()
    assert found is not None
    return found


def a_visit(
    site: StoreSite, terminal: Terminal | None = None, **differing: object
) -> AbstractContextManager[Visit]:
    told = terminal or Terminal()
    usual: dict[str, object] = {
        "headed": False,
        "browser": the_browser(),
        "session": no_session,
        "password": lambda: "correct horse",
        "email": "ana@mail.example",
        "told": told,
        "keep": told.keep,
        "wait_seconds": 20,
        "on_handing_over": told.handed_over.append,
        "on_sending": told.sending.append,
    }
    return open_visit(site, **(usual | differing))  # type: ignore[arg-type] # as named above


def a_buyer(does: Callable[[Page], object]) -> AbstractContextManager[None]:
    """Someone at the window: waits until the form is theirs, and does what they do, by hand."""

    def sits_there(browser: Browser) -> None:
        page = browser.contexts[0].pages[-1]
        page.locator('autoclaim-panel[data-state="yours"]').wait_for(timeout=15_000)
        does(page)

    return someone(sits_there)
