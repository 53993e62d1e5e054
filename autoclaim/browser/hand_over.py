"""The hand-over: the filled form becomes the buyer's, and only the buyer can send it."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from playwright.sync_api import BrowserContext, Dialog, Page
from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.gate import Gate
from autoclaim.browser.panel import Panel
from autoclaim.browser.submit_guard import SubmitGuard
from autoclaim.errors import AutoclaimError, NotSent
from autoclaim.model.claim import FieldCheck
from autoclaim.ports import Told

PATIENCE = 15_000  # milliseconds a step in the page may take, as every visit has it

_ANSWER_WITHIN = 30.0  # seconds the store may take to answer the buyer's submit
_REREAD_WITHIN = 2_000  # milliseconds for each look at the form while the submit is held
_HELD_AT_MOST = 15.0  # seconds
_LOOK_EVERY = 0.1  # seconds


class Form(Protocol):
    """The filled form of a scenario, which can be read again at any moment."""

    def fields(self) -> Mapping[str, str]:
        """Give what the form in the page holds now, by field name."""


@dataclass(frozen=True)
class HandOver:
    """The buyer pressed: when, what the form held at that moment, and how the store answered.

    `changed` names the fields that no longer held what the buyer was shown; `answered_status` is
    the HTTP status, None when no answer came. The two lists are lines "METHOD path".
    """

    sent_at: datetime
    checks: tuple[FieldCheck, ...]
    changed: tuple[str, ...]
    answered_status: int | None
    let_through: tuple[str, ...]
    stopped: tuple[str, ...]


@dataclass
class Desk:
    """What a hand-over needs of the visit: tabs, guard, panel, and who is told."""

    context: BrowserContext
    page: Page
    guard: SubmitGuard
    gate: Gate
    panel: Panel
    told: Told
    button: str
    wait_seconds: float
    now: Callable[[], datetime]
    on_sending: Callable[[HandOver], None]


def compared(planned: Mapping[str, str], found: Mapping[str, str]) -> tuple[FieldCheck, ...]:
    """Set each planned field beside what the form holds; a filled field nobody planned comes last.

    >>> [check.agrees for check in compared({"reason": "Late"}, {"reason": "Late", "tip": "1"})]
    [True, False]
    """
    checks = [
        FieldCheck(name=name, planned=value, found=found.get(name))
        for name, value in planned.items()
    ]
    unplanned = [
        FieldCheck(name=name, planned=None, found=value)
        for name, value in found.items()
        if name not in planned and value
    ]
    return (*checks, *unplanned)


def hand_over(desk: Desk, form: Form, planned: Mapping[str, str]) -> HandOver:
    """Show the form beside the plan, wait for the buyer's own submit, and say what left.

    Raises:
        NotSent: the buyer declined, closed the window, or did not press in time.
    """
    desk.panel.filling()
    shown = compared(planned, form.fields())
    desk.told.fields(shown)
    waiting = _Waiting(desk, form, planned, shown)
    try:
        waiting.until_sent()
    finally:
        waiting.end()
    return waiting.outcome()


class _Waiting:
    """The time in which the form is the buyer's."""

    def __init__(
        self, desk: Desk, form: Form, planned: Mapping[str, str], shown: tuple[FieldCheck, ...]
    ) -> None:
        self._desk = desk
        self._form = form
        self._planned = planned
        self._shown = shown
        self._held = shown
        self._end = 0.0
        self._over = False
        self._sent_at: datetime | None = None
        self._not_sent: NotSent | None = None

    def until_sent(self) -> None:
        """Lift the guard, show the panel, and wait; Ctrl-C after the submit is no decline."""
        desk = self._desk
        desk.gate.await_final(self._at_the_moment)
        desk.context.on("dialog", _leave_to_the_buyer)
        desk.guard.begin_hand_over()
        desk.panel.yours(self._shown, desk.button)
        try:
            self._not_sent = self._wait_for_press()
            if self._is_sent():
                self._wait_for_answer()
        except KeyboardInterrupt:
            if not self._is_sent():
                raise

    def end(self) -> None:
        """Put the guard back; a submit that is still held goes nowhere."""
        self._over = True
        self._desk.guard.state = "reading"
        self._desk.context.remove_listener("dialog", _leave_to_the_buyer)
        self._desk.page.set_default_timeout(PATIENCE)
        self._desk.panel.rest()

    def outcome(self) -> HandOver:
        """Give what left, or raise why nothing did."""
        if self._sent_at is None:
            raise self._not_sent or _timed_out(self._desk.wait_seconds)
        return self._as_hand_over(self._sent_at)

    def _is_sent(self) -> bool:
        return self._sent_at is not None

    def _wait_for_press(self) -> NotSent | None:
        self._end = time.monotonic() + self._desk.wait_seconds
        while not self._is_sent():
            if self._desk.gate.fault is not None:
                raise self._desk.gate.fault
            if self._desk.panel.answer == "no":
                return _declined()
            if not self._pumped() or self._desk.page.is_closed():
                return None if self._is_sent() else _closed()
            if time.monotonic() >= self._end:
                return _timed_out(self._desk.wait_seconds)
        return None

    def _wait_for_answer(self) -> None:
        self._desk.panel.sent()
        end = time.monotonic() + _ANSWER_WITHIN
        while not self._desk.gate.final_over and time.monotonic() < end:
            if not self._pumped():
                return

    def _pumped(self) -> bool:
        """Let the browser's events come in for a moment; False once no tab is left."""
        tabs = self._desk.context.pages
        if not tabs:
            return False
        with suppress(PlaywrightError):  # the tab was closed meanwhile
            tabs[0].wait_for_timeout(_LOOK_EVERY * 1_000)
        return True

    def _at_the_moment(self) -> None:
        """Read the form once more while the buyer's submit is held, and shout about changes."""
        self._end = time.monotonic() + _HELD_AT_MOST
        self._desk.page.set_default_timeout(_REREAD_WITHIN)
        try:
            self._held = compared(self._planned, self._form.fields())
        except (PlaywrightError, AutoclaimError):
            self._desk.told.say("The form could not be read again at the moment you pressed.")
        if self._over:
            raise _timed_out(self._desk.wait_seconds)
        self._shout()
        sent_at = self._desk.now()
        self._desk.on_sending(self._as_hand_over(sent_at))
        self._sent_at = sent_at

    def _shout(self) -> None:
        if changed := self._changed():
            self._desk.told.say(
                f"The form changed after it was shown to you: {', '.join(changed)}."
            )
            self._desk.told.fields(self._held)

    def _changed(self) -> tuple[str, ...]:
        shown = {check.name: check.found for check in self._shown}
        held = {check.name: check.found for check in self._held}
        return tuple(name for name in {**shown, **held} if shown.get(name) != held.get(name))

    def _as_hand_over(self, sent_at: datetime) -> HandOver:
        return HandOver(
            sent_at=sent_at,
            checks=self._held,
            changed=self._changed(),
            answered_status=self._desk.gate.final_status,
            let_through=tuple(self._desk.guard.let_through),
            stopped=tuple(self._desk.guard.stopped),
        )


def _leave_to_the_buyer(_: Dialog) -> None:
    """Let the page's own question stand: with a listener in place it is not dismissed."""


def _declined() -> NotSent:
    return NotSent("You chose not to send; nothing was sent.", _AGAIN, "declined")


def _closed() -> NotSent:
    return NotSent("The window was closed; nothing was sent.", _AGAIN, "closed")


def _timed_out(seconds: float) -> NotSent:
    return NotSent(
        f"Nobody pressed the store's button within {seconds:.0f} seconds; nothing was sent.",
        _AGAIN,
        "timed out",
    )


_AGAIN = "The draft is kept; run the same `autoclaim claim` again when you are ready."
