"""Pictures of the page as the store made it: without autoclaim's panel.

The browser itself is asked. Playwright's own picture shows the same and takes half as long again:
it asks the page more, and packs tightly what a buyer keeps of a few claims a year.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from playwright.sync_api import CDPSession, Page

Keep = Callable[[str, bytes, str, datetime], None]  # title, PNG, address, when taken (aware)

# The panel makes room for itself by a margin, which goes with it.
_WITHOUT_PANEL = """
autoclaim-panel { display: none !important }
html:root:has(autoclaim-panel) { margin: 0 !important }
"""
# Gives the sheet that hides the panel, if there is one. What fades in or slides has arrived then;
# what turns for ever goes on turning.
_HIDE_PANEL = """
(css) => {
  for (const one of document.getAnimations()) {
    const ends = Number.isFinite(one.effect?.getComputedTiming().endTime);
    if (ends && one.playbackRate > 0) one.finish();
  }
  if (!document.querySelector("autoclaim-panel")) return null;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return sheet;
}
"""
_SHOW_PANEL = """
function () {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== this);
}
"""


def picture_of(page: Page) -> bytes:
    """Give a PNG of the whole page; what moves has arrived, and the panel is hidden meanwhile."""
    browser = page.context.new_cdp_session(page)
    with _without_panel(browser):
        size = browser.send("Page.getLayoutMetrics")["cssContentSize"]
        picture = browser.send("Page.captureScreenshot", _how(size))
    return b64decode(picture["data"])


@contextmanager
def _without_panel(browser: CDPSession) -> Iterator[None]:
    hide = f"({_HIDE_PANEL})({json.dumps(_WITHOUT_PANEL)})"
    sheet = browser.send("Runtime.evaluate", {"expression": hide})["result"].get("objectId")
    try:
        yield
    finally:
        if sheet:
            show = {"functionDeclaration": _SHOW_PANEL, "objectId": sheet}
            browser.send("Runtime.callFunctionOn", show)


def _how(size: dict[str, Any]) -> dict[str, Any]:
    return {
        "clip": {**size, "scale": 1},
        "captureBeyondViewport": True,
        "optimizeForSpeed": True,  # of packing; nothing is lost
    }
