"""Get ready while the browser starts: what takes a moment and needs no page.

By hand: know how the months are called before the first page is read.
"""

from . import dates

EFFECT = "reads"


def run() -> None:
    """Have the names of the months, in all languages, ready for reading dates."""
    dates.holds_day("")
