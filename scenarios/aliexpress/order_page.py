"""The detail page of one order as it is shown (DOM) → the shape of the store's own answer.

So one reading of that shape (order_detail.py) serves both. Who lives where stays unread.
"""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import dates, words
from .envelope import Reply
from .shapes import NUMBER, Json, known
from .untold import UNKNOWN_ROWS

_ADVERTISED = "[gps-id=pcOrderDetail], .slick-track"
_PRIVATE = ".contact-info, [data-pl^=contact_info], script, style, template"
_STATUS = ".order-status"
_ORDER_NUMBER = "[data-pl=order_detail_gray_id]"
_PRODUCT = ".order-detail-item-content"
_LINE_STEP, _MOST_LINES = 10_000, 99  # line numbers of an order, as far as any were seen


def reply(page: LexborHTMLParser, language: str | None = None) -> Reply | None:
    """The page as a detail answer; None when no order's number stands on it."""
    body = page.body
    number = _number(_text(body, _ORDER_NUMBER)) if body else None
    if body is None or number is None:
        return None
    for selector in (_ADVERTISED, _PRIVATE):
        for node in body.css(selector):
            node.decompose()
    status = {"title": _text(body, f"{_STATUS} .order-block-title"), "orderId": number}
    status |= {"reminder": _text(body, _STATUS)}
    blocks: dict[str, Json] = {
        "detail_order_status_block": {**status, **_buttons(body, str(status["title"]))},
        "detail_simple_order_info_component": {"tradeOrderId": number, **_dates(body, language)},
        "detail_product_block": _products(body, number, language),
        "detail_order_price_block": _prices(body),
        "detail_order_services": {"lines": [one for one in _lines(body) if len(one) > 1]},
    }
    holds = {"data": {tag: {"tag": tag, "fields": fields} for tag, fields in blocks.items()}}
    return Reply("detail", "SUCCESS", {}, holds)


def _dates(body: LexborNode, language: str | None) -> dict[str, object]:
    """The rows of days, each told by its label, the way of paying, and labels nobody knows."""
    found: dict[str, object] = {}
    unknown: list[str] = []
    for row in body.css("[data-pl=order_detail_gray_date]"):
        label, _, value = _joined(row).partition(":")
        name = words.meaning("date_rows", label)
        if name and value.strip():
            found[name] = dates.day(value, language)
        elif value.strip():
            unknown.append(label)
    payment = _text(body, "[data-pl=order_detail_gray_payment]")
    return known({**found, "paymentMethod": payment, UNKNOWN_ROWS: unknown})


def _products(body: LexborNode, number: str, language: str | None) -> dict[str, object]:
    """The products and their seller; a product without its own number is told by its place."""
    products = [_product(node, number, language) for node in body.css(_PRODUCT)]
    sellers = {_joined(node) for node in body.css(".order-detail-item-store .store-name")}
    seller = next(iter(sellers)) if len(sellers) == 1 else None
    return {"sellerVO": known({"sellerName": seller}), "productVOList": products}


def _product(node: LexborNode, number: str, language: str | None) -> dict[str, object]:
    eta = _text(node, ".order-detail-item-track-eta-text")
    quantity = _text(node, ".item-price-quantity")
    told = {
        "orderLineId": _line_number(node, number),
        "itemTitle": _text(node, ".item-title"),
        "itemPriceText": _text(node, ".item-price [class*='es--wrap']"),
        "quantity": _digits(quantity),
        "etaAndTrack": known({"expectDeliveryDateTitle": dates.last_day_in(eta, language)}),
        "itemTags": [{"type": tag} for tag in _tags(node)],
    }
    return {**known(told), "buttonVOS": _labels(node.css("button, a.comet-btn"))}


def _line_number(node: LexborNode, number: str) -> str | None:
    """The one number in the product's links that can be a line of this order."""
    links = " ".join(link.attributes.get("href") or "" for link in node.css("a[href]"))
    steps = {int(found) - int(number): found for found in re.findall(r"\d{14,19}", links)}
    fitting = {
        found
        for step, found in steps.items()
        if 0 < step <= _MOST_LINES * _LINE_STEP and step % _LINE_STEP == 0
    }
    return next(iter(fitting)) if len(fitting) == 1 else None


def _tags(node: LexborNode) -> list[str]:
    labels = [_joined(tag) for tag in node.css(".order-item-tag")]
    return [code for label in labels if (code := words.meaning("item_tags", label))]


def _buttons(body: LexborNode, title: str) -> dict[str, object]:
    """The order's buttons, once they are all there: Cancel comes seconds after the others."""
    status = words.meaning("status", title)
    labels = _labels(body.css(f"{_STATUS} button, {_STATUS} a.comet-btn"))
    late = any(words.meaning("button_words", one["text"]) == "cancel" for one in labels)
    waits = status in (None, "awaiting_payment", "awaiting_shipment")
    return {"buttonVOList": labels} if late or not waits else {}


def _labels(nodes: Iterable[LexborNode]) -> list[dict[str, str]]:
    return [{"text": label} for node in nodes if (label := _joined(node))]


def _prices(body: LexborNode) -> dict[str, object]:
    """The price rows; the one that stands last is the total."""
    rows = [
        {"title": title, "value": value}
        for row in body.css(".order-price-item")
        if (title := _text(row, "[data-pl=order_price_item_title], .left-col"))
        and (value := _text(row, "[data-pl=order_price_item_value], .right-col"))
    ]
    return {"priceDetails": rows[:-1], "totalPrice": rows[-1]} if rows else {}


def _lines(body: LexborNode) -> list[str]:
    return [" ".join(line.split()) for line in body.text(deep=True, separator="\n").split("\n")]


def _number(text: str | None) -> str | None:
    found = NUMBER.search(text or "")
    return found[0] if found else None


def _digits(text: str | None) -> str | None:
    found = re.search(r"\d+", text or "")
    return found[0] if found else None


def _text(node: LexborNode, selector: str) -> str | None:
    found = node.css_first(selector)
    return _joined(found) or None if found else None


def _joined(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator="").split())
