"""One card of the order list (its JSON) → the facts it tells."""

from datetime import date

from autoclaim.model import Time

from . import dates, money, status
from .envelope import Reply, blocks
from .shapes import Json, as_it_stands, child, items, known, text, whole

_FREE_RETURN = "LOCAL_FREE_RETURN"


def orders(reply: Reply) -> list[dict[str, object]]:
    """The facts of every order in a list answer, in the order the page shows them."""
    return [
        facts for fields in blocks(reply.holds, "pc_om_list_order") if (facts := order(fields))
    ]


def how_many(reply: Reply) -> int:
    """How many cards a list answer has, whether they tell their order or not."""
    return len(blocks(reply.holds, "pc_om_list_order"))


def has_more(reply: Reply) -> bool | None:
    """Whether the store says that there are further pages; None when it does not say."""
    bodies = blocks(reply.holds, "pc_om_list_body")
    told = [str(body["hasMore"]).lower() for body in bodies if "hasMore" in body]
    return told[-1] == "true" if told else None


def page_number(reply: Reply) -> int | None:
    """Which page of the list an answer is, from 1."""
    numbers = [whole(body, "pageIndex") for body in blocks(reply.holds, "pc_om_list_body")]
    return numbers[-1] if numbers else None


def store_day(reply: Reply) -> date | None:
    """The day of the answer on the store's own clock."""
    written = dates.moment(text(child(reply.holds, "global"), "curTime"))
    time = Time.read(written)
    return time.day if time else None


def order(fields: Json) -> dict[str, object]:
    """The facts on one card; empty without an order number.

    Buttons are not among them: the list never shows Cancel or Returns/refunds, so their absence
    here says nothing (`site_actions` stays "not read").
    """
    order_id = text(fields, "orderId")
    if not order_id:
        return {}
    label = text(fields, "statusText") or text(fields, "statusTitle")
    return known(
        {
            "order_id": order_id,
            "status": status.status(label, text(child(fields, "utParams", "args"), "orderStatus")),
            "status_text": label,
            "placed_at": dates.day(text(fields, "orderDateText")),
            "total": money.price_of(fields, "totalPriceText"),
            "seller": known({"name": text(fields, "storeName")}),
            "lines": _lines(fields),
            "refund": status.refund(label),
            **status.refund_line(fields),
        }
    )


def _lines(fields: Json) -> list[dict[str, object]]:
    """The order's lines; none unless the card shows as many as it says that the order has."""
    lines = told_apart([line(part) for part in items(fields, "orderLines")])
    told = whole(fields, "orderLineSize")
    return lines if told is not None and len(lines) >= told else []


def told_apart(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """The lines; none when two have one number: nobody can tell which of them it names."""
    numbers = [one["line_id"] for one in lines if "line_id" in one]
    return lines if len(set(numbers)) == len(numbers) else []


def line(part: Json) -> dict[str, object]:
    """What the list and the detail page tell alike of one product.

    The price beside it is the unit's, before discounts: it says nothing of what was paid. A
    missing mark for free returns is "not known": pages leave it out for other reasons too.
    """
    tags = {text(tag, "type") for tag in items(part, "itemTags")}
    return known(
        {
            "line_id": text(part, "orderLineId"),
            "title": text(part, "itemTitle"),
            "quantity": whole(part, "quantity") or as_it_stands(part, "quantity"),
            "free_return": True if _FREE_RETURN in tags else None,
        }
    )
