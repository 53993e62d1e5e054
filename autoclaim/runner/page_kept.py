"""The page that could not be read, kept so that a reader can be mended; not whom it is about.

It is made anonymous before anything of it is written: names, addresses and telephone numbers are
never stored, not even on the buyer's own machine.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from autoclaim import __version__
from autoclaim.edge.anonymising import Anonymiser
from autoclaim.edge.private_files import write_privately
from autoclaim.errors import AutoclaimError, PageChanged
from autoclaim.model import Account

if TYPE_CHECKING:
    from autoclaim.browser.visit import PageSeen
    from autoclaim.runner.wiring import Wiring


def keep_page(wiring: "Wiring", account: Account, seen: "PageSeen", changed: PageChanged) -> None:
    """Write the page and the newest answers it received, anonymous, over the last one kept.

    Where something personal would still stand in it, nothing is written, and that is said.
    """
    page = {
        "format": 1,
        "autoclaim": __version__,
        "store": account.store,
        "address": seen.address,
        "looked_for": changed.looked_for,
        "html": seen.html,
        "answers": [{"address": one.address, "text": one.text} for one in seen.answers],
    }
    try:
        text = _anonymous(wiring, account, page)
        write_privately(wiring.places.unread_page, text.encode("utf-8", "replace"))
    except AutoclaimError as fault:  # what went wrong with the page itself matters more
        wiring.told.say(f"{fault} The page is not kept.")


def _anonymous(wiring: "Wiring", account: Account, page: dict[str, Any]) -> str:
    private = wiring.flow(account.store, "private_parts")
    names = [account.email, *private.names(page["html"])]
    anonymiser = Anonymiser(names, _things(wiring))
    for answer in page["answers"]:
        anonymiser.learn_values(_json_in(answer["text"]))
    for text in private.addresses(page["html"]):
        anonymiser.learn_text(text)
    cleaned = {key: _cleaned(anonymiser, value) for key, value in page.items()}
    written = json.dumps(cleaned, ensure_ascii=False, indent=1)
    anonymiser.must_be_clean(written)
    return written


def _things(wiring: "Wiring") -> Iterator[str]:
    """What was bought and from whom: nobody else's business either."""
    for order in wiring.ledger.orders():
        seller, lines = order.facts.get("seller"), order.facts.get("lines")
        if isinstance(seller, dict):
            yield str(seller.get("name") or "")
        for line in lines if isinstance(lines, list) else []:
            yield str(line.get("title") or "")


def _json_in(text: str) -> object:
    """The JSON in an answer, JSONP or not; None for anything else."""
    start, end = text.find("{"), text.rfind("}")
    try:
        return json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None


def _cleaned(anonymiser: Anonymiser, value: object) -> object:
    if isinstance(value, str):
        return anonymiser.clean(value)
    if isinstance(value, list):
        return [_cleaned(anonymiser, one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(anonymiser, one) for key, one in value.items()}
    return value
