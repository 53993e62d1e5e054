"""Waiting for something to be there: never for a while, always for a sign, and never for ever."""

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from autoclaim.browser.in_our_words import is_gone
from autoclaim.errors import PageChanged

Found = TypeVar("Found")

PATIENCE = 20.0  # seconds; pages here hydrate in stages of about ten (seen 2026-09-04)
_FIRST_LOOK, _LAST_LOOK = 4.0, 60.0  # milliseconds between two looks, at first and later on
# What runs in the page is plain text, so that a test can see that it only looks.
_SIGN_IS_THERE = """(sign) => [...document.querySelectorAll(sign)].some((one) => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility({visibilityProperty: true}) && box.width && box.height;
})"""
_SIGN_WITHIN = 500.0  # milliseconds
# Which of the elements that can be seen comes first, and has that text, where one is named.
_FIRST_SHOWN = """(all, text) => all.findIndex((one) => {
  const box = one.getBoundingClientRect();
  const is_shown = one.checkVisibility({visibilityProperty: true}) && box.width && box.height;
  return is_shown && (text === null || one.innerText.trim().split(/\\s+/).join(' ') === text);
})"""
# What the elements say at each sign, those that can be seen or all; all at the same moment.
_SEEN_AT = """({shown, there}) => {
  const is_shown = (one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({visibilityProperty: true}) && box.width && box.height;
  };
  const at = (signs, which, text) => Object.fromEntries(Object.entries(signs).map(
    ([name, sign]) => [name, [...document.querySelectorAll(sign)].filter(which).map(text)]));
  return {
    ...at(shown, is_shown, (one) => one.innerText),
    ...at(there, () => true, (one) => one.textContent),
  };
}"""
# What sends, by the store's own code and by its place at the foot of a dialog of the newer kit.
_ASKS_WHETHER_IT_SENDS = "(one, sends) => one.closest(sends) !== null"
_SENDS_BY_CODE = "[data-pl*=submit], [type=submit]"
_SENDS = f"{_SENDS_BY_CODE}, [class*=comet-v2-modal-footer]"
_SENDING = f":is({_SENDS}), :is({_SENDS}) *"


def until(
    page: Page,
    look: Callable[[], Found | None],
    seconds: float | None = None,
    rest: Callable[[float], object] | None = None,
) -> Found | None:
    """What `look` finds, as soon as it finds something; None when time ran out (`PATIENCE`).

    Between two looks the browser's events come in: for some milliseconds, or as `rest` does it. A
    page that navigates away while it is looked at is looked at again.
    """
    end = time.monotonic() + (PATIENCE if seconds is None else seconds)
    pause = _FIRST_LOOK
    while True:
        try:
            found = look()
        except PlaywrightError:
            found = None
        if found or time.monotonic() >= end:
            return found
        (rest or page.wait_for_timeout)(pause)
        pause = min(pause * 1.4, _LAST_LOOK)


def until_seen(
    page: Page, sign: str, look: Callable[[], Found | None], seconds: float | None = None
) -> Found | None:
    """The same, but looks when `sign` (a selector) is there, which the page itself notices.

    What counts is what `look` finds: a page can only be late with its sign, and not for long.
    """

    def rest(pause: float) -> None:
        with suppress(PlaywrightError):
            page.wait_for_function(_SIGN_IS_THERE, arg=sign, timeout=_SIGN_WITHIN)
        if pause > _FIRST_LOOK:  # the sign alone was not enough
            page.wait_for_timeout(pause)

    rest(_FIRST_LOOK)
    return until(page, look, seconds, rest)


def is_shown(locator: Locator) -> bool:
    """Whether at least one of the elements can be seen."""
    return locator.filter(visible=True).count() > 0


def shown(locator: Locator, text: str | None = None) -> Locator | None:
    """The first of the elements that can be seen, and has exactly that `text`, in one line."""
    # By its place, so that it stays the same element when it hides while it is pressed.
    place = locator.evaluate_all(_FIRST_SHOWN, text)
    return None if place < 0 else locator.nth(place)


def shown_text(locator: Locator) -> str | None:
    """What the first of the elements that can be seen says, in one line."""
    texts = locator.filter(visible=True).all_inner_texts()
    return " ".join(texts[0].split()) if texts else None


def seen_at(
    page: Page, signs: Mapping[str, str], there: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """What can be seen at each of the `signs` (name → CSS selector), each text in one line.

    At the signs `there` also what cannot be seen: options of a select are shown to nobody. One
    question to the page: what is asked later may show another moment, and takes its time.
    """
    found = page.evaluate(_SEEN_AT, {"shown": dict(signs), "there": dict(there or {})})
    return {name: [" ".join(text.split()) for text in texts] for name, texts in found.items()}


def press(locator: Locator) -> None:
    """Click like a person; where an overlay eats the click, press the element itself.

    Plain clicks are sometimes lost under a robot's speech bubble (seen 2026-07-31). A button that
    sends is never pressed, not even one that becomes such meanwhile: PageChanged instead.
    """
    try:
        locator.and_(locator.page.locator(f":not({_SENDING})")).click(timeout=3_000)
    except PlaywrightError:
        press_itself(locator)


def press_itself(locator: Locator) -> None:
    """Press the element itself, whatever lies over it; never one that sends."""
    patience = PATIENCE * 1_000
    try:
        if locator.evaluate(_ASKS_WHETHER_IT_SENDS, _SENDS, timeout=patience):
            raise _it_sends(locator)
        locator.dispatch_event("click", timeout=patience)
    except PlaywrightError as gone:
        if is_gone(gone):
            raise
        raise PageChanged(locator.page.url, "what was to be pressed") from gone


def press_further(locator: Locator, label: re.Pattern[str]) -> None:
    """Press a dialog's button that only leads to the next dialog, told by its whole `label`.

    PageChanged for any other label, and for a button that the store's own code calls its submit.
    """
    try:
        words = locator.inner_text(timeout=PATIENCE * 1_000)
        sends = locator.evaluate(_ASKS_WHETHER_IT_SENDS, _SENDS_BY_CODE)
    except PlaywrightError as gone:
        if is_gone(gone):
            raise
        raise PageChanged(locator.page.url, "what was to be pressed") from gone
    if sends or not label.fullmatch(words.strip()):
        raise _it_sends(locator)
    locator.click()


def _it_sends(locator: Locator) -> PageChanged:
    """The store's last buttons are the buyer's, whoever asks for them to be pressed."""
    return PageChanged(locator.page.url, "a button that does not send")
