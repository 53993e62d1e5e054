"""The buyer's own presses: what a hand pressed in the window, and no script of the page's.

A page can press its own buttons by script, or send without any press. Only a hand makes an event
that the browser calls trusted; `presses.js` hears it in every tab and frame, before the page does.
"""

import time
from contextlib import suppress
from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Frame, Page
from playwright.sync_api import Error as PlaywrightError

_WORLD = "autoclaim"
_TELLS = "pressed"


class Presses:
    """Listens to all tabs of a visit, from now on."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._script = files("autoclaim.browser").joinpath("presses.js").read_text("utf-8")
        self._last: float | None = None
        context.on("page", self._follow)
        for page in context.pages:
            self._follow(page)

    def forget(self) -> None:
        """What was pressed until now does not count."""
        self._last = None

    def is_one_since(self, moment: float) -> bool:
        """Whether something was pressed since that moment of the monotonic clock."""
        return self._last is not None and self._last >= moment

    def _follow(self, page: Page) -> None:
        page.on("framenavigated", self._listen_in_frame)
        self._listen(page)
        for frame in page.frames[1:]:
            self._listen_in_frame(frame)

    def _listen_in_frame(self, frame: Frame) -> None:
        """A frame of another site stands apart, and has to be listened to by itself."""
        if frame.parent_frame is not None:
            self._listen(frame)

    def _listen(self, where: Page | Frame) -> None:
        # A frame that does not stand apart is heard with its page; a tab may be closed again.
        with suppress(PlaywrightError):
            self._hear(self._context.new_cdp_session(where))

    def _hear(self, session: CDPSession) -> None:
        session.on("Runtime.bindingCalled", lambda _: self._pressed())
        session.on("Page.javascriptDialogClosed", self._answered)
        session.send("Page.enable")
        session.send("Runtime.enable")
        session.send("Runtime.addBinding", {"name": _TELLS, "executionContextName": _WORLD})
        script = {"source": self._script, "worldName": _WORLD, "runImmediately": True}
        session.send("Page.addScriptToEvaluateOnNewDocument", script)

    def _answered(self, closed: dict[str, Any]) -> None:
        """The browser's own question: no script can answer it with yes."""
        if closed["result"]:
            self._pressed()

    def _pressed(self) -> None:
        self._last = time.monotonic()
