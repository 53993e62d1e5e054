"""The list of returns is read to its end, or not at all: a case overlooked could be sent twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Route

from autoclaim.errors import PageChanged
from autoclaim.model import Claim
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, Visiting, a_session

server = catalogue.fixture("aliexpress")
PAGE = 10


@pytest.fixture
def long_list() -> Iterator[Store]:
    """A store with more cases than one page of the list holds."""
    with server.serve(orders=200) as running:
        yield running


@pytest.fixture
def stay(long_list: Store, visiting: Visiting) -> Stay:
    return visiting(long_list, session=a_session(long_list))


def cases(store: Store) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Order and line of each case, the newest first."""
    lines = [
        (order, line)
        for order in store.truth()["orders"]
        for line in order["lines"]
        if "dispute" in line
    ]
    return sorted(lines, key=lambda pair: pair[1]["dispute"]["opened_at"], reverse=True)


def claim_for(order: dict[str, Any], line: dict[str, Any]) -> Claim:
    return Claim(
        account="mine",
        store="aliexpress",
        order_id=order["order_id"],
        line_id=line["line_id"],
        kind="dispute",
    )


def test_every_page_of_the_list_is_read(long_list: Store, stay: Stay) -> None:
    order, line = cases(long_list)[-1]

    told = (
        catalogue.flow("aliexpress", "case_pages").CasePages(stay.visit).about(order["order_id"])
    )

    assert len(cases(long_list)) > PAGE
    assert {one for glimpse in told for one in glimpse.lines} == {line["line_id"]}


def test_the_case_of_an_old_claim_is_found_on_the_last_page(long_list: Store, stay: Stay) -> None:
    order, line = cases(long_list)[-1]

    seen = stay.follow(claim_for(order, line))

    assert seen is not None
    assert seen.reference == line["dispute"]["reference"]


def test_no_case_is_said_only_after_the_last_page(long_list: Store, stay: Stay) -> None:
    without = next(
        (order, order["lines"][0])
        for order in long_list.truth()["orders"]
        if not any("dispute" in line for line in order["lines"])
    )
    heard = stay.visit.hear(r"(?i)queryReverseOrderPageList")

    assert stay.follow(claim_for(*without)) is None
    answers = [one for one in heard.heard() if "SUCCESS" in one.text]
    assert len(answers) == -(-len(cases(long_list)) // PAGE)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("answer", ["nothing", "the first page again", "no pager"])
def test_a_list_that_breaks_off_is_a_changed_page(
    long_list: Store, stay: Stay, answer: str
) -> None:
    order, line = cases(long_list)[-1]
    calls: list[str] = []

    def second_fails(route: Route) -> None:
        calls.append(route.request.url)
        if len(calls) == 1:
            route.continue_()
        elif answer == "nothing":
            route.abort()
        else:
            body = route.request.post_data.replace("%22pageNo%22%3A2", "%22pageNo%22%3A1")
            route.continue_(post_data=body)

    stay.visit.page.context.route("**/h5/*queryreverse*/**", second_fails)
    if answer == "no pager":
        long_list.behave(rename={"next-next": "next-forward"})

    with pytest.raises(PageChanged, match="returns"):
        stay.follow(claim_for(order, line))
