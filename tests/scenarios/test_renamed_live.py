"""A redesign of what is read only in a browser: the same facts, or the loss is named.

The names come from the reader's own source; those of saved pages are renamed in
tests/pages/test_renamed.py.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.errors import PageChanged
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, a_session, a_stay

server = catalogue.fixture("aliexpress")
case_pages = catalogue.flow("aliexpress", "case_pages")
MORE_THAN_A_PAGE = 10
SOURCE = Path(__file__).parents[2] / "scenarios" / "aliexpress" / "case_pages.py"
SELECTORS = re.findall(
    r'^_[A-Z_]+ = "([.\[].*)"$', SOURCE.read_text(encoding="utf-8"), re.MULTILINE
)
NAMES = sorted(
    {
        name
        for selector in SELECTORS
        for name in re.findall(r"\.([a-z][\w-]+)|\[class\*='([\w-]+?)--'", selector)
        for name in name
        if name
    }
)


@pytest.fixture(scope="module")
def shop() -> Iterator[Store]:
    with server.serve(orders=200) as running:
        running.behave(list_delay_ms=0, detail_delay_ms=0)
        number = cancelled(running).order_id
        running.behave(happens=[{"order": number, "event": "refund_paid"}])
        yield running


@pytest.fixture(scope="module")
def stay(browsers: Browsers, shop: Store) -> Iterator[Stay]:
    with a_stay(browsers, shop, session=a_session(shop)) as one:
        yield one


def cancelled(shop: Store) -> Any:  # noqa: ANN401 - an order of the local store
    orders = shop.state.history.orders
    return next(order for order in orders if order.kind == "cancelled_by_buyer")


def read(shop: Store, stay: Stay) -> tuple[Any, tuple[str, ...]]:
    """How many cases there are and what came back for the cancelled order; what is named."""
    order = cancelled(shop)
    try:
        cases = case_pages.CasePages(stay.visit).how_many()
    except PageChanged as changed:
        return None, (str(changed),)
    lines = [order.lines[0].line_id]
    seen = case_pages.refund_of_cancelled(stay.visit, order.order_id, lines)
    refunds = [glimpse.facts.get("refund") for glimpse in seen]
    return (cases, refunds), tuple(name for glimpse in seen for name in glimpse.untold)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", NAMES)
def test_a_renamed_class_of_returns_and_refunds_changes_no_fact_unsaid(
    shop: Store, stay: Stay, name: str
) -> None:
    shop.behave(rename={})
    before, nothing = read(shop, stay)

    shop.behave(rename={name: f"redesigned-{name[::-1]}"})
    after, named = read(shop, stay)

    assert nothing == ()
    assert before[0] > MORE_THAN_A_PAGE
    assert before[1][0]["paid"]
    assert after == before or named


def test_the_names_are_those_of_the_reader() -> None:
    assert len(SELECTORS) == 4
    assert {"next-next", "newReverseRefundInfo--amount"} <= set(NAMES)
