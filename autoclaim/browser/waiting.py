"""Waiting for the buyer's own press.

Nothing leaves that no press went before. What a press sends leaves only while the form holds what
the buyer was shown. Where it holds something else, that request is stopped, the new values are
shown, and the waiting goes on.
"""

import math
import time
from contextlib import suppress
from datetime import datetime

from playwright.sync_api import Dialog
from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.desk import PATIENCE, Desk, HandOver
from autoclaim.browser.form_reading import Checks, FormReading, changed, compared, is_unread
from autoclaim.browser.submit_guard import Verdict
from autoclaim.errors import NotSent

_ANSWER_WITHIN = 30.0  # seconds the store may take to answer the buyer's submit
_REREAD_WITHIN = 2_000  # milliseconds for each look at the form while the submit is held
_GLANCE_WITHIN = 500  # milliseconds for each look at it in between
_GLANCE_EVERY = 1.0  # seconds
_STALE_AFTER = 2.5  # seconds
_TIME_TO_READ = 1.0  # seconds: a double click, or a page that tries again at once, is no new press
_HELD_AT_MOST = 15.0  # seconds
_PRESS_COUNTS_FOR = 30.0  # seconds: a store may have to finish uploading before it sends
_PRESS_TOLD_WITHIN = 0.5  # seconds by which a request may be told before the press that sent it
_LOOK_EVERY = 0.1  # seconds
_MOVED_ON_AFTER = 2.0  # seconds


