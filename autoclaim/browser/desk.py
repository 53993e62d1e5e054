"""What a hand-over needs of the visit, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from playwright.sync_api import BrowserContext, Page

from autoclaim.browser.form_reading import Checks
from autoclaim.browser.gate import Gate
from autoclaim.browser.panel import Panel
from autoclaim.browser.presses import Presses
from autoclaim.browser.submit_guard import SubmitGuard
from autoclaim.model.claim import Claim, FieldCheck
from autoclaim.ports import Told

PATIENCE = 15_000  # milliseconds a step in the page may take, as every visit has it


@dataclass(frozen=True)
class HandOver:
    """The buyer pressed: when, what the form held at that moment, and how the store answered.

    `changed` names the fields that no longer held what the buyer was shown first;
    `answered_status` is the HTTP status, None when no answer came. The two lists are lines
    "METHOD path".
    """

    sent_at: datetime
    checks: tuple[FieldCheck, ...]
    changed: tuple[str, ...]
    answered_status: int | None
    let_through: tuple[str, ...]
    stopped: tuple[str, ...]


@dataclass
class Desk:
    """What a hand-over needs of the visit: tabs, guard, panel, the buyer's hand, and who is told.

    `on_handing_over` is called once, before the form becomes the buyer's; `on_sending` each time
    something that may be the claim is about to leave. What they raise ends the hand-over.
    """

    context: BrowserContext
    page: Page
    guard: SubmitGuard
    gate: Gate
    panel: Panel
    presses: Presses
    told: Told
    button: str
    wait_seconds: float
    now: Callable[[], datetime]
    on_handing_over: Callable[[Checks], None]
    on_sending: Callable[[HandOver], None]
    claim: Claim | None = None  # what is known to be another one does not leave
