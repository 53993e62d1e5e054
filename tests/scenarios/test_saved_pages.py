"""A page saved from the browser tells what the store's own answer tells, in every language."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from autoclaim.browser.sharing import Browsers
from autoclaim.runner import catalogue
from tests.scenarios.stay import Store, a_session, a_stay
from tests.scenarios.test_read_orders import contradictions, read, truth

payloads = catalogue.flow("aliexpress", "payloads")
LANGUAGES = catalogue.fixture("aliexpress", "words").languages()
# The card shows no product numbers, so it tells no lines; the page of an order tells no country.
TOLD_BY_A_CARD = {"order_id", "store", "status", "placed_at", "total", "seller"}
TOLD_BY_A_PAGE = TOLD_BY_A_CARD | {"paid_at", "paid_with", "site_actions", "site_dates"}


@pytest.fixture(scope="module")
def shop() -> Iterator[Store]:
    with catalogue.fixture("aliexpress").serve(orders=10) as running:
        running.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        yield running


@pytest.fixture(scope="module")
def window(browsers: Browsers, shop: Store) -> Iterator[Page]:
    with a_stay(browsers, shop, session=a_session(shop)) as stay:
        yield stay.visit.page


def saved(page: Page, address: str, sign: str) -> bytes:
    """The page as "HTML only" would save it, with the address it was saved from."""
    page.goto(address)
    page.wait_for_selector(sign)
    comment = f"<!-- saved from url=({len(address):04d}){address} -->"
    return f"<!DOCTYPE html>\n{comment}\n{page.content()}".encode()


@pytest.mark.parametrize("layout", ["desktop", "mobile"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_list_tells_its_orders(
    shop: Store, window: Page, language: str, layout: str
) -> None:
    shop.behave(language=language, layout=layout)
    content = saved(window, f"{shop.origin}/p/order/index.html", ".order-item")

    orders = payloads.read_saved("My orders.html", content)

    found, true = read(orders), truth(shop)
    assert list(found) == list(true)
    # The card does not say which product a dispute is about.
    wrong = {number: set(contradictions(found[number], true[number])) for number in found}
    assert set().union(*wrong.values()) <= {".dispute.state"}
    assert {frozenset(TOLD_BY_A_CARD - order.as_facts().keys()) for order in orders} == {
        frozenset()
    }


@pytest.mark.parametrize("hero", ["cancel", "complaint", "late", "disputed"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_order_tells_what_its_page_shows(
    shop: Store, window: Page, language: str, hero: str
) -> None:
    shop.behave(language=language, layout="auto")
    number = shop.heroes[hero]
    address = f"{shop.origin}/p/order/detail.html?orderId={number}"

    [order] = payloads.read_saved("Order.html", saved(window, address, ".order-price-total"))

    # The page of an order does not show the parcel's number.
    facts = next(one for one in shop.truth()["orders"] if one["order_id"] == number)
    parcel = f"[{facts['shipments'][0]['tracking_number']}]" if facts["shipments"] else ""
    told = read([order])[number].items()
    found = {path.replace("[None]", parcel): value for path, value in told}
    assert contradictions(found, truth(shop)[number]) == {}
    assert TOLD_BY_A_PAGE - order.as_facts().keys() <= {"site_dates"}
    assert [line.line_id for line in order.lines] == [line["line_id"] for line in facts["lines"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_tracking_page_tells_the_parcel(shop: Store, window: Page, language: str) -> None:
    shop.behave(language=language, layout="auto")
    number = shop.heroes["late"]
    address = f"{shop.origin}/p/tracking/index.html?tradeOrderId={number}"

    [order] = payloads.read_saved("Tracking.html", saved(window, address, ".panel"))

    true = next(one for one in shop.truth()["orders"] if one["order_id"] == number)
    assert order.shipments[0].tracking_number == true["shipments"][0]["tracking_number"]
    assert order.site_dates is not None
    assert str(order.site_dates.refund_if_not_delivered_by) == true["shipments"][0]["promised_by"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_list_of_returns_tells_each_dispute(
    shop: Store, window: Page, language: str
) -> None:
    shop.behave(language=language, layout="auto")
    address = f"{shop.origin}/p/refund-dispute/list.html"

    orders = payloads.read_saved("Returns.html", saved(window, address, ".next-pagination"))

    disputes = {order.order_id: order.dispute.state for order in orders if order.dispute}
    assert disputes[shop.heroes["disputed"]] == "open"


def test_what_others_are_recommended_is_no_line_of_the_order(shop: Store, window: Page) -> None:
    shop.behave(language="en", layout="auto")
    number = shop.heroes["complaint"]
    address = f"{shop.origin}/p/order/detail.html?orderId={number}"
    content = saved(window, address, "[gps-id=pcOrderDetail] .order-detail-item-content")

    [order] = payloads.read_saved("Order.html", content)

    assert len(order.lines) == 1


def test_a_saved_page_gives_no_name_and_no_street_away(shop: Store, window: Page) -> None:
    shop.behave(language="en", layout="auto")
    buyer = shop.state.history.buyer
    address = f"{shop.origin}/p/order/detail.html?orderId={shop.heroes['late']}"
    content = saved(window, address, ".order-price-total")

    [order] = payloads.read_saved("Order.html", content)

    told = str(order.as_facts())
    assert buyer.street in content.decode()
    assert all(word not in told for word in (buyer.name, buyer.street, buyer.phone, buyer.town))
