"""One card of the order list as the page shows it (DOM) → the facts it tells.

Two layouts: the wide one (seen until 2026-09) and the narrow one, in which the whole card is a
link (`a.order-item.order-item-mobile`). Class names without a hash were stable since 2022.
"""

import re

from selectolax.lexbor import LexborNode

from . import dates, money, status, words
from .shapes import NUMBER, known

_NUMBER_IN_LINK = re.compile(r"[?&](?:orderId|tradeOrderId)=(\d{14,19})")
_HEADER = ".order-item-header"
_HEADER_LINES = "[data-pl=order_item_header_info], .order-item-header-right-info"
_STATUS = "[data-pl=order_item_header_status], .order-item-header-status-text"
_TOTAL = "[data-pl=order_item_content_price_total], .order-item-content-opt-price-total"
_PRICE = "[class*='es--wrap']"
_SELLER = "[data-pl=order_item_store_name], .order-item-store-name"
_CASE_LINE = ".expose-info-item-title"


def order(card: LexborNode, language: str | None = None) -> dict[str, object]:
    """The facts on one card; empty when no order number stands on it."""
    order_id = _order_id(card)
    if not order_id:
        return {}
    label = _text(card, _STATUS)
    return known(
        {
            "order_id": order_id,
            "status": status.status(label),
            "status_text": label,
            "placed_at": _placed_at(card, language),
            "total": money.price(_price(card)),
            "seller": known({"name": _text(card, _SELLER)}),
            "refund": status.refund(label),
            **status.told_by(_text(card, _CASE_LINE) or _case_line(card)),
        }
    )


def _order_id(card: LexborNode) -> str | None:
    """From the link to the order; a card without one is told by the digits in its header.

    Where links lead to several orders the header tells which; links and a header that contradict
    each other tell of none.
    """
    own = card.attributes.get("href") or ""
    links = [own, *(link.attributes.get("href") or "" for link in card.css("a[href]"))]
    linked = [found[1] for link in links if (found := _NUMBER_IN_LINK.search(link))]
    digits = NUMBER.search(_text(card, _HEADER) or "")
    if digits and (not linked or digits[0] in linked):
        return digits[0]
    return linked[0] if linked and not digits else None


def _placed_at(card: LexborNode, language: str | None) -> str | None:
    """The date in the lines of the header; as printed when it is in no known format.

    The narrow layout has no such lines: there it is whatever part of the card is a date.
    """
    lines = [_joined(line) for line in card.css(f"{_HEADER_LINES} > div")]
    for line in lines:
        value = line.partition(":")[2] or line
        if not NUMBER.search(line) and re.search(r"\d", value):
            return dates.last_day_in(value, language)
    parts = (_joined(part) for part in card.css("span, div") if not lines)
    return next((day for part in parts if (day := dates.read_day(part, language))), None)


def _price(card: LexborNode) -> str | None:
    """The total, put together from its one-sign spans."""
    total = card.css_first(_TOTAL)
    signs = total.css_first(_PRICE) if total else None
    return _joined(signs) if signs else (_joined(total).partition(":")[2] if total else None)


def _case_line(card: LexborNode) -> str | None:
    """The line about a refund by its words, where it is not found by its class."""
    if not words.is_told_in("case_states", _joined(card)):
        return None
    lines = (_joined(node) for node in card.css("div, span"))
    label = words.any_label("case_states")
    return min((line for line in lines if label.match(line)), key=len, default=None)


def _text(card: LexborNode, selector: str) -> str | None:
    node = card.css_first(selector)
    return _joined(node) or None if node else None


def _joined(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator="").split())
