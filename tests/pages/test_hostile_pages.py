"""Pages nobody should send: what has two meanings is named or refused, and never settled by us."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.model import Order, Time
from autoclaim.runner import catalogue
from autoclaim.runner.saved import Saved, read_files
from tests.bench.saved_pages import CARD, SIGNS

payloads = catalogue.flow("aliexpress", "payloads")
money = catalogue.flow("aliexpress", "money")
dates = catalogue.flow("aliexpress", "dates")
SAVED = Path(__file__).with_name("saved")
DETAIL = (SAVED / "detail_processing_two_lines.json").read_text(encoding="utf-8")
CASE = (SAVED / "case_refunded.json").read_text(encoding="utf-8")
NUMBER, OTHER = "8200000000120011", "8200000000140011"
LINE = {"orderLineId": "8200000000130011", "itemTitle": "Lamp", "quantity": 1}
PLAIN = {
    "orderId": NUMBER,
    "statusText": "Completed",
    "orderDateText": "Sep 1, 2026",
    "totalPriceText": "US $12.50",
    "currencyCode": "USD",
    "storeName": "Harbour Lights",
    "orderLineSize": 1,
    "orderLines": [LINE],
}


def a_list(*changes: Mapping[str, object], at: int | None = None) -> str:
    """A list answer with one card for each of the changes to the plain one."""
    cards = [{"tag": "pc_om_list_order", "fields": {**PLAIN, **one}} for one in changes]
    blocks = {f"pc_om_list_order_{place}": card for place, card in enumerate(cards)}
    data = {"data": blocks, **({"global": {"curTime": at}} if at else {})}
    api = "mtop.aliexpress.trade.buyer.order.list"
    return json.dumps({"api": api, "ret": ["SUCCESS"], "data": data})


def read(content: str) -> list[Order]:
    orders: list[Order] = payloads.read_saved("saved", content.encode())
    return orders


def card(number: str = NUMBER) -> str:
    return CARD.format(number=number, signs=SIGNS)


def saved(folder: Path, content: str) -> Saved:
    file = folder / "saved.html"
    file.write_text(content, encoding="utf-8")
    return read_files([file])


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("US $12.50 / 11,00 €", None),
        ("US $12.50 11 €", "USD"),
        ("€ US $12.50", None),
        ("US $12.50 EUR", None),
        ("€12.50", "USD"),
        ("-US $12.50", "USD"),
        ("US $-12.50", "USD"),
        ("US $12.50-", "USD"),
        ("(US $12.50)", "USD"),
        ("US $1e9", "USD"),
    ],
)
def test_a_price_of_two_currencies_or_below_zero_is_no_price(
    printed: str, code: str | None
) -> None:
    [order] = read(a_list({"totalPriceText": printed, "currencyCode": code}))

    assert order.total is None
    assert "total" in order.unread


@pytest.mark.parametrize(
    ("printed", "split"),
    [
        ("US $99.50", "US $12.50|12|50"),
        ("US $12.50", "US $99.50|12|50"),
        ("-US $12.50", "-US $12.50|12|50"),
        ("", "(US $12.50)|12|50"),
    ],
)
def test_a_price_told_twice_and_differently_is_no_price(printed: str, split: str) -> None:
    [order] = read(a_list({"totalPriceText": printed, "formatPriceInfo": split}))

    assert order.total is None
    assert "total" in order.unread


def test_a_price_told_twice_and_alike_is_one() -> None:
    told = {"totalPriceText": "R$1.132,74", "currencyCode": "BRL"}

    [order] = read(a_list({**told, "formatPriceInfo": "R$1.132,74|1132|74"}))

    assert order.total is not None
    assert order.total.as_json() == {"amount": "1132.74", "currency": "BRL"}


@pytest.mark.parametrize(
    "printed", ["Jan 1, 1970", "Jan 1, 2100", "Feb 31, 2026", "Sep 1, 2026 Sep 3, 2026"]
)
def test_a_day_out_of_this_era_or_of_no_calendar_is_no_day(printed: str) -> None:
    [order] = read(a_list({"orderDateText": printed}))

    assert order.placed_at is None
    assert "placed_at" in order.unread


@pytest.mark.parametrize("milliseconds", ["9" * 13, "9" * 14, "9" * 15, "9" * 5000])
def test_a_moment_out_of_this_era_stays_as_it_is_written(milliseconds: str) -> None:
    assert dates.moment(milliseconds) == milliseconds


@pytest.mark.parametrize("quantity", [-1, 0, 1.5, "2.0", "9" * 5000])
def test_a_number_of_pieces_that_is_none_shows_up(quantity: object) -> None:
    lines = [{**LINE, "quantity": quantity}]

    [order] = read(a_list({"orderLineSize": 1, "orderLines": lines}))

    assert order.lines[0].quantity is None
    assert "quantity" in order.lines[0].unread


def test_an_endless_number_anywhere_is_no_fault_of_ours() -> None:
    endless = "9" * 5000
    sizes = a_list({"orderLineSize": endless, "orderLines": [LINE]})
    page = f"<div data-pl=order_detail_gray_id>{endless}</div><div class=order-status></div>"

    assert read(sizes)[0].lines == ()
    assert money.cents({"cent": endless, "currency": "USD"}) is None
    with pytest.raises(WrongInput):
        read(f"<html>{page}<div class=order-detail-info></div></html>")


@pytest.mark.parametrize("number", [float(OTHER), True, [OTHER], {"is": OTHER}, None])
def test_a_card_that_does_not_tell_its_order_is_missed(tmp_path: Path, number: object) -> None:
    found = saved(tmp_path, a_list({}, {"orderId": number}))

    assert [order.order_id for order in found.orders] == [NUMBER]
    assert found.untold == [f"the order of 1 more on the list page of {NUMBER}"]


def test_a_shown_card_that_does_not_tell_its_order_is_missed(tmp_path: Path) -> None:
    found = saved(tmp_path, f"<html lang=en>{card()}{card('123')}</html>")

    assert [order.order_id for order in found.orders] == [NUMBER]
    assert found.untold == [f"the order of 1 more on the card page of {NUMBER}"]


def test_a_link_to_another_order_does_not_make_the_card_that_order(tmp_path: Path) -> None:
    advertised = f"<a href='/p/order/detail.html?orderId={OTHER}'>Buy again</a>"
    inside = card().replace(">", f">{advertised}", 1)
    torn = card().replace(f"rderId={NUMBER}", f"rderId={OTHER}")

    assert [order.order_id for order in read(f"<html lang=en>{inside}</html>")] == [NUMBER]
    with pytest.raises(WrongInput, match="tells of no order"):
        saved(tmp_path, f"<html lang=en>{torn}</html>")


def test_an_orders_page_with_the_numbers_of_two_orders_tells_of_none() -> None:
    about = f'"tradeOrderId": {NUMBER}'
    assert about in DETAIL

    with pytest.raises(WrongInput, match="tells of no order"):
        read(DETAIL.replace(about, f'"tradeOrderId": {OTHER}'))


def test_two_products_under_one_number_are_no_lines(tmp_path: Path) -> None:
    lines = [LINE, {**LINE, "itemTitle": "Another lamp", "quantity": 2}]
    doubled = json.loads(DETAIL)
    goods = next(
        block["fields"]["productVOList"]
        for block in doubled["data"]["data"].values()
        if "productVOList" in block["fields"]
    )
    goods[1]["orderLineId"] = goods[0]["orderLineId"]

    [listed] = read(a_list({"orderLineSize": 2, "orderLines": lines}))
    found = saved(tmp_path, json.dumps(doubled))

    assert listed.lines == ()
    assert found.orders[0].lines == ()
    assert f"its lines on the detail page of {NUMBER}" in found.untold


@pytest.mark.parametrize("at", [None, 1_788_000_000_000])
def test_one_order_twice_on_one_page_with_other_facts_goes_both_ways(
    tmp_path: Path, at: int | None
) -> None:
    other = {"statusText": "Canceled", "orderDateText": "Sep 9, 2026"}

    found = saved(tmp_path, a_list({}, other, at=at))

    assert {order.status for order in found.orders} == {"completed", "cancelled"}
    assert [order.order_id for order in found.orders] == [NUMBER, NUMBER]


@pytest.mark.parametrize(
    "label",
    ["\u202eCompleted\u202c", "Com\u200bpleted", "配送待ち", "Completed / Wartet auf Lieferung"],
)
def test_a_status_with_signs_nobody_sees_or_in_no_known_language_is_unknown(
    tmp_path: Path, label: str
) -> None:
    found = saved(tmp_path, a_list({"statusText": label}))

    assert found.orders[0].status == "unknown"
    assert found.untold == [f"a known status on the list page of {NUMBER}"]


def test_a_page_half_translated_tells_what_is_known_and_names_the_rest(tmp_path: Path) -> None:
    half = card(OTHER).replace("Awaiting delivery", "配送待ち").replace("Sep 1, 2026", "令和8年")

    found = saved(tmp_path, f"<html lang=en>{card()}{half}</html>")

    first, second = found.orders
    assert (first.status, str(first.placed_at)) == ("awaiting_delivery", "2026-09-01")
    assert (second.status, second.placed_at) == ("unknown", None)
    assert f"a known status on the card page of {OTHER}" in found.untold


@pytest.mark.parametrize("mark", ["order_item_header_info", "order-item-header-right-info"])
def test_one_of_two_marks_is_enough_for_the_lines_of_a_header(mark: str) -> None:
    shown = " ".join(card().split()).replace("> <", "><").replace(mark, "redesigned")

    [order] = read(f"<html lang=en>{shown.replace(f'Number: {NUMBER}', 'Number: 1')}</html>")

    assert order.placed_at == Time.read("2026-09-01")


def test_what_stands_between_two_cards_is_of_neither() -> None:
    first = card().replace("order_item_header_status", "x").replace("header-status-text", "x")
    stray = "<p data-pl=order_item_header_status>Canceled</p>"

    orders = read(f"<html lang=en><div>{first}</div>{stray}{card(OTHER)}{stray}</html>")

    assert [(order.order_id, order.status) for order in orders] == [
        (NUMBER, "unknown"),
        (OTHER, "awaiting_delivery"),
    ]


@pytest.mark.parametrize("hides", ["<iframe srcdoc='{}'></iframe>", "<template>{}</template>"])
def test_cards_in_a_frame_or_a_template_are_not_shown_and_not_read(hides: str) -> None:
    with pytest.raises(WrongInput, match="is not a page"):
        read(f"<html lang=en>{hides.format(card().replace(chr(39), '&#39;'))}</html>")


def test_ten_thousand_lines_and_an_endless_attribute_are_read_in_time(tmp_path: Path) -> None:
    lines = [
        {**LINE, "orderLineId": str(8200000000130011 + place * 10_000)} for place in range(10_000)
    ]
    wide = card().replace("<div", f"<div data-x='{'x' * 2_000_000}'", 1)
    began = time.process_time()

    [long] = saved(tmp_path, a_list({"orderLineSize": 10_000, "orderLines": lines})).orders
    [order] = read(f"<html lang=en>{wide}</html>")

    assert len(long.lines) == 10_000
    assert order.order_id == NUMBER
    assert time.process_time() - began < 10


@pytest.mark.parametrize("opens", ["<div>", "<b>", "<DIV class=a>", "<p><div>"])
def test_a_page_nested_without_end_is_refused_before_it_is_parsed(opens: str) -> None:
    began = time.process_time()

    with pytest.raises(WrongInput, match="nested too deeply"):
        read(f"<html>{opens * 300_000}{card()}</html>")

    assert time.process_time() - began < 5


def test_a_long_page_with_many_pictures_is_not_deep() -> None:
    pictures = "<img src=a.png><br>" * 20_000

    [order] = read(f"<html lang=en>{pictures}{card()}</html>")

    assert order.order_id == NUMBER
