"""How much a box for words takes, by what the form itself says."""

import re

from playwright.sync_api import Locator

_COUNTER = re.compile(r"(?<![\d/])\d+\s*/\s*(\d{2,5})(?![\d/])")  # no day of a month


def limit_of(box: Locator) -> int | None:
    """How many characters the box takes; None when neither it nor a counter beside it says."""
    limit = box.get_attribute("maxlength") or _counted_to(box)
    return int(limit) if limit and limit.isdigit() else None


def _counted_to(box: Locator) -> str | None:
    """The limit in the counter beside the box: 512 in "0/512"."""
    for around in ("..", "../.."):
        told = _COUNTER.search(box.locator(f"xpath={around}").inner_text())
        if told:
            return told[1]
    return None
