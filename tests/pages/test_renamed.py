"""A redesign: whatever name the readers rely on is renamed, the facts stay or the loss is named.

The names are taken from the readers' own sources and from store.toml, not picked by hand. The
pages come from the local store once; each rename is then made in the text, as `rename` of
`/__behave` does it, so that hundreds of them take seconds.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue
from tests.pages.test_languages import HISTORY, TITLE_OF, a_store, answer
from tests.scenarios.stay import a_session, a_stay

payloads = catalogue.flow("aliexpress", "payloads")
words = catalogue.flow("aliexpress", "words")
swapped = catalogue.fixture("aliexpress", "renaming").swapped
detail_json = catalogue.fixture("aliexpress", "detail_json")
list_json = catalogue.fixture("aliexpress", "list_json")
tracking_json = catalogue.fixture("aliexpress", "tracking_json")
cases_json = catalogue.fixture("aliexpress", "cases_json")
SCENARIO = Path(__file__).parents[2] / "scenarios" / "aliexpress"
READERS = ("pages", "order_cards", "order_page", "parcel_page", "saved_page")
TABLES = (
    "status",
    "case_states",
    "button_words",
    "date_rows",
    "solutions",
    "item_tags",
    "paid_with",
)
SHOWN = {
    "list": ("/p/order/index.html", ".order-item"),
    "order": ("/p/order/detail.html?orderId={late}", ".order-price-total"),
    "cancel": ("/p/order/detail.html?orderId={cancel}", ".order-price-total"),
    "tracking": ("/p/tracking/index.html?tradeOrderId={late}", ".panel"),
    "returns": ("/p/refund-dispute/list.html", ".next-pagination"),
}
# A mark whose absence says nothing, because most articles have none: without it, "not known".
SAYS_NOTHING_WHEN_ABSENT = {".free_return"}


def names() -> Iterator[str]:
    """Classes (whole, or the stem before a hash) and `data-pl` values in selectors."""
    for reader in READERS:
        tree = ast.parse((SCENARIO / f"{reader}.py").read_text(encoding="utf-8"))
        texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        for text in (one for one in texts if isinstance(one, str)):
            yield from re.findall(r"\.([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w.])", text)
            yield from re.findall(r"\[class\*='([\w-]+?)(?:--)?'", text)
            yield from re.findall(r"\[data-pl=(\w+)\]", text)


NAMES = sorted(set(names()))


def facts(order: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(order, dict):
        for key, part in order.items():
            yield from facts(part, f"{path}.{key}")
    elif isinstance(order, list):
        for place, part in enumerate(order):
            yield from facts(part, f"{path}[{place}]")
    else:
        yield path, order


Told = tuple[dict[str, dict[str, object]], list[str]]


def read(name: str, content: str) -> Told:
    """The facts by order, and everything that is named as new, missing or unreadable."""
    try:
        seen = payloads.glimpses_in(name, content.encode())
    except WrongInput as refused:
        return {}, [str(refused)]
    orders = payloads.orders(seen)
    unread = [path for order in orders for path in order.unread]
    named = [*payloads.never_seen(seen), *payloads.not_told(seen), *unread]
    told = {order.order_id: dict(facts(order.as_facts())) for order in orders}
    return told, named


def lost_silently(name: str, content: str, before: Told, renames: Mapping[str, str]) -> list[str]:
    """Facts that are gone or other than before, although nothing is named that was not before."""
    changed = swapped(content, renames)
    if changed == content:
        return []
    told, named = read(name, changed)
    if set(named) - set(before[1]):
        return []
    return [
        f"{order_id}{path}"
        for order_id, was in before[0].items()
        for path, value in was.items()
        if told.get(order_id, {}).get(path, "gone") != value
        and path != ".status_text"
        and not any(path.endswith(mark) for mark in SAYS_NOTHING_WHEN_ABSENT)
    ]


def labels() -> list[str]:
    """Every word of the store that the readers look up, in all languages."""
    found = {
        word
        for name in TABLES
        for entry in words.table(name).values()
        if isinstance(entry, dict)
        for value in [*entry.values(), *(entry.get("translated") or {}).values()]
        if isinstance(value, list)
        for word in value
    }
    return sorted(found)


def phrases() -> list[str]:
    """What stands before the day, or after it, in every sentence that promises one."""
    sentences = words.table("promises")["refund_if_not_delivered_by"]
    return [max(one.split("{day}"), key=len).strip() for one in sentences]


@pytest.fixture(scope="module")
def pages(browsers: Browsers) -> dict[str, str]:
    """The store's pages as "HTML only" saves them, in both layouts of the list."""
    found = {}
    with (
        catalogue.fixture("aliexpress").serve(orders=10) as shop,
        a_stay(browsers, shop, session=a_session(shop)) as stay,
    ):
        shop.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        for name, (path, sign) in SHOWN.items():
            address = shop.origin + path.format(**shop.heroes)
            stay.visit.page.goto(address)
            stay.visit.page.wait_for_selector(sign)
            saved_from = f"<!-- saved from url=({len(address):04d}){address} -->"
            found[name] = f"{saved_from}\n{stay.visit.page.content()}"
        shop.behave(layout="mobile")
        stay.visit.page.goto(shop.origin + SHOWN["list"][0])
        stay.visit.page.wait_for_selector("a.order-item")
        found["phone"] = stay.visit.page.content()
    return found


