"""A page as it stands in the browser or in a saved file (HTML) → what it shows of each order.

Used where the store's own answers are not at hand. A page shows less than they hold: product
numbers are missing, so lines are told by the detail page alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from . import order_cards, order_detail, order_page, parcel_page, untold
from .joining import Glimpse
from .unseen import unseen

_OURS = (
    f"{order_cards.CARD}, .order-main, .order-detail-info, .order-detail-item, "
    "[class*='logistic-info-v2--'], [class*='orderItem--orderItem--']"
)
_NUMBER_IN_ADDRESS = re.compile(r"(?:orderId|tradeOrderId)=(\d{14,19})")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


class SavedPage:
    """One page; made from its HTML, complete or not, and its address when that is known."""

    def __init__(self, html: str, address: str = "") -> None:
        self._html = html
        self._address = address
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
        """The order whose page it is, as far as an address tells it."""
        saved = _SAVED_FROM.search(self._html[:2000])
        canonical = self._tree.css_first("link[rel=canonical]")
        places = [self._address, saved[1] if saved else ""]
        places.append(canonical.attributes.get("href") or "" if canonical else "")
        found = [_NUMBER_IN_ADDRESS.search(place) for place in places]
        return next((match[1] for match in found if match), None)

    def scripts(self) -> Iterator[str]:
        """The scripts that may hold an answer of the store."""
        for script in self._tree.css("script") if "mtop." in self._html else ():
            text = script.text()
            if "mtop." in text and '"data"' in text:
                yield text

    def glimpses(self) -> list[Glimpse]:
        """What the page shows: the cards of a list, one order, its parcel, or the returns."""
        cards = order_cards.orders(self._tree, self.language)
        if cards:
            told = [facts for facts in cards if facts]
            seen = [Glimpse("card", one, untold=tuple(untold.on_card(one))) for one in told]
            return untold.with_unnumbered(seen, len(cards))
        cases = parcel_page.cases(self._tree)
        if cases:
            return [Glimpse("returns", one, untold=tuple(untold.on_returns(one))) for one in cases]
        parcels = parcel_page.parcels(self._tree, self.order_id)
        if not parcels:
            return self._one_order()
        return [Glimpse("tracking", parcels, untold=tuple(untold.on_parcel_page(parcels)))]

    def _one_order(self) -> list[Glimpse]:
        shown = order_page.reply(self._tree, self.language)
        facts = order_detail.order(shown) if shown else {}
        if not shown or not facts:
            return []
        new = tuple(what for _, what in unseen(shown))
        glimpse = order_detail.glimpse(shown, facts)
        missing = (*glimpse.untold, *untold.on_shown_page(facts))
        return [replace(glimpse, page="page", unseen=new, untold=missing)]
