"""The page that could not be read, kept on this machine so that a reader can be mended."""

import json
from typing import TYPE_CHECKING

from autoclaim import __version__
from autoclaim.edge.places import Places
from autoclaim.edge.private_files import write_privately
from autoclaim.errors import PageChanged
from autoclaim.model import Account

if TYPE_CHECKING:
    from autoclaim.browser.visit import PageSeen


def keep_page(places: Places, account: Account, seen: "PageSeen", changed: PageChanged) -> None:
    """Write the page and the answers it received, readable by the buyer alone, over the last one.

    Nothing is left out here: `doctor --report` makes of it what may be shown to others.
    """
    kept = {
        "format": 1,
        "autoclaim": __version__,
        "store": account.store,
        "address": seen.address,
        "looked_for": changed.looked_for,
        "html": seen.html,
        "answers": [{"address": one.address, "text": one.text} for one in seen.answers],
    }
    write_privately(places.unread_page, json.dumps(kept).encode("utf-8"))
