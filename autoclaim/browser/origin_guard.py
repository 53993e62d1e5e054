"""The origin guard: the password goes into the store's own sign-in box, and nowhere else."""

from collections.abc import Callable

from playwright.sync_api import ElementHandle, Frame, Locator
from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.addresses import is_loopback, origin_of, without_query
from autoclaim.errors import NeedsPerson, PageChanged
from autoclaim.model.site import StoreSite

Password = Callable[[], str | None]

_THERE_WITHIN = 5_000  # milliseconds: whoever asks for a box has seen one
# `location` cannot be redefined by a page's scripts; `self.origin` is "null" inside a sandbox.
_ORIGINS_THERE = "() => [window.location.origin, window.origin]"


def type_password(locator: Locator, site: StoreSite, password: Password) -> bool:
    """Type the password into the box, if box and frame are the store's; False if none is stored.

    The box is pinned before it is looked at: a navigation between look and typing takes the pinned
    box away instead of putting another under it. `password` is asked only after every check.

    Raises:
        PageChanged: the box is not there, is not a password box, or went away while typing.
        NeedsPerson: the box stands on an origin where the password is never typed.
    """
    box = _pinned(locator)
    frame = box.owner_frame()
    if frame is None:
        raise PageChanged(without_query(locator.page.url), "a password box inside a page")
    _check_frame(frame, site)
    secret = password()
    if secret is None:
        return False
    if not _typed(box, secret):
        raise PageChanged(without_query(frame.url), "the password box, which went away")
    return True


def _pinned(locator: Locator) -> ElementHandle:
    """Give the element itself, so that nothing can take its place afterwards."""
    try:
        box = locator.element_handle(timeout=_THERE_WITHIN)
        asks_password = box.get_attribute("type") == "password"
    except PlaywrightError:
        raise _no_box(locator) from None
    if not asks_password:
        raise _no_box(locator)
    return box


def _no_box(locator: Locator) -> PageChanged:
    return PageChanged(without_query(locator.page.url), "a password box")


def _check_frame(frame: Frame, site: StoreSite) -> None:
    """Refuse a frame that is not the store's, or that stands inside one that is not."""
    _check_origin(_origin_of_frame(frame), site.sign_in_origins)
    around = frame.parent_frame
    while around is not None:
        _check_origin(_origin_of_frame(around), (*site.sign_in_origins, *site.origins))
        around = around.parent_frame


def _origin_of_frame(frame: Frame) -> str:
    """Give the origin that browser and frame agree on at this moment, "" where they do not."""
    try:
        there = set(frame.evaluate(_ORIGINS_THERE))
    except PlaywrightError:
        return ""
    known = origin_of(frame.url)
    return known if known and there == {known} else ""


def _check_origin(origin: str, allowed: tuple[str, ...]) -> None:
    safe = origin.startswith("https://") or is_loopback(origin)
    if origin not in allowed or not safe:
        raise NeedsPerson(
            f"A password was asked for by {origin or 'a page without an origin'}, "
            "which is not the store's sign-in page; it was not typed.",
            "Look at the address in the window; sign in yourself only if it is the store's.",
        )


def _typed(box: ElementHandle, secret: str) -> bool:
    """Type, and say whether it worked; Playwright's error would quote what was typed."""
    try:
        box.fill(secret)
    except PlaywrightError:
        return False
    return True
