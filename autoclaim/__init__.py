"""autoclaim: never miss a refund window, and never send a claim you have not read."""

import os

__version__ = "2026.11.0"

# With these set, Playwright prints every message to its browser, typed passwords too. Some are
# read when it is imported; nothing of ours, and no scenario, can be imported before this line.
LOUD = ("DEBUG", "DEBUGP", "DEBUG_FILE", "PWDEBUG")
for _name in LOUD:
    os.environ.pop(_name, None)