def test_no_class_and_no_label_of_a_shown_page_takes_a_fact_away_unsaid(
    pages: dict[str, str],
) -> None:
    before = {page: read(page, content) for page, content in pages.items()}

    lost = {
        f"{name} on {page}": gone
        for page, content in pages.items()
        for name in NAMES
        if (gone := lost_silently(page, content, before[page], {name: f"redesigned-{name[::-1]}"}))
    }
    for page, content in pages.items():
        for label in (word for word in labels() if word in content):
            gone = lost_silently(page, content, before[page], {label: "Never seen before"})
            lost |= {f"{label} on {page}": gone} if gone else {}
    unused = [name for name in NAMES if not any(name in page for page in pages.values())]

    assert all(told for told, _ in before.values())
    assert lost == {}
    assert len(NAMES) > 40
    assert len(unused) < len(NAMES) / 2


def answers(language: str) -> Iterator[tuple[str, str]]:
    """Every answer about one order of each kind, in that language; letters as they are."""
    for name, content in packed_answers(language):
        yield name, json.dumps(json.loads(content), ensure_ascii=False)


def packed_answers(language: str) -> Iterator[tuple[str, str]]:
    store = a_store(language=language)
    prefix = "mtop.aliexpress."
    for page in range(1, 5):
        asked = {} if page == 1 else {"params": paged(page)}
        api = f"{prefix}trade.buyer.order.list"
        yield f"list {page}", answer(api, list_json.order_list(store, asked)).decode()
    api = f"{prefix}buyer.reverse.queryReverseOrderPageListForBuyer"
    yield "returns", answer(api, cases_json.returns_list(store, {})).decode()
    for order in HISTORY.orders:
        asked = {"tradeOrderId": order.order_id, "_signed_in": True}
        api = f"{prefix}trade.buyer.order.detail"
        yield order.kind, answer(api, detail_json.order_detail(store, asked)).decode()
        for case in order.cases:
            asked = {"tradeOrderLineId": case.line_id, "_signed_in": True}
            api = f"{prefix}buyer.reverse.reverseOrderLineRenderForBuyer"
            yield f"{order.kind} case", answer(api, cases_json.case_render(store, asked)).decode()


def paged(number: int) -> str:
    body = {"data": {"body": {"fields": {"pageIndex": number}}}, "operator": "body"}
    nested = {key: json.dumps(body.get(key, {})) for key in ("data", "linkage", "hierarchy")}
    return json.dumps({**nested, "endpoint": "{}", "operator": "body"})


@pytest.mark.parametrize("language", catalogue.fixture("aliexpress", "words").languages())
def test_no_label_in_an_answer_takes_a_fact_away_unsaid(language: str) -> None:
    known = labels()
    lost, renamed = {}, set()
    for name, content in answers(language):
        before = read(f"{name}.json", content)
        for label in (word for word in known if f'"{word}"' in content):
            renamed.add(label)
            gone = lost_silently(
                f"{name}.json", content, before, {f'"{label}"': '"Never seen before"'}
            )
            if gone:
                lost[f"{label} in {name}"] = gone

        for phrase in (one for one in phrases() if one in content):
            renamed.add(phrase)
            gone = lost_silently(f"{name}.json", content, before, {phrase: "Never seen before"})
            lost |= {f"{phrase} in {name}": gone} if gone else {}

    assert lost == {}
    assert renamed & set(phrases())
    assert len(renamed) >= 10
    assert len(TITLE_OF) == len(HISTORY.orders)
