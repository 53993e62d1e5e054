"""The detail page of one order (its JSON) → the facts it tells; who lives where stays unread."""

import re

from . import dates, money, status, untold, words
from .envelope import Reply, blocks
from .joining import Glimpse
from .order_list import line, told_apart
from .paid import paid_for_lines
from .shapes import Json, child, items, known, text, texts_within

_CANCELLABLE = {"awaiting_payment", "payment_review", "awaiting_shipment", "unknown"}
_PARCEL = "p1"  # the page speaks of one parcel, whatever the number; tracking tells them apart


def order(reply: Reply) -> dict[str, object]:
    """The facts of the order; empty for an answer without one order number (a skeleton)."""
    head = _first(reply, "detail_order_status_block")
    about = _first(reply, "detail_simple_order_info_component")
    numbers = {text(about, "tradeOrderId"), text(head, "orderId")} - {None}
    if len(numbers) != 1:
        return {}
    [order_id] = numbers
    goods = blocks(reply.holds, "detail_product_block")
    products = [part for block in goods for part in items(block, "productVOList")]
    prices = _first(reply, "detail_order_price_block")
    total = money.price_of(child(prices, "totalPrice"), "value")
    state = status.status(text(head, "title"), text(child(reply.holds, "global"), "orderStatus"))
    facts = {
        "order_id": order_id,
        "status": state,
        "status_text": text(head, "title"),
        "placed_at": dates.day(text(about, "orderCreatTime")),
        "paid_at": dates.day(text(about, "payTime")),
        "paid_with": _paid_with(text(about, "paymentMethod")),
        "total": total,
        "ship_to_country": text(child(about, "addressVO"), "countryCode"),
        "seller": known({"name": _seller(goods)}),
        "site_actions": _site_actions(head, products, state),
        "site_dates": _site_dates(reply),
        "refund": status.refund(text(head, "title")),
        "lines": told_apart(
            [
                known({**line(part), "paid": paid})
                for part, paid in zip(
                    products, paid_for_lines(prices, products, total), strict=True
                )
            ]
        ),
        **_journey(about, products, state),
    }
    return {**known(facts), **({"site_actions": []} if facts["site_actions"] == [] else {})}


def glimpse(reply: Reply, facts: dict[str, object]) -> Glimpse:
    """The facts with what is needed to put them together with those of other pages."""
    return Glimpse(
        "detail",
        facts,
        goods=_goods_of_lines(reply),
        dispute_within=_dispute_within(reply),
        untold=tuple(untold.on_detail(reply, facts)),
    )


def _first(reply: Reply, tag: str) -> Json:
    return next(iter(blocks(reply.holds, tag)), {})


def _seller(goods: list[Json]) -> str | None:
    """The seller's name; none when the order has several."""
    names = {text(child(block, "sellerVO"), "sellerName") for block in goods}
    return next(iter(names)) if len(names) == 1 else None


def _paid_with(printed: str | None) -> str | None:
    """The way of paying when the text names one; a card's number is never kept."""
    lowered = (printed or "").casefold()
    named = {
        way
        for way, spellings in words.table("paid_with").items()
        if isinstance(spellings, list) and any(word in lowered for word in spellings)
    }
    return next(iter(named)) if len(named) == 1 else None


def _site_actions(head: Json, products: list[Json], state: str) -> list[str] | None:
    """The buttons of the page, when all of them are there and none was never seen before.

    An unseen button may be the one that is missing, under another name: then the buttons count as
    not read, for what is read and absent holds a claim back.
    """
    complete = "buttonVOList" in head and all("buttonVOS" in part for part in products)
    if not complete or not products:
        return None
    of_order = items(head, "buttonVOList")
    of_lines = [button for part in products for button in items(part, "buttonVOS")]
    found = status.actions([*of_order, *of_lines])
    cancel_hides = state in _CANCELLABLE and not all(map(status.is_seen, of_order))
    dispute_hides = not all(map(status.is_seen, of_lines))
    if (cancel_hides and "cancel" not in found) or (dispute_hides and "open_dispute" not in found):
        return None
    return found


def _site_dates(reply: Reply) -> dict[str, object]:
    """Days the page prints as promises; of several the earliest counts."""
    texts = [
        printed
        for tag in (
            "detail_order_services",
            "detail_order_status_block",
            "detail_service_progress",
        )
        for block in blocks(reply.holds, tag)
        for printed in texts_within(block)
    ]
    refund_by = _printed_refund_step(reply)
    for found in dates.promised_days(texts, "refund_if_not_delivered_by"):
        refund_by = dates.earlier(refund_by, found)
    return known({"refund_if_not_delivered_by": refund_by})


def _printed_refund_step(reply: Reply) -> str | None:
    """The day under the step "Refund" of the bar that shows a running delivery promise."""
    bar = _first(reply, "detail_service_progress")
    steps = {words.plain(step) for step in words.table("promises")["refund_step"]}
    days = [
        dates.day(text(node, "time"))
        for node in items(bar, "nodes")
        if words.plain(text(node, "text") or "") in steps
    ]
    return days[0] if days else None


def _journey(about: Json, products: list[Json], state: str) -> dict[str, object]:
    """The parcel and the end of the order.

    "Order completed on" does not say whether the buyer or the store ended it, so it is the store's
    word. Of a cancelled order it is the day it was closed: but only money that was paid can be
    owed, so it counts only beside a day of payment.
    """
    ended = dates.day(text(about, "orderEndTime"))
    if state == "cancelled":
        closed = ended if text(about, "payTime") else None
        return known({"cancellation": known({"closed_at": closed})})
    parcel = known(
        {
            "shipped_at": dates.day(text(about, "orderShipTime")),
            "promised_by": _promised_by(products),
            "completed_at": ended if state == "completed" else None,
        }
    )
    return {"shipments": [{"shipment_id": _PARCEL, **parcel}]} if parcel else {}


def _promised_by(products: list[Json]) -> str | None:
    """The day all products were promised by; none when they were promised for different days."""
    promised = {
        dates.last_day_in(text(child(part, "etaAndTrack"), "expectDeliveryDateTitle"))
        for part in products
    } - {None}
    return next(iter(promised)) if len(promised) == 1 else None


def _goods_of_lines(reply: Reply) -> dict[str, str]:
    """Line number → product number."""
    return {
        text(part, "orderLineId") or "": text(part, "productId") or ""
        for block in blocks(reply.holds, "detail_product_block")
        for part in items(block, "productVOList")
    }


def _dispute_within(reply: Reply) -> tuple[tuple[str, int], ...]:
    """How long a dispute may be opened by the words of the page: what is counted from, days."""
    printed = " ".join(texts_within(_first(reply, "detail_order_status_block").get("reminder")))
    return tuple(
        (counted_from, int(found[1]))
        for counted_from in ("delivered", "placed")
        for pattern in words.table("dispute_within")[counted_from]
        for found in re.finditer(pattern, printed, re.IGNORECASE)
    )
