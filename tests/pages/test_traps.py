"""The traps that broke other readers of this store (site-facts, part 8), each by its name.

Those that only show in a browser stand elsewhere: late rendering, lost clicks, overlays, the phone
layout and replayed pages in tests/scenarios/test_read_orders.py; challenges in test_sign_in.py.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from autoclaim.errors import WrongInput
from autoclaim.model import Order
from autoclaim.runner import catalogue
from autoclaim.runner.saved import read_files
from tests.bench.saved_pages import CARD, SIGNS

payloads = catalogue.flow("aliexpress", "payloads")
SAVED = Path(__file__).with_name("saved")
NUMBER = "8200000000120011"
LIST = "mtop.aliexpress.trade.buyer.order.list"
DETAIL = (SAVED / "detail_processing_two_lines.json").read_text(encoding="utf-8")


def read(content: str, name: str = "saved") -> list[Order]:
    orders: list[Order] = payloads.read_saved(name, content.encode())
    return orders


def a_list(at: datetime | None = None, **fields: object) -> str:
    """A list answer with one card."""
    card = {"orderId": NUMBER, "statusText": "Completed", "orderDateText": "Sep 1, 2026", **fields}
    block = {"tag": "pc_om_list_order", "fields": card}
    clock = {"curTime": int(at.timestamp() * 1000)} if at else {}
    data = {"data": {f"pc_om_list_order_{NUMBER}": block}, "global": clock}
    return json.dumps({"api": LIST, "ret": ["SUCCESS"], "data": data})


def test_layout_moves_the_list_of_2022_is_refused_and_not_taken_for_an_empty_one() -> None:
    old = "<table id=buyer-ordertable><tbody class=order-item-wraper>8200000000120011</tbody>"

    with pytest.raises(WrongInput, match="not a page"):
        read(f"<html>{old}</table></html>")


@pytest.mark.parametrize("line", ["Date: Sep 1, 2026", "Order date: Sep 1, 2026", "Sep 1, 2026"])
def test_label_changes_do_not_matter_to_the_date_and_the_number(line: str) -> None:
    card = CARD.format(number=NUMBER, signs=SIGNS).replace("Date: Sep 1, 2026", line)

    [order] = read(f"<html lang=en>{card.replace('Ref. Number', 'Order ID')}</html>")

    assert order.order_id == NUMBER
    assert str(order.placed_at) == "2026-09-01"


@pytest.mark.parametrize("label", ["Aguardando a entrega ", " awaiting  DELIVERY:", "배송 대기"])
def test_localisation_blanks_and_case_do_not_matter(label: str) -> None:
    [order] = read(a_list(statusText=label))

    assert order.status == "awaiting_delivery"


@pytest.mark.parametrize("printed", ["12 июля", "Jul. 28", "28/07", "next Tuesday", "01/02/2026"])
def test_a_day_without_a_year_or_of_two_meanings_is_no_day(printed: str) -> None:
    [order] = read(a_list(orderDateText=printed))

    assert order.placed_at is None
    assert "placed_at" in order.unread


def test_two_styles_of_money_in_one_account_are_both_exact() -> None:
    texts = ["R$126,59", "R$1.126,59", "R$61.25", "R$1,061.25"]

    totals = [read(a_list(totalPriceText=text, currencyCode="BRL"))[0].total for text in texts]

    assert [str(total.amount) for total in totals if total] == [
        "126.59",
        "1126.59",
        "61.25",
        "1061.25",
    ]


@pytest.mark.parametrize("printed", ["US $1.00 - 3.00", "1.00~3.00", "from US $1.00 to 2.00"])
def test_a_range_of_prices_is_no_price(printed: str) -> None:
    [order] = read(a_list(totalPriceText=printed, currencyCode="USD"))

    assert order.total is None
    assert "total" in order.unread


def test_a_unit_price_is_never_taken_for_what_was_paid() -> None:
    dearer = DETAIL.replace("US $4.00", "US $40.00")
    discounted = DETAIL.replace('"Shipping"', '"Store Coupon"').replace("Free shipping", "- $1.00")

    paid, unknown = ([line.paid for line in read(text)[0].lines] for text in (DETAIL, discounted))

    assert [str(one.amount) for one in paid if one] == ["8.00", "1.50"]
    assert unknown == [None, None]
    assert [line.paid for line in read(dearer)[0].lines] == [None, None]


def test_a_card_of_several_products_that_shows_fewer_tells_no_line() -> None:
    line = {"orderLineId": "8200000000130011", "itemTitle": "Lamp", "quantity": "1"}

    [short] = read(a_list(orderLineSize=3, orderLines=[line]))
    [whole] = read(a_list(orderLineSize="1", orderLines=[line]))

    assert short.lines == ()
    assert [one.quantity for one in whole.lines] == [1]


def test_a_count_of_zero_orders_is_no_list_of_orders() -> None:
    api = "mtop.aliexpress.trade.buyer.order.count"
    zeros = {"api": api, "ret": ["SUCCESS"], "data": {"statusTabCount": {"all": 0}}}

    with pytest.raises(WrongInput, match="holds no answer"):
        read(json.dumps(zeros))


def test_a_number_written_as_a_number_is_a_text_of_all_its_digits() -> None:
    [order] = read(DETAIL.replace("8200000000120011", "8212313961591322"))

    assert order.order_id == "8212313961591322"


def test_what_is_recommended_below_is_no_line_of_the_order() -> None:
    number = f"<div class=order-detail-info data-pl=order_detail_gray_id>{NUMBER}</div>"
    item = "<div class=order-detail-item-content><div class=item-title><a>{}</a></div></div>"
    page = (
        "<html lang=en><div class=order-status><div class=order-block-title>Completed</div></div>"
        f"{number}{item.format('Lamp')}"
        f"<div gps-id=pcOrderDetail>{item.format('Buy me')}</div></html>"
    )

    [order] = read(page)

    assert [line.title for line in order.lines] == ["Lamp"]


def test_a_price_in_one_span_for_each_sign_and_a_picture_in_the_background_are_read() -> None:
    [order] = read(f"<html lang=en>{CARD.format(number=NUMBER, signs=SIGNS)}</html>")

    assert order.total is not None
    assert order.total.as_json() == {"amount": "12.50", "currency": "USD"}


@pytest.mark.parametrize("minutes", [-300, -5, 5, 300])
def test_a_list_that_lags_behind_the_orders_own_page_turns_no_status_back(
    tmp_path: Path, minutes: int
) -> None:
    noon = int(datetime(2026, 9, 4, 12, tzinfo=UTC).timestamp())
    answer: dict[str, Any] = json.loads(DETAIL.replace("Processing", "Canceled"))
    answer["data"]["global"] = {"curTime": noon * 1000}
    (tmp_path / "detail.json").write_text(json.dumps(answer), encoding="utf-8")
    listed = a_list(datetime.fromtimestamp(noon + 60 * minutes, UTC), statusText="Processing")
    (tmp_path / "list.json").write_text(listed, encoding="utf-8")

    [order] = read_files([tmp_path]).orders

    assert order.status == "cancelled"
