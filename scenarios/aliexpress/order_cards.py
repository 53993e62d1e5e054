"""The cards of the order list as the page shows them (DOM) → the facts each tells.

Two layouts: the wide one (seen until 2026-09) and the narrow one, in which the whole card is a
link (`a.order-item.order-item-mobile`). Class names without a hash were stable since 2022.
"""

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import dates, money, status, words
from .outermost import with_parts
from .shapes import NUMBER, known

CARD = ".order-item"

_NUMBER_IN_LINK = re.compile(r"[?&](?:orderId|tradeOrderId)=(\d{14,19})")
_DIGIT = re.compile(r"\d")
_LINK = "a[href*='rderId=']"
_PARTS = {
    ".order-item-header": "header",
    "[data-pl=order_item_header_info]": "info",
    ".order-item-header-right-info": "info",
    "[data-pl=order_item_header_status]": "status",
    ".order-item-header-status-text": "status",
    "[data-pl=order_item_content_price_total]": "total",
    ".order-item-content-opt-price-total": "total",
    "[data-pl=order_item_store_name]": "seller",
    ".order-item-store-name": "seller",
    ".expose-info-item-title": "case",
}
# Any mark is looked for at once, and `_meanings` tells which: each selector takes its own time.
_WITH_MEANING = ", ".join((_LINK, "[data-pl]", *(one for one in _PARTS if one.startswith("."))))
_PRICE = "es--wrap"


def orders(page: LexborHTMLParser, language: str | None = None) -> list[dict[str, object]]:
    """The facts on each card, as they stand; empty for one without an order's number."""
    cards = with_parts(page, CARD, _WITH_MEANING)
    about_cases = words.told_in("case_states", " ".join(_joined(nodes[0]) for nodes in cards))
    return [_order(_Card(nodes), language, about_cases) for nodes in cards]


class _Card:
    """One card: the numbers in its links, and the elements on it that have a meaning."""

    __slots__ = ("_parts", "linked", "node")

    def __init__(self, nodes: list[LexborNode]) -> None:
        self.node = nodes[0]
        self.linked: list[str] = []
        self._parts: dict[str, list[LexborNode]] = {}
        for part in nodes:
            told = part.attributes
            if link := told.get("href"):
                self._follow(part, link)
            for what in _meanings(told.get("class"), told.get("data-pl")):
                self._parts.setdefault(what, []).append(part)

    def _follow(self, part: LexborNode, link: str) -> None:
        number = _NUMBER_IN_LINK.search(link)
        if number and part.tag == "a":
            self.linked.append(number[1])

    def all(self, what: str) -> list[LexborNode]:
        """The elements of that kind, as they stand."""
        return self._parts.get(what, [])

    def first(self, what: str) -> LexborNode | None:
        """The first of them."""
        return self._parts[what][0] if what in self._parts else None

    def text(self, what: str) -> str | None:
        """What the first of them says."""
        part = self.first(what)
        return _joined(part) or None if part else None


@lru_cache(maxsize=256)
def _meanings(classes: str | None, mark: str | None) -> frozenset[str]:
    """What an element is by its attributes, which every card repeats."""
    # A page without a doctype may write its classes in capitals.
    marks = [f".{name}" for name in (classes or "").lower().split()]
    return frozenset(_PARTS[one] for one in (*marks, f"[data-pl={mark}]") if one in _PARTS)


def _order(card: _Card, language: str | None, about_cases: list[str]) -> dict[str, object]:
    order_id = _order_id(card)
    if not order_id:
        return {}
    label = card.text("status")
    return known(
        {
            "order_id": order_id,
            "status": status.status(label),
            "status_text": label,
            "placed_at": _placed_at(card, language),
            "total": money.price(_price(card)),
            "seller": known({"name": card.text("seller")}),
            "refund": status.refund(label),
            **status.told_by(card.text("case") or _case_line(card, about_cases)),
        }
    )


def _order_id(card: _Card) -> str | None:
    """From the link to the order; a card without one is told by the digits in its header.

    Where links lead to several orders the header tells which; links and a header that contradict
    each other tell of none.
    """
    digits = NUMBER.search(card.text("header") or "")
    if digits and (not card.linked or digits[0] in card.linked):
        return digits[0]
    return card.linked[0] if card.linked and not digits else None


def _placed_at(card: _Card, language: str | None) -> str | None:
    """The date in the lines of the header; as printed when it is in no known format.

    The narrow layout has no such lines: there it is whatever part of the card is a date.
    """
    rows = [row for info in card.all("info") for row in info.iter() if row.tag == "div"]
    for line in map(_joined, rows):
        value = line.partition(":")[2] or line
        if _DIGIT.search(value) and not NUMBER.search(line):
            return dates.last_day_in(value, language)
    parts = (_joined(part) for part in ([] if rows else card.node.css("span, div")))
    return next((day for part in parts if (day := dates.read_day(part, language))), None)


def _price(card: _Card) -> str | None:
    """The total, put together from its one-sign spans."""
    total = card.first("total")
    if total is None:
        return None
    classes = ((part, part.attributes.get("class") or "") for part in total.traverse())
    signs = next((part for part, names in classes if _PRICE in names), None)
    return _joined(signs) if signs else _joined(total).partition(":")[2]


def _case_line(card: _Card, about_cases: list[str]) -> str | None:
    """The line about a refund by its words, where it is not found by its class."""
    told = _joined(card.node).casefold() if about_cases else ""
    if not any(label in told for label in about_cases):
        return None
    lines = (_joined(node) for node in card.node.css("div, span"))
    label = words.any_label("case_states")
    return min((line for line in lines if label.match(line)), key=len, default=None)


def _joined(node: LexborNode) -> str:
    return " ".join(node.text().split())