class Waiting:
    """The time in which the form is the buyer's.

    The store's `final` ends it. A request that fits no list may have been the claim as well: from
    then on "nothing was sent" is never said again, but the store's own button may still follow.
    """

    def __init__(self, desk: Desk, reading: FormReading, shown: Checks) -> None:
        self._desk = desk
        self._reading = reading
        self._first_shown = self._told = self._shown = self._held = shown
        self._news: str | None = None  # to be drawn into the panel
        self._ready_at = 0.0  # before, a press cannot mean what is shown
        self._read_at = 0.0
        self._end = 0.0
        self._over = self._holding = self._asked = self._final_left = False
        self._tried_alone = False
        self._stays = ""  # what was said of what it tried, whoever pressed; it stays in the panel
        self._others = 0  # how many requests of other claims were told of
        self._left: tuple[str, ...] = ()  # what left and may have been the claim
        self._sent_at: datetime | None = None
        self._sent_from: tuple[float, str] = (0.0, "")
        self._not_sent: NotSent | None = None

    def until_sent(self) -> None:
        """Lift the guard, show the panel, and wait; Ctrl-C after the submit is no decline."""
        desk = self._desk
        desk.gate.await_final(self._is_pressed, self._at_the_moment)
        desk.context.on("dialog", self._leave_to_the_buyer)
        desk.presses.forget()
        desk.panel.forget()
        desk.guard.begin_hand_over(desk.claim)
        desk.panel.yours(self._shown, desk.button)
        self._read_at = time.monotonic()
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
        self._tell_of_another_claim()
        self._desk.context.remove_listener("dialog", self._leave_to_the_buyer)
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
        """Wait for the store's `final`; the reason matters only while nothing has left."""
        self._end = time.monotonic() + self._desk.wait_seconds
        while not self._final_left:
            if self._desk.gate.fault is not None:
                raise self._desk.gate.fault
            if self._desk.panel.answer == "no":
                return _declined()
            if not self._pumped() or self._desk.page.is_closed():
                return _closed()
            if time.monotonic() >= self._end:
                return _timed_out(self._desk.wait_seconds)
            if self._is_sent() and self._has_moved_on():
                return None
            self._tell_of_another_claim()
            self._glance()
        return None

    def _wait_for_answer(self) -> None:
        self._desk.panel.sent()
        end = time.monotonic() + _ANSWER_WITHIN
        while not self._desk.gate.final_over and time.monotonic() < end:
            if not self._pumped():
                return
            self._tell_of_another_claim()

    def _pumped(self) -> bool:
        """Let the browser's events come in for a moment; False once no tab is left."""
        tabs = self._desk.context.pages
        if not tabs:
            return False
        with suppress(PlaywrightError):  # the tab was closed meanwhile
            tabs[0].wait_for_timeout(_LOOK_EVERY * 1_000)
        return True

    def _glance(self) -> None:
        """Bring the panel up to date while the buyer edits; a question in the way blocks looks."""
        if self._is_held():
            return
        if not self._asked and time.monotonic() >= self._read_at + _GLANCE_EVERY:
            found = self._reading.again(_GLANCE_WITHIN, _REREAD_WITHIN)
            self._read_at = time.monotonic()
            names = changed(self._shown, found)
            if names and not self._is_held():
                self._show_anew(found, f"{_it_changed(names)}.")
        if self._news is not None:
            self._draw(self._news)

    def _is_held(self) -> bool:
        """Whether a submit is held at this moment, or has left."""
        return self._holding or self._final_left

    def _show_anew(self, found: Checks, news: str) -> None:
        """Let the panel be drawn; not from here: a page that is being left does not answer."""
        self._shown = found
        self._news = news
        self._ready_at = math.inf

    def _draw(self, news: str) -> None:
        desk = self._desk
        self._news = None
        said = " ".join(filter(None, (self._stays, news)))
        desk.panel.yours(self._shown, desk.button, said, self._left)
        if self._ready_at == math.inf:
            self._ready_at = time.monotonic() + _TIME_TO_READ

    def _has_moved_on(self) -> bool:
        """Whether the store answered what left with another page, so that no press will follow."""
        since, address = self._sent_from
        elsewhere = self._desk.page.url != address or is_unread(self._shown)
        in_time = time.monotonic() >= since + _MOVED_ON_AFTER
        return self._desk.gate.final_over and in_time and elsewhere

    def _at_the_moment(self, verdict: Verdict, *, leaving_page: bool) -> bool:
        """Read the form once more while what the buyer sends is held; False: it may not leave."""
        self._end = max(self._end, time.monotonic() + _HELD_AT_MOST)
        self._holding = True
        try:
            found = self._last_seen() if leaving_page else self._reading.again(_REREAD_WITHIN)
            if self._over:
                raise _timed_out(self._desk.wait_seconds)
            if why_not := self._why_not(found):
                self._shout(found, why_not)
                return False
            self._leaves(found, verdict)
        finally:
            self._holding = False
        return True

    def _is_pressed(self, verdict: Verdict) -> bool:
        """Whether the buyer pressed something lately; its news may come after the request's."""
        self._tell_of_another_claim()
        since = time.monotonic() - _PRESS_COUNTS_FOR
        end = time.monotonic() + _PRESS_TOLD_WITHIN
        while not self._desk.presses.is_one_since(since):
            if time.monotonic() >= end or self._over or not self._pumped():
                self._tell_of_trying_alone(verdict)
                return False
        return True

    def _tell_of_trying_alone(self, verdict: Verdict) -> None:
        """Say it once, and only of the submit: a page sends much that is none."""
        if verdict == "final" and not self._tried_alone:
            self._tried_alone = True
            self._say_and_leave_standing(_TRIED_ALONE)

    def _tell_of_another_claim(self) -> None:
        """Say what was stopped; the press for which the page tried it counts for nothing else."""
        lines = self._desk.guard.others[self._others :]
        if lines:
            self._others += len(lines)
            self._desk.presses.forget()
            self._say_and_leave_standing(_OF_ANOTHER_CLAIM.format(lines=", ".join(lines)))

    def _say_and_leave_standing(self, sentence: str) -> None:
        self._desk.told.say(sentence)
        self._stays = " ".join(filter(None, (self._stays, sentence)))
        self._news = self._news or ""

    def _last_seen(self) -> Checks:
        """What the last glance saw: a page that is being left can be read by nobody."""
        fresh = time.monotonic() < self._read_at + _STALE_AFTER
        return self._shown if fresh else compared(self._reading.planned, {})

    def _why_not(self, found: Checks) -> str:
        names = changed(self._shown, found)
        if names and is_unread(found):
            return f"The form could not be read when you pressed, {_READ_AND_PRESS}"
        if names:
            return f"{_it_changed(names)}, {_READ_AND_PRESS}"
        if not self._desk.presses.is_one_since(self._ready_at):
            return f"The form had only just changed when you pressed, {_READ_AND_PRESS}"
        return ""

    def _shout(self, found: Checks, why: str) -> None:
        self._desk.told.say(why)
        self._desk.told.fields(found)
        self._told = found
        self._asked = False
        self._show_anew(found, why)

    def _leaves(self, found: Checks, verdict: Verdict) -> None:
        self._held = found
        if names := changed(self._told, found):
            self._desk.told.say(f"{_it_changed(names)}.")
            self._desk.told.fields(found)
            self._told = found
        sent_at = self._desk.now()
        self._desk.on_sending(self._as_hand_over(sent_at))
        self._sent_at = sent_at
        self._sent_from = (time.monotonic(), self._desk.page.url)
        self._final_left = verdict == "final"
        if not self._final_left:
            self._left = self._desk.guard.unlisted
            self._desk.told.say(
                f"{', '.join(self._left)} left for the store; what it does is not known."
            )
            self._news = ""

    def _as_hand_over(self, sent_at: datetime) -> HandOver:
        return HandOver(
            sent_at=sent_at,
            checks=self._held,
            changed=changed(self._first_shown, self._held),
            answered_status=self._desk.gate.final_status,
            let_through=tuple(self._desk.guard.let_through),
            stopped=tuple(self._desk.guard.stopped),
        )

    def _leave_to_the_buyer(self, _: Dialog) -> None:
        """Let the page's own question stand: with a listener in place it is not dismissed."""
        self._asked = True


def _it_changed(names: tuple[str, ...]) -> str:
    return f"The form changed after it was shown to you ({', '.join(names)})"


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


_TRIED_ALONE = (
    "The store's page tried to send the form by itself; nobody had pressed, so it was stopped. "
    "Nothing was sent. Read the form, and press only if it says what you mean."
)
_OF_ANOTHER_CLAIM = (
    "The store's page tried to send something other than this claim ({lines}); it was stopped. "
    "If you want that, do it at the store in your own browser: this window sends only the form "
    "that was filled in. Read it again before you press."
)
_AGAIN = "The draft is kept; run the same `autoclaim claim` again when you are ready."
_READ_AND_PRESS = "so it was not sent. Read it again, then press once more."
