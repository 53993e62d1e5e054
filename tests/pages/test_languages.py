"""The same order in every language, number style and spelling of JSON gives the same facts."""

import json

import pytest

from autoclaim.model import Order, Time
from autoclaim.runner import catalogue

payloads = catalogue.flow("aliexpress", "payloads")
generate = catalogue.fixture("aliexpress", "generate")
state = catalogue.fixture("aliexpress", "state")
words = catalogue.fixture("aliexpress", "words")
list_json = catalogue.fixture("aliexpress", "list_json")
detail_json = catalogue.fixture("aliexpress", "detail_json")
tracking_json = catalogue.fixture("aliexpress", "tracking_json")
cases_json = catalogue.fixture("aliexpress", "cases_json")

NOW = Time.read("2026-09-20T12:00:00-07:00")
assert NOW is not None
HISTORY = generate.one_of_each(seed=3, now=NOW.moment)
TITLE_OF = {order.order_id: order.kind for order in HISTORY.orders}
LANGUAGES = [language for language in words.languages() if language != "en"]


def a_store(**switches: object) -> object:
    made = state.StoreState(HISTORY)
    made.switches.change(switches)
    return made


def answer(api: str, data: object) -> bytes:
    return json.dumps({"api": api, "ret": ["SUCCESS::调用成功"], "data": data}).encode()


def read(store: object, order_id: str) -> list[Order]:
    """Everything the store's answers tell of one order."""
    asked = {"tradeOrderId": order_id, "_signed_in": True}
    detail = detail_json.order_detail(store, asked)
    tracking = tracking_json.tracking(store, asked)
    return [
        *payloads.read_saved(
            "detail.json", answer("mtop.aliexpress.trade.buyer.order.detail", detail)
        ),
        *payloads.read_saved(f"{order_id}.json", answer("mtop.ae.ld.querydetail", tracking)),
    ]


def without_words(order: Order) -> dict[str, object]:
    """The facts without the words the page has for the status."""
    return {key: value for key, value in order.as_facts().items() if key != "status_text"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("order_id", TITLE_OF, ids=TITLE_OF.get)
def test_an_order_reads_the_same_in_every_language(order_id: str, language: str) -> None:
    english = [without_words(order) for order in read(a_store(), order_id)]

    other = [without_words(order) for order in read(a_store(language=language), order_id)]

    assert other == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_reads_the_same_in_every_language(language: str) -> None:
    api = "mtop.aliexpress.trade.buyer.order.list"
    pages = [
        payloads.read_saved("list.json", answer(api, list_json.order_list(store, {})))
        for store in (a_store(), a_store(language=language))
    ]

    english, other = ([without_words(order) for order in page] for page in pages)

    assert len(english) == list_json.PAGE
    assert other == english


@pytest.mark.parametrize(
    "switches",
    [
        {"labels": "old"},
        {"say_numbers_as_text": True},
        {"money_style": "comma"},
        {"language": "pt", "money_style": "point"},
    ],
    ids="-".join,
)
@pytest.mark.parametrize("order_id", TITLE_OF, ids=TITLE_OF.get)
def test_an_order_reads_the_same_however_it_is_written(
    order_id: str, switches: dict[str, object]
) -> None:
    usual = [without_words(order) for order in read(a_store(), order_id)]

    other = [without_words(order) for order in read(a_store(**switches), order_id)]

    assert other == usual


@pytest.mark.parametrize("currency", ["EUR", "BRL", "KRW", "GBP", "PLN"])
@pytest.mark.parametrize("style", ["point", "comma"])
def test_money_of_every_currency_and_style_is_exact(currency: str, style: str) -> None:
    before = HISTORY.currency
    HISTORY.currency = currency
    store = a_store(currency=currency, money_style=style)
    api = "mtop.aliexpress.trade.buyer.order.list"

    orders = payloads.read_saved("list.json", answer(api, list_json.order_list(store, {})))
    totals = [order.total.as_json() for order in orders]
    true = [order["total"] for order in HISTORY.truth()["orders"][: len(totals)]]
    HISTORY.currency = before

    assert totals == true
