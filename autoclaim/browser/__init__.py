"""The browser: Playwright lives here and nowhere else in the package.

Nothing in this folder presses anything: filling is the scenarios' work, sending is the buyer's.
Import it late: it brings Playwright with it.
"""

from autoclaim.browser.finding import find_browser
from autoclaim.browser.hand_over import HandOver
from autoclaim.browser.installing import find_or_install_browser
from autoclaim.browser.launching import has_display
from autoclaim.browser.opening import open_visit
from autoclaim.browser.visit import Visit

__all__ = [
    "HandOver",
    "Visit",
    "find_browser",
    "find_or_install_browser",
    "has_display",
    "open_visit",
]
