"""A redesign of what is read only in a browser: the same facts, or the loss is named.

The names come from the reader's own source; those of saved pages are renamed in
tests/pages/test_renamed.py.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.errors import PageChanged
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, a_session, a_stay
from tests.scenarios.test_renamed_forms import groups_of_names, silent

server = catalogue.fixture("aliexpress")
case_pages = catalogue.flow("aliexpress", "case_pages")
check_pages = catalogue.flow("aliexpress", "check_pages")
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
def test_a_renamed_class_of_returns_and_refunds_changes_no_fact_unsaid(
    shop: Store, stay: Stay
) -> None:
    def told(names: list[str]) -> tuple[Any, tuple[str, ...]]:
        shop.behave(rename={name: f"redesigned-{name[::-1]}" for name in names})
        return read(shop, stay)

    before, nothing = told([])
    unsaid = [one for name in NAMES for one in silent(told, (before, nothing), is_unsaid, [name])]

    assert nothing == ()
    assert before[0] > MORE_THAN_A_PAGE
    assert before[1][0]["paid"]
    assert unsaid == []
    assert len(SELECTORS) == 4
    assert {"next-next", "newReverseRefundInfo--amount"} <= set(NAMES)


@pytest.mark.usefixtures("impatient")
def test_what_doctor_tells_of_each_page_stays_under_other_names_or_names_what_is_gone(
    shop: Store, stay: Stay
) -> None:
    """The list of returns, which is among them, is renamed above."""
    groups = groups_of_names(("pages", "page_checks"), missed=set())

    def told(names: list[str]) -> dict[str, str]:
        shop.behave(rename={name: f"redesigned-{name[::-1]}" for name in names})
        seen: dict[str, str] = {}
        check_pages.run(stay.visit, lambda name, what: seen.update({name: said_of(what)}))
        return seen

    usual = told([])
    wrong = [one for group in groups for one in silent(told, usual, is_other, group)]

    assert list(usual) == ["list", "detail", "tracking", "returns", "no order"]
    assert not any(map(is_named, usual.values()))
    assert wrong == []
    assert sum(map(len, groups)) > 5


def said_of(what: Callable[[], str]) -> str:
    try:
        return what()
    except PageChanged as changed:
        return str(changed)


def is_named(told: str) -> bool:
    return "is not what autoclaim knows" in told


def is_other(told: dict[str, str], usual: dict[str, str]) -> bool:
    """Whether a page is told of otherwise, and what is gone is not named."""
    return any(told[page] != usual[page] and not is_named(told[page]) for page in usual)


def is_unsaid(told: tuple[Any, tuple[str, ...]], usual: tuple[Any, tuple[str, ...]]) -> bool:
    return told[0] != usual[0] and not told[1]
