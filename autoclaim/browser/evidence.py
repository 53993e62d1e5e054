"""Pictures of the page as the store made it: without autoclaim's panel."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from playwright.sync_api import Page

Keep = Callable[[str, bytes, str, datetime], None]  # title, picture, address, when (aware)

_QUALITY = 90  # of a hundred: letters stay as sharp as the screen has them

# The panel makes room for itself by a margin, which goes with it.
_WITHOUT_PANEL = """
autoclaim-panel { display: none !important }
html:root:has(autoclaim-panel) { margin: 0 !important }
"""


def picture_of(page: Page) -> bytes:
    """Give a picture of the whole page; animations stand still and the panel is hidden meanwhile.

    A JPEG, and of a page that is longer than a JPEG can be (65,535 pixels) a PNG.
    """
    take = partial(page.screenshot, full_page=True, animations="disabled", style=_WITHOUT_PANEL)
    return take(type="jpeg", quality=_QUALITY) or take(type="png")
