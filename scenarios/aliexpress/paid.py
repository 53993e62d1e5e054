"""What was really paid for each line of an order, as far as the price rows tell.

The pages print unit prices before discounts. What was paid is known for an order with one line
(the total less shipping), or when no other row stands between the lines and the total. A discount
is never shared out by us.
"""

from collections.abc import Sequence
from decimal import Decimal

from . import money, words
from .money import Printed
from .shapes import Json, items, text, whole


def paid_for_lines(
    prices: Json, products: Sequence[Json], total: Printed | None
) -> list[Printed | None]:
    """`paid` for each of `products`, in their order; None where the rows do not tell it."""
    whole_price, shipping = money.decimal(total), _shipping(prices, total)
    nothing: list[Printed | None] = [None] * len(products)
    if not isinstance(total, dict) or whole_price is None or shipping is None:
        return nothing
    goods = whole_price - shipping
    if goods < 0:
        return nothing
    if len(products) == 1:
        return [_money(goods, total)]
    printed = [_line_price(part, total["currency"]) for part in products]
    if None in printed or sum(part for part in printed if part is not None) != goods:
        return nothing
    if _has_other_rows(prices):
        return nothing
    return [None if part is None else _money(part, total) for part in printed]


def _shipping(prices: Json, total: Printed | None) -> Decimal | None:
    """What shipping cost; None when no row, or more than one, tells it in the total's currency."""
    rows = [row for row in _rows(prices) if _is(row, "shipping")]
    if len(rows) != 1 or not isinstance(total, dict):
        return None
    printed = text(rows[0], "value")
    if money.is_free(printed):
        return Decimal(0)
    cost = money.price(printed, total["currency"])
    return money.decimal(cost)


def _has_other_rows(prices: Json) -> bool:
    """Whether a row besides subtotal and shipping may change what was paid for a line."""
    others = [row for row in _rows(prices) if not (_is(row, "subtotal") or _is(row, "shipping"))]
    return any(not money.is_free(text(row, "value")) for row in others)


def _rows(prices: Json) -> list[Json]:
    return items(prices, "priceDetails")


def _is(row: Json, entry: str) -> bool:
    return words.meaning("price_rows", text(row, "title")) == entry


def _line_price(part: Json, currency: str) -> Decimal | None:
    unit = money.decimal(money.price(text(part, "itemPriceText"), currency))
    quantity = whole(part, "quantity")
    return None if unit is None or not quantity else unit * quantity


def _money(amount: Decimal, like: dict[str, str]) -> Printed:
    digits = len(like["amount"].partition(".")[2])
    return {"amount": f"{amount:.{digits}f}", "currency": like["currency"]}
