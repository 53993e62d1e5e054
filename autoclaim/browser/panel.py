"""The hand-over panel: shown in every tab of the visit while the form is the buyer's.

What it looks like and does in the page stands in `panel.js` and `panel.css`; what it says, here.
"""

import json
from collections.abc import Sequence
from importlib.resources import files

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from autoclaim.model.claim import FieldCheck

_ANSWER = "autoclaimAnswer"


class Panel:
    """The panel of one visit; `answer` is "no" once the buyer pressed "Do not send"."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._words: dict[str, object] = {}
        self._script = _part("panel.js")
        self._style = _part("panel.css")
        self.answer: str | None = None
        context.expose_binding(_ANSWER, lambda _, answer: self._answered(answer))
        context.on("page", self._follow)
        for page in context.pages:
            self._follow(page)

    def forget(self) -> None:
        """What was answered until now does not count."""
        self.answer = None

    def yours(
        self,
        checks: Sequence[FieldCheck],
        button: str,
        news: str = "",
        left: Sequence[str] = (),
    ) -> None:
        """Show planned against found, and that only the buyer can press the store's `button`.

        `news` is what the buyer must know first; `left` are lines "METHOD path" of requests that
        left already and may have been the claim.
        """
        words = _yours(checks, button, news)
        self._show({"state": "yours", **words, **(_something_left(left, button) if left else {})})

    def sent(self) -> None:
        """Say that the buyer's own submit left the page."""
        self._show({"state": "sent", **_SENT})

    def rest(self) -> None:
        """Stay where it is drawn now, and appear on no further page."""
        self._words = {}

    def _show(self, words: dict[str, object]) -> None:
        self._words = {**_ALWAYS, "style": self._style, **words}
        for page in self._context.pages:
            self._draw(page)

    def _follow(self, page: Page) -> None:
        page.on("domcontentloaded", self._draw)
        self._draw(page)

    def _draw(self, page: Page) -> None:
        if not self._words:
            return
        try:
            page.evaluate(f"({self._script})({json.dumps(self._words)})")
        except PlaywrightError:
            # The tab is on its way to another page, which draws the panel itself, or is closed.
            return

    def _answered(self, answer: object) -> None:
        if answer == "no" and self._words.get("state") == "yours":
            self.answer = "no"


_ALWAYS: dict[str, object] = {
    "name": "autoclaim",
    "binding": _ANSWER,
    "whose": "This panel is autoclaim's, on your computer. It is not part of the store's page.",
}
_SENT: dict[str, object] = {
    "says": "you have sent it",
    "sentence": "autoclaim now asks the store whether the claim arrived. Nothing is sent again.",
    "rows": [],
}


def _yours(checks: Sequence[FieldCheck], button: str, news: str) -> dict[str, object]:
    different = [check.name for check in checks if not check.agrees]
    return {
        "says": "nothing has been sent",
        "sentence": f"You press the store's own “{button}”. autoclaim cannot.",
        "alarm": " ".join(filter(None, (news, _alarm(different)))),
        "rows": [
            {
                "name": check.name,
                "planned": check.planned,
                "found": check.found,
                "agrees": check.agrees,
            }
            for check in checks
        ],
        "decline": "Do not send",
    }


def _something_left(left: Sequence[str], button: str) -> dict[str, object]:
    return {
        "says": "something was sent",
        "sentence": f"{', '.join(left)} left for the store, and autoclaim does not know whether "
        f"that was your claim. If the store still asks for “{button}”, press it; if not, press "
        "“I am done”. autoclaim then asks the store what arrived.",
        "decline": "I am done",
    }


def _alarm(different: Sequence[str]) -> str:
    if not different:
        return ""
    fields = ", ".join(different)
    return f"Look here first: the form does not hold what was planned ({fields})."


def _part(name: str) -> str:
    return files("autoclaim.browser").joinpath(name).read_text(encoding="utf-8")
