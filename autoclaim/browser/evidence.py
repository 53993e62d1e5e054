"""Pictures of the page as the store made it: without autoclaim's panel."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page

Keep = Callable[[str, bytes, str, datetime], None]  # title, PNG, address, when taken (aware)

# The panel makes room for itself by a margin, which goes with it.
_WITHOUT_PANEL = """
autoclaim-panel { display: none !important }
html:root:has(autoclaim-panel) { margin: 0 !important }
"""


def picture_of(page: Page) -> bytes:
    """Give a PNG of the whole page; animations stand still and the panel is hidden meanwhile."""
    return page.screenshot(full_page=True, animations="disabled", style=_WITHOUT_PANEL)
