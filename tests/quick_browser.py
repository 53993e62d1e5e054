"""Which browser the tests use.

Most take the browser without any window where the machine has it: it is the same engine at a third
of the cost. What must hold of the buyer's own kind of browser (the submit guard at the level of
the network, the demo from the wheel) runs in that one.
"""

import os
import shutil
from pathlib import Path

import pytest

from autoclaim.browser.finding import find_browser

QUICK = shutil.which("chromium-headless-shell")


def use_the_quick_browser() -> None:
    """From now on, unless a browser was named by hand."""
    if QUICK:
        os.environ.setdefault("AUTOCLAIM_BROWSER", QUICK)


def the_buyers_browser() -> Path:
    """The browser that autoclaim finds by itself, or the one named by hand."""
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("AUTOCLAIM_BROWSER") == QUICK:
            patch.delenv("AUTOCLAIM_BROWSER")
        found = find_browser()
    assert found is not None
    return found
