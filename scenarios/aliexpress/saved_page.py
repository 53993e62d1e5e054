"""A page as it stands in the browser or in a saved file (HTML) → what it shows of each order.

Used where the store's own answers are not at hand. A page shows less than they hold: product
numbers are missing, so lines are told by the detail page alone.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from . import order_cards, order_page
from .joining import Glimpse

_CARD = ".order-item"
_OURS = (
    f"{_CARD}, .order-main, .order-detail-info, .order-detail-item, [class*='logistic-info-v2--']"
)
_NUMBER_IN_ADDRESS = re.compile(r"(?:orderId|tradeOrderId)=(\d{14,19})")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


class SavedPage:
    """One page; made from its HTML, complete or not."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._tree = LexborHTMLParser(html)

    @property
    def is_ours(self) -> bool:
        """Whether it is one of the pages that are read, or holds the store's answers."""
        return self._tree.css_first(_OURS) is not None or any(self.scripts())

    @cached_property
    def language(self) -> str | None:
        """The page's own language, two letters."""
        root = self._tree.css_first("html")
        return (root.attributes.get("lang") or "")[:2].lower() or None if root else None

    @cached_property
    def order_id(self) -> str | None:
        """The order whose page it is, told by the address it was saved from; else None."""
        saved = _SAVED_FROM.search(self._html[:2000])
        canonical = self._tree.css_first("link[rel=canonical]")
        address = saved[1] if saved else (canonical.attributes.get("href") if canonical else "")
        found = _NUMBER_IN_ADDRESS.search(address or "")
        return found[1] if found else None

    def scripts(self) -> Iterator[str]:
        """The scripts that may hold an answer of the store."""
        for script in self._tree.css("script"):
            text = script.text()
            if "mtop." in text and '"data"' in text:
                yield text

    def glimpses(self) -> list[Glimpse]:
        """What the page shows: the cards of a list, or one order."""
        cards = [order_cards.order(card, self.language) for card in self._tree.css(_CARD)]
        if cards:
            return [Glimpse("card", facts) for facts in cards if facts]
        facts = order_page.order(self._tree, self.order_id, self.language)
        return [Glimpse("page", facts)] if facts else []
